import { Command } from 'commander';
import { createClient } from 'redis';
import { readConfig } from '../src/config.ts';
import { findTenant, listTenants } from '../src/domains/tenants/tenants.ts';
import { cacheCleared } from '../src/platform/cache/cleared.ts';
import { clearKeys, keysLike } from '../src/platform/cache/clearing.ts';
import { appendEvent } from '../src/platform/events/event.ts';
import type { Database } from '../src/platform/mongo/client.ts';
import type { RedisClient } from '../src/platform/redis/client.ts';
import { run, withDatabase } from './support/run.ts';
import { UsageError } from './support/usage-error.ts';

const CONNECT_MS = 2_000;

const program = new Command('npm run cache --').description(
  'Looks into the kept answers, and throws them away. They go by themselves when what they say changes; this is for doubts.',
);

program
  .command('clear')
  .description('Throws kept answers away, in Redis and in every process that serves.')
  .option(
    '--pattern <pattern>',
    'only those whose name fits, such as "6650…:*"; a name is <id of the shop>:<hash>',
    '*',
  )
  .option('--tenant <subdomain>', 'only those of this shop')
  .action((options: { pattern: string; tenant?: string }) => run(() => clear(options)));

program
  .command('stats')
  .description(
    'Says how many answers are kept in Redis, for which shops. What a process keeps, its /metrics say.',
  )
  .option('--json', 'print {"<id of the shop>": count}')
  .action(({ json }: { json?: true }) => run(() => stats(json === true)));

await program.parseAsync();

async function clear({ pattern, tenant }: { pattern: string; tenant?: string }) {
  await withDatabase(async (database) => {
    const shops = await shopsNamed(database, tenant);
    for (const { _id } of shops) await appendEvent(database.tenantDb(_id), cacheCleared, {});
    console.log(
      `The processes forget the answers of ${shops.length === 1 ? '1 shop' : `${shops.length} shops`}.`,
    );
    const wanted =
      tenant === undefined ? [pattern] : shops.map(({ _id }) => `${_id.toHexString()}:${pattern}`);
    const removed = await withRedis(async (client) => {
      let count = 0;
      for (const one of wanted) count += await clearKeys(client, one);
      return count;
    });
    console.log(
      removed === null
        ? 'REDIS_URL is not set: nothing is kept beside them.'
        : `Removed from Redis: ${removed}`,
    );
  });
}

async function shopsNamed(database: Database, subdomain: string | undefined) {
  const db = database.systemDb('clear the kept answers');
  if (subdomain === undefined) return listTenants(db);
  const shop = await findTenant(db, subdomain);
  if (!shop) throw new UsageError(`There is no open shop ${subdomain}`);
  return [shop];
}

async function stats(json: boolean) {
  const counts = await withRedis(async (client) => {
    const found: Record<string, number> = {};
    for await (const keys of keysLike(client, '*'))
      for (const key of keys) {
        const shop = key.split(':').at(-2) ?? '';
        found[shop] = (found[shop] ?? 0) + 1;
      }
    return found;
  });
  if (counts === null)
    throw new UsageError('REDIS_URL is not set: each process keeps answers for itself; see its /metrics');
  if (json) return console.log(JSON.stringify(counts));
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  console.log(`Kept in Redis: ${all}`);
  for (const [shop, count] of Object.entries(counts)) console.log(`${shop}  ${count}`);
}

/** Null where there is no Redis. */
async function withRedis<R>(work: (client: RedisClient) => Promise<R>): Promise<R | null> {
  const { REDIS_URL: url } = readConfig();
  if (!url) return null;
  const socket = { connectTimeout: CONNECT_MS, reconnectStrategy: false as const };
  const client = createClient({ url, socket });
  client.on('error', () => {});
  await client.connect().catch((error) => {
    throw new UsageError(`Redis cannot be reached: ${error.message}`);
  });
  return work(client as RedisClient).finally(() => client.destroy());
}
