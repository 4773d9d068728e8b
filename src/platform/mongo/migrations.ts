import type { Db } from 'mongodb';
import { applyIndexes } from './indexes.ts';
import { type Direction, type Migration, MigrationError, type MigrationTools } from './migration.ts';
import { batchesOf, MIGRATION_BOUNDS, type Run } from './migration-batches.ts';
import {
  type AppliedMigration,
  type MigrationProgress,
  migrationCollections,
  migrationProgress,
  schemaMigrations,
} from './migration-collections.ts';
import { loadMigration, type MigrationFile } from './migration-files.ts';
import { acquireLease, type LeaseOptions } from './migration-lease.ts';
import { faultsOf, type MigrationStatus, migrationStatus, pendingOf } from './migration-status.ts';
import { withRetry } from './retry.ts';
import { inTransaction } from './transaction.ts';

export type MigrateOptions = Partial<LeaseOptions> & {
  folder?: string | undefined;
  /** Answers what would be run, and runs nothing. */
  dryRun?: boolean | undefined;
  signal?: AbortSignal | undefined;
  report?: (line: string) => void;
  onBatch?: (version: string, collection: string, done: number) => void;
};

export type Done = { version: string; direction: Direction; executionTimeMs: number };

/** Runs every pending migration in order, or throws a MigrationError and leaves those before it applied. */
export function migrateUp(db: Db, options: MigrateOptions = {}): Promise<Done[]> {
  return runAll(db, 'up', options, (all) => {
    refuseFaults(all);
    return pendingOf(all);
  });
}

/** Undoes a migration and all that were applied after it, the last one first. */
export function migrateDown(db: Db, version: string, options: MigrateOptions = {}): Promise<Done[]> {
  return runAll(db, 'down', options, (all) => {
    const applied = all.filter(({ state }) => state !== 'pending' && state !== 'rolled back');
    if (!applied.some((one) => one.version === version)) throw unknownVersion(version, applied);
    const undone = applied.filter((one) => one.version >= version);
    refuseFaults(undone);
    return undone.flatMap(({ file }) => file ?? []).reverse();
  });
}

const unknownVersion = (version: string, applied: MigrationStatus[]) =>
  new MigrationError(
    `${version} is not applied here; applied are: ${applied.map((one) => one.version).join(', ') || 'none'}`,
  );

function refuseFaults(all: MigrationStatus[]): void {
  const faults = faultsOf(all);
  if (faults.length > 0) throw new MigrationError(faults.join('\n'));
}

async function runAll(
  db: Db,
  direction: Direction,
  options: MigrateOptions,
  choose: (all: MigrationStatus[]) => MigrationFile[],
): Promise<Done[]> {
  const { folder, dryRun, leaseMs = 30_000, waitMs = 60_000, onWait, signal } = options;
  const chosen = choose(await migrationStatus(db, folder));
  if (dryRun) return chosen.map(({ version }) => ({ version, direction, executionTimeMs: 0 }));
  if (chosen.length === 0) return [];
  await prepareCollections(db);
  const lease = await acquireLease(db, { leaseMs, waitMs, ...(onWait && { onWait }) });
  try {
    // Another runner may have done it while this one waited.
    const files = choose(await migrationStatus(db, folder));
    // A file that cannot be loaded is found before any is run.
    const migrations = await Promise.all(files.map(loadMigration));
    const done: Done[] = [];
    for (const [place, file] of files.entries()) {
      signal?.throwIfAborted();
      const onBatch = (collection: string, count: number) =>
        options.onBatch?.(file.version, collection, count);
      const run: Run = { db, lease, file, direction, signal, onBatch };
      done.push(await runOne(run, migrations[place] as Migration, options.report));
    }
    return done;
  } finally {
    await lease.release();
  }
}

async function prepareCollections(db: Db): Promise<void> {
  const results = await applyIndexes(db, migrationCollections);
  const failure = results.flatMap(({ outcomes }) => outcomes.flatMap((outcome) => outcome.failure ?? []))[0];
  if (failure)
    throw new MigrationError(`The collections of the migrations cannot be made: ${failure.reason}`);
}

async function runOne(run: Run, migration: Migration, report: MigrateOptions['report']): Promise<Done> {
  const { db, lease, file, direction } = run;
  const began = performance.now();
  const tools: MigrationTools = {
    inBatches: batchesOf(run),
    stillOurs: () => lease.renew(),
    report: (line) => report?.(`${file.version}: ${line}`),
  };
  await lease.renew();
  await migration[direction](db, tools).catch((error: unknown) => {
    if (error instanceof MigrationError || run.signal?.aborted) throw error;
    const what = error instanceof Error ? error.message : String(error);
    throw new MigrationError(`${file.path} failed in "${direction}": ${what}`, { cause: error });
  });
  const executionTimeMs = Math.round(performance.now() - began);
  await record(run, executionTimeMs);
  return { version: file.version, direction, executionTimeMs };
}

/** In one transaction with the lease: a runner that has lost it writes nothing down. */
async function record({ db, lease, file, direction }: Run, executionTimeMs: number): Promise<void> {
  const { version, name, checksum } = file;
  const now = new Date();
  const applied = { name, checksum, executedAt: now, executionTimeMs, rolledBack: false, rolledBackAt: null };
  const change = direction === 'up' ? applied : { rolledBack: true, rolledBackAt: now };
  const attempt = () =>
    inTransaction(db.client, MIGRATION_BOUNDS, async (session) => {
      await lease.renew(session);
      await db
        .collection<AppliedMigration>(schemaMigrations.name)
        .updateOne({ version }, { $set: change }, { upsert: direction === 'up', session });
      await db.collection<MigrationProgress>(migrationProgress.name).deleteMany({ version }, { session });
    });
  await withRetry(attempt, MIGRATION_BOUNDS.deadline);
}
