import type { Resolvers } from '../../schema.types.ts';
import { categoryById, productBy } from '../catalogue/loaders.ts';
import { productProjection } from '../catalogue/product-fields.ts';
import { findId } from '../catalogue/products.ts';
import { formatMoney } from '../pricing/money.ts';
import { type CategoryAnalyticsRow, categoryAnalytics } from './category-analytics.ts';
import { findProductDays } from './product-analytics.ts';
import { placeKey, reservedIn } from './reserved-inventory.ts';
import { findSalesDays } from './sales-days.ts';
import { averageOf } from './sales-live.ts';
import { findBestSellers } from './sold-pieces.ts';

export const analyticsResolvers: Resolvers = {
  Query: {
    categoryAnalytics: (_, { categoryId, currency, live }, { db }) => {
      const id = categoryId == null ? undefined : findId(categoryId);
      if (id === null) return [];
      return categoryAnalytics(db, { categoryId: id, currency: currency ?? undefined, live: live ?? false });
    },
    productAnalytics: (_, days, { db, shop }) => findProductDays(db, days, shop.settings.currency),
    salesAnalytics: (_, days, { db, shop }) => findSalesDays(db, days, shop.settings.currency),
    bestSellers: (_, { first, ...days }, { db }) => findBestSellers(db, days, first ?? 10),
  },
  ProductSales: {
    productId: ({ _id }) => _id.toHexString(),
    product: ({ _id }, _, context, info) =>
      productBy._id(context).load({ key: _id, projection: productProjection(info) }),
  },
  CategoryAnalytics: {
    category: async ({ categoryId }, _, context) => {
      const category = await categoryById(context).load(categoryId);
      if (!category) throw new Error(`Products are in category ${categoryId}, which is gone`);
      return category;
    },
    reservedInventory: async (row, _, context) =>
      (await reservedIn(context).load(placeKey(row)))?.quantity ?? 0,
    inventoryValue: amount(({ inventoryValue }) => inventoryValue),
    avgPrice: amount(({ avgPrice }) => avgPrice),
    minPrice: amount(({ minPrice }) => minPrice),
    maxPrice: amount(({ maxPrice }) => maxPrice),
    priceRange: ({ minPrice, maxPrice, currency }, _, { shop }) =>
      [minPrice, maxPrice].map((price) => formatMoney(price, currency, shop.settings.locale)).join(' - '),
  },
  ProductAnalytics: {
    avgPrice: ({ avgPrice, currency }) => (avgPrice === null ? null : { minor: avgPrice, currency }),
    inventoryValue: ({ inventoryValue, currency }) => ({ minor: inventoryValue, currency }),
  },
  SalesAnalytics: {
    grossRevenue: ({ grossRevenue: minor, currency }) => ({ minor, currency }),
    refunds: ({ refunds: minor, currency }) => ({ minor, currency }),
    averageOrderValue: ({ orders, grossRevenue, currency }) =>
      orders === 0 ? null : { minor: averageOf({ orders, grossRevenue }), currency },
  },
};

function amount(minorOf: (row: CategoryAnalyticsRow) => number) {
  return (row: CategoryAnalyticsRow) => ({ minor: minorOf(row), currency: row.currency });
}
