import { createHash, randomBytes } from 'node:crypto';
import { ObjectId } from 'mongodb';

const SECRET_BYTES = 32;

/** What a token opens; it stands in front, so that one kind is never taken for another. */
export type TokenKind = 'souk' | 'session' | 'reset' | 'invitation';

/** A token carries its tenant, so that a client needs no other header. */
export const newToken = (kind: TokenKind, tenantId: ObjectId): string =>
  [kind, tenantId.toHexString(), randomBytes(SECRET_BYTES).toString('base64url')].join('_');

/** The tenant that a token says it is of; undefined when the text cannot be a token of this kind. */
export function tenantOfToken(kind: TokenKind, token: string): ObjectId | undefined {
  const [prefix, tenant = ''] = token.split('_', 2);
  return prefix === kind && ObjectId.isValid(tenant) ? new ObjectId(tenant) : undefined;
}

/** What is stored of a token. Fast is enough: nobody guesses 32 random bytes. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');
