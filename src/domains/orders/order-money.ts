import type { Context } from '../../context.ts';
import { type Answer, mutation } from '../../platform/graphql/mutation.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { findStoredOrder } from './archive/stored-orders.ts';
import type { Order } from './documents.ts';
import { finishRefundOfAll, type GivenBack } from './order-refunds.ts';

/**
 * A change of an order that may move money: decided in one transaction and once per key, then asked of the provider,
 * and answered as the order is by then. A repeat asks again, which does nothing where it was done.
 */
export const movingMoney =
  <I extends { idempotencyKey?: string | null }>(
    operation: string,
    decide: (tx: TenantDb, input: I, context: Context) => Promise<GivenBack>,
  ) =>
  async (parent: unknown, args: { input: I }, context: Context): Promise<Answer<{ order: Order }>> => {
    const decided = await mutation(operation, decide)(parent, args, context);
    if (!('order' in decided)) return decided;
    const { order, refundId, paymentId } = decided;
    if (!refundId && !paymentId) return { order, userErrors: [] };
    await finishRefundOfAll(context, { refundId, paymentId });
    const moved = await findStoredOrder(context.db, { _id: order._id });
    return { order: moved ?? order, userErrors: [] };
  };
