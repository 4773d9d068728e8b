import type { Context } from '../../context.ts';
import { illegalState } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { OrderCancelInput } from '../../schema.types.ts';
import { returnCodes } from '../promotions/redemptions.ts';
import type { Order } from './documents.ts';
import { orderNamed } from './order-access.ts';
import { changeOrder } from './order-history.ts';
import { readText } from './order-input.ts';
import { openPieces } from './order-pieces.ts';
import { type GivenBack, startRefundOfAll } from './order-refunds.ts';
import { checkMove } from './order-status.ts';
import { MOST_REASON, putBack } from './order-writes.ts';

export async function cancelOrder(
  tx: TenantDb,
  input: OrderCancelInput,
  { viewer }: Context,
): Promise<GivenBack> {
  const order = await orderNamed(tx, input, viewer);
  checkMove(order, 'cancel');
  if (!viewer.may('orders:write')) checkBuyer(order);
  const reason = readText(input.reason, MOST_REASON, 'reason');
  return startRefundOfAll(tx, await cancelPlaced(tx, order, reason), reason);
}

/** Money that is only held is let go of; once it is taken, somebody of the shop decides. */
function checkBuyer({ paymentStatus }: Order): void {
  if (paymentStatus === 'UNPAID' || paymentStatus === 'VOIDED' || paymentStatus === 'AUTHORIZED') return;
  const message =
    paymentStatus === 'PENDING'
      ? 'Its payment is under way: wait for how it ends'
      : 'It is paid: ask the shop to cancel it';
  throw illegalState(message, paymentStatus, 'input', 'orderId');
}

/** Nothing of it will be sent: goods and codes are free again. The order comes first, so that of two only one gets on. */
export async function cancelPlaced(tx: TenantDb, before: Order, reason: string | null): Promise<Order> {
  const order = await changeOrder(tx, before, [{ type: 'cancelled', reason }]);
  await putBack(tx, order, openPieces(before), `order ${order.number} cancelled`);
  await returnCodes(tx, order._id);
  return order;
}
