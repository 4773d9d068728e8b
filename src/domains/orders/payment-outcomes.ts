import { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { Payment, PaymentRefund } from '../payments/documents.ts';
import type { Paying } from '../payments/gateway.ts';
import { applyOutcome, findPayment, type Settled, wantOf } from '../payments/payments.ts';
import type { ChargeOutcome, ProviderNotice, RefundOutcome } from '../payments/provider.ts';
import { applyRefundOutcome, insertRefund, type SettledRefund } from '../payments/refunds.ts';
import { toDecimal } from '../pricing/money.ts';
import { findOrderToChange } from './archive/stored-orders.ts';
import type { Order, OrderChange } from './documents.ts';
import { changeOrder } from './order-history.ts';

/**
 * What a provider said of a payment, into the payment and its order: the one way in for the answer to a call, for
 * notices and for the reconciler. Said twice, late or in another order, it counts once.
 */
export async function recordOutcome(paying: Paying, id: ObjectId, outcome: ChargeOutcome): Promise<void> {
  const { db, payments } = paying;
  const settled = await db.retry(() => db.transaction((tx) => settlePayment(tx, id, outcome)));
  if (settled && isNews(settled)) payments.count(settled.after.provider, settled.after.state);
}

/** The same in a transaction of the caller's, who counts it. */
export async function settlePayment(
  tx: TenantDb,
  id: ObjectId,
  outcome: ChargeOutcome,
): Promise<Settled | null> {
  const settled = await applyOutcome(tx, id, outcome);
  if (!settled || !isNews(settled)) return settled;
  const order = await findOrderToChange(tx, { _id: settled.after.orderId });
  if (order) await changeOrder(tx, order, await consequencesOf(tx, order, settled));
  return settled;
}

const isNews = ({ before, after }: Settled) => before.state !== after.state;

async function consequencesOf(tx: TenantDb, order: Order, settled: Settled): Promise<OrderChange[]> {
  const { before, after: payment } = settled;
  const isCurrent = order.paymentId?.equals(payment._id) === true;
  switch (payment.state) {
    case 'CAPTURED':
      return captured(tx, order, payment, isCurrent);
    case 'AUTHORIZED':
      return authorized(tx, order, payment, isCurrent);
    case 'VOIDED':
      if (isCurrent && before.state === 'AUTHORIZED')
        return [{ type: 'paymentVoided', paymentId: payment._id }];
      return isCurrent ? [declined(payment, 'It was given up')] : [];
    case 'DECLINED':
      return isCurrent ? [declined(payment, 'Declined')] : [];
    case 'PENDING':
      return [];
  }
}

const declined = ({ _id, reason }: Payment, otherwise: string): OrderChange => ({
  type: 'paymentDeclined',
  paymentId: _id,
  reason: reason ?? otherwise,
});

/** Whether an order takes this payment: its own, or one that comes late while no other is under way. */
const takes = (order: Order, isCurrent: boolean): boolean =>
  order.status !== 'CANCELLED' && !order.paidAt && (isCurrent || order.paymentId === null);

const begun = ({ _id, provider }: Payment, isCurrent: boolean): OrderChange[] =>
  isCurrent ? [] : [{ type: 'paymentStarted', paymentId: _id, provider }];

async function captured(
  tx: TenantDb,
  order: Order,
  payment: Payment,
  isCurrent: boolean,
): Promise<OrderChange[]> {
  const paid = { type: 'paid' as const, paymentId: payment._id, amount: payment.captured };
  if (takes(order, isCurrent)) return [...begun(payment, isCurrent), paid];
  const ofOrder = order.status === 'CANCELLED' && order.paid === 0;
  const refundId = await sendBack(tx, payment, ofOrder);
  if (!ofOrder)
    return [{ type: 'noted', text: `${amountOf(payment)} came in though the order is paid: it goes back` }];
  const reason = 'It came in after the order was cancelled';
  const refund = { _id: refundId, paymentId: payment._id, amount: payment.captured, reason };
  return [paid, { type: 'refundStarted', refund: { ...refund, lines: [], restock: false } }];
}

async function authorized(
  tx: TenantDb,
  order: Order,
  payment: Payment,
  isCurrent: boolean,
): Promise<OrderChange[]> {
  const { _id: paymentId, authorized: amount } = payment;
  if (takes(order, isCurrent))
    return [...begun(payment, isCurrent), { type: 'paymentAuthorized', paymentId, amount }];
  await wantOf(tx, paymentId, 'VOID', tx.now());
  const held = { amount, currency: payment.currency };
  return [{ type: 'noted', text: `${amountOf(held)} was held too late: it is let go of` }];
}

/** Money that the shop may not keep goes back by itself: the reconciler asks for it. */
async function sendBack(tx: TenantDb, payment: Payment, ofOrder: boolean): Promise<ObjectId> {
  const { _id: paymentId, orderId, captured: amount, currency } = payment;
  const refund = { _id: new ObjectId(), paymentId, orderId, amount, currency, ofOrder };
  return (await insertRefund(tx, refund, tx.now()))._id;
}

const amountOf = ({ amount, currency }: Pick<Payment, 'amount' | 'currency'>) =>
  `${toDecimal(amount, currency)} ${currency}`;

/** What a provider said of a refund, into the refund and its order. */
export async function recordRefundOutcome(
  paying: Paying,
  id: ObjectId,
  outcome: RefundOutcome,
): Promise<void> {
  const { db, payments } = paying;
  const settled = await db.retry(() => db.transaction((tx) => settleRefund(tx, id, outcome)));
  if (!settled || settled.before.state === settled.after.state) return;
  const payment = await findPayment(db, settled.after.paymentId);
  payments.count(payment?.provider ?? 'unknown', `REFUND_${settled.after.state}`);
}

async function settleRefund(
  tx: TenantDb,
  id: ObjectId,
  outcome: RefundOutcome,
): Promise<SettledRefund | null> {
  const settled = await applyRefundOutcome(tx, id, outcome);
  if (!settled || settled.before.state === settled.after.state) return settled;
  const order = await findOrderToChange(tx, { _id: settled.after.orderId });
  if (order) await changeOrder(tx, order, [refundChange(settled)]);
  return settled;
}

function refundChange({ before, after: refund }: SettledRefund): OrderChange {
  const failure = refund.reason ?? 'The provider gives no reason';
  const isFailed = refund.state === 'FAILED';
  if (!refund.ofOrder || before.state === 'SUCCEEDED') return { type: 'noted', text: told(refund, failure) };
  return isFailed
    ? { type: 'refundFailed', refundId: refund._id, reason: failure }
    : { type: 'refundSucceeded', refundId: refund._id };
}

const told = (refund: PaymentRefund, failure: string): string =>
  refund.state === 'FAILED'
    ? `${amountOf(refund)} did not go back (${failure}): send it by hand`
    : `${amountOf(refund)} that came in too late went back`;

/** A notice about something that this shop does not know of is for somebody else. */
export async function recordNotice(paying: Paying, notice: ProviderNotice): Promise<void> {
  const given = notice.kind === 'charge' ? notice.chargeId : notice.refundId;
  if (!/^[0-9a-f]{24}$/.test(given)) return;
  const id = new ObjectId(given);
  if (notice.kind === 'charge') await recordOutcome(paying, id, notice.outcome);
  else await recordRefundOutcome(paying, id, notice.outcome);
}
