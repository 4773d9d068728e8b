import type { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { illegalState } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { OrderCaptureInput } from '../../schema.types.ts';
import type { Wanted } from '../payments/documents.ts';
import { wantOf } from '../payments/payments.ts';
import type { Order } from './documents.ts';
import { orderNamed } from './order-access.ts';

/** Whoever wants it asks for it at once; from then on the reconciler does. */
const ASKED_WITHIN_MS = 15_000;

/** In a transaction: that the money which is held is to be taken. Null where none is held; else call pursuePayment. */
export const startCapture = (tx: TenantDb, order: Order): Promise<ObjectId | null> =>
  wantHeld(tx, order, 'CAPTURE');

/** The same for letting go of it. */
export const startVoid = (tx: TenantDb, order: Order): Promise<ObjectId | null> =>
  wantHeld(tx, order, 'VOID');

async function wantHeld(
  tx: TenantDb,
  { paymentStatus, paymentId }: Order,
  wanted: Wanted,
): Promise<ObjectId | null> {
  if (paymentStatus !== 'AUTHORIZED' || paymentId === null) return null;
  await wantOf(tx, paymentId, wanted, new Date(tx.now().getTime() + ASKED_WITHIN_MS));
  return paymentId;
}

export async function captureOrder(tx: TenantDb, input: OrderCaptureInput, { viewer }: Context) {
  const order = await orderNamed(tx, input, viewer);
  const paymentId = order.status === 'CANCELLED' ? null : await startCapture(tx, order);
  if (paymentId) return { orderId: order._id, paymentId };
  throw illegalState(
    'No money is held for this order: there is nothing to take',
    order.status === 'CANCELLED' ? order.status : order.paymentStatus,
    ...['input', 'orderId'],
  );
}
