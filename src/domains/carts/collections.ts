import { defineCollection } from '../../platform/mongo/collection.ts';
import {
  anyOf,
  date,
  id,
  list,
  minorUnits,
  nullable,
  object,
  text,
  whole,
} from '../../platform/mongo/schema.ts';
import { addressSchema } from '../customers/addresses.ts';
import { MAX_CODES, MAX_LINES, MAX_QUANTITY } from './cart-limits.ts';
import type { Cart } from './documents.ts';

const line = object({
  _id: id,
  productId: id,
  variantId: id,
  name: text,
  sku: text,
  quantity: { ...whole, minimum: 1, maximum: MAX_QUANTITY },
  seenPrice: minorUnits,
  addedAt: date,
});

/** What lets MongoDB see that the partial index holds what is looked for. */
export const hasOwner = { userId: { $type: 'objectId' } } as const;
export const hasEmail = { email: { $type: 'string' } } as const;

export const carts = defineCollection<Cart>(
  'carts',
  object(
    {
      _id: { ...text, minLength: 22 },
      userId: nullable(id),
      status: anyOf('OPEN', 'CHECKED_OUT', 'ABANDONED', 'MERGED'),
      lines: list(line, { maxItems: MAX_LINES }),
      codes: list(text, { maxItems: MAX_CODES }),
      currency: { ...text, pattern: '^[A-Z]{3}$' },
      email: nullable(text),
      shippingMethodId: nullable(text),
      shippingAddress: nullable(addressSchema),
      billingAddress: nullable(addressSchema),
      orderId: nullable(id),
      mergedInto: nullable(text),
      checkoutTries: whole,
      version: whole,
      createdAt: date,
      updatedAt: date,
      expiresAt: date,
    },
    ['checkoutTries'],
  ),
  [
    // One open cart a person.
    { key: { userId: 1 }, unique: true, partialFilterExpression: { status: 'OPEN', ...hasOwner } },
    // All carts of a person, and those of an address.
    { key: { userId: 1, _id: 1 }, partialFilterExpression: hasOwner },
    { key: { email: 1 }, partialFilterExpression: hasEmail },
    { key: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
);
