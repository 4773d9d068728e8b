import { isDeepStrictEqual } from 'node:util';
import { LRUCache } from 'lru-cache';
import type { ObjectId } from 'mongodb';
import { serviceUnavailable } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products } from '../catalogue/collections.ts';
import type { Product } from '../catalogue/documents.ts';
import { type Reservation, reservations } from './collections.ts';
import { ifPossible } from './if-possible.ts';
import { heldLines } from './reservation-lines.ts';
import { addedUp, freed, sold, stockUpdate } from './stock-change.ts';

/**
 * Every hold makes each later change of its product dearer: a thousand of them cost five times the change itself. So
 * when there are many, the oldest are folded: taken out of the product and noted in their reservations instead, in one
 * transaction. The numbers stay as they are. What is folded ends in one transaction too, many together.
 */

/** A product with so many holds is relieved of most of them before the next is placed. */
export const MOST_HOLDS = 128;
/** After so many, a process looks whether a product is to be relieved, so that it seldom comes to that. */
const PLACED_BEFORE_A_LOOK = 64;
/** Fewer are left where they are. */
const WORTH_FOLDING = 32;
const WATCHED_PRODUCTS = 10_000;
const FOLDED_AT_ONCE = 96;
const BOOKED_AT_ONCE = 250;
const MOST_TRIES = 5;

/** Somebody has changed what was read before the transaction; it is undone. */
class Overtaken extends Error {}

type Rounds = { running: Promise<void>; next?: Promise<void> };

const folds = new Map<string, Rounds>();
const bookings = new Map<string, Rounds>();
const keyOf = ({ tenantId }: TenantDb, productId: ObjectId) => `${tenantId} ${productId}`;

/** One round at a time. */
function start(rounds: Map<string, Rounds>, key: string, work: () => Promise<void>): Promise<void> {
  const running = work().finally(() => {
    if (!rounds.get(key)?.next) rounds.delete(key);
  });
  rounds.set(key, { running });
  return running;
}

/** Whoever comes while a round is under way waits for the one after it, which sees what they have written. */
function nextRound(rounds: Map<string, Rounds>, key: string, work: () => Promise<void>): Promise<void> {
  const known = rounds.get(key);
  if (!known) return start(rounds, key, work);
  known.next ??= known.running.catch(() => {}).then(() => start(rounds, key, work));
  return known.next;
}

const placedSince = new LRUCache<string, number>({ max: WATCHED_PRODUCTS });

/** Whoever has placed a hold says so; one of many takes the time to relieve the product. */
export async function foldSometimes(db: TenantDb, productId: ObjectId): Promise<void> {
  const key = keyOf(db, productId);
  const placed = (placedSince.get(key) ?? 0) + 1;
  placedSince.set(key, placed % PLACED_BEFORE_A_LOOK);
  if (placed === PLACED_BEFORE_A_LOOK) await ifPossible(foldHolds(db, productId));
}

/** Relieves a product of its oldest holds; where they change all the time, it goes on with them. */
export function foldHolds(db: TenantDb, productId: ObjectId): Promise<void> {
  const key = keyOf(db, productId);
  return folds.get(key)?.running ?? start(folds, key, () => foldOldest(db, productId));
}

async function foldOldest(db: TenantDb, productId: ObjectId): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const foldable = await findFoldable(db, productId);
    if (foldable.length < WORTH_FOLDING || (await unlessOvertaken(db, (tx) => fold(tx, productId, foldable))))
      return;
  }
}

type Foldable = Pick<Reservation, '_id' | 'lines' | 'stamp'>;

async function findFoldable(db: TenantDb, productId: ObjectId): Promise<Foldable[]> {
  const product = await db
    .collection(products)
    .findOne<Pick<Product, 'holds'>>(
      { _id: productId },
      { projection: { holds: { $slice: FOLDED_AT_ONCE } } },
    );
  const holds = new Map(product?.holds.map((hold) => [hold._id.toHexString(), hold]));
  const open = await db
    .collection(reservations)
    .find<Foldable>(
      { _id: { $in: [...holds.values()].map(({ _id }) => _id) }, state: 'HELD' },
      { limit: FOLDED_AT_ONCE, projection: { lines: 1, stamp: 1 } },
    );
  // One whose record does not say yet what is held stays until it does.
  return open.filter((reservation) =>
    isDeepStrictEqual(heldLines(reservation, productId), holds.get(reservation._id.toHexString())?.lines),
  );
}

async function fold(tx: TenantDb, productId: ObjectId, foldable: Foldable[]): Promise<void> {
  const ids = foldable.map(({ _id }) => _id);
  const stamp = new Date(Math.max(...foldable.map((reservation) => reservation.stamp.getTime())));
  // The product first: whoever else wants it waits from here on, and nobody is in between.
  const relieved = await tx
    .collection(products)
    .updateOne(
      { _id: productId, 'holds._id': { $all: ids } },
      { $pull: { holds: { _id: { $in: ids } } }, $max: { holdsFrom: stamp } },
    );
  const noted = await tx
    .collection(reservations)
    .updateMany(
      { _id: { $in: ids }, state: 'HELD', stamp: { $lte: stamp } },
      { $addToSet: { folded: productId } },
    );
  if (relieved.modifiedCount !== 1 || noted.modifiedCount !== ids.length) throw new Overtaken();
}

/** Brings the end of all folded reservations that have ended into the numbers of a product. */
export const bookFolded = (db: TenantDb, productId: ObjectId): Promise<void> =>
  nextRound(bookings, keyOf(db, productId), () => bookEnded(db, productId));

async function bookEnded(db: TenantDb, productId: ObjectId): Promise<void> {
  for (let overtaken = 0; overtaken < MOST_TRIES; ) {
    const ended = await findEnded(db, productId);
    if (ended.length === 0) return;
    if (!(await unlessOvertaken(db, (tx) => book(tx, productId, ended)))) overtaken += 1;
  }
  throw serviceUnavailable(`Too many bring folded reservations of the product ${productId} to an end`);
}

type Ended = Pick<Reservation, '_id' | 'lines' | 'state'>;

const findEnded = (db: TenantDb, productId: ObjectId): Promise<Ended[]> =>
  db.collection(reservations).find<Ended>(
    // The second condition is what the index is limited to.
    { folded: productId, 'folded.0': { $exists: true }, state: { $in: ['CONSUMED', 'RELEASED'] } },
    { limit: BOOKED_AT_ONCE, projection: { lines: 1, state: 1 } },
  );

async function book(tx: TenantDb, productId: ObjectId, ended: Ended[]): Promise<void> {
  const changes = ended.flatMap((reservation) =>
    heldLines(reservation, productId).map(reservation.state === 'CONSUMED' ? sold : freed),
  );
  const { update, options } = stockUpdate(addedUp(changes));
  if (update.$inc) await tx.collection(products).updateOne({ _id: productId }, update, options);
  const booked = await tx
    .collection(reservations)
    .updateMany(
      { _id: { $in: ended.map(({ _id }) => _id) }, folded: productId },
      { $pull: { folded: productId } },
    );
  if (booked.modifiedCount !== ended.length) throw new Overtaken();
}

async function unlessOvertaken(db: TenantDb, work: (tx: TenantDb) => Promise<void>): Promise<boolean> {
  try {
    await db.transaction(work);
    return true;
  } catch (error) {
    if (error instanceof Overtaken) return false;
    throw error;
  }
}
