import { setTimeout as sleep } from 'node:timers/promises';
import { type Held, openLocks } from '../../../src/platform/jobs/lock.ts';
import { createLog } from '../../../src/platform/log.ts';
import { openDatabase } from '../../../src/platform/mongo/client.ts';
import { openRedis } from '../../../src/platform/redis/client.ts';

/**
 * A process that wants a lock again and again until it is killed: node lock-holder.ts URI DATABASE TTL REDIS. While it has
 * it, it goes on noting its number in a document, as far as it is the largest; it tells its number, and when it is refused.
 */
const [, , uri = '', name = '', ttl = '', redisUrl = ''] = process.argv;
const database = await openDatabase({ uri, name, guard: true });
const redis = await openRedis(redisUrl, createLog('silent'));
const db = database.systemDb('a lock under test');
const notes = db.raw.collection<{ _id: string; fence: number }>('held_notes');
const tell = (what: string) => process.stdout.write(`${what}\n`);

const withLock = openLocks(db, redis);

async function write({ fence, renew }: Held): Promise<void> {
  tell(`holds ${fence}`);
  for (;;) {
    await sleep(20);
    const { matchedCount } = await notes.updateOne(
      { _id: 'note', fence: { $lte: fence } },
      { $set: { fence } },
    );
    if (matchedCount === 1) continue;
    tell('refused');
    await renew().catch((error) => tell(error.name));
    return;
  }
}

for (;;) {
  await withLock({ name: 'test', ttlMs: Number(ttl) }, write);
  await sleep(20);
}
