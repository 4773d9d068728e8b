import type { ObjectId } from 'mongodb';
import { badInput } from '../../../platform/errors.ts';
import type { TenantDb } from '../../../platform/mongo/tenant-db.ts';
import { productViews } from './collections.ts';

const DAY_MS = 24 * 60 * 60_000;
const MOST_DAYS = 90;
const MOST_PRODUCTS = 100;

export type ViewedProduct = { productId: ObjectId; views: number };

/** The products that were looked at most in the last days, today among them. */
export async function mostViewed(db: TenantDb, days: number, first: number): Promise<ViewedProduct[]> {
  if (days < 1 || days > MOST_DAYS) throw badInput(`Between 1 and ${MOST_DAYS} days, not ${days}`, 'days');
  if (first < 1 || first > MOST_PRODUCTS)
    throw badInput(`Between 1 and ${MOST_PRODUCTS} products, not ${first}`, 'first');
  const since = dateOf(new Date(db.now().getTime() - (days - 1) * DAY_MS));
  return db
    .collection(productViews)
    .aggregate<ViewedProduct>([
      { $match: { date: { $gte: since } } },
      { $group: { _id: '$productId', views: { $sum: '$views' } } },
      { $sort: { views: -1, _id: 1 } },
      { $limit: first },
      { $project: { _id: 0, productId: '$_id', views: 1 } },
    ]);
}

export const dateOf = (moment: Date): string => moment.toISOString().slice(0, '2026-11-24'.length);
