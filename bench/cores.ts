import { join } from 'node:path';
import { serverOptions } from '../scripts/support/run.ts';
import { readConfig } from '../src/config.ts';
import { startEmbeddedRedis } from '../src/platform/servers/embedded-redis.ts';
import { findRedisServer } from '../src/platform/servers/redis-binary.ts';
import { apiLoad, type Contest, hold, type Pace } from './contests.ts';
import { list, type Operation, productPage, tiles } from './operations.ts';
import { ALL_CPUS } from './processes.ts';
import { type Outcome, outcomeOf, print, table } from './report.ts';
import { say } from './say.ts';
import { startApi, withServer } from './servers.ts';
import { type BenchDatabase, withBenchDatabase } from './shop-database.ts';

const CONNECTIONS = 32;

/** One worker against two, on all cores, which mongod and the clients use as well. */
export const cores = ({ json, products, ...pace }: Pace & { products: number; json: boolean }) =>
  withBenchDatabase(products, say, (bench) =>
    withRedis(async (redisUrl) => {
      const start = (PROCESSES: string) =>
        startApi(bench, { cpus: ALL_CPUS, variables: { PROCESSES, REDIS_URL: redisUrl } });
      await withServer(start('1'), (one) =>
        withServer(start('2'), async (two) => {
          const outcomes: Outcome[] = [];
          for (const operation of [productPage, list, tiles]) {
            say(`${operation.name}: ${pace.rounds} rounds of ${pace.seconds} s for one worker and for two`);
            outcomes.push(outcomeOf(await hold(contestOf(operation, bench, { one, two }), bench, pace)));
          }
          const met = outcomes.every((outcome) => outcome.met);
          print(bench, { json, text: table(outcomes), data: { products, outcomes }, met });
        }),
      );
    }),
  );

type Workers = Record<'one' | 'two', Contest['own']['server']>;

function contestOf(operation: Operation, bench: BenchDatabase, { one, two }: Workers): Contest {
  const { name, title } = operation;
  const load = apiLoad(operation, bench, CONNECTIONS);
  const sides = { base: { server: one, load }, own: { server: two, load } };
  return { name, title, ...sides, mark: { ratio: 1 }, check: async () => {} };
}

async function withRedis(work: (url: string) => Promise<void>): Promise<void> {
  const config = readConfig();
  if (config.REDIS_URL) return work(config.REDIS_URL);
  const binary = await findRedisServer({ ...serverOptions(config), report: say });
  const dataDir = join(config.DATA_DIR, 'bench');
  const redis = await startEmbeddedRedis({ dataDir, binary, report: say });
  await work(redis.url).finally(redis.stop);
}
