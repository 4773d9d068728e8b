import type { ObjectId } from 'mongodb';
import type { Payment, PaymentRefund } from '../payments/documents.ts';
import type { Paying } from '../payments/gateway.ts';
import { findPayment, leavePayment, UNDECIDED, wantOf } from '../payments/payments.ts';
import type { ChargeOutcome, PaymentProvider, RefundOutcome } from '../payments/provider.ts';
import { findRefund } from '../payments/refunds.ts';
import { answerOf } from '../payments/waiting.ts';
import { recordOutcome, recordRefundOutcome, settlePayment } from './payment-outcomes.ts';

/** What is left of a request after its call to a provider: to write the answer down, and to say it. */
const SPARE_MS = 3_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** When a charge that its provider has never heard of counts as declined: the order can be paid again. */
const NEVER_CAME_MS = 15 * MINUTE_MS;
/** When one that nobody confirmed is let go of, and one that never came is looked for a last time. */
const GIVEN_UP_MS = 24 * HOUR_MS;

const NOTHING_SENT: RefundOutcome = { state: 'SUCCEEDED', reference: null, reason: null };

/** Undefined when a provider has not answered in time, or has failed: then its outcome is not known. */
export const askProvider = <R>({ db, payments }: Paying, call: () => Promise<R>): Promise<R | undefined> =>
  answerOf(call, Math.min(payments.callMs, db.deadline - Date.now() - SPARE_MS), payments.onFailure);

/** Asks a payment's provider for what is still wanted of it, and writes its answer down. */
export async function pursuePayment(paying: Paying, id: ObjectId): Promise<void> {
  const payment = await findPayment(paying.db, id);
  if (!payment?.wanted) return;
  const opened = await paying.payments.open(paying.db, payment.provider);
  // Without the account there is nobody to ask; it may come back.
  if (!opened) return;
  const outcome = await askProvider(paying, () => outcomeOf(opened.provider, payment, paying.db.now()));
  if (outcome === null) await neverCame(paying, payment);
  else if (outcome) await recordOutcome(paying, id, outcome);
  if (outcome !== undefined && payment.wanted === 'LAST_LOOK') await leavePayment(paying.db, id);
}

async function outcomeOf(
  provider: PaymentProvider,
  payment: Payment,
  now: Date,
): Promise<ChargeOutcome | null> {
  const { reference, state, wanted } = payment;
  const id = payment._id.toHexString();
  if (reference && state === 'AUTHORIZED' && wanted === 'CAPTURE')
    return provider.capture(id, reference, payment.authorized);
  if (reference && state === 'AUTHORIZED' && wanted === 'VOID') return provider.voidCharge(id, reference);
  const found = await provider.findCharge(id, reference);
  const isOld = now.getTime() - payment.createdAt.getTime() >= GIVEN_UP_MS;
  return isOld && found?.state === 'PENDING' && found.reference
    ? provider.voidCharge(id, found.reference)
    : found;
}

/** Lets go of what the buyer has not confirmed. Where that cannot be done now, the payment stays under way. */
export async function giveUpPayment(paying: Paying, { _id, provider, reference }: Payment): Promise<void> {
  const opened = await paying.payments.open(paying.db, provider);
  if (!opened || reference === null) return;
  const outcome = await askProvider(paying, () => opened.provider.voidCharge(_id.toHexString(), reference));
  if (outcome) await recordOutcome(paying, _id, outcome);
}

/** It may still come about, by a call that is stuck somewhere: it is looked for once more, much later. */
async function neverCame(
  { db, payments }: Paying,
  { _id, provider, wanted, createdAt }: Payment,
): Promise<void> {
  const age = db.now().getTime() - createdAt.getTime();
  if (wanted !== 'OUTCOME' || age < NEVER_CAME_MS) return;
  const reason = 'The payment provider has never heard of it';
  const settled = await db.transaction(async (tx) => {
    const given = await settlePayment(tx, _id, { ...UNDECIDED, state: 'DECLINED', reason });
    if (given?.after.state === 'DECLINED')
      await wantOf(tx, _id, 'LAST_LOOK', new Date(createdAt.getTime() + GIVEN_UP_MS));
    return given;
  });
  if (settled) payments.count(provider, 'NEVER_CAME');
}

/** Asks a refund's provider for it, and writes its answer down: one that it knows of already is not made again. */
export async function pursueRefund(paying: Paying, id: ObjectId): Promise<void> {
  const { db, payments } = paying;
  const refund = await findRefund(db, id);
  const payment = refund?.state === 'PENDING' ? await findPayment(db, refund.paymentId) : null;
  const opened = payment && (await payments.open(db, payment.provider));
  if (!refund || !payment?.reference || !opened) return;
  const { reference } = payment;
  const outcome = await askProvider(paying, () => refundOutcomeOf(opened.provider, refund, reference));
  if (outcome) await recordRefundOutcome(paying, id, outcome);
}

/** One that was asked for before is looked for first: providers remember an id for some time only. */
async function refundOutcomeOf(
  provider: PaymentProvider,
  { _id, amount, currency, tries }: PaymentRefund,
  reference: string,
): Promise<RefundOutcome> {
  // Of pieces that cost nothing, nothing goes back.
  if (amount === 0) return NOTHING_SENT;
  const id = _id.toHexString();
  const known = tries > 0 ? await provider.findRefund(id, reference) : null;
  return known ?? provider.refund(reference, { id, amount, currency });
}
