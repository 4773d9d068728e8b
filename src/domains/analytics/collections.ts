import type { ObjectId } from 'mongodb';
import { defineCollection } from '../../platform/mongo/collection.ts';
import { count, date, minorUnits, nullable, object, text } from '../../platform/mongo/schema.ts';

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
};

export const productAnalytics = defineCollection<ProductDay>(
  'product_analytics',
  object({
    date: { ...text, pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    currency: text,
    productsCreated: count,
    avgPrice: nullable(minorUnits),
    totalInventory: count,
    inventoryValue: minorUnits,
    refreshedAt: date,
  }),
  [{ key: { date: 1 }, unique: true }],
);
