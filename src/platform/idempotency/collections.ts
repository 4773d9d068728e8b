import type { ObjectId } from 'mongodb';
import { defineCollection } from '../mongo/collection.ts';
import { date, object, text } from '../mongo/schema.ts';

/** What one call of a mutation answered, under the key that its caller gave it. */
export type IdempotencyRecord = {
  _id: ObjectId;
  tenantId: ObjectId;
  caller: string;
  operation: string;
  key: string;
  /** SHA-256 of the input, hex. */
  inputHash: string;
  /** The payload as the mutation returned it, user errors included. */
  answer: unknown;
  expiresAt: Date;
};

export const idempotencyKeys = defineCollection<IdempotencyRecord>(
  'idempotency_keys',
  object({ caller: text, operation: text, key: text, inputHash: text, answer: {}, expiresAt: date }),
  [
    { key: { caller: 1, operation: 1, key: 1 }, unique: true },
    { key: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
);
