import type { Filter, ObjectId } from 'mongodb';
import type { TenantDb } from '../../../platform/mongo/tenant-db.ts';
import { reservations } from '../../inventory/collections.ts';
import { paymentRefunds, payments } from '../../payments/collections.ts';
import { orderEvents, orders } from '../collections.ts';
import type { Order } from '../documents.ts';
import { openOf } from '../order-pieces.ts';
import { archived, mayBeArchived, type Whole } from './body.ts';
import { archivedOrders } from './collections.ts';
import { monthsBefore } from './retention.ts';
import { findHistories } from './stored-orders.ts';

/** Orders that move in one transaction. */
const BATCH = 50;
/** More tries to pay, and refunds, than a batch of orders has. */
const MOST = 10_000;

export type ArchiveOptions = {
  /** Orders that nobody has touched for so many months. */
  months: number;
  /** Waited for, in the transaction of a batch (`moved`) and behind its commit. */
  onStep?: (did: 'moved' | 'committed', orders: number) => unknown;
};

/**
 * Moves the orders that are at an end, and that nothing has happened to for so long, to the archive; how many. A batch is
 * one transaction: killed anywhere, each order is in one of the two places, and the next run goes on.
 */
export async function archiveOrders(
  db: TenantDb,
  { months, onStep = () => {} }: ArchiveOptions,
): Promise<number> {
  const before = monthsBefore(db.now(), months);
  let moved = 0;
  for await (const ids of dueBatches(db, before)) {
    const count = await db.transaction(async (tx) => {
      const due = await findMovable(tx, ids, before);
      await moveToArchive(tx, due);
      await onStep('moved', due.length);
      return due.length;
    });
    moved += count;
    await onStep('committed', count);
  }
  return moved;
}

/** How many of them there are. */
export async function countDueOrders(db: TenantDb, months: number): Promise<number> {
  const before = monthsBefore(db.now(), months);
  let count = 0;
  for await (const ids of dueBatches(db, before)) count += (await findMovable(db, ids, before)).length;
  return count;
}

const isDue = (before: Date): Filter<Order> => ({
  updatedAt: { $lt: before },
  status: { $in: ['COMPLETED', 'CANCELLED', 'REFUNDED'] },
  paymentStatus: { $nin: ['PENDING', 'AUTHORIZED'] },
  'refunds.status': { $ne: 'PENDING' },
});

async function* dueBatches(db: TenantDb, before: Date): AsyncGenerator<ObjectId[]> {
  let batch: ObjectId[] = [];
  const due = db.collection(orders).scan<Pick<Order, '_id'>>(isDue(before), {
    ...{ sort: { updatedAt: 1 }, projection: { _id: 1 } },
  });
  for await (const { _id } of due) {
    if (batch.push(_id) < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Those for which nothing is open: no piece to be sent, no payment or refund under way, no pieces kept. */
async function findMovable(db: TenantDb, ids: ObjectId[], before: Date): Promise<Whole[]> {
  const found = await db
    .collection(orders)
    .find<Order>({ $and: [{ _id: { $in: ids } }, isDue(before)] }, { limit: BATCH });
  const busy = new Set([...(await withMoneyUnderWay(db, ids)), ...(await withKeptPieces(db, found))]);
  const atRest = found.filter(
    ({ _id, lines }) => !busy.has(String(_id)) && lines.every((line) => openOf(line) === 0),
  );
  return (await withHistories(db, atRest)).filter(isWhole);
}

/** One whose history is not all there is for check-data to tell of. */
const isWhole = (whole: Whole): boolean =>
  whole.events.length === whole.order.version && mayBeArchived(whole);

async function withHistories(db: TenantDb, found: Order[]): Promise<Whole[]> {
  const histories = await findHistories(
    db,
    found.map(({ _id }) => _id),
  );
  return found.map((order, i) => ({ order, events: histories[i]?.events ?? [] }));
}

async function withMoneyUnderWay(db: TenantDb, ids: ObjectId[]): Promise<string[]> {
  const taken = await db.collection(payments).find({ orderId: { $in: ids } }, { limit: MOST });
  const paymentId = { $in: taken.map(({ _id }) => _id) };
  const sentBack = await db.collection(paymentRefunds).find({ paymentId }, { limit: MOST });
  const open = [
    ...taken.filter(({ state, wanted, dueAt }) => state === 'PENDING' || wanted !== null || dueAt !== null),
    ...sentBack.filter(({ state, dueAt }) => state === 'PENDING' || dueAt !== null),
  ];
  return open.map(({ orderId }) => String(orderId));
}

async function withKeptPieces(db: TenantDb, found: Order[]): Promise<string[]> {
  const _id = { $in: found.flatMap(({ reservationId }) => reservationId ?? []) };
  const kept = await db.collection(reservations).find({ _id, settledAt: null }, { limit: BATCH });
  const open = new Set(kept.map((reservation) => String(reservation._id)));
  return found
    .filter(({ reservationId }) => open.has(String(reservationId)))
    .map((order) => String(order._id));
}

/** In a transaction that has read them: whoever changes one meanwhile begins anew, or this does. */
export async function moveToArchive(tx: TenantDb, wholes: readonly Whole[]): Promise<void> {
  if (wholes.length === 0) return;
  const ids = wholes.map(({ order }) => order._id);
  const rows = await Promise.all(wholes.map((whole) => archived(whole, tx.now())));
  await tx.collection(archivedOrders).insertMany(rows);
  await tx.collection(orders).deleteMany({ _id: { $in: ids } });
  await tx.collection(orderEvents).deleteMany({ orderId: { $in: ids } });
}
