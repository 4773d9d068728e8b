import type { ObjectId } from 'mongodb';
import { defineLoader } from '../../platform/graphql/loader.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { payments } from './collections.ts';
import type { Payment } from './documents.ts';
import { MOST_PAYMENTS } from './payments.ts';

const findPayments = (db: TenantDb, ids: ObjectId[]): Promise<Payment[]> =>
  db.collection(payments).find({ _id: { $in: ids } }, { limit: ids.length });

export const paymentById = defineLoader(findPayments, ({ _id }) => _id);

/** Newest first. */
type OfOrder = { orderId: ObjectId; payments: Payment[] };

async function findPaymentsOf(db: TenantDb, orderIds: ObjectId[]): Promise<OfOrder[]> {
  const found = await db
    .collection(payments)
    .find(
      { orderId: { $in: orderIds } },
      { sort: { orderId: 1, _id: -1 }, limit: MOST_PAYMENTS * orderIds.length },
    );
  return orderIds.map((orderId) => ({
    orderId,
    payments: found.filter((payment) => payment.orderId.equals(orderId)),
  }));
}

export const paymentsByOrder = defineLoader(findPaymentsOf, ({ orderId }) => orderId);
