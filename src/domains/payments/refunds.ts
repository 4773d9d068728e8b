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

/** Writes down what a provider said of a refund; null where that is no news, or there is no such refund. */
export async function applyRefundOutcome(
  tx: TenantDb,
  id: ObjectId,
  { state, reference, reason }: RefundOutcome,
): Promise<PaymentRefund | null> {
  return tx.collection(paymentRefunds).findOneAndUpdate(
    { _id: id, state: 'PENDING' },
    {
      $set: {
        ...{ state, reason, updatedAt: tx.now() },
        ...(reference !== null && { reference }),
        ...(state !== 'PENDING' && { dueAt: null }),
      },
    },
  );
}
