import { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { illegalState } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { OrderRefundInput } from '../../schema.types.ts';
import type { Paying } from '../payments/gateway.ts';
import { insertRefund } from '../payments/refunds.ts';
import type { LinePieces, Order, OrderLine } from './documents.ts';
import { orderNamed } from './order-access.ts';
import { startVoid } from './order-captures.ts';
import { changeOrder } from './order-history.ts';
import { readPieces, readText } from './order-input.ts';
import { givenUpBy, refundedOf } from './order-pieces.ts';
import { checkMove } from './order-status.ts';
import { MOST_REASON, putBack } from './order-writes.ts';
import { pursuePayment, pursueRefund } from './payment-calls.ts';
import { readAmount } from './refund-amounts.ts';

/** Whoever starts a refund asks for it at once; from then on the reconciler does. */
const ASKED_WITHIN_MS = 15_000;

/** In a transaction: the order says that money is on its way back, and what becomes of the pieces. */
export async function startRefund(tx: TenantDb, input: OrderRefundInput, { viewer }: Context) {
  const order = await orderNamed(tx, input, viewer);
  checkMove(order, 'refund');
  const leftOf = (line: OrderLine) => line.quantity - refundedOf(order, line._id);
  const lines = input.lines == null ? [] : readPieces(order, input.lines, leftOf, 'paid back');
  const { order: after, refundId } = await sendBack(tx, order, {
    ...{ lines, amount: readAmount(order, lines, input), restock: input.restock ?? true },
    reason: readText(input.reason, MOST_REASON, 'reason'),
  });
  return { orderId: after._id, refundId };
}

type Wanted = { lines: LinePieces[]; amount: number; restock: boolean; reason: string | null };

async function sendBack(tx: TenantDb, order: Order, wanted: Wanted) {
  const { paymentId, currency, _id: orderId, number } = order;
  if (!paymentId) throw illegalState('No payment of it is known', order.paymentStatus, 'input', 'orderId');
  const refund = { _id: new ObjectId(), paymentId, ...wanted };
  const { _id, amount } = refund;
  const dueAt = new Date(tx.now().getTime() + ASKED_WITHIN_MS);
  await insertRefund(tx, { _id, orderId, paymentId, amount, currency, ofOrder: true }, dueAt);
  const after = await changeOrder(tx, order, [{ type: 'refundStarted', refund }]);
  await putBack(tx, order, forSaleAgain(order, refund), `order ${number} refunded`);
  return { order: after, refundId: _id };
}

/**
 * Pieces that were never sent, as far as they are wanted back, and those that came back. One that was sold before it was
 * there is owed no more, wanted or not.
 */
function forSaleAgain(order: Order, refund: Pick<Wanted, 'lines' | 'restock'>): LinePieces[] {
  const given = givenUpBy(order, refund);
  return order.lines.map(({ _id: lineId, backordered }) => {
    const { cancelled = 0, returned = 0 } = given.find((one) => one.lineId.equals(lineId)) ?? {};
    return { lineId, quantity: returned + (refund.restock || backordered ? cancelled : 0) };
  });
}

/** What of an order's money is to be asked for when the transaction is committed. */
export type GivenBack = { order: Order; refundId: ObjectId | null; paymentId: ObjectId | null };

/**
 * Gives back all that was paid of an order, or lets go of what is held for it, in the transaction of what ends the
 * order; its pieces are the caller's. Then call finishRefundOfAll.
 */
export async function startRefundOfAll(
  tx: TenantDb,
  order: Order,
  reason: string | null,
): Promise<GivenBack> {
  const amount = order.paid - order.refunded;
  if (amount > 0) {
    const refund = { lines: [], amount, restock: false, reason };
    return { ...(await sendBack(tx, order, refund)), paymentId: null };
  }
  return { order, refundId: null, paymentId: await startVoid(tx, order) };
}

/** Asks the provider, after the commit; what fails the reconciler does. */
export async function finishRefundOfAll(
  paying: Paying,
  { refundId, paymentId }: Pick<GivenBack, 'refundId' | 'paymentId'>,
): Promise<void> {
  if (refundId) await pursueRefund(paying, refundId);
  if (paymentId) await pursuePayment(paying, paymentId);
}
