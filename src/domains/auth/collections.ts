import type { ObjectId } from 'mongodb';
import { defineCollection } from '../../platform/mongo/collection.ts';
import { date, list, nullable, object, text } from '../../platform/mongo/schema.ts';

export type ApiKey = {
  _id: ObjectId;
  tenantId: ObjectId;
  name: string;
  /** SHA-256 of the whole key, hex; the key itself is shown once and stored nowhere. */
  hash: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
};

export const apiKeys = defineCollection<ApiKey>(
  'api_keys',
  object({
    name: text,
    hash: { ...text, pattern: '^[0-9a-f]{64}$' },
    scopes: list(text),
    createdAt: date,
    expiresAt: nullable(date),
    revokedAt: nullable(date),
    lastUsedAt: nullable(date),
  }),
  [{ key: { hash: 1 }, unique: true }, { key: { createdAt: 1, _id: 1 } }],
);
