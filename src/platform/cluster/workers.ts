import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { answerForMetrics } from './cluster-metrics.ts';

/** A worker that ends sooner than this after its start did not come up. */
const UP_MS = 5_000;
const PAUSE_MS = 1_000;
/** Workers end by themselves before; one that does not is killed. */
const MOST_MS = 10_000;

export type Workers = {
  /** Where they listen, once all of them do. */
  url: string;
  /** Has them stop, and answers when none is left. */
  stop: () => Promise<void>;
};

/**
 * Runs this program in several processes that listen on one port. One that ends is replaced, without a hurry if it had
 * hardly begun. Throws when they do not come up in the first place.
 */
export async function startWorkers(count: number, log: Log): Promise<Workers> {
  let stopping = false;
  answerForMetrics();
  // The terminal's Ctrl-C reaches the workers too, and they end as they are told to; so do not end before them.
  const fork = () => listening(cluster.fork());
  cluster.on('exit', async (worker, code, signal) => {
    if (stopping) return;
    const age = process.uptime() * 1_000 - (bornAt.get(worker) ?? 0);
    log.error({ pid: worker.process.pid, code, signal }, 'a worker ended, and is replaced');
    if (age < UP_MS) await sleep(PAUSE_MS);
    if (!stopping) fork().catch(() => {});
  });
  const bornAt = new WeakMap<Worker, number>();
  cluster.on('fork', (worker) => bornAt.set(worker, process.uptime() * 1_000));
  const urls = await Promise.all(Array.from({ length: count }, fork));
  return {
    url: urls[0] ?? '',
    stop: () => {
      stopping = true;
      return stopAll();
    },
  };
}

/** Where a worker listens, once it does; throws when it ends before. */
async function listening(worker: Worker): Promise<string> {
  const ended = once(worker, 'exit').then(([code]) => {
    throw new Error(`A worker ended with ${code} before it listened; its log says why`);
  });
  const told = new Promise<string>((resolve) => {
    worker.on('message', (message: { type?: string; url?: string }) => {
      if (message.type === 'listening') resolve(message.url ?? '');
    });
  });
  return Promise.race([told, ended]);
}

async function stopAll(): Promise<void> {
  const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
  const ends = workers.map((worker) => once(worker, 'exit'));
  for (const worker of workers) worker.process.kill('SIGTERM');
  const late = setTimeout(() => {
    for (const worker of workers) worker.process.kill('SIGKILL');
  }, MOST_MS);
  await Promise.all(ends);
  clearTimeout(late);
}
