import type { ObjectId } from 'mongodb';
import { SharedLookup } from '../../platform/mongo/shared-lookup.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { findCategoriesBelow } from '../catalogue/categories.ts';
import { type FiguresRow, liveFigures, readFigures } from '../catalogue/category-figures.ts';

/** Amounts are in minor units of the row's currency. */
export type CategoryAnalyticsRow = {
  categoryId: ObjectId;
  currency: string;
  productCount: number;
  variantCount: number;
  totalInventory: number;
  inventoryValue: number;
  avgPrice: number;
  minPrice: number;
  maxPrice: number;
  reviewCount: number;
  averageRating: number | null;
};

export type CategoryAnalyticsArgs = {
  categoryId?: ObjectId | undefined;
  currency?: string | undefined;
  /** Works them out of the products themselves, which takes the longer the more there are. */
  live: boolean;
};

/**
 * Active products by category and currency. A product counts once, however many variants it has; currencies are never
 * mixed in one sum.
 */
export async function categoryAnalytics(db: TenantDb, { categoryId, currency, live }: CategoryAnalyticsArgs) {
  const categoryIds = categoryId && (await findCategoriesBelow(db, categoryId));
  const rows = live
    ? await liveFigures(db, {
        ...(categoryIds && { 'category._id': { $in: categoryIds } }),
        ...(currency && { 'pricing.currency': currency }),
      })
    : await readTogether(db, { ...(categoryIds && { categoryIds }), ...(currency && { currency }) });
  return rows.map(rowOf);
}

type Where = Parameters<typeof readFigures>[1];

const FIGURES = 'figures';
const shared = new SharedLookup<string, readonly FiguresRow[]>(() => [FIGURES]);

/** Whoever asks for the same figures in the same moment is answered by one command. */
async function readTogether(db: TenantDb, where: Where): Promise<readonly FiguresRow[]> {
  const rows = await shared.find(db, JSON.stringify(where), [FIGURES], async (asker) => [
    await readFigures(asker, where),
  ]);
  return rows.get(FIGURES) ?? [];
}

const rowOf = ({ _id, products: count, reviews, stars, ...figures }: FiguresRow): CategoryAnalyticsRow => ({
  ..._id,
  productCount: count,
  variantCount: figures.variants,
  totalInventory: figures.quantity,
  inventoryValue: figures.value,
  avgPrice: Math.floor(figures.prices / count + 0.5),
  minPrice: figures.low ?? 0,
  maxPrice: figures.high ?? 0,
  reviewCount: reviews,
  averageRating: reviews === 0 ? null : stars / reviews,
});
