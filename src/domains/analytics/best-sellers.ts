import { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products } from '../catalogue/collections.ts';
import type { Product } from '../catalogue/documents.ts';
import { BY_SALES } from '../inventory/low-stock.ts';
import { orders } from '../orders/collections.ts';
import { DAY_MS } from './days.ts';
import { BY_PAYMENT } from './sales-live.ts';
import { MOST_PRODUCTS, type SoldProduct, soldPieces } from './sold-pieces.ts';

const DAYS = 30;
const BATCH = 500;

/**
 * Brings the products' `soldRecently` to what their orders say; how many differed. Only those are written, batch by
 * batch, and nothing of a product but this number: no version, no audit and no event.
 */
export async function refreshBestSellers(db: TenantDb): Promise<number> {
  const [sold, kept] = [await recentPieces(db), await keptPieces(db)];
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

async function recentPieces(db: TenantDb): Promise<Pieces> {
  const since = new Date(db.now().getTime() - DAYS * DAY_MS);
  const rows = await db
    .collection(orders)
    .aggregate<SoldProduct>(soldPieces({ $type: 'date', $gte: since }), BY_PAYMENT);
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
