import type { Db } from 'mongodb';
import { type AppliedMigration, schemaMigrations } from './migration-collections.ts';
import { type MigrationFile, readMigrationFiles } from './migration-files.ts';

export type MigrationState = 'applied' | 'pending' | 'rolled back' | 'changed' | 'file is gone';

/** One migration, as its file and the database know it. */
export type MigrationStatus = {
  version: string;
  state: MigrationState;
  /** Written after one was applied that comes later in the order. */
  outOfOrder: boolean;
  file: MigrationFile | undefined;
  applied: AppliedMigration | undefined;
};

/** Every migration that has a file or was ever run, in their order. */
export async function migrationStatus(db: Db, folder?: string): Promise<MigrationStatus[]> {
  const files = new Map((await readMigrationFiles(folder)).map((file) => [file.version, file]));
  const rows = await db.collection<AppliedMigration>(schemaMigrations.name).find().toArray();
  const applied = new Map(rows.map((row) => [row.version, row]));
  const newest = rows
    .filter(({ rolledBack }) => !rolledBack)
    .map(({ version }) => version)
    .sort()
    .at(-1);
  return [...new Set([...files.keys(), ...applied.keys()])].sort().map((version) => {
    const state = stateOf(files.get(version), applied.get(version));
    const outOfOrder = isPending(state) && newest !== undefined && version < newest;
    return { version, state, outOfOrder, file: files.get(version), applied: applied.get(version) };
  });
}

function stateOf(file: MigrationFile | undefined, applied: AppliedMigration | undefined): MigrationState {
  if (!applied) return 'pending';
  if (applied.rolledBack) return 'rolled back';
  if (!file) return 'file is gone';
  return file.checksum === applied.checksum ? 'applied' : 'changed';
}

/** What `up` runs: one that was rolled back is run again, as long as its file is there. */
export const isPending = (state: MigrationState) => state === 'pending' || state === 'rolled back';

export const pendingOf = (all: MigrationStatus[]): MigrationFile[] =>
  all.flatMap(({ state, file }) => (isPending(state) && file ? [file] : []));

/** The versions that the code expects and the database has not seen; the API does not start with any. */
export const pendingMigrations = async (db: Db, folder?: string): Promise<string[]> =>
  pendingOf(await migrationStatus(db, folder)).map(({ version }) => version);

/** Why nothing may be run, one line each. */
export const faultsOf = (all: MigrationStatus[]): string[] =>
  all.flatMap(({ version, state, file, applied }) => {
    const when = applied?.executedAt.toISOString();
    if (state === 'changed') {
      return [
        `${file?.path} was changed after it ran here on ${when}. ` +
          'Put it back as it was (git log shows), and write a new migration for what is to be different',
      ];
    }
    if (state !== 'file is gone') return [];
    return [
      `${version} ran here on ${when}, but its file is gone. ` +
        'Put it back; to be rid of it, undo it with "down" where its file still is',
    ];
  });
