import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { valueOfStock } from '../catalogue/category-figures.ts';
import { products } from '../catalogue/collections.ts';
import { type ProductDay, productAnalytics } from './collections.ts';
import { type Days, datesOf, dayIn, dayOf, MAX_DAYS } from './days.ts';

/** One day as it is answered; days on which nothing was made have no stored row. */
export type ProductDayRow = Omit<ProductDay, '_id' | 'tenantId' | 'refreshedAt' | 'fence'>;

/** One row for each day from `from` to `to`, both included. */
export async function findProductDays(db: TenantDb, days: Days, currency: string): Promise<ProductDayRow[]> {
  const dates = datesOf(days);
  const stored = await db
    .collection(productAnalytics)
    .find({ date: { $gte: days.from, $lte: days.to } }, { limit: MAX_DAYS });
  const rows = new Map(stored.map((row) => [row.date, row]));
  return dates.map((date) => rows.get(date) ?? emptyDay(date, currency));
}

const emptyDay = (date: string, currency: string): ProductDayRow => ({
  date,
  currency,
  productsCreated: 0,
  avgPrice: null,
  totalInventory: 0,
  inventoryValue: 0,
});

/**
 * Works the days out again, from `since` on, and merges them into what readers see row by row; a day that lost its
 * last product loses its row. Only products in the shop's own currency count. Rows of a run that began later stay as they
 * are, or with a fence, those of a larger one: who did it for all, and was stopped so long that another took over, writes
 * nothing over what that one wrote.
 */
export async function refreshProductDays(
  db: TenantDb,
  currency: string,
  since = new Date(0),
  fence: number | null = null,
): Promise<void> {
  const refreshedAt = db.now();
  const firstDay = dayOf(since);
  await db.collection(products).aggregate([
    { $match: { createdAt: { $gte: new Date(firstDay) }, isDeleted: false, 'pricing.currency': currency } },
    {
      $group: {
        _id: dayIn('$createdAt'),
        productsCreated: { $sum: 1 },
        avgPrice: { $avg: '$pricing.basePrice' },
        totalInventory: { $sum: { $sum: '$variants.inventory.quantity' } },
        inventoryValue: { $sum: valueOfStock },
      },
    },
    {
      $set: {
        date: '$_id',
        currency,
        avgPrice: { $toLong: { $floor: { $add: ['$avgPrice', 0.5] } } },
        refreshedAt,
        ...(fence !== null && { fence }),
      },
    },
    { $unset: '_id' },
    {
      $merge: {
        into: productAnalytics.name,
        on: ['tenantId', 'date'],
        whenMatched: [{ $set: unlessLater(fence === null ? 'refreshedAt' : 'fence') }],
        whenNotMatched: 'insert',
      },
    },
  ]);
  const gone = { date: { $gte: firstDay }, refreshedAt: { $lt: refreshedAt } };
  const mine = fence === null ? {} : { fence: { $not: { $gt: fence } } };
  await db.collection(productAnalytics).deleteMany({ ...gone, ...mine });
}

const WRITTEN = [
  'currency',
  'productsCreated',
  'avgPrice',
  'totalInventory',
  'inventoryValue',
  'refreshedAt',
  'fence',
] as const satisfies (keyof ProductDay)[];

/** For $merge: each field as it is now worked out, or as it stands in a row that is later by this field. */
const unlessLater = (by: 'fence' | 'refreshedAt') =>
  Object.fromEntries(
    WRITTEN.map((field) => [
      field,
      { $cond: [{ $gt: [`$${by}`, `$$new.${by}`] }, `$${field}`, `$$new.${field}`] },
    ]),
  );
