import type { ObjectId } from 'mongodb';
import { defineCollection } from '../../platform/mongo/collection.ts';
import { count, date, minorUnits, nullable, object, text } from '../../platform/mongo/schema.ts';

const day = { ...text, pattern: '^\\d{4}-\\d{2}-\\d{2}$' };

/** One UTC day of a shop: the products created on it, in the shop's currency. */
export type ProductDay = {
  _id: ObjectId;
  tenantId: ObjectId;
  /** "2026-11-24" */
  date: string;
  currency: string;
  productsCreated: number;
  avgPrice: number | null;
  totalInventory: number;
  inventoryValue: number;
  refreshedAt: Date;
  /** Of the process that did it for all; absent where it was not done on the clock. */
  fence?: number;
};

export const productAnalytics = defineCollection<ProductDay>(
  'product_analytics',
  object(
    {
      date: day,
      currency: text,
      productsCreated: count,
      avgPrice: nullable(minorUnits),
      totalInventory: count,
      inventoryValue: minorUnits,
      refreshedAt: date,
      fence: count,
    },
    ['fence'],
  ),
  [{ key: { date: 1 }, unique: true }],
);

/** One UTC day of a shop: what was paid on it and what went back, in the shop's currency. */
export type SalesDay = {
  _id: ObjectId;
  tenantId: ObjectId;
  date: string;
  currency: string;
  orders: number;
  unitsSold: number;
  grossRevenue: number;
  refunds: number;
  refreshedAt: Date;
};

export const salesDays = defineCollection<SalesDay>(
  'sales_days',
  object({
    date: day,
    currency: text,
    orders: count,
    unitsSold: count,
    grossRevenue: minorUnits,
    refunds: minorUnits,
    refreshedAt: date,
  }),
  [{ key: { date: 1 }, unique: true }],
);

/** Up to which moment something was worked out. */
export type AnalyticsMark = { _id: ObjectId; tenantId: ObjectId; name: string; until: Date };

export const analyticsMarks = defineCollection<AnalyticsMark>(
  'analytics_marks',
  object({ name: text, until: date }),
  [{ key: { name: 1 }, unique: true }],
);
