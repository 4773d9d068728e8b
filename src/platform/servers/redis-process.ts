import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createClient } from 'redis';
import { launchDetached, terminate } from './child.ts';
import { FolderInUse } from './embedded-server.ts';
import { canListen } from './free-port.ts';

interface RedisProcess {
  binary: string;
  /** Its working folder, for its data and its log. */
  folder: string;
  /** Writes every change to disk, so that it is there after a restart. */
  keep: boolean;
}

/** Starts redis-server and waits until it answers. Answers its pid. */
export async function launchRedis({ binary, folder, keep }: RedisProcess, port: number) {
  const logFile = join(folder, 'redis.log');
  const where = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
  const disk = ['--save', '', '--appendonly', keep ? 'yes' : 'no'];
  const child = await launchDetached(binary, [...where, ...disk], logFile);
  while ((await findRunningRedis(folder, port)) !== child.pid) {
    if (child.hasDied()) throw await whyItDied(folder, port, logFile);
    await delay(20);
  }
  return child.pid;
}

async function whyItDied(folder: string, port: number, logFile: string) {
  const last = (await readFile(logFile, 'utf8')).trim().split('\n').slice(-5).join('\n  ');
  if (/Address already in use/.test(last)) return new FolderInUse('redis-server', folder, undefined, port);
  return new Error(`redis-server did not start in ${folder}. The last lines of ${logFile}:\n  ${last}`);
}

/** The pid of the Redis on this port, if the folder it works on is this one, and once it has read its data. */
export async function findRunningRedis(folder: string, port: number) {
  const client = createClient({
    socket: { host: '127.0.0.1', port, connectTimeout: 1000, socketTimeout: 2000, reconnectStrategy: false },
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { dir } = await client.configGet('dir');
    if ((await realpath(dir ?? '')) !== (await realpath(folder))) return undefined;
    const [, pid] = /process_id:(\d+)/.exec(await client.info('server')) ?? [];
    await client.ping();
    return Number(pid);
  } catch {
    return undefined;
  } finally {
    client.destroy();
  }
}

/** Redis closes its port once its data are on disk. */
export function stopRedis(pid: number, port: number) {
  return terminate(pid, () => canListen(port));
}
