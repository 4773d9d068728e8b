import { isDeepStrictEqual } from 'node:util';
import type { ObjectId } from 'mongodb';
import { serviceUnavailable } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products } from '../catalogue/collections.ts';
import type { Product } from '../catalogue/documents.ts';
import { type Reservation, reservations } from './collections.ts';
import { heldLines } from './reservation-lines.ts';
import { addedUp, freed, sold, stockUpdate } from './stock-change.ts';

/**
 * Every hold makes each later change of its product dearer: a thousand of them cost five times the change itself. So
 * when there are many, the oldest are folded: taken out of the product and noted in their reservations instead, in one
 * transaction. The numbers stay as they are. What is folded ends in one transaction too, many together.
 */

/** A product with so many holds is relieved of most of them by whoever places the next. */
export const MOST_HOLDS = 128;
const FOLDED_AT_ONCE = 96;
const BOOKED_AT_ONCE = 250;
const MOST_TRIES = 5;

/** Somebody has changed what was read before the transaction; it is undone. */
class Overtaken extends Error {}

const underWay = new Map<string, Promise<void>>();

/** One at a time for each product and kind of work; whoever comes meanwhile waits for that one. */
function together(db: TenantDb, kind: string, productId: ObjectId, work: () => Promise<void>): Promise<void> {
  const key = `${kind} ${db.tenantId} ${productId}`;
  const known = underWay.get(key);
  if (known) return known;
  const running = work().finally(() => underWay.delete(key));
  underWay.set(key, running);
  return running;
}

/** Relieves a product of its oldest holds; where they change all the time, it goes on with them. */
export const foldHolds = (db: TenantDb, productId: ObjectId): Promise<void> =>
  together(db, 'fold', productId, async () => {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const foldable = await findFoldable(db, productId);
      if (foldable.length === 0 || (await unlessOvertaken(db, (tx) => fold(tx, productId, foldable)))) return;
    }
  });

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
  together(db, 'book', productId, async () => {
    for (let overtaken = 0; overtaken < MOST_TRIES; ) {
      const ended = await findEnded(db, productId);
      if (ended.length === 0) return;
      if (!(await unlessOvertaken(db, (tx) => book(tx, productId, ended)))) overtaken += 1;
    }
    throw serviceUnavailable(`Too many bring folded reservations of the product ${productId} to an end`);
  });

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
