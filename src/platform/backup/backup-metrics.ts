import { Gauge, type Registry } from 'prom-client';
import type { BackupStatus } from './verify.ts';

/** Shows how old the backup is; nothing where there is none. */
export function watchBackup(registry: Registry, status: () => Promise<BackupStatus | null>): void {
  const show = (name: string, help: string, moment: (found: BackupStatus) => Date | null) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      aggregator: 'max',
      async collect() {
        const found = await status().catch(() => null);
        const at = found && moment(found);
        this.remove();
        if (at) this.set(at.getTime() / 1_000);
      },
    });
  show(
    'backup_last_snapshot_timestamp_seconds',
    'Of when the last finished snapshot in BACKUP_TO is; the oldest where there are several stores',
    ({ lastSnapshot }) => lastSnapshot,
  );
  show(
    'backup_reaches_to_timestamp_seconds',
    'Up to when changes are in BACKUP_TO: what was done later would be lost with the database',
    ({ reachesTo }) => reachesTo,
  );
  show(
    'backup_last_verified_timestamp_seconds',
    'When the backup in BACKUP_TO was last restored and found right',
    ({ lastVerified }) => lastVerified,
  );
}
