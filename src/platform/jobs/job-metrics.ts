import { Counter, Gauge, type Registry } from 'prom-client';
import type { OnRound } from './clock.ts';

/** Shows of each job when it was last done, how often and how long it took. */
export function watchJobs(registry: Registry): OnRound {
  const registers = [registry];
  const rounds = new Counter({
    name: 'job_rounds_total',
    help: 'Rounds of jobs that this process has ended, by job and outcome',
    labelNames: ['job', 'outcome'],
    registers,
  });
  const spent = new Counter({
    name: 'job_seconds_total',
    help: 'Time that they took',
    labelNames: ['job'],
    registers,
  });
  const last = new Gauge({
    name: 'job_last_success_timestamp_seconds',
    help: 'When a round of the job last ended well',
    labelNames: ['job'],
    registers,
    aggregator: 'max',
  });
  return (job, failed, seconds) => {
    rounds.inc({ job, outcome: failed ? 'failed' : 'done' });
    spent.inc({ job }, seconds);
    if (!failed) last.set({ job }, Date.now() / 1_000);
  };
}
