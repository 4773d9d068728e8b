import type { Db } from 'mongodb';
import { type MigrationTools, nothingToUndo } from '../platform/mongo/migration.ts';

/** Each product has a number to be sorted by; a job counts what it is. */
export async function up(_: Db, { inBatches }: MigrationTools) {
  await inBatches({
    collection: 'products',
    filter: { soldRecently: { $exists: false } },
    update: { $set: { soldRecently: 0 } },
  });
}

export const down = nothingToUndo('Code from before knows this field not, and leaves it as it is');
