import type { Binary } from 'mongodb';
import { defineCollection } from '../../../platform/mongo/collection.ts';
import {
  anyOf,
  count,
  date,
  id,
  list,
  minorUnits,
  nullable,
  object,
  text,
  whole,
} from '../../../platform/mongo/schema.ts';
import type { Order, OrderLine, Refund } from '../documents.ts';

/** Pieces that were cancelled or came back stand only where there are some. */
type ArchivedLine = Pick<OrderLine, 'productId' | 'quantity'> &
  Partial<Pick<OrderLine, 'cancelled' | 'returned'>>;

/** What orders are found and summed up by, at the paths that it has in them: the same question fits both collections. */
export type ArchivedHead = Pick<
  Order,
  | ('_id' | 'tenantId' | 'number' | 'cartId' | 'userId' | 'emailKey' | 'status' | 'currency')
  | ('paid' | 'refunded' | 'placedAt' | 'paidAt' | 'updatedAt' | 'version')
> & {
  lines: ArchivedLine[];
  refunds: Pick<Refund, '_id' | 'amount' | 'status' | 'at'>[];
};

/** An order that has come to rest: `body` is all of it and of its events, compressed (see body.ts). */
export type ArchivedOrder = ArchivedHead & { archivedAt: Date; body: Binary };

const ofSomebody = { userId: { $type: 'objectId' } };

export const archivedOrders = defineCollection<ArchivedOrder>(
  'archived_orders',
  object({
    number: text,
    cartId: text,
    userId: nullable(id),
    emailKey: nullable(text),
    status: anyOf('COMPLETED', 'CANCELLED', 'REFUNDED'),
    currency: text,
    paid: minorUnits,
    refunded: minorUnits,
    placedAt: date,
    paidAt: nullable(date),
    updatedAt: date,
    version: { ...whole, minimum: 1 },
    lines: list(
      object({ productId: id, quantity: count, cancelled: count, returned: count }, [
        'cancelled',
        'returned',
      ]),
    ),
    refunds: list(object({ _id: id, amount: minorUnits, status: text, at: date })),
    archivedAt: date,
    body: { bsonType: 'binData' },
  }),
  [
    { key: { number: 1 }, unique: true },
    { key: { cartId: 1 }, unique: true },
    { key: { placedAt: -1, _id: -1 } },
    { key: { userId: 1, placedAt: -1, _id: -1 }, partialFilterExpression: ofSomebody },
    {
      key: { emailKey: 1, placedAt: -1, _id: -1 },
      partialFilterExpression: { emailKey: { $type: 'string' } },
    },
    // Days of sales, as in `orders`.
    { key: { paidAt: 1 }, partialFilterExpression: { paidAt: { $type: 'date' } } },
    { key: { 'refunds.at': 1 }, partialFilterExpression: { 'refunds.at': { $type: 'date' } } },
    { key: { updatedAt: 1 } },
  ],
);
