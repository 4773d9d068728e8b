import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { archivedOrders } from './archive/collections.ts';
import { orders } from './collections.ts';
import type { Order } from './documents.ts';

/** Whether somebody has paid for a product and has not got all of their money back. */
export async function hasBought(db: TenantDb, userId: ObjectId, productId: ObjectId): Promise<boolean> {
  const bought = {
    // The type is what the index is limited to, and so must be said.
    $and: [{ userId }, { userId: { $type: 'objectId' as const } }],
    'lines.productId': productId,
    paidAt: { $ne: null },
    status: { $nin: ['CANCELLED', 'REFUNDED'] as Order['status'][] },
  };
  const found = { projection: { _id: 1 } };
  const order = await db.collection(orders).findOne(bought, found);
  return (order ?? (await db.collection(archivedOrders).findOne(bought, found))) !== null;
}
