import type { ObjectId } from 'mongodb';
import { defineCollection } from '../../platform/mongo/collection.ts';
import { count, date, id, list, nullable, object, text } from '../../platform/mongo/schema.ts';

/** Somebody is forgotten. What is written here stays, as a proof, and says nothing of them once it is done. */
export type Erasure = {
  _id: ObjectId;
  tenantId: ObjectId;
  /** Whose account; null for somebody who had none. */
  userId: ObjectId | null;
  /** By which orders and carts without an account are found; null when they are not meant, and when it is done. */
  emailKey: string | null;
  /** Under which their reviews were shown; none when it is done. */
  reviewerNames: string[];
  requestedBy: string | null;
  requestedAt: Date;
  /** When somebody goes on with it; null when it is done. */
  dueAt: Date | null;
  finishedAt: Date | null;
  orders: number;
  reviews: number;
};

export const erasures = defineCollection<Erasure>(
  'erasures',
  object({
    userId: nullable(id),
    emailKey: nullable(text),
    reviewerNames: list(text),
    requestedBy: nullable(text),
    requestedAt: date,
    dueAt: nullable(date),
    finishedAt: nullable(date),
    orders: count,
    reviews: count,
  }),
  [
    { key: { requestedAt: -1, _id: -1 } },
    { key: { dueAt: 1 }, acrossTenants: true, partialFilterExpression: { dueAt: { $type: 'date' } } },
  ],
);
