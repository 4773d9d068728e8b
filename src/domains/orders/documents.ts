import type { ObjectId } from 'mongodb';
import type { Address } from '../customers/addresses.ts';
import type { QuoteTotals } from '../pricing/quote.ts';

export type OrderStatus =
  | ('PLACED' | 'PAID' | 'PARTIALLY_FULFILLED' | 'FULFILLED' | 'COMPLETED')
  | ('CANCELLED' | 'REFUNDED');

/** `PENDING`: a provider has been asked and its answer is not known yet. */
export type PaymentStatus =
  | ('UNPAID' | 'PENDING' | 'AUTHORIZED' | 'PAID')
  | ('PARTIALLY_REFUNDED' | 'REFUNDED' | 'VOIDED');

/**
 * What was bought, copied when it was: nothing that happens to the product changes it. Amounts are minor units of the
 * order's currency, `taxRate` counts millionths. Of `quantity` pieces, `fulfilled` were sent, `cancelled` will not be,
 * and `returned` were sent and came back.
 */
export type OrderLine = {
  /** The cart line's. */
  _id: ObjectId;
  productId: ObjectId;
  variantId: ObjectId;
  sku: string;
  name: string;
  attributes: Record<string, string>;
  imageUrl: string | null;
  quantity: number;
  backordered: boolean;
  unitPrice: number;
  subtotal: number;
  discount: number;
  taxRate: number;
  tax: number;
  total: number;
  fulfilled: number;
  cancelled: number;
  returned: number;
};

export type LinePieces = { lineId: ObjectId; quantity: number };

/** One parcel. */
export type Fulfilment = {
  _id: ObjectId;
  lines: LinePieces[];
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
  at: Date;
};

/** Money that goes back; `PENDING` until the provider has said that it does. */
export type Refund = {
  _id: ObjectId;
  paymentId: ObjectId;
  amount: number;
  /** For which pieces; none for an amount alone. */
  lines: LinePieces[];
  /** Whether those pieces are for sale again. */
  restock: boolean;
  reason: string | null;
  status: 'PENDING' | 'SUCCEEDED' | 'FAILED';
  at: Date;
};

export type UsedCode = { code: string; promotionId: ObjectId; amount: number };

/** An order as its events have made it: see order-history.ts. */
export type Order = {
  _id: ObjectId;
  tenantId: ObjectId;
  /** Unique in the shop, for people; gaps mean nothing. */
  number: string;
  cartId: string;
  /** Null for a guest. */
  userId: ObjectId | null;
  /** Null once the person was forgotten. */
  email: string | null;
  /** By what an order is found, however the address is written. */
  emailKey: string | null;
  status: OrderStatus;
  paymentStatus: PaymentStatus;
  currency: string;
  lines: OrderLine[];
  totals: QuoteTotals;
  codes: UsedCode[];
  shippingMethod: { id: string; name: string } | null;
  shippingAddress: Address | null;
  billingAddress: Address | null;
  /** The buyer's own words to the shop. */
  note: string | null;
  /** Null when nothing in it is kept in stock. */
  reservationId: ObjectId | null;
  /** The payment that is under way or has succeeded. */
  paymentId: ObjectId | null;
  authorized: number;
  paid: number;
  /** What went back, and what is on its way back. */
  refunded: number;
  refunds: Refund[];
  fulfilments: Fulfilment[];
  cancelReason: string | null;
  placedAt: Date;
  paidAt: Date | null;
  fulfilledAt: Date | null;
  completedAt: Date | null;
  cancelledAt: Date | null;
  anonymisedAt: Date | null;
  /** When it is cancelled unless it is paid by then; null: never. */
  payBy: Date | null;
  updatedAt: Date;
  /** How many events made it. */
  version: number;
};

/** What an order begins as. */
export type PlacedOrder = Pick<
  Order,
  | ('number' | 'cartId' | 'userId' | 'email' | 'currency' | 'lines' | 'totals' | 'codes')
  | ('shippingMethod' | 'shippingAddress' | 'billingAddress' | 'reservationId' | 'note' | 'payBy')
>;

/** What can happen to an order. The names are those of the events that the outbox tells, as `order.NAME`. */
export type OrderChange =
  | { type: 'placed'; order: PlacedOrder }
  | { type: 'paymentStarted'; paymentId: ObjectId; provider: string }
  | { type: 'paymentDeclined'; paymentId: ObjectId; reason: string }
  | { type: 'paymentAuthorized'; paymentId: ObjectId; amount: number }
  | { type: 'paymentVoided'; paymentId: ObjectId }
  /** `paymentId` is null for an order that costs nothing. */
  | { type: 'paid'; paymentId: ObjectId | null; amount: number }
  | { type: 'fulfilled'; fulfilment: Omit<Fulfilment, 'at'> }
  | { type: 'completed' }
  | { type: 'cancelled'; reason: string | null }
  | { type: 'refundStarted'; refund: Omit<Refund, 'at' | 'status'> }
  | { type: 'refundSucceeded'; refundId: ObjectId }
  | { type: 'refundFailed'; refundId: ObjectId; reason: string }
  | { type: 'returned'; lines: LinePieces[]; restock: boolean; reason: string | null }
  | { type: 'noted'; text: string }
  | { type: 'anonymised' };

/** One step of an order's history: `seq` counts from 1 and is the order's version after it. Never changed. */
export type OrderEvent = {
  _id: ObjectId;
  tenantId: ObjectId;
  orderId: ObjectId;
  seq: number;
  change: OrderChange;
  at: Date;
  actor: string | null;
};

/** How many numbers of orders a shop has given out. */
export type OrderCounter = { _id: ObjectId; tenantId: ObjectId; last: number };
