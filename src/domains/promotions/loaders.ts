import type { ObjectId } from 'mongodb';
import { defineLoader } from '../../platform/graphql/loader.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { redemptions } from './collections.ts';

type Uses = { _id: ObjectId; count: number };

const countUses = (db: TenantDb, promotionIds: ObjectId[]): Promise<Uses[]> =>
  db
    .collection(redemptions)
    .aggregate<Uses>([
      { $match: { promotionId: { $in: promotionIds } } },
      { $group: { _id: '$promotionId', count: { $sum: 1 } } },
    ]);

/** How many orders have used a code whose uses are not counted in it. */
export const usesOfPromotion = defineLoader(countUses, ({ _id }) => _id);
