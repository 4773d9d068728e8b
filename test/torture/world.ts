import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareDatabase } from '../../scripts/support/prepare-database.ts';
import { type Database, openDatabase } from '../../src/platform/mongo/client.ts';
import { freePort } from '../../src/platform/servers/free-port.ts';
import { type Api, newSecretsKey, startApi } from './api-process.ts';
import { API_NAME, eventually, type NodeSet, openNodeSet } from './node-set.ts';
import { type OwnProcess, startProcess } from './process.ts';
import { openWay, type Way } from './way.ts';

const DATABASE = 'torture';
/** Farther than any reservation is kept and any provider is waited for. */
const AHEAD_MS = 20 * 60_000;

export type Binaries = { mongod: string; redis: string };
export type WorldOptions = { binaries: Binaries; fronts?: boolean };

/** What a shop runs on: three nodes, two processes of the API, a Redis. */
export type World = {
  set: NodeSet;
  apis: Api[];
  redis: Redis;
  /** Past the API, to look at what it has done. */
  database: Database;
  /** The same where all that has a time is over. */
  ahead: Database;
  folder: string;
  /** Stops all of it; its logs stay when they are wanted. */
  close: (keepLogs: boolean) => Promise<void>;
};

export type Redis = {
  /** As the API reaches it. */
  url: string;
  way: Way;
  process: OwnProcess;
  restart: () => Promise<void>;
  close: () => Promise<void>;
};

export async function openWorld({ binaries, fronts = false }: WorldOptions): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'souk-torture-'));
  const closing: (() => Promise<unknown>)[] = [];
  const close = async (keepLogs: boolean) => {
    for (const step of closing.splice(0).reverse()) await step();
    await clear(folder, keepLogs);
  };
  try {
    const set = await openNodeSet({ binary: binaries.mongod, folder, fronts });
    closing.push(set.close);
    const redis = await startRedis(binaries.redis, folder);
    closing.push(redis.close);
    await prepareDatabase(set.uri, DATABASE);
    const open = (now: () => Date) => openDatabase({ uri: set.uri, name: DATABASE, guard: false, now });
    const database = await open(() => new Date());
    closing.push(database.close);
    const ahead = await open(() => new Date(Date.now() + AHEAD_MS));
    closing.push(ahead.close);
    const key = newSecretsKey();
    const options = {
      uri: `${set.uri}&appName=${API_NAME}`,
      database: DATABASE,
      redisUrl: redis.url,
      folder,
    };
    const apis = await Promise.all([startApi(options, key), startApi(options, key)]);
    closing.push(() => Promise.all(apis.map(({ process }) => process.kill())));
    return { set, apis, redis, database, ahead, folder, close };
  } catch (error) {
    await close(true);
    throw error;
  }
}

async function startRedis(binary: string, folder: string): Promise<Redis> {
  const port = await freePort();
  const args = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', ''];
  const launch = () => startProcess({ program: binary, args, logFile: join(folder, 'redis.log') });
  const way = await openWay(port);
  const redis: Redis = {
    url: `redis://127.0.0.1:${way.port}`,
    way,
    process: await launch(),
    restart: async () => {
      redis.process = await launch();
    },
    close: async () => {
      way.close();
      await redis.process.kill();
    },
  };
  return redis;
}

/** What is to be read later are the logs; the data would fill the disk. */
async function clear(folder: string, keepLogs: boolean): Promise<void> {
  if (!keepLogs) return rm(folder, { recursive: true, force: true });
  for (const entry of await readdir(folder))
    if (!entry.endsWith('.log')) await rm(join(folder, entry), { recursive: true, force: true });
}

/** Starts again what was killed, until all of the API answers. */
export async function revive({ apis }: World): Promise<void> {
  await Promise.all(apis.filter(({ process }) => process.hasDied()).map((api) => api.restart()));
  await eventually('the API to be ready', async () =>
    (await Promise.all(apis.map((api) => api.isReady()))).every(Boolean) ? true : null,
  );
}
