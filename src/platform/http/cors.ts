import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpError } from './body.ts';
import type { Handler } from './server.ts';

const METHODS = 'GET, POST, OPTIONS';
/** What a page may send; not the operator's key, which has no business in a browser. */
const REQUEST_HEADERS = [
  'accept',
  'apollo-require-preflight',
  'authorization',
  'content-type',
  'if-none-match',
  'souk-after',
  'traceparent',
  'x-api-key',
  'x-apollo-operation-name',
  'x-request-id',
  'x-tenant',
];
/** What a page may read of an answer, besides its body. */
const ANSWER_HEADERS = 'age, etag, retry-after, souk-after, x-cache, x-request-id';
/** For how long a browser need not ask again; more than that they do not keep. */
const PREFLIGHT_SECONDS = 7_200;

/** Whose pages may read what is answered. `asks`: a browser asks beforehand, and cannot name the shop yet. */
export type OriginPolicy = (origin: string, req: IncomingMessage, asks: boolean) => Promise<boolean>;

/**
 * Lets pages of other sites use a route. Nothing here goes by cookies, so a page that is not allowed to read an answer
 * could not have asked for anything either that it could not ask for by itself.
 */
export const withCors =
  (allows: OriginPolicy, handler: Handler): Handler =>
  async (req, res) => {
    const { origin } = req.headers;
    if (req.method === 'OPTIONS') return answerOptions(allows, req, res);
    if (origin !== undefined && !isOwn(origin, req) && (await allows(origin, req, false))) {
      res.setHeader('access-control-allow-origin', origin);
      res.setHeader('access-control-expose-headers', ANSWER_HEADERS);
    }
    return handler(req, res);
  };

async function answerOptions(allows: OriginPolicy, req: IncomingMessage, res: ServerResponse) {
  const { origin } = req.headers;
  if (origin === undefined || isOwn(origin, req)) return send(res, { allow: METHODS });
  if (!(await allows(origin, req, true)))
    throw new HttpError(
      403,
      `Pages of ${origin} may not use this API: the shop's allowedOrigins do not name it`,
      {
        vary: 'origin',
      },
    );
  send(res, {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': METHODS,
    'access-control-allow-headers': REQUEST_HEADERS.join(', '),
    'access-control-max-age': String(PREFLIGHT_SECONDS),
    vary: 'origin',
  });
}

function send(res: ServerResponse, headers: Record<string, string>) {
  res.writeHead(204, headers);
  res.end();
}

/** A page of this very server, as browsers say of themselves with each POST. */
const isOwn = (origin: string, { headers }: IncomingMessage) => URL.parse(origin)?.host === headers.host;
