import { Gauge, type Registry } from 'prom-client';
import { askedOnce } from '../../platform/asked-once.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import { reservations } from './collections.ts';

const MOST_COUNTED = 100_000;

/** Those of all shops that hold pieces, or whose end is not yet in the stock: what the sweeper has before it. */
export const countOpenReservations = (db: SystemDb): Promise<number> =>
  db
    .collection(reservations)
    .countDocuments({ dueAt: { $type: 'date' } }, { limit: MOST_COUNTED, ...db.options, ...db.because });

export function watchReservations(registry: Registry, count: () => Promise<number>): void {
  const find = askedOnce(count);
  new Gauge({
    name: 'reservations_open',
    help: 'Reservations of all shops that hold pieces, or whose end is not yet in the stock; 100000 are counted at most',
    registers: [registry],
    aggregator: 'max',
    async collect() {
      const found = await find();
      if (found !== null) this.set(found);
    },
  });
}
