import { setTimeout as sleep } from 'node:timers/promises';
import { type Document, ObjectId } from 'mongodb';
import { serviceUnavailable } from '../../platform/errors.ts';
import { SharedLookup } from '../../platform/mongo/shared-lookup.ts';
import { SharedWrite } from '../../platform/mongo/shared-write.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products } from '../catalogue/collections.ts';
import type { HeldLine, Hold, Product } from '../catalogue/documents.ts';
import { type Reservation, type ReservationLine, reservations } from './collections.ts';
import { asStocked, forgetPlace, noSuchVariant, type StockedVariant } from './demand.ts';
import { foldHolds, foldSometimes, MOST_HOLDS } from './folding.ts';
import { ifPossible } from './if-possible.ts';
import { heldLines, isFolded } from './reservation-lines.ts';
import { freed, held, sold, stockUpdate } from './stock-change.ts';

const MOST_TRIES = 30;
const PAUSE_MS = 10;

/**
 * Places what a reservation holds of one product, once, however often it is tried and by whom: all of its lines, in one
 * update that checks and changes the numbers. Answers the reservation as it then is, which may have ended meanwhile.
 */
export async function placeHold(
  db: TenantDb,
  reservation: Reservation,
  productId: ObjectId,
): Promise<Reservation> {
  let current = reservation;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    if (await push(db, current, productId, tries === 0)) return current;
    const product = await findHolding(db, { productId, reservationId: current._id });
    if (product?.hold) return withHeld(current, productId, product.hold);
    if (product && product.holdsFrom >= current.stamp) {
      current = await stampAgain(db, current, productId, product.holdsFrom);
      if (current.state !== 'HELD' || isFolded(current, productId)) return current;
    } else if (product && product.count >= MOST_HOLDS && tries === 0) {
      await ifPossible(foldHolds(db, productId));
    } else {
      const stocked = asStockedNow(db, current, productId, product);
      // What was read says that it should have worked: others are changing it just now.
      if (stocked === current) await pause();
      current = stocked;
    }
  }
  throw serviceUnavailable('Too many want these pieces at the same moment: try again');
}

/** Many who want one product at once would be in each other's way; in one command, they come one after the other. */
const placing = new SharedWrite(products);

/** Else the database weighs each index that begins with the tenant. */
const BY_ID = '_id_';

const pause = () => sleep(PAUSE_MS * (0.5 + Math.random()));

async function push(db: TenantDb, reservation: Reservation, productId: ObjectId, sparing: boolean) {
  const { _id, stamp } = reservation;
  const lines = heldLines(reservation, productId);
  const filter = {
    _id: productId,
    isDeleted: false,
    holdsFrom: { $lt: stamp },
    'holds._id': { $ne: _id },
    ...(sparing && { [`holds.${MOST_HOLDS - 1}`]: { $exists: false } }),
    $and: reservation.lines.filter((line) => line.productId.equals(productId)).map(guardOf),
  };
  const { update, options } = stockUpdate(lines.map(held));
  const change = { ...update, $push: { holds: { _id, lines } } };
  const placed = await placing.update(db, { filter, update: change, hint: BY_ID, ...options });
  if (placed) await foldSometimes(db, productId);
  return placed;
}

/** The filter is the check: with no read before it, two buyers cannot both get the last piece. */
const guardOf = ({ variantId, sku, quantity, backordered }: ReservationLine) => ({
  variants: {
    $elemMatch: {
      ...{ _id: variantId, sku },
      ...(backordered ? { backorder: true } : { 'inventory.available': { $gte: quantity } }),
    },
  },
});

type Asked = { productId: ObjectId; reservationId: ObjectId };
type Held = Pick<Product, '_id' | 'isDeleted' | 'holdsFrom' | 'holds'> & {
  variants: StockedVariant[];
  count: number;
};
/** A product with the hold of the reservation that was asked for, where it is there. */
type Holding = Held & { key: string; hold: Hold | undefined };

const holdings = new SharedLookup<string, Holding>(({ key }) => [key]);

/** Together with others: where many want one product, many look at once. */
async function findHolding(db: TenantDb, asked: Asked): Promise<Holding | null> {
  const key = `${asked.productId} ${asked.reservationId}`;
  const found = await db.retry(() => holdings.find(db, 'holds', [key], readHoldings));
  return found.get(key) ?? null;
}

async function readHoldings(db: TenantDb, keys: string[]): Promise<Holding[]> {
  const asked = keys.map((key) => key.split(' ').map((id) => new ObjectId(id)) as [ObjectId, ObjectId]);
  const productIds = [...new Set(asked.map(([productId]) => productId.toHexString()))];
  const reservationIds = asked.map(([, reservationId]) => reservationId);
  const projection: Document = {
    isDeleted: 1,
    holdsFrom: 1,
    'variants._id': 1,
    'variants.sku': 1,
    'variants.inventory': 1,
    'variants.backorder': 1,
    count: { $size: '$holds' },
    holds: { $filter: { input: '$holds', cond: { $in: ['$$this._id', reservationIds] } } },
  };
  const found = await db
    .collection(products)
    .find<Held>(
      { _id: { $in: productIds.map((id) => new ObjectId(id)) } },
      { limit: productIds.length, projection },
    );
  return asked.flatMap(([productId, reservationId], i) => {
    const product = found.find(({ _id }) => _id.equals(productId));
    const hold = product?.holds.find(({ _id }) => _id.equals(reservationId));
    return product ? [{ ...product, hold, key: keys[i] as string }] : [];
  });
}

/** With what is held in truth: of what is there, or of what is to come. */
const withHeld = (reservation: Reservation, productId: ObjectId, { lines }: Hold): Reservation =>
  changed(reservation, productId, (line) => {
    const own = lines.find(({ variantId }) => variantId.equals(line.variantId));
    return own === undefined || own.backordered === line.backordered
      ? line
      : { ...line, backordered: own.backordered };
  });

/** As the stock is now; refused where there is too little of it, or where the sku is another variant's by now. */
const asStockedNow = (
  db: TenantDb,
  reservation: Reservation,
  productId: ObjectId,
  product: Holding | null,
): Reservation =>
  changed(reservation, productId, (line) => {
    forgetPlace(db, line.sku);
    const variant = product?.variants.find(({ _id, sku }) => _id.equals(line.variantId) && sku === line.sku);
    if (!variant || product?.isDeleted) throw noSuchVariant(line.sku);
    const stocked = asStocked(line, variant);
    return stocked.backordered === line.backordered ? line : stocked;
  });

/** The very same reservation when none of the product's lines becomes another. */
function changed(
  reservation: Reservation,
  productId: ObjectId,
  change: (line: ReservationLine) => ReservationLine,
): Reservation {
  const lines = reservation.lines.map((line) => (line.productId.equals(productId) ? change(line) : line));
  return lines.every((line, i) => line === reservation.lines[i]) ? reservation : { ...reservation, lines };
}

/** Others who came later have ended in this product. Gets a later stamp, unless it has ended too or its hold is folded. */
async function stampAgain(
  db: TenantDb,
  { _id, lines }: Reservation,
  productId: ObjectId,
  after: Date,
): Promise<Reservation> {
  const later = new Date(Math.max(db.now().getTime(), after.getTime() + 1));
  const open = { _id, state: 'HELD' as const, folded: { $ne: productId } };
  const stamped = await db.retry(() =>
    db.collection(reservations).findOneAndUpdate(open, { $max: { stamp: later } }),
  );
  if (stamped) return { ...stamped, lines };
  const found = await db.retry(() => db.collection(reservations).findOne({ _id }));
  if (!found) throw new Error(`The reservation ${_id} is gone while its holds are placed`);
  if (found.state !== 'HELD') return found;
  // Of this product the record is right: only a hold that it agrees with is folded. Of the others it may not know yet.
  return changed({ ...found, lines }, productId, (line) => recorded(line, found));
}

const recorded = (line: ReservationLine, { lines }: Reservation): ReservationLine =>
  lines.find(({ variantId }) => variantId.equals(line.variantId)) ?? line;

/**
 * Takes the hold of a reservation that has ended out of a product, once, however often it is tried; where it is not
 * there, nothing is changed but that it will not come.
 */
export async function takeHoldOut(
  db: TenantDb,
  reservation: Reservation,
  productId: ObjectId,
): Promise<void> {
  let lines = heldLines(reservation, productId);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    if (await pull(db, reservation, productId, lines)) return;
    if (await shutOut(db, reservation, productId)) return;
    // It came between the two, or its lines are others than the reservation's, which was never placed to its end.
    const product = await findHolding(db, { productId, reservationId: reservation._id });
    if (!product) return;
    lines = product.hold?.lines ?? lines;
    if (tries > 0) await pause();
  }
  throw serviceUnavailable(`The hold of the reservation ${reservation._id} cannot be taken out`);
}

async function pull(
  db: TenantDb,
  { _id, state, stamp }: Reservation,
  productId: ObjectId,
  lines: HeldLine[],
) {
  const { update, options } = stockUpdate(lines.map(state === 'CONSUMED' ? sold : freed));
  const placed = { _id: productId, holds: { $elemMatch: { _id, lines } } };
  const taken = { ...update, $pull: { holds: { _id } }, $max: { holdsFrom: stamp } };
  const { modifiedCount } = await db.retry(() => db.collection(products).updateOne(placed, taken, options));
  return modifiedCount === 1;
}

async function shutOut(db: TenantDb, { _id, stamp }: Reservation, productId: ObjectId): Promise<boolean> {
  const absent = { _id: productId, 'holds._id': { $ne: _id } };
  const { matchedCount } = await db.retry(() =>
    db.collection(products).updateOne(absent, { $max: { holdsFrom: stamp } }),
  );
  return matchedCount === 1;
}
