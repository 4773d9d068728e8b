import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products } from '../catalogue/collections.ts';
import type { CategoryCopy } from '../catalogue/documents.ts';
import { isActive } from '../catalogue/products.ts';
import { valueOfStock } from './stock-value.ts';

/** Amounts are in minor units of the row's currency. */
export type CategoryAnalyticsRow = {
  category: CategoryCopy;
  currency: string;
  productCount: number;
  variantCount: number;
  totalInventory: number;
  reservedInventory: number;
  inventoryValue: number;
  avgPrice: number;
  minPrice: number;
  maxPrice: number;
  reviewCount: number;
  averageRating: number | null;
};

export type CategoryAnalyticsArgs = { categoryId?: ObjectId; currency?: string };

const starsGiven = { $multiply: ['$reviews.count', { $ifNull: ['$reviews.average', 0] }] };

/**
 * Active products by category and currency, worked out from the products as they stand. A product counts once, however
 * many variants it has; currencies are never mixed in one sum.
 */
export const categoryAnalytics = (db: TenantDb, { categoryId, currency }: CategoryAnalyticsArgs) =>
  db.collection(products).aggregate<CategoryAnalyticsRow>([
    {
      $match: {
        ...isActive,
        category: { $ne: null },
        ...(categoryId && { categoryIds: categoryId }),
        ...(currency && { 'pricing.currency': currency }),
      },
    },
    {
      $group: {
        _id: { category: '$category._id', currency: '$pricing.currency' },
        category: { $first: '$category' },
        productCount: { $sum: 1 },
        variantCount: { $sum: { $size: '$variants' } },
        totalInventory: { $sum: { $sum: '$variants.inventory.quantity' } },
        reservedInventory: { $sum: { $sum: '$variants.inventory.reserved' } },
        inventoryValue: { $sum: valueOfStock },
        avgPrice: { $avg: '$pricing.basePrice' },
        minPrice: { $min: '$pricing.basePrice' },
        maxPrice: { $max: '$pricing.basePrice' },
        reviewCount: { $sum: '$reviews.count' },
        stars: { $sum: starsGiven },
      },
    },
    { $sort: { productCount: -1, _id: 1 } },
    {
      $set: {
        currency: '$_id.currency',
        avgPrice: { $floor: { $add: ['$avgPrice', 0.5] } },
        averageRating: { $cond: ['$reviewCount', { $divide: ['$stars', '$reviewCount'] }, null] },
      },
    },
    { $unset: ['_id', 'stars'] },
  ]);
