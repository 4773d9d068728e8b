import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, inject, it } from 'vitest';
import { locks } from '../../../src/platform/jobs/collections.ts';
import { type Held, openLocks, type WithLock } from '../../../src/platform/jobs/lock.ts';
import { createLog } from '../../../src/platform/log.ts';
import { openRedis, type RedisHandle } from '../../../src/platform/redis/client.ts';
import { atEnd, commandsDuring, openTestDatabase, rawDb, type TestDatabase } from '../../support/mongo.ts';
import { type OwnRedis, ownRedis } from '../../support/redis.ts';

const HOLDER = fileURLToPath(new URL('lock-holder.ts', import.meta.url));
const TTL_MS = 600;

let database: TestDatabase;
let redis: OwnRedis;
beforeAll(async () => {
  database = await openTestDatabase();
  redis = await ownRedis();
});

const systemDb = () => database.systemDb('a lock under test');

async function handle(): Promise<RedisHandle> {
  const opened = await openRedis(redis.url, createLog('silent'));
  atEnd(opened.close);
  return opened;
}

/** Two processes, as far as a lock can tell. */
const KINDS: [string, () => Promise<[WithLock, WithLock]>][] = [
  ['with Redis', async () => [openLocks(systemDb(), await handle()), openLocks(systemDb(), await handle())]],
  ['without Redis', async () => [openLocks(systemDb(), null), openLocks(systemDb(), null)]],
  ['where one has Redis', async () => [openLocks(systemDb(), await handle()), openLocks(systemDb(), null)]],
];

let names = 0;
const rules = (ttlMs = 5_000) => ({ name: `lock ${names++}`, ttlMs });

it.each(KINDS)(
  '%s, of many who want it at once one has it, and each next one has a larger number',
  async (_, open) => {
    const [first, second] = await open();
    const one = rules();
    let inside = 0;
    const fences: number[] = [];
    const work = async ({ fence }: { fence: number }) => {
      inside += 1;
      expect(inside).toBe(1);
      fences.push(fence);
      await systemDb().raw.command({ ping: 1 });
      inside -= 1;
      return fence;
    };
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) => (n % 2 ? first : second)(one, work)),
      );
      expect(answers.some((answer) => answer !== null)).toBe(true);
    }
    expect(fences).toEqual(fences.map((_, place) => place + 1));
  },
);

// Where the machine is busy, Redis may answer too late, and counts as away.
it('spares those who come too late the way to MongoDB where Redis knows', { retry: 2 }, async () => {
  const [first, second] = [openLocks(systemDb(), await handle()), openLocks(systemDb(), await handle())];
  const one = rules();
  await first(one, async () => {
    const sent = await commandsDuring(database.client, async () => {
      expect(await second(one, async () => 'done')).toBeNull();
    });
    expect(sent).toEqual([]);
  });
});

it('lets nobody in because Redis was restarted empty, and its numbers go on', async () => {
  const [first, second] = [openLocks(systemDb(), await handle()), openLocks(systemDb(), await handle())];
  const one = rules();
  await first(one, async () => {
    await redis.ask((client) => client.flushAll());
    expect(await second(one, async () => 'done')).toBeNull();
  });
  expect(await second(one, async ({ fence }) => fence)).toBe(2);
});

it('is free again after work that failed, and begins no sooner than it is due after work that was done', async () => {
  const withLock = openLocks(systemDb(), await handle());
  const one = { ...rules(), everyMs: 60_000 };
  const failing = withLock(one, async () => {
    throw new Error('work fails');
  });
  await expect(failing).rejects.toThrow('work fails');
  expect(await withLock(one, async () => 'done')).toBe('done');
  expect(await withLock(one, async () => 'done')).toBeNull();
  await rawDb(database)
    .collection<{ _id: string }>(locks.name)
    .updateOne({ _id: one.name }, { $set: { doneAt: new Date(Date.now() - 61_000) } });
  expect(await withLock(one, async () => 'done')).toBe('done');
});

it('is kept for as long as the work takes', async () => {
  const [first, second] = [openLocks(systemDb(), await handle()), openLocks(systemDb(), null)];
  const one = rules(300);
  await first(one, async () => {
    const until = Date.now() + 900;
    while (Date.now() < until) {
      expect(await second(one, async () => 'done')).toBeNull();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
});

function startHolder() {
  const args = [HOLDER, inject('mongoUri'), database.name, String(TTL_MS), redis.url];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  atEnd(async () => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, next: async (): Promise<string | undefined> => (await lines.next()).value };
}

it('takes the right to write from a holder that was stopped for longer than its time, and frees what a killed one held', async () => {
  const notes = rawDb(database).collection<{ _id: string; fence: number }>('held_notes');
  await notes.insertOne({ _id: 'note', fence: 0 });
  const withLock = openLocks(systemDb(), await handle());
  const ours = { name: 'test', ttlMs: TTL_MS };
  const note = async ({ fence }: Held) => {
    await notes.updateOne({ _id: 'note', fence: { $lte: fence } }, { $set: { fence } });
    return fence;
  };
  const { child, next } = startHolder();
  expect(await next()).toBe('holds 1');
  expect(await withLock(ours, note)).toBeNull();

  child.kill('SIGSTOP');
  const patience = { timeout: 10 * TTL_MS, interval: 50 };
  await expect.poll(() => withLock(ours, note), patience).toBe(2);
  child.kill('SIGCONT');
  expect([await next(), await next()]).toEqual(['refused', 'LockLost']);
  expect(await notes.findOne({ _id: 'note' })).toEqual({ _id: 'note', fence: 2 });

  expect(await next()).toBe('holds 3');
  child.kill('SIGKILL');
  await expect.poll(() => withLock(ours, note), patience).toBe(4);
});
