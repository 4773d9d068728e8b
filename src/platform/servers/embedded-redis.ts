import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { useEmbeddedServer } from './embedded-server.ts';
import { findRunningRedis, launchRedis, stopRedis } from './redis-process.ts';
import type { Report } from './resolve.ts';

interface EmbeddedRedisOptions {
  dataDir: string;
  binary: string;
  report: Report;
}

/** The Redis of a data folder, with its data on disk: the one that runs, else a new one. */
export async function startEmbeddedRedis({ dataDir, binary, report }: EmbeddedRedisOptions) {
  const folder = join(resolve(dataDir), 'redis');
  await mkdir(folder, { recursive: true });
  const { port, pid, reused, stop } = await useEmbeddedServer({
    name: 'redis-server',
    record: join(dataDir, 'redis.json'),
    users: join(dataDir, 'redis.users'),
    findRunning: (port) => findRunningRedis(folder, port),
    launch: (port) => launchRedis({ binary, folder, keep: true }, port),
    stop: stopRedis,
    report,
  });
  report(`redis-server: ${reused ? 'running already' : 'started'} on 127.0.0.1:${port} (pid ${pid})`);
  return { url: `redis://127.0.0.1:${port}`, reused, stop };
}
