import type { Context } from '../../context.ts';
import { badInput } from '../../platform/errors.ts';
import type { Edge } from '../../platform/graphql/connection.ts';
import { indexName } from '../../platform/mongo/collection.ts';
import { findPage, type Keyset, type Page, type PageArgs } from '../../platform/mongo/page.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products } from '../catalogue/collections.ts';
import type { Product } from '../catalogue/documents.ts';
import { productBy } from '../catalogue/loaders.ts';
import { projectionOf } from '../catalogue/product-fields.ts';
import { isActive } from '../catalogue/products.ts';
import { type VariantOf, variantsOf } from '../catalogue/variants.ts';
import { type Tenant, USUAL_SETTINGS } from '../tenants/collections.ts';

/** A product of which some variant is low, and what counts as that. */
export type LowProduct = Pick<Product, '_id' | 'soldRecently'> & { threshold: number };

export type LowProductPage = Page<LowProduct>;
export type LowProductEdge = Edge<LowProduct>;

/** More is no shop's little. */
const MOST = 1_000_000;

/** The order of best sellers among what is for sale. */
export const BY_SALES = indexName({ tenantId: 1, isDeleted: 1, status: 1, soldRecently: -1, _id: -1 });

const bestSellingFirst: Keyset<LowProduct> = {
  name: 'BEST_SELLING',
  path: 'soldRecently',
  direction: -1,
  valueOf: ({ soldRecently }) => soldRecently,
};

/**
 * Products for sale with a variant of which no more than so many pieces can be bought. They are read in the order of an
 * index that stock does not stand in, until the page is full: an index on stock would be written with every sale.
 */
export function listLowStock(
  db: TenantDb,
  { threshold, ...args }: PageArgs & { threshold: number },
): Promise<LowProductPage> {
  const low = { 'variants.inventory.available': { $lte: threshold } };
  return findPage(db, args, bestSellingFirst, async ({ filter, sort, limit }) => {
    const found = await db
      .collection(products)
      .find<Pick<Product, '_id' | 'soldRecently'>>(
        { ...isActive, ...low, ...filter },
        { sort, limit, projection: { soldRecently: 1 }, hint: BY_SALES },
      );
    return found.map((row) => ({ ...row, threshold }));
  });
}

/** What was asked for, or what the shop calls low. */
export function thresholdOf(
  { settings }: Pick<Tenant, 'settings'>,
  asked: number | null | undefined,
): number {
  const threshold = asked ?? settings.lowStockThreshold ?? USUAL_SETTINGS.lowStockThreshold;
  if (threshold < 0 || threshold > MOST)
    throw badInput(`Between 0 and ${MOST} pieces, not ${threshold}`, 'threshold');
  return threshold;
}

const VARIANTS = projectionOf(new Set(['variants']), new Set());

/** Those of its variants that are low, the fewest first. */
export async function lowVariants({ _id, threshold }: LowProduct, context: Context): Promise<VariantOf[]> {
  const product = await productBy._id(context).load({ key: _id, projection: VARIANTS });
  const low = product
    ? variantsOf(product).filter(({ variant }) => variant.inventory.available <= threshold)
    : [];
  return low.sort((a, b) => a.variant.inventory.available - b.variant.inventory.available);
}
