import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MongoMemoryReplSet } from 'mongodb-memory-server';
import type { TestProject } from 'vitest/node';
import { serverCacheDir } from '../../src/platform/servers/binary-cache.ts';
import { freePort } from '../../src/platform/servers/free-port.ts';
import { findMongod } from '../../src/platform/servers/mongod-binary.ts';
import { QUICK_JOURNAL } from '../../src/platform/servers/mongod-process.ts';
import { findRedisServer } from '../../src/platform/servers/redis-binary.ts';
import { launchRedis, stopRedis } from '../../src/platform/servers/redis-process.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    mongoUri: string;
    redisUrl: string;
    /** For tests that start servers of their own, such as a set of three nodes. */
    mongodBinary: string;
    redisBinary: string;
    /** For what is to be gone after the run. */
    runFolder: string;
  }
}

const { env } = process;
const search = { path: env.PATH ?? '', cacheDir: serverCacheDir(env), report: explain };

/** One replica set and one Redis a run, real ones; MONGODB_URI and REDIS_URL take the place of either. */
export default async function setup(project: TestProject) {
  // Scripts that tests start are compiled once, as those of package.json.
  env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../../node_modules/.cache/node', import.meta.url));
  const mongodBinary = await findMongod({ ...search, systemMongod: env.MONGOMS_SYSTEM_BINARY });
  const redisBinary = await findRedisServer(search);
  const [mongo, redis] = await Promise.all([startMongo(mongodBinary), startRedis(redisBinary)]);
  const runFolder = await mkdtemp(join(tmpdir(), 'souk-test-run-'));
  project.provide('runFolder', runFolder);
  project.provide('mongodBinary', mongodBinary);
  project.provide('redisBinary', redisBinary);
  project.provide('mongoUri', mongo.uri);
  project.provide('redisUrl', redis.url);
  // What wrote there ends just now.
  const clear = () => rm(runFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  return () => Promise.all([mongo.stop(), redis.stop(), clear()]);
}

/** Only what takes long or goes wrong is worth a line before the tests. */
function explain(line: string) {
  if (!/: (PATH|cache folder): /.test(line)) console.log(line);
}

async function startMongo(binary: string) {
  if (env.MONGODB_URI) return { uri: env.MONGODB_URI, stop: async () => {} };
  // Also for the tests' own sets: mongodb-memory-server takes this one without a search.
  env.MONGOMS_SYSTEM_BINARY = binary;
  env.MONGOMS_SYSTEM_BINARY_VERSION_CHECK = 'false';
  const set = await MongoMemoryReplSet.create({
    instanceOpts: [{ launchTimeout: 60_000 }],
    replSet: {
      count: 1,
      storageEngine: 'wiredTiger',
      args: [
        // No query of ours may need JavaScript in the server.
        '--noscripting',
        // Fail points need the test commands.
        ...['--setParameter', 'enableTestCommands=1'],
        // What a killed process has left open ends after this, not after a minute.
        ...['--setParameter', 'transactionLifetimeLimitSeconds=15'],
        ...QUICK_JOURNAL,
      ],
      configSettings: { electionTimeoutMillis: 2000, heartbeatIntervalMillis: 500 },
    },
  });
  return { uri: set.getUri(), stop: async () => void (await set.stop()) };
}

async function startRedis(binary: string) {
  if (env.REDIS_URL) return { url: env.REDIS_URL, stop: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), 'souk-test-redis-'));
  const port = await freePort();
  const pid = await launchRedis({ binary, folder, keep: false }, port);
  const watcher = endWithThisProcess(pid);
  const stop = async () => {
    watcher.kill();
    await stopRedis(pid, port);
    await rm(folder, { recursive: true, force: true });
  };
  return { url: `redis://127.0.0.1:${port}`, stop };
}

/** A run that is killed tears nothing down: this ends the server for it, as mongodb-memory-server does for its own. */
function endWithThisProcess(pid: number) {
  const script = 'while kill -0 "$0" 2>/dev/null; do sleep 1; done; kill "$1"';
  const watcher = spawn('sh', ['-c', script, `${process.pid}`, `${pid}`], {
    detached: true,
    stdio: 'ignore',
  });
  watcher.unref();
  return watcher;
}
