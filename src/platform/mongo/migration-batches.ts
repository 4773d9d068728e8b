import type { AnyBulkWriteOperation, ClientSession, Collection, Db, Document } from 'mongodb';
import { systemComment } from './guard.ts';
import type { BatchChange, Direction } from './migration.ts';
import { type MigrationProgress, migrationProgress } from './migration-collections.ts';
import type { MigrationFile } from './migration-files.ts';
import type { Lease } from './migration-lease.ts';
import { mayRunAgain, withRetry } from './retry.ts';
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
    let reached = await progress.findOne({ _id, checksum });

    async function batch(session: ClientSession): Promise<MigrationProgress | null> {
      await lease.renew(session);
      const rest = reached ? { $and: [filter, { _id: { $gt: reached.lastId } }] } : filter;
      const projection = typeof update === 'function' ? {} : { _id: 1 };
      const found = await rows
        .find(rest, { session, projection, comment })
        .sort({ _id: 1 })
        .limit(size)
        .toArray();
      const last = found.at(-1);
      if (!last) return null;
      await change(rows, found, update, { session, comment });
      const done = (reached?.done ?? 0) + found.length;
      const next = { version, checksum, collection, lastId: last._id, done, updatedAt: new Date() };
      await progress.replaceOne({ _id }, next, { upsert: true, session });
      return { _id, ...next };
    }

    for (;;) {
      signal?.throwIfAborted();
      const attempt = () => inTransaction(db.client, MIGRATION_BOUNDS, batch);
      const next = await withRetry(attempt, MIGRATION_BOUNDS.deadline, mayRunAgain);
      if (!next) return { done: reached?.done ?? 0 };
      reached = next;
      onBatch(collection, next.done);
    }
  };
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
