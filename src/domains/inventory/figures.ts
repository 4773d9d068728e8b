import { Gauge, type Registry } from 'prom-client';
import { askedOnce } from '../../platform/asked-once.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import { reservations } from './collections.ts';

const MOST_COUNTED = 100_000;

/** Those of all shops that hold pieces, or whose end is not yet in the stock: what the sweeper has before it. */
const countReservationsIn = (db: SystemDb): Promise<number> =>
  db
    .collection(reservations)
    .countDocuments(
      { dueAt: { $type: 'date' }, ...db.here },
      { limit: MOST_COUNTED, ...db.options, ...db.because },
    );

export const countOpenReservations = async (databases: readonly SystemDb[]): Promise<number> =>
  (await Promise.all(databases.map(countReservationsIn))).reduce((sum, count) => sum + count, 0);

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
