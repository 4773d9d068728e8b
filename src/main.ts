import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import closeWithGrace from 'close-with-grace';
import { type Config, ConfigError, readConfig } from './config.ts';
import { startWorkers } from './platform/cluster/workers.ts';
import { createLog, type Log } from './platform/log.ts';
import { refuseUnprepared, serveHere } from './serve.ts';

/**
 * How much larger than what is in use the heap may grow before it is collected. Left to itself, V8 lets it become two to
 * four times as large; at less than half as much again, long lists cost a sixth more CPU.
 */
setFlagsFromString('--heap-growing-percent=50');

/** The API for production, on all cores: it seeds nothing and creates nothing. */
await main().catch((error) => {
  console.error(error instanceof ConfigError ? `✖ ${error.message}` : error);
  process.exit(1);
});

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.LOG_LEVEL);
  const uri = config.MONGODB_URI;
  if (!uri) throw new ConfigError('MONGODB_URI is needed to serve; npm start brings a MongoDB of its own');
  if (cluster.isWorker) return serveHere(config, uri, log);
  await refuseUnprepared(config, uri);
  const count = processesOf(config, log);
  if (count === 1) return serveHere(config, uri, log);
  const workers = await startWorkers(count, log);
  log.info({ url: workers.url, processes: count }, 'listening');
  closeWithGrace({ delay: 12_000, logger: log }, workers.stop);
}

/** Processes share what they count, as rates and budgets, in Redis alone. */
function processesOf({ PROCESSES, REDIS_URL }: Config, log: Log): number {
  if (REDIS_URL) return PROCESSES ?? availableParallelism();
  if (PROCESSES !== undefined && PROCESSES > 1)
    throw new ConfigError(
      `PROCESSES=${PROCESSES} needs REDIS_URL: without it each process would allow what is allowed once`,
    );
  if (availableParallelism() > 1) log.warn('serving on one core; set REDIS_URL to serve on all of them');
  return 1;
}
