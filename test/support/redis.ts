import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'redis';
import { inject } from 'vitest';
import { freePort } from '../../src/platform/servers/free-port.ts';
import { launchRedis, stopRedis } from '../../src/platform/servers/redis-process.ts';
import { atEnd } from './mongo.ts';

/** A Redis of a test's own, to be frozen, emptied and killed; gone after the last test of the file. */
export type OwnRedis = {
  url: string;
  /** It takes commands and answers none. */
  freeze: () => void;
  thaw: () => void;
  /** Gone, with all that was in it. */
  kill: () => Promise<void>;
  restart: () => Promise<void>;
  /** Asks it directly, past the app. */
  ask: <R>(question: (client: ReturnType<typeof clientAt>) => Promise<R>) => Promise<R>;
};

export async function ownRedis(): Promise<OwnRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'souk-test-redis-'));
  const port = await freePort();
  const launch = () => launchRedis({ binary: inject('redisBinary'), folder, keep: false }, port);
  let pid = await launch();
  const url = `redis://127.0.0.1:${port}`;
  const thaw = () => void process.kill(pid, 'SIGCONT');
  let running = true;
  const kill = async () => {
    if (!running) return;
    running = false;
    thaw();
    await stopRedis(pid, port);
  };
  atEnd(async () => {
    await kill();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    url,
    thaw,
    kill,
    freeze: () => void process.kill(pid, 'SIGSTOP'),
    restart: async () => {
      pid = await launch();
      running = true;
    },
    ask: async (question) => {
      const client = await clientAt(url).connect();
      return question(client).finally(() => client.destroy());
    },
  };
}

const clientAt = (url: string) => createClient({ url });
