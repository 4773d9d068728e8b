import { ObjectId } from 'mongodb';
import { invalid } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { passwordTokens, type TokenPurpose } from './collections.ts';
import { hashOfToken, newToken } from './tokens.ts';

const KINDS = { RESET: 'reset', INVITATION: 'invitation' } as const;
const LASTS_MS: Record<TokenPurpose, number> = { RESET: 60 * 60_000, INVITATION: 7 * 24 * 60 * 60_000 };

/** A token for the letter; without a person it opens nothing. */
export async function issueToken(tx: TenantDb, purpose: TokenPurpose, userId: ObjectId | null) {
  const token = newToken(KINDS[purpose], tx.tenantId);
  const createdAt = tx.now();
  await tx.collection(passwordTokens).insertOne({
    _id: new ObjectId(),
    userId,
    purpose,
    hash: hashOfToken(token),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + LASTS_MS[purpose]),
    usedAt: null,
  });
  return token;
}

/** Uses a token up, and with it every other one of the person; answers whose it is. */
export async function redeemToken(tx: TenantDb, purpose: TokenPurpose, token: string): Promise<ObjectId> {
  const now = tx.now();
  const good = { hash: hashOfToken(token), purpose, usedAt: null, expiresAt: { $gt: now } };
  const found = await tx.collection(passwordTokens).findOne({ ...good, userId: { $ne: null } });
  if (!found?.userId) {
    throw invalid(
      'This token does not hold: it is used or too old, or not whole. Ask for a new message',
      'input',
      'token',
    );
  }
  await tx
    .collection(passwordTokens)
    .updateMany({ userId: found.userId, usedAt: null }, { $set: { usedAt: now } });
  return found.userId;
}
