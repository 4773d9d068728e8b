import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { forgetOrigins } from '../audit/forgetting.ts';
import { moveToArchive } from './archive/archive-orders.ts';
import { bringBack, findStored } from './archive/stored-orders.ts';
import { orderEvents } from './collections.ts';
import type { OrderChange } from './documents.ts';
import { changeOrder, findOrderEvents } from './order-history.ts';

const FORGOTTEN = '[forgotten]';

const NO_BUYER = {
  'change.order.userId': null,
  'change.order.email': null,
  'change.order.shippingAddress': null,
  'change.order.billingAddress': null,
  'change.order.note': null,
};

/**
 * Takes out of an order and of its history who bought: what was bought, paid and sent stays, and the history still makes
 * the order. One of the archive is written anew, and stays there. Done to an order of which it was done already, it
 * changes nothing.
 */
export async function forgetBuyer(tx: TenantDb, orderId: ObjectId): Promise<void> {
  const found = await findStored(tx, { _id: orderId });
  if (!found || found.order.anonymisedAt) return;
  const { order, archived } = found;
  if (archived) await bringBack(tx, archived);
  const after = await changeOrder(tx, order, [{ type: 'anonymised' }]);
  const events = tx.collection(orderEvents);
  await events.updateOne({ orderId, seq: 1 }, { $set: NO_BUYER });
  const noted: OrderChange['type'] = 'noted';
  // What the staff wrote may name the buyer.
  await events.updateMany({ orderId, 'change.type': noted }, { $set: { 'change.text': FORGOTTEN } });
  if (order.userId) {
    const actor = `user:${order.userId}`;
    await events.updateMany({ orderId, actor }, { $set: { actor: null } });
  } else await forgetOrigins(tx, { recordId: orderId, actor: null }, order.placedAt);
  if (archived) await moveToArchive(tx, [{ order: after, events: await findOrderEvents(tx, orderId) }]);
}
