import type { AnyBulkWriteOperation, ClientSession, Collection, Db, Document } from 'mongodb';
import { systemComment } from './guard.ts';
import { type BatchChange, type Direction, MigrationError } from './migration.ts';
import { type MigrationProgress, migrationProgress } from './migration-collections.ts';
import type { MigrationFile } from './migration-files.ts';
import type { Lease } from './migration-lease.ts';
import { isContention, mayRunAgain, withRetry } from './retry.ts';
import type { Bounds } from './scope.ts';
import { inTransaction } from './transaction.ts';

const BATCH_SIZE = 500;

/** Migrations take the time they need; each command of them has a bound. */
export const MIGRATION_BOUNDS: Bounds = { deadline: Number.POSITIVE_INFINITY, commandMs: 10 * 60_000 };

export type Run = {
  db: Db;
  lease: Lease;
  file: MigrationFile;
  direction: Direction;
  onBatch: (collection: string, done: number) => void;
  /** Stops between two batches. */
  signal?: AbortSignal | undefined;
};

/** `inBatches` for one run of a migration. Its calls are told apart by their order, which is the same in each run. */
export function batchesOf({ db, lease, file, direction, onBatch, signal }: Run) {
  const { version, checksum } = file;
  const comment = systemComment(`migration ${version}`);
  const progress = db.collection<MigrationProgress>(migrationProgress.name);
  let calls = 0;

  return async function inBatches({ collection, filter, update, size = BATCH_SIZE }: BatchChange) {
    const _id = `${version} ${direction} ${++calls}`;
    const rows = db.collection(collection);
    const projection = typeof update === 'function' ? {} : { _id: 1 };
    await beginProgress(progress, { _id, version, checksum, collection });

    /**
     * A runner that does not know yet that it lost its lease meets the next one at the stored progress: one of two
     * transactions that write it fails, and without it, because that run is over, nothing is changed.
     */
    async function batch(session: ClientSession): Promise<{ done: number; more: boolean }> {
      await lease.renew();
      const stored = await progress.findOne({ _id }, { session });
      if (!stored) {
        await lease.renew();
        throw new MigrationError(`The stored progress of ${version} is gone; run this again`);
      }
      const { done, lastId } = stored;
      const rest = done > 0 ? { $and: [filter, { _id: { $gt: lastId } }] } : filter;
      const found = await rows
        .find(rest, { session, projection, comment })
        .sort({ _id: 1 })
        .limit(size)
        .toArray();
      if (found.length === 0) return { done, more: false };
      await change(rows, found, update, { session, comment });
      const reached = { lastId: found.at(-1)?._id, done: done + found.length, updatedAt: new Date() };
      await progress.updateOne({ _id }, { $set: reached }, { session });
      return { done: reached.done, more: true };
    }

    for (;;) {
      signal?.throwIfAborted();
      const { done, more } = await patiently(() => inTransaction(db.client, MIGRATION_BOUNDS, batch));
      if (!more) return { done };
      onBatch(collection, done);
    }
  };
}

/** What another version of the file came to is forgotten. */
async function beginProgress(
  progress: Collection<MigrationProgress>,
  { _id, ...start }: Omit<MigrationProgress, 'lastId' | 'done' | 'updatedAt'>,
): Promise<void> {
  await progress.deleteOne({ _id, checksum: { $ne: start.checksum } });
  const anew = { ...start, lastId: null, done: 0, updatedAt: new Date() };
  await progress.updateOne({ _id }, { $setOnInsert: anew }, { upsert: true });
}

/** A runner killed in the middle of a batch leaves its transaction open; mongod ends it after a minute. */
function patiently<R>(attempt: () => Promise<R>): Promise<R> {
  const { deadline } = MIGRATION_BOUNDS;
  return withRetry(() => withRetry(attempt, deadline, mayRunAgain), deadline, isContention);
}

async function change(
  rows: Collection,
  found: Document[],
  update: BatchChange['update'],
  options: { session: ClientSession; comment: string },
): Promise<void> {
  if (typeof update !== 'function') {
    await rows.updateMany({ _id: { $in: found.map(({ _id }) => _id) } }, update, options);
    return;
  }
  const operations: AnyBulkWriteOperation[] = update(found);
  if (operations.length > 0) await rows.bulkWrite(operations, options);
}
