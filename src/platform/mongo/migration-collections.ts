import type { ObjectId } from 'mongodb';
import { type DeclaredCollection, defineSystemCollection } from './collection.ts';
import { bool, count, date, nullable, object, text } from './schema.ts';

/** A migration as it was run, with the SHA-256 of its source. */
export type AppliedMigration = {
  _id: ObjectId;
  version: string;
  name: string;
  checksum: string;
  executedAt: Date;
  executionTimeMs: number;
  rolledBack: boolean;
  rolledBackAt: Date | null;
};

export const schemaMigrations = defineSystemCollection<AppliedMigration>(
  'schema_migrations',
  object({
    version: text,
    name: text,
    checksum: { ...text, pattern: '^[0-9a-f]{64}$' },
    executedAt: date,
    executionTimeMs: count,
    rolledBack: bool,
    rolledBackAt: nullable(date),
  }),
  [{ key: { version: 1 }, unique: true }],
);

export type Runner = { id: string; host: string; pid: number };

/** One document: who may run migrations until when, by mongod's clock. `fence` grows with each who may. */
export type MigrationLock = {
  _id: 'migrations';
  owner: Runner | null;
  fence: number;
  acquiredAt: Date | null;
  expiresAt: Date;
};

export const migrationLocks = defineSystemCollection<MigrationLock>(
  'migration_locks',
  object({
    owner: nullable(object({ id: text, host: text, pid: count })),
    fence: count,
    acquiredAt: nullable(date),
    expiresAt: date,
  }),
  [],
);

/** How far a migration that is not finished has come in its batches. */
export type MigrationProgress = {
  _id: string;
  version: string;
  /** Of the source that came so far: another may have to begin anew. */
  checksum: string;
  collection: string;
  lastId: unknown;
  done: number;
  updatedAt: Date;
};

export const migrationProgress = defineSystemCollection<MigrationProgress>(
  'migration_progress',
  object({ version: text, checksum: text, collection: text, lastId: {}, done: count, updatedAt: date }),
  [{ key: { version: 1 } }],
);

export const migrationCollections: DeclaredCollection[] = [
  schemaMigrations,
  migrationLocks,
  migrationProgress,
];
