import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { bundleFolder } from './pages-bundle.ts';
import type { PageSettings } from './pages-settings.ts';

const ONLY_FROM_HERE = [
  "default-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

// The editor writes its lines' positions as style attributes and its theme as a style element; neither can carry
// a nonce. The line below a mistake is an image in a data: address. Scripts, workers, fonts and requests stay on
// this server, so what a style or an image says has nowhere to go.
const EDITOR_POLICY = `${ONLY_FROM_HERE}; style-src 'self' 'unsafe-inline'; img-src 'self' data:`;

const SECURITY_HEADERS = {
  'content-security-policy': ONLY_FROM_HERE,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

const CONTENT_TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
};

interface Page {
  status: number;
  /** As of a file, it decides the content type. */
  extension: string;
  body: Buffer | string;
  headers?: OutgoingHttpHeaders;
}

/** Answers the pages' paths; false says that the path belongs to somebody else. */
export type PagesHandler = (req: IncomingMessage, res: ServerResponse) => boolean;

/** The start page at `/`, a shop's figures at `/insights`, the playground at `/playground` and for a browser that opens `/graphql`. */
export function servePages(settings: () => PageSettings, folder = bundleFolder): PagesHandler {
  return (req, res) => {
    const path = pagePath(req);
    if (path === undefined) return false;
    send(req, res, isRead(req) ? findPage(path, req, settings(), folder) : readOnly);
    return true;
  };
}

function pagePath(req: IncomingMessage) {
  const [path = '', query = ''] = (req.url ?? '').split('?', 2);
  if (path === '/' || path === '/insights' || path === '/playground' || path.startsWith('/playground/'))
    return path;
  return path === '/graphql' && isBrowserVisit(req, query) ? '/playground' : undefined;
}

/** Somebody typed the API's address into a browser; `?query=` is a request to the API, whoever sends it. */
const isBrowserVisit = (req: IncomingMessage, query: string) =>
  isRead(req) && !new URLSearchParams(query).has('query') && /\btext\/html\b/.test(req.headers.accept ?? '');

const isRead = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD';

function findPage(path: string, req: IncomingMessage, settings: PageSettings, folder: string): Page {
  if (path === '/') return htmlPage(folder, 'index.html', ONLY_FROM_HERE);
  if (path === '/insights') return htmlPage(folder, 'insights.html', ONLY_FROM_HERE);
  if (path === '/playground/config.json') return settingsPage(settings);
  if (path.startsWith('/playground/assets/')) return assetPage(path, req, folder);
  if (path !== '/playground' && path !== '/playground/') return notFound;
  return settings.playground ? htmlPage(folder, 'playground.html', EDITOR_POLICY) : switchedOff;
}

function htmlPage(folder: string, name: string, policy: string): Page {
  const body = readIfThere(join(folder, name));
  return body
    ? { status: 200, extension: '.html', body, headers: { 'content-security-policy': policy } }
    : notBuilt;
}

const settingsPage = (settings: PageSettings): Page => ({
  status: 200,
  extension: '.json',
  body: JSON.stringify(settings),
  // It may hold a key.
  headers: { 'cache-control': 'no-store' },
});

// One plain name, without a slash or a leading dot: nothing outside the folder can be named.
const ASSET = /^\/playground\/assets\/([\w-][\w.-]*)$/;

function assetPage(path: string, req: IncomingMessage, folder: string): Page {
  const name = ASSET.exec(path)?.[1] ?? '';
  const file = join(folder, 'assets', name);
  const zipped = acceptsGzip(req) ? readIfThere(`${file}.gz`) : undefined;
  const body = zipped ?? readIfThere(file);
  if (!body || !(extname(name) in CONTENT_TYPES)) return notFound;
  const headers = {
    // A worker runs under the policy that came with its own file.
    'content-security-policy': EDITOR_POLICY,
    // The name holds a hash of the contents.
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
  };
  return {
    status: 200,
    extension: extname(name),
    body,
    headers: zipped ? { ...headers, 'content-encoding': 'gzip' } : headers,
  };
}

const acceptsGzip = ({ headers }: IncomingMessage) =>
  /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\b)/.test(String(headers['accept-encoding'] ?? ''));

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

const plain = (status: number, body: string, headers?: OutgoingHttpHeaders): Page => ({
  status,
  extension: '.txt',
  body: `${body}\n`,
  headers,
});

const notFound = plain(
  404,
  'There is no such page here. The start page is at /, the playground at /playground, a shop’s figures at /insights.',
);
const readOnly = plain(405, 'This page is read with GET or HEAD. The API is POST /graphql.', {
  allow: 'GET, HEAD',
});
const switchedOff = plain(404, 'The playground is switched off on this server. The API is POST /graphql.');
const notBuilt = plain(
  503,
  'The API is running, but its pages are not built yet.\nRun `npm run playground:build` and load this page again.',
);

function send(req: IncomingMessage, res: ServerResponse, page: Page) {
  const etag = `"${createHash('sha256').update(page.body).digest('base64url').slice(0, 27)}"`;
  const unchanged = page.status === 200 && req.headers['if-none-match'] === etag;
  res.writeHead(unchanged ? 304 : page.status, {
    ...SECURITY_HEADERS,
    'cache-control': 'no-cache',
    etag,
    'content-type': CONTENT_TYPES[page.extension],
    'content-length': Buffer.byteLength(page.body),
    ...page.headers,
  });
  res.end(unchanged || req.method === 'HEAD' ? undefined : page.body);
}
