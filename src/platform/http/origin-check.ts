import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors.ts';
import type { Connected } from './client-address.ts';
import type { OriginPolicy } from './cors.ts';

/**
 * Nothing goes by cookies; but pages that may not use a shop's API may not do so by a WebSocket either. Before its first
 * message nobody knows which shop it is for: then it is enough that some shop allows the page.
 */
export async function checkOrigin(
  origins: OriginPolicy,
  req: IncomingMessage,
  asked?: Connected,
): Promise<void> {
  const { origin, host } = req.headers;
  if (origin === undefined || URL.parse(origin)?.host === host) return;
  const request: IncomingMessage = asked ? Object.create(req, { headers: { value: asked.headers } }) : req;
  if (await origins(origin, request, asked === undefined)) return;
  throw new AppError('FORBIDDEN', `Pages of ${origin} may not use this API`);
}
