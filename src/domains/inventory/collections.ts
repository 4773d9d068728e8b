import type { ObjectId } from 'mongodb';
import type { UserErrorCode } from '../../platform/errors.ts';
import { defineCollection } from '../../platform/mongo/collection.ts';
import { anyOf, bool, count, date, id, list, nullable, object, text } from '../../platform/mongo/schema.ts';

export type ReservationState = 'HELD' | 'CONSUMED' | 'RELEASED';

export type ReservationLine = {
  productId: ObjectId;
  variantId: ObjectId;
  sku: string;
  quantity: number;
  /** Sold although it is not there: no piece is taken from what can be bought. */
  backordered: boolean;
};

/** Why nothing was reserved; whoever repeats the call is told the same. */
export type Refusal = { code: UserErrorCode; message: string; path: string[]; data: Record<string, unknown> };

/**
 * Pieces kept for somebody. The record is written first, then a hold into each product; its end is written here first
 * as well, then the holds are taken out. So whatever is interrupted can be finished from the record.
 */
export type Reservation = {
  _id: ObjectId;
  tenantId: ObjectId;
  state: ReservationState;
  /** One for each variant, in the order of the products' ids. */
  lines: ReservationLine[];
  /** Whom it is for, such as "cart:…"; null where nobody is named. */
  owner: string | null;
  /** Of the input that it was made of; another input under the same id is refused. */
  inputHash: string | null;
  refusal: Refusal | null;
  /** Orders what is done to a product: see Product.holdsFrom. */
  stamp: Date;
  /** Products whose hold was taken out while it is held; what is promised of them is known from here alone. */
  folded: ObjectId[];
  createdAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
  /** What the ledger says of pieces that are sold. */
  reason: string | null;
  /** Who did what ended it. */
  endedBy: string | null;
  /** Since when all of it is in the stock, the ledger and the outbox. */
  settledAt: Date | null;
  /** When the sweeper looks at it next; null when nothing is left to do. */
  dueAt: Date | null;
};

export type NewReservation = Omit<Reservation, 'tenantId'>;

const KEPT_SECONDS = 7 * 24 * 60 * 60;
const dated = { $type: 'date' };

export const reservations = defineCollection<Reservation>(
  'reservations',
  object({
    state: anyOf('HELD', 'CONSUMED', 'RELEASED'),
    lines: list(
      object({
        productId: id,
        variantId: id,
        sku: text,
        quantity: { ...count, minimum: 1 },
        backordered: bool,
      }),
    ),
    owner: nullable(text),
    inputHash: nullable(text),
    refusal: nullable(object({ code: text, message: text, path: list(text), data: { bsonType: 'object' } })),
    stamp: date,
    folded: list(id),
    createdAt: date,
    expiresAt: date,
    endedAt: nullable(date),
    reason: nullable(text),
    endedBy: nullable(text),
    settledAt: nullable(date),
    dueAt: nullable(date),
  }),
  [
    // Nothing is deleted before it is settled.
    {
      key: { settledAt: 1 },
      expireAfterSeconds: KEPT_SECONDS,
      partialFilterExpression: { settledAt: dated },
    },
    { key: { dueAt: 1 }, acrossTenants: true, partialFilterExpression: { dueAt: dated } },
    // What is promised in a shop: all that is not settled yet.
    { key: { dueAt: 1, _id: 1 }, partialFilterExpression: { dueAt: dated } },
    { key: { folded: 1 }, partialFilterExpression: { 'folded.0': { $exists: true } } },
  ],
);
