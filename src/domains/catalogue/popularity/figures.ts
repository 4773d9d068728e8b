import { Gauge, type Registry } from 'prom-client';
import { toldCounter } from '../../../platform/told-counter.ts';
import type { ViewCounter } from './view-counter.ts';

/** The stream is the same for all processes, so its figures are not added up; those of their memories are. */
export function watchViews(registry: Registry, views: ViewCounter): void {
  const registers = [registry];
  new Gauge({
    name: 'product_views_in_memory',
    help: 'Views that wait in the process, for Redis does not answer; lost when it is killed',
    registers,
    collect() {
      this.set(views.figures().inMemory);
    },
  });
  toldCounter(
    {
      name: 'product_views_dropped_total',
      help: 'Views for which there was no room in memory',
      registers,
    },
    () => [{ count: views.figures().dropped }],
  );
  new Gauge({
    name: 'product_views_stream',
    help: 'Views that wait in Redis to be counted, and those of them that a process has taken; 0 while Redis is away',
    labelNames: ['stage'],
    registers,
    aggregator: 'max',
    async collect() {
      const state = await views.stream();
      this.set({ stage: 'waiting' }, state?.waiting ?? 0);
      this.set({ stage: 'taken' }, state?.taken ?? 0);
    },
  });
}
