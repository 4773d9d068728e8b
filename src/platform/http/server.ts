import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpError } from './body.ts';

export type Handler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

export type HttpOptions = {
  host: string;
  port: number;
  /** By path; the query string is the handler's. */
  routes: Record<string, Handler>;
  /** Is asked first for whatever a browser may open, and says whether it answered. */
  pages: (req: IncomingMessage, res: ServerResponse) => boolean;
  /** Hears of each answer when it is sent. */
  onAnswer: (route: string, status: number, seconds: number) => void;
  onError: (error: unknown) => void;
};

const REQUEST_MS = 15_000;
const HEADERS_MS = 10_000;
const IDLE_MS = 65_000;
/** How long clients are told to go elsewhere before the port closes. */
const FAREWELL_MS = 500;

export type HttpServer = { url: string; server: Server; close: () => Promise<void> };

/** Listens, or throws what kept it from listening. */
export async function listen(options: HttpOptions): Promise<HttpServer> {
  let closing = false;
  const server = createServer((req, res) => {
    if (closing) res.setHeader('connection', 'close');
    void answer(options, req, res);
  });
  server.requestTimeout = REQUEST_MS;
  server.headersTimeout = HEADERS_MS;
  server.keepAliveTimeout = IDLE_MS;
  server.listen(options.port, options.host);
  await once(server, 'listening');
  return {
    server,
    url: `http://${options.host}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      closing = true;
      await new Promise((resolve) => setTimeout(resolve, FAREWELL_MS));
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
    },
  };
}

async function answer(options: HttpOptions, req: IncomingMessage, res: ServerResponse) {
  const start = performance.now();
  const path = pathOf(req.url ?? '/');
  const handler = Object.hasOwn(options.routes, path) ? options.routes[path] : undefined;
  res.once('close', () =>
    options.onAnswer(handler ? path : 'page', res.statusCode, (performance.now() - start) / 1000),
  );
  try {
    if (req.method !== 'POST' && options.pages(req, res)) return;
    if (!handler) throw new HttpError(404, `There is nothing at ${path}`);
    await handler(req, res);
  } catch (error) {
    if (!(error instanceof HttpError)) options.onError(error);
    refuse(req, res, error);
  }
}

/** In the shape of a GraphQL answer, so that clients need one way to read errors. */
function refuse(req: IncomingMessage, res: ServerResponse, error: unknown) {
  const { status, message } =
    error instanceof HttpError ? error : { status: 500, message: 'Something went wrong on our side' };
  if (res.headersSent) return void res.destroy();
  const code = status < 500 ? 'BAD_REQUEST' : 'INTERNAL';
  // What is left of a refused body is not read, so the connection cannot be used again.
  if (!req.complete) res.setHeader('connection', 'close');
  sendJson(res, status, { errors: [{ message, extensions: { code } }] });
}

export function sendJson(res: ServerResponse, status: number, value: unknown) {
  const body = JSON.stringify(value);
  res.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  res.end(body);
}

const pathOf = (url: string) => {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
};
