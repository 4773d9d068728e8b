import { ObjectId } from 'mongodb';
import { versionConflict } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/event.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { recordChange } from '../audit/entries.ts';
import { orderEvents, orders } from './collections.ts';
import type { Order, OrderChange, OrderEvent } from './documents.ts';
import { orderEventOf } from './events.ts';
import { applyChange } from './order-fold.ts';

/** Begins an order, in the transaction of its checkout. */
export const placeOrder = (
  tx: TenantDb,
  orderId: ObjectId,
  changes: readonly [OrderChange & { type: 'placed' }, ...OrderChange[]],
): Promise<Order> => append(tx, orderId, null, changes);

/**
 * Lets something happen to an order: the events, the order that they make, what the outbox tells and the audit, in the
 * caller's transaction. `before` is the order as it was read in that transaction; VERSION_CONFLICT where it is another
 * by now. Whether a change is allowed is for the caller to say (order-status.ts).
 */
export const changeOrder = (tx: TenantDb, before: Order, changes: readonly OrderChange[]): Promise<Order> =>
  changes.length > 0 ? append(tx, before._id, before, changes) : Promise.resolve(before);

async function append(
  tx: TenantDb,
  orderId: ObjectId,
  before: Order | null,
  changes: readonly OrderChange[],
): Promise<Order> {
  const events = changes.map((change, i) => newEvent(tx, orderId, (before?.version ?? 0) + 1 + i, change));
  let after = before;
  const states: Order[] = [];
  for (const event of events) {
    after = applyChange(after, event);
    states.push(after);
  }
  if (!after) throw new Error('An order begins with an event');
  await tx.collection(orderEvents).insertMany(events);
  await save(tx, before, after);
  for (const [i, { type }] of changes.entries()) await tell(tx, type, states[i] ?? after);
  await recordChange(tx, {
    type: 'order',
    id: orderId,
    before: before && audited(before),
    after: audited(after),
  });
  return after;
}

function newEvent(tx: TenantDb, orderId: ObjectId, seq: number, change: OrderChange): OrderEvent {
  const { tenantId, origin } = tx;
  return { _id: new ObjectId(), tenantId, orderId, seq, change, at: tx.now(), actor: origin.actor };
}

async function save(tx: TenantDb, before: Order | null, after: Order): Promise<void> {
  if (!before) return void (await tx.collection(orders).insertOne(after));
  const same = { _id: before._id, version: before.version };
  if (await tx.collection(orders).findOneAndReplace(same, after)) return;
  throw versionConflict(before.version + 1);
}

const tell = (tx: TenantDb, type: OrderChange['type'], order: Order) => {
  const { _id: orderId, number, status, paymentStatus } = order;
  return appendEvent(tx, orderEventOf[type], { orderId, number, status, paymentStatus });
};

/** The audit is kept when a person is forgotten: it knows what was done with an order, and not whose it is. */
export const audited = ({ number, status, paymentStatus, paid, refunded, cancelReason, lines }: Order) => ({
  ...{ number, status, paymentStatus, paid, refunded, cancelReason },
  lines: lines.map(({ _id, sku, quantity, fulfilled, cancelled, returned }) => ({
    ...{ _id, sku, quantity, fulfilled, cancelled, returned },
  })),
});

const MOST_EVENTS = 10_000;

export const findOrderEvents = (db: TenantDb, orderId: ObjectId): Promise<OrderEvent[]> =>
  db.collection(orderEvents).find({ orderId }, { sort: { seq: 1 }, limit: MOST_EVENTS });

/** The order that a whole history makes; null for an empty one. */
export const rebuildOrder = (events: readonly OrderEvent[]): Order | null =>
  events.reduce<Order | null>(applyChange, null);
