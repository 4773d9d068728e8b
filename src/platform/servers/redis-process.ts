import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.ts';

interface RedisOptions {
  binary: string;
  /** Its working folder: data if kept, and its log. */
  folder: string;
  /** Writes every change to disk, so that it is there after a restart. */
  keep: boolean;
}

/** Starts redis-server on a free port of 127.0.0.1 and waits until it answers. */
export async function launchRedis({ binary, folder, keep }: RedisOptions) {
  const port = await freePort();
  const logFile = join(folder, 'redis.log');
  const log = await open(logFile, 'a');
  const where = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
  const disk = ['--save', '', '--appendonly', keep ? 'yes' : 'no'];
  const child = spawn(binary, [...where, ...disk], { stdio: ['ignore', log.fd, log.fd], detached: keep });
  await once(child, 'spawn').finally(() => log.close());
  while (!(await answersPing(port))) {
    if (child.exitCode !== null) throw new Error(`redis-server did not start: ${await lastLines(logFile)}`);
    await delay(20);
  }
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { url: `redis://127.0.0.1:${port}`, port, pid: child.pid, stop };
}

/** False also while it is still reading its data. */
export function answersPing(port: number) {
  return new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(1000, () => socket.destroy());
    socket.once('data', (answer) => {
      resolve(answer.toString().startsWith('+PONG'));
      socket.destroy();
    });
    socket.once('error', () => resolve(false)).once('close', () => resolve(false));
  });
}

async function lastLines(file: string) {
  return (await readFile(file, 'utf8')).trim().split('\n').slice(-5).join('\n');
}
