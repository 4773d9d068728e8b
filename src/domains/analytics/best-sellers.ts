import { ObjectId } from 'mongodb';
import { indexName } from '../../platform/mongo/collection.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products } from '../catalogue/collections.ts';
import type { Product } from '../catalogue/documents.ts';
import { orders } from '../orders/collections.ts';
import { DAY_MS } from './days.ts';

const DAYS = 30;
/** So many products of a shop have a place among its best sellers; those beyond count as not sold. */
const MOST_PRODUCTS = 100_000;
const BATCH = 500;
const BY_PAYMENT = { hint: indexName({ tenantId: 1, paidAt: 1 }) };
const BY_SALES = indexName({ tenantId: 1, isDeleted: 1, status: 1, soldRecently: -1, _id: -1 });

/**
 * Brings the products' `soldRecently` to what their orders say; how many differed. Only those are written, batch by
 * batch, and nothing of a product but this number: no version, no audit and no event.
 */
export async function refreshBestSellers(db: TenantDb): Promise<number> {
  const [sold, kept] = [await soldPieces(db), await keptPieces(db)];
  const changed = [...new Set([...sold.keys(), ...kept.keys()])].filter(
    (id) => sold.get(id) !== kept.get(id),
  );
  for (let start = 0; start < changed.length; start += BATCH) {
    const writes = changed.slice(start, start + BATCH).map((id) => ({
      updateOne: {
        filter: { _id: new ObjectId(id) },
        update: { $set: { soldRecently: sold.get(id) ?? 0 } },
      },
    }));
    await db.retry(() => db.collection(products).bulkWrite(writes, { ordered: false }));
  }
  return changed.length;
}

/** By the product's id. */
type Pieces = Map<string, number>;

/** Pieces of paid orders that the buyers have, or are to get. */
async function soldPieces(db: TenantDb): Promise<Pieces> {
  const since = new Date(db.now().getTime() - DAYS * DAY_MS);
  const rows = await db.collection(orders).aggregate<{ _id: ObjectId; pieces: number }>(
    [
      {
        $match: {
          paidAt: { $type: 'date', $gte: since },
          status: { $nin: ['CANCELLED', 'REFUNDED'] },
        },
      },
      { $unwind: '$lines' },
      {
        $group: {
          _id: '$lines.productId',
          pieces: {
            $sum: { $subtract: ['$lines.quantity', { $add: ['$lines.cancelled', '$lines.returned'] }] },
          },
        },
      },
      { $match: { pieces: { $gt: 0 } } },
      { $sort: { pieces: -1, _id: 1 } },
      { $limit: MOST_PRODUCTS },
    ],
    BY_PAYMENT,
  );
  return new Map(rows.map(({ _id, pieces }) => [_id.toHexString(), pieces]));
}

/** What stands in the products, read out of the index alone. */
async function keptPieces(db: TenantDb): Promise<Pieces> {
  const rows = await db.collection(products).find<Pick<Product, '_id' | 'soldRecently'>>(
    {
      isDeleted: { $in: [true, false] },
      status: { $in: ['DRAFT', 'ACTIVE', 'ARCHIVED'] },
      soldRecently: { $gt: 0 },
    },
    { limit: 2 * MOST_PRODUCTS, projection: { soldRecently: 1 }, hint: BY_SALES },
  );
  return new Map(rows.map(({ _id, soldRecently }) => [_id.toHexString(), soldRecently]));
}
