import type { Db } from 'mongodb';
import { type MigrationTools, nothingToUndo } from '../platform/mongo/migration.ts';

/** Products from before there were holds and backorders get what an update of them must not be without. */
export async function up(_: Db, { inBatches }: MigrationTools) {
  const without = (path: string) => ({ [path]: { $exists: false } });
  const variants = {
    $map: {
      input: '$variants',
      in: {
        $mergeObjects: [
          { backorder: false },
          '$$this',
          { inventory: { $mergeObjects: [{ backordered: 0 }, '$$this.inventory'] } },
        ],
      },
    },
  };
  await inBatches({
    collection: 'products',
    filter: {
      $or: [
        without('holds'),
        without('holdsFrom'),
        { variants: { $elemMatch: { $or: [without('backorder'), without('inventory.backordered')] } } },
      ],
    },
    update: [
      {
        $set: {
          holds: { $ifNull: ['$holds', []] },
          holdsFrom: { $ifNull: ['$holdsFrom', new Date(0)] },
          variants,
        },
      },
    ],
  });
}

export const down = nothingToUndo('Code from before knows these fields not, and leaves them as they are');
