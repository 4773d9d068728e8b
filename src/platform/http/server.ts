import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { LIMITS } from '../limits/limits.ts';
import { HttpError } from './body.ts';
import { NamedResponse, nameRequest } from './headers.ts';

export type Handler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

export type Readiness = { ready: boolean; checks: Record<string, string> };

export type HttpOptions = {
  host: string;
  port: number;
  /** By path, or by the first part of it: `/files/*`. The rest of the path and the query string are the handler's. */
  routes: Record<string, Handler>;
  /** Whether what it needs is there; asked for at /readyz, and with ?verbose what else a person wants to know. */
  readiness: (verbose: boolean) => Promise<Readiness>;
  /** Is asked first for whatever a browser may open, and says whether it answered. */
  pages: (req: IncomingMessage, res: ServerResponse) => boolean;
  /** Hears of each request before anything is done for it. */
  onRequest?: ((req: IncomingMessage) => void) | undefined;
  /** Hears of each answer when it is sent. */
  onAnswer: (route: string, status: number, seconds: number, req: IncomingMessage) => void;
  onError: (error: unknown, requestId: string, req: IncomingMessage) => void;
};

/** How often requests that come too slowly are looked for. */
const CHECK_MS = 2_000;
const SWEEP_MS = 20;
/** How long the rest of a refused body is thrown away, so that its sender gets to read why. */
const LINGER_MS = 1_000;

/** How long a server that is to stop goes on. */
export type Patience = {
  /** Ready no more, and answering as before: whoever asks for readiness goes elsewhere. */
  unreadyMs: number;
  /** Telling each client to close its connection. */
  farewellMs: number;
  /** Waiting for answers that are under way. */
  answersMs: number;
};

export const IMPATIENT: Patience = { unreadyMs: 0, farewellMs: 0, answersMs: 5_000 };

export type HttpServer = {
  url: string;
  server: Server;
  close: (patience?: Patience) => Promise<void>;
};

/** Listens, or throws what kept it from listening. */
export async function listen(options: HttpOptions): Promise<HttpServer> {
  let stage: 'open' | 'unready' | 'farewell' = 'open';
  const readyz: Handler = async (req, res) => {
    const stopping = { ready: false, checks: { server: 'stopping' } };
    const state =
      stage === 'open' ? await options.readiness(req.url?.endsWith('?verbose') ?? false) : stopping;
    sendJson(res, state.ready ? 200 : 503, state);
  };
  const routes = { ...options.routes, '/readyz': readyz };
  const server = createServer(
    { connectionsCheckingInterval: CHECK_MS, ServerResponse: NamedResponse },
    (req, res) => {
      if (stage === 'farewell') res.setHeader('connection', 'close');
      void answer({ ...options, routes }, req, res);
    },
  );
  server.requestTimeout = LIMITS.requestMs;
  server.headersTimeout = LIMITS.headersMs;
  server.keepAliveTimeout = LIMITS.idleMs;
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return {
    server,
    url: `http://${options.host}:${(server.address() as AddressInfo).port}`,
    close: async ({ unreadyMs, farewellMs, answersMs } = IMPATIENT) => {
      stage = 'unready';
      await sleep(unreadyMs);
      stage = 'farewell';
      await sleep(farewellMs);
      await closeServer(server, answersMs);
    },
  };
}

async function closeServer(server: Server, answersMs: number) {
  const closed = once(server, 'close');
  server.close();
  // A connection whose answer was begun before the farewell is idle only afterwards.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const end = setTimeout(() => server.closeAllConnections(), answersMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(end);
}

async function answer(options: HttpOptions, req: IncomingMessage, res: ServerResponse) {
  const start = performance.now();
  options.onRequest?.(req);
  const path = pathOf(req.url ?? '/');
  const route = Object.hasOwn(options.routes, path) ? path : `/${path.split('/', 2)[1]}/*`;
  const handler = Object.hasOwn(options.routes, route) ? options.routes[route] : undefined;
  res.once('close', () =>
    options.onAnswer(handler ? route : 'page', res.statusCode, (performance.now() - start) / 1000, req),
  );
  try {
    if (req.method !== 'POST' && options.pages(req, res)) return;
    if (!handler) throw new HttpError(404, `There is nothing at ${path}`);
    await handler(req, res);
  } catch (error) {
    if (!(error instanceof HttpError)) options.onError(error, nameRequest(req), req);
    refuse(req, res, error instanceof HttpError ? error : ourFault);
  }
}

const ourFault = new HttpError(500, 'Something went wrong on our side');
const CODES: Record<number, string> = {
  500: 'INTERNAL',
  503: 'SERVICE_UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** In the shape of a GraphQL answer, so that clients need one way to read errors. */
function refuse(req: IncomingMessage, res: ServerResponse, { status, message, headers }: HttpError) {
  if (res.headersSent) return void res.destroy();
  const code = CODES[status] ?? 'BAD_REQUEST';
  const extensions = { code, ...(status === 500 && { requestId: nameRequest(req) }) };
  const body = { errors: [{ message, extensions }] };
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  if (req.complete) return sendJson(res, status, body);
  // Closed at once, with bytes unread, the connection would be reset and the answer lost.
  res.setHeader('connection', 'close');
  res.write(jsonHead(res, status, JSON.stringify(body)));
  const timer = setTimeout(() => res.end(), LINGER_MS);
  req.on('close', () => clearTimeout(timer));
  req.once('end', () => res.end());
  req.resume();
}

export const sendJson = (res: ServerResponse, status: number, value: unknown) =>
  void res.end(jsonHead(res, status, JSON.stringify(value)));

function jsonHead(res: ServerResponse, status: number, body: string): string {
  res.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  return body;
}

const pathOf = (url: string) => {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
};
