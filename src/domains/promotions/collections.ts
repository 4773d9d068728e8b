import { defineCollection } from '../../platform/mongo/collection.ts';
import {
  anyOf,
  bool,
  count,
  date,
  id,
  list,
  minorUnits,
  nullable,
  object,
  text,
  whole,
} from '../../platform/mongo/schema.ts';
import type { Promotion, Redemption } from './documents.ts';

const atLeastOne = { ...whole, minimum: 1 };

export const promotions = defineCollection<Promotion>(
  'promotions',
  object({
    code: text,
    codeKey: text,
    description: nullable(text),
    type: anyOf('PERCENTAGE', 'FIXED_AMOUNT', 'FREE_SHIPPING'),
    value: minorUnits,
    currency: { ...text, pattern: '^[A-Z]{3}$' },
    startsAt: nullable(date),
    endsAt: nullable(date),
    usageLimit: nullable(atLeastOne),
    isCounted: bool,
    usedCount: count,
    perCustomerLimit: nullable(atLeastOne),
    minimumTotal: nullable(minorUnits),
    productIds: list(id),
    categoryIds: list(id),
    tags: list(text),
    combinable: bool,
    isActive: bool,
    version: whole,
    createdAt: date,
    updatedAt: date,
    createdBy: nullable(text),
    updatedBy: nullable(text),
    isDeleted: bool,
    deletedAt: nullable(date),
  }),
  [
    { key: { codeKey: 1 }, unique: true, partialFilterExpression: { isDeleted: false } },
    { key: { isDeleted: 1, createdAt: -1, _id: -1 } },
  ],
);

export const redemptions = defineCollection<Redemption>(
  'promotion_redemptions',
  object({
    promotionId: id,
    code: text,
    orderId: id,
    customers: list(text),
    use: { anyOf: [atLeastOne, id] },
    at: date,
  }),
  [
    { key: { promotionId: 1, orderId: 1 }, unique: true },
    { key: { promotionId: 1, customers: 1, use: 1 }, unique: true },
    { key: { orderId: 1 } },
  ],
);
