import type { Document, ObjectId } from 'mongodb';
import { badInput } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { type Days, datesOf, momentsOf } from './days.ts';
import { BY_PAYMENT, inBoth } from './sales-live.ts';

/** So many products of a shop have a place among its best sellers; those beyond count as not sold. */
export const MOST_PRODUCTS = 100_000;
const MOST_ASKED = 100;

export type SoldProduct = { _id: ObjectId; pieces: number };

/** Pieces of orders paid at these moments that the buyers have, or are to get, by product; the most first. */
export const soldPieces = (paidAt: Document): Document[] => [
  { $match: { paidAt, status: { $nin: ['CANCELLED', 'REFUNDED'] } } },
  { $unwind: '$lines' },
  { $group: { _id: '$lines.productId', pieces: { $sum: kept } } },
  { $match: { pieces: { $gt: 0 } } },
  { $sort: { pieces: -1, _id: 1 } },
  { $limit: MOST_PRODUCTS },
];

/** A line in the archive names only pieces that there are. */
const kept = {
  $subtract: [
    '$lines.quantity',
    { $add: [{ $ifNull: ['$lines.cancelled', 0] }, { $ifNull: ['$lines.returned', 0] }] },
  ],
};

export function findBestSellers(db: TenantDb, days: Days, first: number): Promise<SoldProduct[]> {
  if (first < 1 || first > MOST_ASKED)
    throw badInput(`Between 1 and ${MOST_ASKED} products, not ${first}`, 'first');
  return mostSold(db, days, first);
}

/** Of orders that were paid on these days, also of the archive. */
export async function mostSold(db: TenantDb, days: Days, most: number): Promise<SoldProduct[]> {
  datesOf(days);
  const since = new Date(days.from);
  const rows = await inBoth<SoldProduct>(db, since, soldPieces(momentsOf(days)), BY_PAYMENT);
  return summedUp(rows).toSorted(bySales).slice(0, most);
}

/** One row a product, which may have been sold by orders at hand and by those of the archive. */
function summedUp(rows: SoldProduct[]): SoldProduct[] {
  const sums = new Map<string, SoldProduct>();
  for (const { _id, pieces } of rows) {
    const id = _id.toHexString();
    sums.set(id, { _id, pieces: pieces + (sums.get(id)?.pieces ?? 0) });
  }
  return [...sums.values()];
}

const bySales = (one: SoldProduct, other: SoldProduct) =>
  other.pieces - one.pieces || (one._id.toHexString() < other._id.toHexString() ? -1 : 1);
