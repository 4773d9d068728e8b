import type { AnyBulkWriteOperation, Db, Document, UpdateFilter } from 'mongodb';

/** A file of src/migrations: one change of stored data, safe to run twice and beside the code before it. */
export type Migration = { up: MigrationStep; down: MigrationStep };
export type MigrationStep = (db: Db, tools: MigrationTools) => Promise<unknown>;
export type Direction = 'up' | 'down';

export type MigrationTools = {
  /** Changes a large collection piece by piece; see BatchChange. */
  inBatches: (change: BatchChange) => Promise<{ done: number }>;
  /** Throws when another runner has taken over; a loop of one's own asks before each round. */
  stillOurs: () => Promise<void>;
  /** A line for whoever runs the migration. */
  report: (line: string) => void;
};

/**
 * `update` for the documents that `filter` finds, in the order of their _id, `size` of them in one transaction together
 * with how far it came: a run that is killed goes on where it was, and no document is changed twice. A function
 * answers the operations for the documents it is given.
 */
export type BatchChange = {
  collection: string;
  filter: Document;
  update: UpdateFilter<Document> | Document[] | ((documents: Document[]) => AnyBulkWriteOperation[]);
  size?: number;
};

/** The `down` of a migration that takes nothing away which would have to come back. */
export const nothingToUndo =
  (reason: string): MigrationStep =>
  async (_, { report }) =>
    report(`Nothing to undo: ${reason}`);

/** What keeps migrations from being run, with what to do about it. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}
