import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { findWrongOrders, restoreOrder, type WrongOrder, wrongOf } from './order-checks.ts';

/**
 * Orders that are not what their events make of them; with `swap` they become it. An order that differs is read again
 * with its events in one transaction, and replaced in the same one: a change that is made meanwhile writes the same
 * document, so that one of the two begins again with what the other has left.
 */
export async function* rebuildOrders(db: TenantDb, swap: boolean): AsyncGenerator<WrongOrder> {
  let former: ObjectId | undefined;
  for await (const { orderId } of findWrongOrders(db)) {
    if (former?.equals(orderId)) continue;
    former = orderId;
    yield* await db.transaction(async (tx) => {
      const wrong = await wrongOf(tx, orderId);
      if (swap && wrong.length > 0) await restoreOrder(tx, orderId);
      return wrong;
    });
  }
}
