import type { ObjectId } from 'mongodb';
import { defineCollection } from '../../../platform/mongo/collection.ts';
import { count, date, id, list, object, text } from '../../../platform/mongo/schema.ts';

/** How often a product was looked at on one UTC day. */
export type ProductViews = {
  _id: ObjectId;
  tenantId: ObjectId;
  productId: ObjectId;
  /** "2026-11-24" */
  date: string;
  views: number;
  expiresAt: Date;
};

export const productViews = defineCollection<ProductViews>(
  'product_views',
  object({
    productId: id,
    date: { ...text, pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
    views: count,
    expiresAt: date,
  }),
  [
    { key: { date: 1, productId: 1 }, unique: true },
    { key: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
);

/** The names of views that were counted together, in the transaction that counted them: none of them counts again. */
export type CountedViews = { _id: ObjectId; tenantId: ObjectId; names: string[]; expiresAt: Date };

export const countedViews = defineCollection<CountedViews>(
  'counted_views',
  object({ names: list(text), expiresAt: date }),
  [
    { key: { names: 1 }, unique: true },
    { key: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
);
