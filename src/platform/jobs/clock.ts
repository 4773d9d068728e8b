import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';

/** Work that is done again and again; it finds out by itself what is due, and may be stopped anywhere. */
export type Job = { name: string; everyMs: number; run: () => Promise<void> };

export type Clock = { stop: () => Promise<void> };

/** Runs each job on its own time, never two rounds of one at once; a round that fails is logged, and the next one comes. */
export function startClock(jobs: Job[], log: Log): Clock {
  const stopping = new AbortController();
  const running = jobs.map((job) => repeat(job, log, stopping.signal));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

async function repeat({ name, everyMs, run }: Job, log: Log, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await run().catch((error) => log.error({ err: error, job: name }, 'a round of a job failed'));
    // Not all processes at the same moment.
    await sleep(everyMs * (0.9 + 0.2 * Math.random()), undefined, { signal, ref: false }).catch(() => {});
  }
}
