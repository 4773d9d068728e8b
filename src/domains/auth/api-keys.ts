import { LRUCache } from 'lru-cache';
import { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { badInput, invalid, limitExceeded, notFound, unauthenticated } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { recordChange } from '../audit/entries.ts';
import { type ApiKey, apiKeys } from './collections.ts';
import { isPermission, PERMISSIONS, withImplied } from './permissions.ts';
import { hashOfToken, newToken, tenantOfToken } from './tokens.ts';

const MOST_HELD = 100;
const MOST_LISTED = 250;
const MOST_NAME = 200;
const USE_NOTED_EVERY_MS = 60_000;
const REMEMBER_MS = 5_000;
const MOST_REMEMBERED = 10_000;

export type NewApiKey = {
  name: string;
  scopes: string[];
  expiresAt?: Date | null | undefined;
  createdBy?: ObjectId | null;
};

/** Makes a key; `secret` is shown this once and never again. */
export async function createApiKey(db: TenantDb, asked: NewApiKey): Promise<{ key: ApiKey; secret: string }> {
  const { name, scopes, expiresAt = null, createdBy = null } = asked;
  checkScopes(scopes);
  if (expiresAt && expiresAt <= db.now()) throw badInput('A key ends in the future, or never', 'expiresAt');
  const secret = newToken('souk', db.tenantId);
  const key = await db.transaction(async (tx) => {
    await refuseTooMany(tx);
    const made = await tx.collection(apiKeys).insertOne({
      _id: new ObjectId(),
      name: readKeyName(name),
      hash: hashOfToken(secret),
      scopes: [...new Set(scopes)],
      createdBy,
      createdAt: tx.now(),
      expiresAt,
      revokedAt: null,
      lastUsedAt: null,
    });
    await recordChange(tx, { type: 'apiKey', id: made._id, before: null, after: made });
    return made;
  });
  return { key, secret };
}

function checkScopes(scopes: string[]) {
  const known = `there are ${PERMISSIONS.join(', ')}`;
  const unknown = scopes.filter((scope) => !isPermission(scope));
  if (unknown.length > 0) throw badInput(`There is no scope ${unknown.join(', ')}; ${known}`, 'scopes');
  if (scopes.length === 0) throw badInput(`A key needs at least one scope; ${known}`, 'scopes');
}

function readKeyName(given: string): string {
  const name = given.trim();
  if (name === '' || name.length > MOST_NAME)
    throw badInput(`A key has a name of 1 to ${MOST_NAME} characters`, 'name');
  return name;
}

async function refuseTooMany(tx: TenantDb) {
  const held = await tx.collection(apiKeys).count({ revokedAt: null }, { limit: MOST_HELD });
  if (held >= MOST_HELD)
    throw limitExceeded(
      `A shop has at most ${MOST_HELD} keys: revoke one that is not used`,
      MOST_HELD,
      'input',
    );
}

export type ApiKeyCreateInput = {
  name: string;
  scopes: string[];
  expiresAt?: Date | null;
  idempotencyKey?: string | null;
};

/** For somebody who may make keys: none that may do what they themselves may not. */
export async function makeApiKey(tx: TenantDb, input: ApiKeyCreateInput, { viewer }: Context) {
  const wider = [...withImplied(input.scopes)].filter((scope) => isPermission(scope) && !viewer.may(scope));
  if (wider.length > 0)
    throw invalid(`You cannot give what you do not have: ${wider.join(', ')}`, 'input', 'scopes');
  const { key, secret } = await createApiKey(tx, { ...input, createdBy: viewer.userId });
  return { apiKey: withoutHash(key), secret };
}

/** Whether there was such a key that still held. */
export async function revokeApiKey(db: TenantDb, id: ObjectId): Promise<boolean> {
  return db.transaction(async (tx) => (await revoke(tx, id)) !== null);
}

async function revoke(tx: TenantDb, id: ObjectId): Promise<ApiKey | null> {
  const revokedAt = tx.now();
  const after = await tx
    .collection(apiKeys)
    .findOneAndUpdate({ _id: id, revokedAt: null }, { $set: { revokedAt } });
  if (after) await recordChange(tx, { type: 'apiKey', id, before: { ...after, revokedAt: null }, after });
  return after;
}

/** NOT_FOUND for no key of this shop; a key that is revoked already stays as it is. */
export async function endApiKey(tx: TenantDb, { id }: { id: string; idempotencyKey?: string | null }) {
  const keyId = ObjectId.isValid(id) ? new ObjectId(id) : null;
  const key = keyId && ((await revoke(tx, keyId)) ?? (await tx.collection(apiKeys).findOne({ _id: keyId })));
  if (!key) throw notFound('API key', 'input', 'id');
  return { apiKey: withoutHash(key), endedKeys: [key.hash] };
}

/** A key may no more than its maker: who loses a permission loses the keys that have it. Answers their hashes. */
export async function revokeWiderKeys(tx: TenantDb, userId: ObjectId, permissions: ReadonlySet<string>) {
  const made = await tx
    .collection(apiKeys)
    .find({ createdBy: userId, revokedAt: null }, { limit: 2 * MOST_HELD });
  const wider = made.filter(({ scopes }) => scopes.some((scope) => !permissions.has(scope)));
  for (const { _id } of wider) await revoke(tx, _id);
  return wider.map(({ hash }) => hash);
}

/** What is shown of a key, and kept under an idempotency key. */
export type ShownKey = Omit<ApiKey, 'hash'>;

const withoutHash = ({ hash: _, ...shown }: ApiKey): ShownKey => shown;

export const listApiKeys = (db: TenantDb): Promise<ApiKey[]> =>
  db.collection(apiKeys).find({}, { sort: { createdAt: -1, _id: -1 }, limit: MOST_LISTED });

/** The key behind a secret; UNAUTHENTICATED when it is unknown, expired or revoked, without saying which. */
export async function findApiKey(db: TenantDb, secret: string): Promise<ApiKey> {
  const key = await db.collection(apiKeys).findOne({ hash: hashOfToken(secret) });
  if (!key || !holds(key, db.now())) throw unauthenticated('This API key is not valid for this shop');
  return key;
}

const holds = ({ revokedAt, expiresAt }: ApiKey, at: Date) => !revokedAt && (!expiresAt || expiresAt > at);

/** Remembers keys for five seconds, so that most requests cost no look-up. */
export type ApiKeyStore = {
  find: typeof findApiKey;
  /** Keys that were revoked, by their hashes; to be told after the commit. */
  forget: (hashes: string[]) => void;
};

export function openApiKeyStore(): ApiKeyStore {
  const known = new LRUCache<string, ApiKey>({ max: MOST_REMEMBERED, ttl: REMEMBER_MS });
  return {
    find: async (db, secret) => {
      const remembered = known.get(hashOfToken(secret));
      if (remembered && holds(remembered, db.now())) return remembered;
      const key = await findApiKey(db, secret);
      known.set(key.hash, key);
      await noteUse(db, key);
      return key;
    },
    forget: (hashes) => {
      for (const hash of hashes) known.delete(hash);
    },
  };
}

/** Remembers when a key was last used, to the minute. */
async function noteUse(db: TenantDb, { _id, lastUsedAt }: ApiKey): Promise<void> {
  const now = db.now();
  const before = new Date(now.getTime() - USE_NOTED_EVERY_MS);
  if (lastUsedAt && lastUsedAt >= before) return;
  const longAgo = { _id, $or: [{ lastUsedAt: null }, { lastUsedAt: { $lt: before } }] };
  await db.collection(apiKeys).updateOne(longAgo, { $set: { lastUsedAt: now } });
}

/** The tenant that a key says it is of; undefined when the text cannot be a key. */
export const tenantOfKey = (secret: string): ObjectId | undefined => tenantOfToken('souk', secret);
