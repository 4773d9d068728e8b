import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What the answer to a GET may depend on besides its address. */
const VARY = 'accept, origin, x-tenant, authorization, x-api-key, x-operator-key';

/** Whoever shows who they are gets an answer of their own. */
const hasCredentials = (headers: IncomingHttpHeaders) =>
  headers.authorization !== undefined ||
  headers['x-api-key'] !== undefined ||
  headers['x-operator-key'] !== undefined;

/** How long, and for whom, the answer to a GET stays true; `policy` is what its fields allow. */
export function cachingHeaders(headers: IncomingHttpHeaders, policy: string | undefined, body: string) {
  if (policy === undefined || hasCredentials(headers))
    return { 'cache-control': 'private, no-store', vary: VARY };
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  return { 'cache-control': policy, vary: VARY, etag };
}

/** Whether the client has this very answer already. */
export function isKnown({ 'if-none-match': known }: IncomingHttpHeaders, etag: string | undefined): boolean {
  if (known === undefined || etag === undefined) return false;
  return known.trim() === '*' || known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
