import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { orders } from './collections.ts';

/** Whether somebody has paid for a product and has not got all of their money back. */
export async function hasBought(db: TenantDb, userId: ObjectId, productId: ObjectId): Promise<boolean> {
  const bought = await db.collection(orders).findOne(
    {
      // The type is what the index is limited to, and so must be said.
      $and: [{ userId }, { userId: { $type: 'objectId' } }],
      'lines.productId': productId,
      paidAt: { $ne: null },
      status: { $nin: ['CANCELLED', 'REFUNDED'] },
    },
    { projection: { _id: 1 } },
  );
  return bought !== null;
}
