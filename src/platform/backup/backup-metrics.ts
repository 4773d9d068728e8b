import { Gauge, type Registry } from 'prom-client';
import type { BackupStatus } from './verify.ts';

/** Shows how old the backup is, by what was last known while a store is not reached; nothing where there is none. */
export function watchBackup(registry: Registry, status: () => Promise<BackupStatus | null>): void {
  let known: BackupStatus | null = null;
  const show = (
    name: string,
    help: string,
    figureOf: (known: BackupStatus | null, reached: boolean) => number | null,
  ) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      aggregator: 'max',
      async collect() {
        const found = await status().catch(() => 'unreachable' as const);
        if (found !== 'unreachable') known = found;
        const value = figureOf(known, found !== 'unreachable');
        this.remove();
        if (value !== null) this.set(value);
      },
    });
  show(
    'backup_last_snapshot_timestamp_seconds',
    'Of when the last finished snapshot in BACKUP_TO is; the oldest where there are several stores',
    (found) => secondsOf(found?.lastSnapshot),
  );
  show(
    'backup_reaches_to_timestamp_seconds',
    'Up to when changes are in BACKUP_TO: what was done later would be lost with the database',
    (found) => secondsOf(found?.reachesTo),
  );
  show(
    'backup_last_verified_timestamp_seconds',
    'When the backup in BACKUP_TO was last restored and found right',
    (found) => secondsOf(found?.lastVerified),
  );
  show(
    'backup_store_unreachable',
    '1 while a store of BACKUP_TO cannot be read; the other figures of the backup are then those last known',
    (found, reached) => (reached && found === null ? null : Number(!reached)),
  );
}

const secondsOf = (moment: Date | null | undefined): number | null =>
  moment ? moment.getTime() / 1_000 : null;
