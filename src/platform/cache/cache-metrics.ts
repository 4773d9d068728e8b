import { Gauge, type Registry } from 'prom-client';
import { toldCounter } from '../told-counter.ts';
import type { Answers } from './answers.ts';

/** Shows how much the answer cache answers, and how old that is; asked for when somebody looks. */
export function watchAnswers(registry: Registry, answers: Answers): void {
  const registers = [registry];
  toldCounter(
    {
      name: 'answer_cache_requests_total',
      help: 'GraphQL requests by where their answer came from: HIT, MISS, or BYPASS where none may be kept or trusted',
      labelNames: ['state'],
      registers,
    },
    () => Object.entries(answers.counts).map(([state, count]) => ({ labels: { state }, count })),
  );
  new Gauge({
    name: 'answer_cache_hit_ratio',
    help: 'Share of the requests whose answer may be kept that were answered from the cache',
    registers,
    collect() {
      const { HIT, MISS } = answers.counts;
      this.set(HIT + MISS === 0 ? 0 : HIT / (HIT + MISS));
    },
  });
  new Gauge({
    name: 'answer_cache_age_seconds',
    help: 'Age of the answers that this process keeps',
    labelNames: ['quantile'],
    registers,
    collect() {
      const ages = answers.cache.ages().sort((a, b) => a - b);
      const at = (share: number) => (ages[Math.floor(share * (ages.length - 1))] ?? 0) / 1_000;
      this.set({ quantile: '0.5' }, at(0.5));
      this.set({ quantile: '1' }, at(1));
    },
  });
  new Gauge({
    name: 'answer_cache_entries',
    help: 'Answers that this process keeps',
    registers,
    collect() {
      this.set(answers.cache.size.entries);
    },
  });
  new Gauge({
    name: 'answer_cache_bytes',
    help: 'Bytes of them',
    registers,
    collect() {
      this.set(answers.cache.size.bytes);
    },
  });
  toldCounter(
    {
      name: 'answer_cache_dropped_total',
      help: 'Kept answers that were not true any more when they were asked for',
      registers,
    },
    () => [{ count: answers.cache.dropped }],
  );
}
