import { join, resolve } from 'node:path';
import { createClient } from 'redis';
import type { Config } from '../../../src/config.ts';
import { type Finding, orWrong, well, wrong } from '../../../src/platform/finding.ts';
import { findRunningMongod } from '../../../src/platform/servers/mongod-process.ts';
import { findRunningRedis } from '../../../src/platform/servers/redis-process.ts';
import { readRecord } from '../../../src/platform/servers/server-record.ts';

const CONNECT_MS = 2_000;

/** Where MongoDB is: as set, or the embedded one of DATA_DIR where it runs. Nothing is started. */
export async function mongodbUri({ MONGODB_URI, DATA_DIR }: Config): Promise<string | null> {
  if (MONGODB_URI) return MONGODB_URI;
  const folder = resolve(DATA_DIR);
  const record = await readRecord(join(folder, 'mongod.json'));
  const pid = record && (await findRunningMongod(join(folder, 'mongodb'), record.port));
  return pid ? `mongodb://127.0.0.1:${record.port}/?replicaSet=rs0` : null;
}

/** A password in it is nobody's to read. */
export const shownUri = (uri: string) => uri.replace(/\/\/[^@/]*@/, '//…@');

export async function redis({ REDIS_URL, DATA_DIR }: Config): Promise<Finding> {
  const url = REDIS_URL ?? (await embeddedRedis(DATA_DIR));
  if (!url) return well('Redis', 'none: what processes would share lives in each of them');
  return orWrong(
    'Redis',
    () => pinged(url),
    'Start Redis, or correct REDIS_URL; until then Souk works without it, and slower',
  );
}

async function embeddedRedis(dataDir: string): Promise<string | null> {
  const record = await readRecord(join(dataDir, 'redis.json'));
  const pid = record && (await findRunningRedis(join(resolve(dataDir), 'redis'), record.port));
  return pid ? `redis://127.0.0.1:${record.port}` : null;
}

async function pinged(url: string): Promise<Finding> {
  const client = createClient({ url, socket: { connectTimeout: CONNECT_MS, reconnectStrategy: false } });
  client.on('error', () => {});
  await client.connect();
  try {
    const [, version] = /redis_version:(\S+)/.exec(await client.info('server')) ?? [];
    return Number(version?.split('.', 1)[0]) >= 6
      ? well('Redis', `${version} answers at ${shownUri(url)}`)
      : wrong('Redis', `${version} is too old`, 'Use Redis 6 or newer');
  } finally {
    client.destroy();
  }
}
