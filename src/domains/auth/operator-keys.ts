import { randomBytes, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { unauthenticated } from '../../platform/errors.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import { recordChange } from '../audit/entries.ts';
import { PLATFORM_ID } from '../tenants/platform.ts';
import { operatorKeys } from './collections.ts';
import { hashOfToken } from './tokens.ts';

const SECRET_BYTES = 32;
const REMEMBER_MS = 5_000;

/** Makes the platform's one key and shows it this once; null when there is one and it is not to be replaced. */
export function createOperatorKey(db: SystemDb, replace: boolean): Promise<string | null> {
  const secret = `operator_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return db.transaction(async (tx) => {
    const key = { _id: 'operator' as const, hash: hashOfToken(secret), createdAt: tx.now() };
    const keys = tx.collection(operatorKeys);
    const before = await keys.findOne({ _id: key._id }, tx.options);
    if (before && !replace) return null;
    await keys.replaceOne({ _id: key._id }, key, { ...tx.options, upsert: true });
    const change = { type: 'operatorKey' as const, id: key._id, before, after: key };
    await recordChange(tx.forTenant(PLATFORM_ID), change);
    return secret;
  });
}

/** UNAUTHENTICATED unless a secret is the operator's: the environment's, or the one that was made. */
export function operatorGate(db: SystemDb, fromEnvironment: string | undefined) {
  const stored = new LRUCache<'hash', string>({ max: 1, ttl: REMEMBER_MS });
  const findHash = async () => {
    const key = await db.collection(operatorKeys).findOne({ _id: 'operator' }, db.options);
    if (key) stored.set('hash', key.hash);
    return key?.hash;
  };
  return async (secret: string): Promise<void> => {
    const given = hashOfToken(secret);
    if (fromEnvironment && same(given, hashOfToken(fromEnvironment))) return;
    const hash = stored.get('hash') ?? (await findHash());
    if (!hash || !same(given, hash)) throw unauthenticated("This is not the platform operator's key");
  };
}

const same = (a: string, b: string) => timingSafeEqual(Buffer.from(a), Buffer.from(b));
