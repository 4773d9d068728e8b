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
import { addressSchema } from '../customers/addresses.ts';
import type { Order, OrderCounter, OrderEvent } from './documents.ts';

const atLeastOne = { ...whole, minimum: 1 };
const pieces = list(object({ lineId: id, quantity: atLeastOne }));

const line = object({
  _id: id,
  productId: id,
  variantId: id,
  sku: text,
  name: text,
  attributes: { bsonType: 'object' },
  imageUrl: nullable(text),
  quantity: atLeastOne,
  backordered: bool,
  unitPrice: minorUnits,
  subtotal: minorUnits,
  discount: minorUnits,
  taxRate: count,
  tax: minorUnits,
  total: minorUnits,
  fulfilled: count,
  cancelled: count,
  returned: count,
});

const share = object({ id: text, amount: minorUnits });

const totals = object({
  subtotal: minorUnits,
  discount: minorUnits,
  discounts: list(share),
  shipping: object({ price: minorUnits, discount: minorUnits, tax: minorUnits, total: minorUnits }),
  taxIncluded: bool,
  taxes: list(object({ rate: count, net: minorUnits, tax: minorUnits })),
  tax: minorUnits,
  total: minorUnits,
});

const refund = object({
  _id: id,
  paymentId: id,
  amount: minorUnits,
  lines: pieces,
  restock: bool,
  reason: nullable(text),
  status: anyOf('PENDING', 'SUCCEEDED', 'FAILED'),
  at: date,
});

const fulfilment = object({
  _id: id,
  lines: pieces,
  carrier: nullable(text),
  trackingNumber: nullable(text),
  trackingUrl: nullable(text),
  at: date,
});

export const orders = defineCollection<Order>(
  'orders',
  object({
    number: text,
    cartId: text,
    userId: nullable(id),
    email: nullable(text),
    emailKey: nullable(text),
    status: anyOf(
      ...['PLACED', 'PAID', 'PARTIALLY_FULFILLED', 'FULFILLED', 'COMPLETED'],
      ...['CANCELLED', 'REFUNDED'],
    ),
    paymentStatus: anyOf(
      ...['UNPAID', 'PENDING', 'AUTHORIZED', 'PAID'],
      ...['PARTIALLY_REFUNDED', 'REFUNDED', 'VOIDED'],
    ),
    currency: { ...text, pattern: '^[A-Z]{3}$' },
    lines: list(line, { minItems: 1 }),
    totals,
    codes: list(object({ code: text, promotionId: id, amount: minorUnits })),
    shippingMethod: nullable(object({ id: text, name: text })),
    shippingAddress: nullable(addressSchema),
    billingAddress: nullable(addressSchema),
    note: nullable(text),
    reservationId: nullable(id),
    paymentId: nullable(id),
    authorized: minorUnits,
    paid: minorUnits,
    refunded: minorUnits,
    refunds: list(refund),
    fulfilments: list(fulfilment),
    cancelReason: nullable(text),
    placedAt: date,
    paidAt: nullable(date),
    fulfilledAt: nullable(date),
    completedAt: nullable(date),
    cancelledAt: nullable(date),
    anonymisedAt: nullable(date),
    payBy: nullable(date),
    updatedAt: date,
    version: atLeastOne,
  }),
  [
    { key: { number: 1 }, unique: true },
    // A cart becomes one order, whoever asks twice.
    { key: { cartId: 1 }, unique: true },
    { key: { placedAt: -1, _id: -1 } },
    { key: { status: 1, placedAt: -1, _id: -1 } },
    { key: { paymentStatus: 1, placedAt: -1, _id: -1 } },
    {
      key: { userId: 1, placedAt: -1, _id: -1 },
      partialFilterExpression: { userId: { $type: 'objectId' } },
    },
    // What of a product somebody has bought.
    {
      key: { userId: 1, 'lines.productId': 1 },
      partialFilterExpression: { userId: { $type: 'objectId' } },
    },
    // Days of sales: what was paid, what went back, and what has changed.
    { key: { paidAt: 1 }, partialFilterExpression: { paidAt: { $type: 'date' } } },
    { key: { 'refunds.at': 1 }, partialFilterExpression: { 'refunds.at': { $type: 'date' } } },
    { key: { updatedAt: 1 } },
    {
      key: { emailKey: 1, placedAt: -1, _id: -1 },
      partialFilterExpression: { emailKey: { $type: 'string' } },
    },
    {
      key: { payBy: 1 },
      acrossTenants: true,
      partialFilterExpression: { status: 'PLACED', payBy: { $type: 'date' } },
    },
  ],
);

export const orderEvents = defineCollection<OrderEvent>(
  'order_events',
  object({
    orderId: id,
    seq: atLeastOne,
    change: { bsonType: 'object', required: ['type'], properties: { type: text } },
    at: date,
    actor: nullable(text),
  }),
  [{ key: { orderId: 1, seq: 1 }, unique: true }],
);

export const orderCounters = defineCollection<OrderCounter>('order_counters', object({ last: count }), []);
