import type { Registry } from 'prom-client';
import { toldCounter } from '../../platform/told-counter.ts';

/** What this process has done since its start. */
const figures = { placed: 0 };

export function countPlaced(): void {
  figures.placed += 1;
}

export function watchOrders(registry: Registry): void {
  toldCounter(
    {
      name: 'orders_placed_total',
      help: 'Orders that this process has placed, in all shops',
      registers: [registry],
    },
    () => [{ count: figures.placed }],
  );
}
