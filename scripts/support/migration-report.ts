import type { MigrationStatus } from '../../src/platform/mongo/migration-status.ts';
import type { Done } from '../../src/platform/mongo/migrations.ts';

const TELL_EVERY_MS = 2_000;

export function doneLine({ version, direction, executionTimeMs }: Done, dryRun: boolean): string {
  if (dryRun) return `would ${direction === 'up' ? 'run' : 'undo'} ${version}`;
  return `✔ ${version} ${direction === 'up' ? 'run' : 'undone'} in ${executionTimeMs} ms`;
}

export function statusLine({ version, state, outOfOrder, applied }: MigrationStatus): string {
  const when = {
    applied: `applied ${applied?.executedAt.toISOString()} in ${applied?.executionTimeMs} ms`,
    pending: 'pending',
    'rolled back': `pending; rolled back ${applied?.rolledBackAt?.toISOString()}`,
    changed: `CHANGED since it was applied ${applied?.executedAt.toISOString()}`,
    'file is gone': `FILE IS GONE; applied ${applied?.executedAt.toISOString()}`,
  }[state];
  return `${version}  ${when}${outOfOrder ? '  (warning: later ones were applied before it)' : ''}`;
}

/** How far a large collection is, every two seconds. */
export function batchReporter() {
  let told = Date.now();
  return (version: string, collection: string, done: number) => {
    if (Date.now() - told < TELL_EVERY_MS) return;
    told = Date.now();
    console.error(`… ${version}: ${done.toLocaleString('en-US')} of ${collection} done`);
  };
}

type Report = {
  ok: boolean;
  dryRun?: boolean;
  done?: Done[];
  faults?: string[];
  migrations?: MigrationStatus[];
};

/** For programs: without what belongs to this machine or to the database alone. */
export const toJson = ({ migrations, ...report }: Report): string =>
  JSON.stringify(
    {
      ...report,
      migrations: migrations?.map(({ version, state, outOfOrder, file, applied }) => ({
        version,
        state,
        outOfOrder,
        checksum: file?.checksum ?? null,
        appliedChecksum: applied?.checksum ?? null,
        executedAt: applied?.executedAt ?? null,
        executionTimeMs: applied?.executionTimeMs ?? null,
        rolledBackAt: applied?.rolledBackAt ?? null,
      })),
    },
    null,
    2,
  );
