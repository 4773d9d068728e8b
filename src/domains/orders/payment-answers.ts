import type { ObjectId } from 'mongodb';
import { paymentDeclined, type UserError } from '../../platform/errors.ts';
import type { LoaderScope } from '../../platform/graphql/loader.ts';
import { type Refusal, refusal } from '../../platform/graphql/mutation.ts';
import { NotSeenYet } from '../../platform/mongo/retry.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { paymentById, paymentsByOrder } from '../payments/loaders.ts';
import { findPayment } from '../payments/payments.ts';
import { findRefund } from '../payments/refunds.ts';
import { findStoredOrder } from './archive/stored-orders.ts';
import type { Order } from './documents.ts';

/** An order can be answered beside the reason why it is not paid. */
export type OrderAnswer = { order: Order | null; userErrors: UserError[] } | Refusal;

type Asked = { paymentId: ObjectId } | { refundId: ObjectId };

/** It was written in this request, or by somebody before. */
async function found(db: TenantDb, asked: Asked) {
  const known =
    'paymentId' in asked ? await findPayment(db, asked.paymentId) : await findRefund(db, asked.refundId);
  if (known) return known;
  throw new NotSeenYet('A payment that was just asked for is not to be found');
}

/** The order as it is now, and why not, where a provider said no. */
export async function orderAfter(context: LoaderScope, asked: Asked): Promise<OrderAnswer> {
  const { db } = context;
  // Another mutation of the same request may have loaded it as it was before.
  paymentById(context).clearAll();
  paymentsByOrder(context).clearAll();
  const known = await db.retry(() => found(db, asked));
  const order = await findStoredOrder(db, { _id: known.orderId });
  const isRefused = known.state === 'DECLINED' || known.state === 'VOIDED' || known.state === 'FAILED';
  const what = 'paymentId' in asked ? ['input', 'token'] : ['input'];
  const { userErrors } = refusal(paymentDeclined(known.reason, ...what));
  return { order, userErrors: isRefused ? userErrors : [] };
}
