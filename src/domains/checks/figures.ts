import { Gauge, type Registry } from 'prom-client';
import { askedOnce } from '../../platform/asked-once.ts';
import type { Log } from '../../platform/log.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import type { DataCheck } from './check-shops.ts';
import { dataChecks } from './collections.ts';

/** Keeps it for all processes to show, until the next check, and logs it. */
export async function tellCheck(db: SystemDb, log: Log, found: DataCheck): Promise<void> {
  await db.collection(dataChecks).replaceOne({ _id: 'last' }, found, { upsert: true, ...db.options });
  const { at: _, ...rest } = found;
  const isRight = Object.keys(found.differences).length === 0;
  if (isRight) log.info(rest, 'the data was checked: all is right');
  else log.error(rest, 'the data was checked: npm run check-data names what differs');
}

export const findLastCheck = (db: SystemDb): Promise<DataCheck | null> =>
  db.collection(dataChecks).findOne({ _id: 'last' }, db.options);

/** Shows what the check of the data found last, in whichever process, also after a restart. */
export function watchChecks(registry: Registry, find: () => Promise<DataCheck | null>): void {
  const last = askedOnce(find);
  const shared = { registers: [registry], aggregator: 'max' as const };
  new Gauge({
    name: 'check_data_problems',
    help: 'Differences that the last check of the data found, by kind; npm run check-data names them',
    labelNames: ['check'],
    ...shared,
    async collect() {
      const found = await last();
      if (!found) return;
      this.reset();
      for (const [check, count] of Object.entries(found.differences)) this.set({ check }, count);
    },
  });
  new Gauge({
    name: 'check_data_last_run_timestamp_seconds',
    help: 'When the data was last checked; one process does it, once a day; 0 where it never was',
    ...shared,
    async collect() {
      const found = await last();
      if (found) this.set(found.at.getTime() / 1_000);
    },
  });
}
