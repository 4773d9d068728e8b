import type { IncomingHttpHeaders } from 'node:http';
import type { ObjectId } from 'mongodb';
import { tenantOfKey } from './domains/auth/api-keys.ts';
import { tenantOfToken } from './domains/auth/tokens.ts';
import { badInput, unauthenticated } from './platform/errors.ts';

const BEARER = /^bearer +(\S+)$/i;

/** What a caller shows to say who they are. */
export type Credentials =
  | { kind: 'none' }
  | { kind: 'operator'; key: string }
  | { kind: 'apiKey'; secret: string }
  | { kind: 'session'; token: string };

/** At most one of them: of two, one would be ignored. */
export function credentialsOf(headers: IncomingHttpHeaders): Credentials {
  const key = headerText(headers['x-operator-key']);
  const secret = headerText(headers['x-api-key']);
  const authorization = headerText(headers.authorization);
  const [shown, ...others] = [
    key !== undefined && { kind: 'operator' as const, key },
    secret !== undefined && { kind: 'apiKey' as const, secret },
    authorization !== undefined && { kind: 'session' as const, token: bearerOf(authorization) },
  ].filter((credentials) => credentials !== false);
  if (others.length > 0)
    throw badInput('Send one of authorization, x-api-key and x-operator-key: a request has one caller');
  return shown ?? { kind: 'none' };
}

function bearerOf(authorization: string): string {
  const [, token] = BEARER.exec(authorization) ?? [];
  if (token === undefined) throw unauthenticated('Send authorization: Bearer with the token of a session');
  return token;
}

/** The tenant that a key or a token says it is of. */
export function tenantOf(credentials: Credentials): ObjectId | undefined {
  if (credentials.kind === 'apiKey') return tenantOfKey(credentials.secret);
  return credentials.kind === 'session' ? tenantOfToken('session', credentials.token) : undefined;
}

/** Undefined for a header that is not there, empty or sent twice. */
export const headerText = (header: string | string[] | undefined) =>
  typeof header === 'string' && header.trim() !== '' ? header.trim() : undefined;
