import type { Document, Filter, ObjectId } from 'mongodb';
import type { TenantDb } from '../../../platform/mongo/tenant-db.ts';
import { orderEvents, orders } from '../collections.ts';
import type { Order, OrderEvent } from '../documents.ts';
import { opened, type Whole } from './body.ts';
import { type ArchivedHead, type ArchivedOrder, archivedOrders } from './collections.ts';

/** Fits both collections. */
export type HeadFilter = Filter<Head>;

type Head = Omit<ArchivedHead, 'lines' | 'refunds'>;

/** `archived` is all of an order that is in the archive; null for one at hand. */
export type Found = { order: Order; archived: Whole | null };

const MOST_EVENTS = 100_000;

/** An order, wherever it is kept. */
export async function findStored(db: TenantDb, filter: HeadFilter): Promise<Found | null> {
  const order = await db.collection(orders).findOne(filter);
  if (order) return { order, archived: null };
  const row = await db.collection(archivedOrders).findOne(filter);
  if (row) {
    const archived = await opened(row);
    return { order: archived.order, archived };
  }
  // It may have come back between the two looks.
  const back = db.inTransaction ? null : await db.collection(orders).findOne(filter);
  return back && { order: back, archived: null };
}

export const findStoredOrder = async (db: TenantDb, filter: HeadFilter): Promise<Order | null> =>
  (await findStored(db, filter))?.order ?? null;

/** An order that is about to change: one of the archive is at hand again, if the transaction commits. */
export async function findOrderToChange(tx: TenantDb, filter: HeadFilter): Promise<Order | null> {
  const found = await findStored(tx, filter);
  if (found?.archived) await bringBack(tx, found.archived);
  return found?.order ?? null;
}

/** Out of the archive, as it was. Of two who do it at once, the later one finds it at hand. */
export async function bringBack(tx: TenantDb, { order, events }: Whole): Promise<void> {
  await tx.collection(archivedOrders).deleteOne({ _id: order._id });
  await tx.collection(orders).insertOne(order);
  await tx.collection(orderEvents).insertMany(events);
}

export type History = { orderId: ObjectId; events: OrderEvent[] };

/** What happened to each, wherever it is kept; `projection` spares work for those at hand. */
export async function findHistories(
  db: TenantDb,
  orderIds: readonly ObjectId[],
  projection?: Document,
): Promise<History[]> {
  const found = new Map<string, OrderEvent[]>();
  const missing = () => orderIds.filter((id) => !found.has(String(id)));
  const note = (all: Map<string, OrderEvent[]>) => {
    for (const [id, events] of all) found.set(id, events);
  };
  note(await eventsAtHand(db, orderIds, projection));
  if (missing().length > 0) note(await eventsInArchive(db, missing()));
  // They may have come back between the two looks.
  if (missing().length > 0 && !db.inTransaction) note(await eventsAtHand(db, missing(), projection));
  return orderIds.map((orderId) => ({ orderId, events: found.get(String(orderId)) ?? [] }));
}

async function eventsAtHand(db: TenantDb, orderIds: readonly ObjectId[], projection?: Document) {
  const sorted = {
    sort: { orderId: 1, seq: 1 },
    limit: MOST_EVENTS,
    ...(projection && { projection }),
  } as const;
  const found = await db
    .collection(orderEvents)
    .find<OrderEvent>({ orderId: { $in: [...orderIds] } }, sorted);
  if (found.length === MOST_EVENTS)
    throw new Error(`${orderIds.length} orders have over ${MOST_EVENTS} events`);
  return Map.groupBy(found, ({ orderId }) => String(orderId));
}

async function eventsInArchive(db: TenantDb, orderIds: ObjectId[]) {
  const found = new Map<string, OrderEvent[]>();
  const wanted = { _id: { $in: orderIds } };
  for (const row of await db
    .collection(archivedOrders)
    .find<ArchivedOrder>(wanted, { limit: orderIds.length }))
    found.set(String(row._id), (await opened(row)).events);
  return found;
}

/**
 * Every order for which the filter holds, once, those at hand first, though some may go to the archive or come back
 * meanwhile: whoever came back was not at hand at the first look, and is at the last one.
 */
export async function* scanStored(
  db: TenantDb,
  filter: HeadFilter,
  batchSize: number,
): AsyncGenerator<Order> {
  const seen = new Set<string>();
  const isNew = ({ _id }: Pick<Order, '_id'>) => seen.size !== seen.add(String(_id)).size;
  const sorted = { sort: { placedAt: -1, _id: -1 } as const, batchSize };
  for await (const order of db.collection(orders).scan<Order>(filter, sorted)) if (isNew(order)) yield order;
  for await (const row of db.collection(archivedOrders).scan<ArchivedOrder>(filter, sorted))
    if (isNew(row)) yield (await opened(row)).order;
  const ids = { ...sorted, projection: { _id: 1 } };
  for await (const row of db.collection(orders).scan<Pick<Order, '_id'>>(filter, ids)) {
    const back = isNew(row) ? await findStored(db, { _id: row._id }) : null;
    if (back) yield back.order;
  }
}

type Identified = Pick<Order, '_id'>;

/** The ids of some for which the filter holds; of the archive when none is at hand. */
export async function nextStored(db: TenantDb, filter: HeadFilter, limit: number): Promise<Identified[]> {
  const some = { limit, projection: { _id: 1 } };
  // The first once more: some may have come back between the looks.
  for (const place of [orders, archivedOrders, orders]) {
    const found = await db.collection<Head>(place).find<Identified>(filter, some);
    if (found.length > 0) return found;
  }
  return [];
}
