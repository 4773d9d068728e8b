import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { differencesOf } from '../audit/diff.ts';
import { recordChange } from '../audit/entries.ts';
import { moveToArchive } from './archive/archive-orders.ts';
import { headOf, opened } from './archive/body.ts';
import { type ArchivedOrder, archivedOrders } from './archive/collections.ts';
import { bringBack } from './archive/stored-orders.ts';
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

/**
 * Every order against the sum of its events, and every history against its order; those of the archive too. What differs
 * is looked at again as of one moment: it may have changed, or gone to the archive, between the reads.
 */
export async function* findWrongOrders(db: TenantDb): AsyncGenerator<WrongOrder> {
  for await (const orderId of suspects(db)) yield* await db.transaction((tx) => wrongOf(tx, orderId));
}

async function* suspects(db: TenantDb): AsyncGenerator<ObjectId> {
  for await (const order of db.collection(orders).scan({}, { sort: { placedAt: -1, _id: -1 } })) {
    const [fault] = against(order, rebuildOrder(await findOrderEvents(db, order._id)));
    if (fault) yield order._id;
  }
  for await (const { orderId } of db.collection(orderEvents).scan({ seq: 1 }, { sort: { orderId: 1 } })) {
    if (await db.collection(orders).findOne({ _id: orderId }, { projection: { _id: 1 } })) continue;
    yield orderId;
  }
  for await (const row of db.collection(archivedOrders).scan<ArchivedOrder>({}, { sort: { number: 1 } })) {
    const [fault] = await againstArchived(row);
    if (fault) yield row._id;
  }
}

/** The same of one order; in a transaction, the order and its events as of one moment. */
export async function wrongOf(db: TenantDb, orderId: ObjectId): Promise<WrongOrder[]> {
  const order = await db.collection(orders).findOne({ _id: orderId });
  const rebuilt = rebuildOrder(await findOrderEvents(db, orderId));
  const row = await db.collection(archivedOrders).findOne<ArchivedOrder>({ _id: orderId });
  const twice = row && (order ?? rebuilt) ? [{ ...named(row), ...TWICE }] : [];
  const archived = row ? await againstArchived(row) : [];
  if (order) return [...twice, ...against(order, rebuilt), ...archived];
  if (row) return [...twice, ...archived];
  return rebuilt
    ? [{ ...named(rebuilt), path: '', stands: 'nothing', should: 'the order of its history' }]
    : [];
}

const TWICE = { path: '', stands: 'in the archive and at hand', should: 'in one of them' };

/** What is compressed against its own events, and what stands beside it. */
async function againstArchived(row: ArchivedOrder): Promise<WrongOrder[]> {
  const { order, events } = await opened(row);
  const { archivedAt: _, body: __, ...head } = row;
  const heads = { before: { head }, after: { head: headOf(order) } };
  return [
    ...against(order, rebuildOrder(events)),
    ...differencesOf(heads.before, heads.after).map(({ path, before, after }) => ({
      ...{ ...named(order), path, stands: before, should: after },
    })),
  ];
}

function* against(order: Order, rebuilt: Order | null): Generator<WrongOrder> {
  if (rebuilt) yield* differences(order, rebuilt);
  else yield { ...named(order), path: '', stands: 'an order', should: 'a history of it' };
}

const named = ({ _id: orderId, number }: Pick<Order, '_id' | 'number'>) => ({ orderId, number });

/** An order has no field that the comparison skips but its version and its dates. */
function* differences(order: Order, rebuilt: Order): Generator<WrongOrder> {
  const whole = (state: Order) => ({ order: { ...state, _id: undefined } });
  for (const { path, before, after } of differencesOf(whole(order), whole(rebuilt)))
    yield { ...named(rebuilt), path: path.replace(/^order\./, ''), stands: before, should: after };
}

/**
 * What happened counts: the order becomes what its history says. Nothing is done where there is no history. One of the
 * archive is written anew, and stays there; what is at hand as well is taken out of it.
 */
export function restoreOrder(db: TenantDb, orderId: ObjectId): Promise<void> {
  return db.transaction(async (tx) => {
    const row = await tx.collection(archivedOrders).findOne<ArchivedOrder>({ _id: orderId });
    const isTwice = row && (await findOrderEvents(tx, orderId)).length > 0;
    if (isTwice) await tx.collection(archivedOrders).deleteOne({ _id: orderId });
    else if (row) {
      await tx.collection(orders).deleteOne({ _id: orderId });
      await bringBack(tx, await opened(row));
    }
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
    if (row && !isTwice)
      await moveToArchive(tx, [{ order: rebuilt, events: await findOrderEvents(tx, orderId) }]);
  });
}
