import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';

/** Work that is done again and again; it finds out by itself what is due, and may be stopped anywhere. */
export type Job = { name: string; everyMs: number; run: () => Promise<void> };

/** Hears of each round when it is over. */
export type OnRound = (job: string, failed: boolean, seconds: number) => void;

export type Clock = { stop: () => Promise<void> };

/** Runs each job on its own time, never two rounds of one at once; a round that fails is logged, and the next one comes. */
export function startClock(jobs: Job[], log: Log, onRound: OnRound = () => {}): Clock {
  const stopping = new AbortController();
  const running = jobs.map((job) => repeat(job, log, stopping.signal, onRound));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

async function repeat(
  { name, everyMs, run }: Job,
  log: Log,
  signal: AbortSignal,
  onRound: OnRound,
): Promise<void> {
  while (!signal.aborted) {
    const start = performance.now();
    const ended = (failed: boolean) => onRound(name, failed, (performance.now() - start) / 1_000);
    await run().then(
      () => ended(false),
      (error) => {
        log.error({ err: error, job: name }, 'a round of a job failed');
        ended(true);
      },
    );
    // Not all processes at the same moment.
    await sleep(everyMs * (0.9 + 0.2 * Math.random()), undefined, { signal, ref: false }).catch(() => {});
  }
}
