import type { ObjectId } from 'mongodb';
import { SharedLookup } from '../../platform/mongo/shared-lookup.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products } from '../catalogue/collections.ts';
import type { Product } from '../catalogue/documents.ts';
import { rankOf } from '../catalogue/search-terms.ts';

const RANKED = {
  'variants.inventory.available': 1,
  'reviews.count': 1,
  'reviews.average': 1,
  'keys.rank': 1,
};

const shared = new SharedLookup<ObjectId, Product>(({ _id }) => [_id]);

const findRanked = (db: TenantDb, productIds: ObjectId[]) =>
  shared.find(db, 'rank', productIds, (asker, ids) =>
    asker
      .collection(products)
      .find<Product>({ _id: { $in: ids } }, { limit: ids.length, projection: RANKED }),
  );

/** Being in stock counts in searches: after some pieces have been sold or set free, it may be otherwise. */
export async function refreshRanks(db: TenantDb, productIds: ObjectId[]): Promise<void> {
  for (const product of (await findRanked(db, productIds)).values()) {
    const rank = rankOf(product);
    if (rank !== product.keys.rank) await setRank(db, product, rank);
  }
}

/** Unless what it was worked out from is no longer so; whoever changes that sees to it. */
const setRank = (db: TenantDb, { _id, variants, reviews, keys }: Product, rank: number) => {
  const some = { $gt: 0 };
  const inStock = variants.some(({ inventory }) => inventory.available > 0);
  const unchanged = {
    _id,
    'keys.rank': keys.rank,
    'reviews.count': reviews.count,
    'reviews.average': reviews.average,
    'variants.inventory.available': inStock ? some : { $not: some },
  };
  return db.retry(() => db.collection(products).updateOne(unchanged, { $set: { 'keys.rank': rank } }));
};
