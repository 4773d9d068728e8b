import type { ObjectId } from 'mongodb';
import { SharedLookup } from '../../platform/mongo/shared-lookup.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products } from '../catalogue/collections.ts';
import type { Product, Variant } from '../catalogue/documents.ts';
import { type Crossings, findCrossings, tellCrossings } from '../catalogue/low-stock.ts';
import { fillBackorders } from './arrivals.ts';
import type { Reservation } from './collections.ts';
import { refreshRank } from './ranks.ts';
import { productsOf } from './reservation-lines.ts';

const STOCK = {
  isDeleted: 1,
  'variants._id': 1,
  'variants.sku': 1,
  'variants.inventory': 1,
  'reviews.count': 1,
  'reviews.average': 1,
  'keys.rank': 1,
};

const shared = new SharedLookup<ObjectId, Product>(({ _id }) => [_id]);

const findStocked = (db: TenantDb, productIds: ObjectId[]) =>
  shared.find(db, 'stock', productIds, (asker, ids) =>
    asker.collection(products).find<Product>({ _id: { $in: ids } }, { limit: ids.length, projection: STOCK }),
  );

/**
 * Does what follows from pieces that have been sold or set free: they may be owed to somebody, the product's place in
 * searches may be another, and there may be few left. All of it goes by how things stand, and so may be done again.
 */
export async function followStock(db: TenantDb, { state, lines }: Reservation): Promise<void> {
  const variantIds = lines.map(({ variantId }) => variantId);
  const stocked: Stocked[] = [];
  for (const product of (await findStocked(db, productsOf({ lines }))).values()) {
    const owed = product.variants.some(isOwed);
    const filled = owed && (await db.transaction((tx) => fillBackorders(tx, product._id)));
    if (!owed) await refreshRank(db, product);
    stocked.push(filled || product);
  }
  const sold = state === 'CONSUMED';
  const crossings = await look(db, stocked, variantIds, sold);
  for (const product of stocked) {
    const crossing = product.variants.some(({ _id }) => crosses(crossings, _id));
    if (crossing) await tellLevels(db, product._id, variantIds, sold);
  }
}

type Stocked = Pick<Product, '_id' | 'variants' | 'isDeleted'>;

const isOwed = ({ inventory }: Variant): boolean => inventory.available > 0 && inventory.backordered > 0;

/** What is set free may be as little as before: only a sale makes it less. */
async function look(db: TenantDb, stocked: Stocked[], variantIds: readonly ObjectId[], sold: boolean) {
  const levels = stocked
    .filter(({ isDeleted }) => !isDeleted)
    .flatMap(({ variants }) => variants.filter(({ _id }) => variantIds.some((id) => id.equals(_id))));
  const crossings = await findCrossings(db, levels);
  return sold ? crossings : { ...crossings, fallen: [] };
}

const crosses = ({ fallen, risen }: Crossings, variantId: ObjectId): boolean =>
  [...fallen.map(({ _id }) => _id), ...risen].some((id) => id.equals(variantId));

/** Looks again, in the transaction that tells. */
async function tellLevels(db: TenantDb, productId: ObjectId, variantIds: ObjectId[], sold: boolean) {
  const risen = await db.transaction(async (tx) => {
    const product = await tx.collection(products).findOne<Stocked>({ _id: productId }, { projection: STOCK });
    const crossings = await look(tx, product ? [product] : [], variantIds, sold);
    await tellCrossings(tx, productId, crossings);
    return crossings.risen;
  });
  // Whoever has sold the next pieces meanwhile may have taken it as told already.
  if (risen.length > 0) await tellLevels(db, productId, risen, true);
}
