import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products } from '../catalogue/collections.ts';
import type { Product } from '../catalogue/documents.ts';
import { rankOf } from '../catalogue/search-terms.ts';

type Ranked = Pick<Product, '_id' | 'variants' | 'reviews' | 'keys'>;

/**
 * Being in stock counts in searches: after some pieces have come or gone, it may be otherwise. Unless what the product's
 * place was worked out from is no longer so; whoever changes that sees to it.
 */
export async function refreshRank(db: TenantDb, { _id, variants, reviews, keys }: Ranked): Promise<void> {
  const rank = rankOf({ _id, variants, reviews });
  if (rank === keys.rank) return;
  const some = { $gt: 0 };
  const inStock = variants.some(({ inventory }) => inventory.available > 0);
  const unchanged = {
    _id,
    'keys.rank': keys.rank,
    'reviews.count': reviews.count,
    'reviews.average': reviews.average,
    'variants.inventory.available': inStock ? some : { $not: some },
  };
  const change = () => db.collection(products).updateOne(unchanged, { $set: { 'keys.rank': rank } });
  await (db.inTransaction ? change() : db.retry(change));
}
