import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { differencesOf } from '../audit/diff.ts';
import { recordChange } from '../audit/entries.ts';
import { orderEvents, orders } from './collections.ts';
import type { Order } from './documents.ts';
import { audited, findOrderEvents, rebuildOrder } from './order-history.ts';

/** Where an order is not what its history makes of it; `path` is empty for one that is not there at all. */
export type WrongOrder = {
  orderId: ObjectId;
  number: string;
  path: string;
  stands: unknown;
  should: unknown;
};

/** Every order against the sum of its events, and every history against its order. */
export async function* findWrongOrders(db: TenantDb): AsyncGenerator<WrongOrder> {
  for await (const order of db.collection(orders).scan({}, { sort: { placedAt: -1, _id: -1 } })) {
    yield* against(order, rebuildOrder(await findOrderEvents(db, order._id)));
  }
  for await (const { orderId } of db.collection(orderEvents).scan({ seq: 1 }, { sort: { orderId: 1 } })) {
    if (await db.collection(orders).findOne({ _id: orderId }, { projection: { _id: 1 } })) continue;
    yield { orderId, number: '?', path: '', stands: 'nothing', should: 'the order of its history' };
  }
}

/** The same of one order; in a transaction, the order and its events as of one moment. */
export async function wrongOf(db: TenantDb, orderId: ObjectId): Promise<WrongOrder[]> {
  const order = await db.collection(orders).findOne({ _id: orderId });
  const rebuilt = rebuildOrder(await findOrderEvents(db, orderId));
  if (order) return [...against(order, rebuilt)];
  return rebuilt
    ? [{ ...named(rebuilt), path: '', stands: 'nothing', should: 'the order of its history' }]
    : [];
}

function* against(order: Order, rebuilt: Order | null): Generator<WrongOrder> {
  if (rebuilt) yield* differences(order, rebuilt);
  else yield { ...named(order), path: '', stands: 'an order', should: 'a history of it' };
}

const named = ({ _id: orderId, number }: Order) => ({ orderId, number });

/** An order has no field that the comparison skips but its version and its dates. */
function* differences(order: Order, rebuilt: Order): Generator<WrongOrder> {
  const whole = (state: Order) => ({ order: { ...state, _id: undefined } });
  for (const { path, before, after } of differencesOf(whole(order), whole(rebuilt)))
    yield { ...named(rebuilt), path: path.replace(/^order\./, ''), stands: before, should: after };
}

/** What happened counts: the order becomes what its history says. Nothing is done where there is no history. */
export function restoreOrder(db: TenantDb, orderId: ObjectId): Promise<void> {
  return db.transaction(async (tx) => {
    const rebuilt = rebuildOrder(await findOrderEvents(tx, orderId));
    if (!rebuilt) return;
    const before = await tx.collection(orders).findOne({ _id: orderId });
    if (before) await tx.collection(orders).findOneAndReplace({ _id: orderId }, rebuilt);
    else await tx.collection(orders).insertOne(rebuilt);
    await recordChange(tx, {
      type: 'order',
      id: orderId,
      before: before && audited(before),
      after: audited(rebuilt),
    });
  });
}
