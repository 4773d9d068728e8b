import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { paymentRefunds } from './collections.ts';
import type { NewRefund, PaymentRefund } from './documents.ts';
import type { RefundOutcome } from './provider.ts';

export const findRefund = (db: TenantDb, id: ObjectId): Promise<PaymentRefund | null> =>
  db.collection(paymentRefunds).findOne({ _id: id });

/** In the transaction of what sends the money back. */
export function insertRefund(tx: TenantDb, refund: NewRefund, dueAt: Date): Promise<PaymentRefund> {
  const at = tx.now();
  return tx.collection(paymentRefunds).insertOne({
    ...refund,
    state: 'PENDING',
    reference: null,
    reason: null,
    tries: 0,
    dueAt,
    createdAt: at,
    updatedAt: at,
  });
}

export type SettledRefund = { before: PaymentRefund; after: PaymentRefund };

/**
 * Writes down what a provider said of a refund; null where that is no news, or there is no such refund. A bank can
 * refuse money that the provider had already sent.
 */
export async function applyRefundOutcome(
  tx: TenantDb,
  id: ObjectId,
  { state, reference, reason }: RefundOutcome,
): Promise<SettledRefund | null> {
  const before = await findRefund(tx, id);
  const isNews = before?.state === 'PENDING' || (before?.state === 'SUCCEEDED' && state === 'FAILED');
  if (!before || !isNews) return null;
  const after = await tx.collection(paymentRefunds).findOneAndUpdate(
    { _id: id, state: before.state },
    {
      $set: {
        ...{ state, reason, reference: reference ?? before.reference, updatedAt: tx.now() },
        ...(state !== 'PENDING' && { dueAt: null }),
      },
    },
  );
  return after && { before, after };
}
