import { createHash, randomBytes } from 'node:crypto';
import { ObjectId } from 'mongodb';
import { badInput, unauthenticated } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { type ApiKey, apiKeys } from './collections.ts';
import { isPermission, PERMISSIONS } from './permissions.ts';

const PREFIX = 'souk';
const SECRET_BYTES = 32;
const MOST_KEYS = 1_000;
const USE_NOTED_EVERY_MS = 60_000;

export type NewApiKey = { name: string; scopes: string[]; expiresAt?: Date | null };

/** Makes a key; `secret` is shown this once and never again. */
export async function createApiKey(db: TenantDb, { name, scopes, expiresAt = null }: NewApiKey) {
  const unknown = scopes.filter((scope) => !isPermission(scope));
  if (unknown.length > 0) {
    throw badInput(`There is no scope ${unknown.join(', ')}; there are ${PERMISSIONS.join(', ')}`, 'scopes');
  }
  if (scopes.length === 0)
    throw badInput(`A key needs at least one scope of ${PERMISSIONS.join(', ')}`, 'scopes');
  const secret = newSecret(db.tenantId);
  const key = await db.collection(apiKeys).insertOne({
    _id: new ObjectId(),
    name,
    hash: hashOf(secret),
    scopes: [...new Set(scopes)],
    createdAt: db.now(),
    expiresAt,
    revokedAt: null,
    lastUsedAt: null,
  });
  return { key, secret };
}

/** Whether there was such a key that still held. */
export async function revokeApiKey(db: TenantDb, id: ObjectId): Promise<boolean> {
  const held = { _id: id, revokedAt: null };
  const { modifiedCount } = await db.collection(apiKeys).updateOne(held, { $set: { revokedAt: db.now() } });
  return modifiedCount === 1;
}

export const listApiKeys = (db: TenantDb): Promise<ApiKey[]> =>
  db.collection(apiKeys).find({}, { sort: { createdAt: 1, _id: 1 }, limit: MOST_KEYS });

/** The key behind a secret; UNAUTHENTICATED when it is unknown, expired or revoked, without saying which. */
export async function findApiKey(db: TenantDb, secret: string): Promise<ApiKey> {
  const key = await db.collection(apiKeys).findOne({ hash: hashOf(secret) });
  if (!key || !holds(key, db.now())) throw unauthenticated('This API key is not valid for this shop');
  return key;
}

export const holds = ({ revokedAt, expiresAt }: ApiKey, at: Date) =>
  !revokedAt && (!expiresAt || expiresAt > at);

/** Remembers when a key was last used, to the minute. */
export async function noteUse(db: TenantDb, { _id }: ApiKey): Promise<void> {
  const now = db.now();
  const before = new Date(now.getTime() - USE_NOTED_EVERY_MS);
  const longAgo = { _id, $or: [{ lastUsedAt: null }, { lastUsedAt: { $lt: before } }] };
  await db.collection(apiKeys).updateOne(longAgo, { $set: { lastUsedAt: now } });
}

/** A key carries its tenant, so that a client needs no other header. */
const newSecret = (tenantId: ObjectId) =>
  [PREFIX, tenantId.toHexString(), randomBytes(SECRET_BYTES).toString('base64url')].join('_');

/** The tenant that a key says it is of; undefined when the text cannot be a key. */
export function tenantOfKey(secret: string): ObjectId | undefined {
  const [prefix, tenant = ''] = secret.split('_', 2);
  return prefix === PREFIX && ObjectId.isValid(tenant) ? new ObjectId(tenant) : undefined;
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');
