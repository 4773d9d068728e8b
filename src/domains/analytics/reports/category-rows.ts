import type { Context } from '../../../context.ts';
import { categoryById } from '../../catalogue/loaders.ts';
import { toDecimal } from '../../pricing/money.ts';
import { type CategoryAnalyticsRow, categoryAnalytics } from '../category-analytics.ts';
import { placeKey, reservedIn } from '../reserved-inventory.ts';

export async function* categoryRows(context: Context) {
  const rows = await categoryAnalytics(context.db, { live: false });
  yield* await Promise.all(rows.map((row) => cellsOf(row, context)));
}

async function cellsOf(row: CategoryAnalyticsRow, context: Context) {
  const [category, reserved] = await Promise.all([
    categoryById(context).load(row.categoryId),
    reservedIn(context).load(placeKey(row)),
  ]);
  const amounts = [row.inventoryValue, row.avgPrice, row.minPrice, row.maxPrice];
  return [
    ...[category?.path.join(' / ') ?? null, row.currency, row.productCount, row.variantCount],
    ...[row.totalInventory, reserved?.quantity ?? 0],
    ...amounts.map((minor) => toDecimal(minor, row.currency)),
    ...[row.reviewCount, row.averageRating?.toFixed(2) ?? null],
  ];
}
