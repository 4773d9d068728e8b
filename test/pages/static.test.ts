import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageSettings } from '../../src/platform/http/pages-settings.ts';
import { servePages } from '../../src/platform/http/static.ts';

const settings: PageSettings = {
  version: '1.2.3',
  environment: 'test',
  playground: true,
  tenants: [{ name: 'Harbour & Pine', subdomain: 'demo' }],
  defaultTenant: 'demo',
  apiKey: 'a-key',
};
const script = 'export const answer = 42;';

let folder: string;
const servers: ReturnType<typeof createServer>[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-pages-'));
  await mkdir(join(folder, 'dist', 'assets'), { recursive: true });
  await Promise.all([
    writeFile(join(folder, 'secret.js'), 'outside'),
    writeFile(join(folder, 'dist', 'secret.js'), 'outside'),
    writeFile(join(folder, 'dist', 'index.html'), '<title>Start</title>'),
    writeFile(join(folder, 'dist', 'insights.html'), '<title>Insights</title>'),
    writeFile(join(folder, 'dist', 'playground.html'), '<title>Playground</title>'),
    writeFile(join(folder, 'dist', 'assets', 'page-a1b2.js'), script),
    writeFile(join(folder, 'dist', 'assets', 'page-a1b2.js.gz'), gzipSync(script)),
    writeFile(join(folder, 'dist', 'assets', 'letter-c3d4.ttf'), 'font'),
    writeFile(join(folder, 'dist', 'assets', 'notes.exe'), 'no page'),
  ]);
});

afterAll(async () => {
  for (const server of servers) server.close();
  await rm(folder, { recursive: true });
});

async function listen(given: Partial<PageSettings> = {}, dist = join(folder, 'dist')) {
  const handle = servePages(() => ({ ...settings, ...given }), dist);
  const server = createServer((req, res) => {
    if (!handle(req, res)) res.writeHead(418).end('somebody else');
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return (server.address() as AddressInfo).port;
}

/** Unlike fetch, it sends the path as it stands and leaves the body as it came. */
function ask(port: number, path: string, headers: Record<string, string> = {}, method = 'GET') {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number | undefined;
    headers: Record<string, string | string[] | undefined>;
    body: Buffer;
  }>();
  request({ port, host: '127.0.0.1', path, headers, method, agent: false }, async (res) => {
    const body = Buffer.concat(await res.toArray());
    resolve({ status: res.statusCode, headers: res.headers, body });
  })
    .on('error', reject)
    .end();
  return promise;
}

describe('the pages', () => {
  it('are the start page at /, the insights at /insights and the playground at /playground', async () => {
    const port = await listen();
    expect((await ask(port, '/?from=mail')).body.toString()).toContain('Start');
    expect((await ask(port, '/playground')).body.toString()).toContain('Playground');
    expect((await ask(port, '/insights?from=2026-11-01')).body.toString()).toContain('Insights');
    expect((await ask(port, '/playground/?product=mug')).headers['content-type']).toBe(
      'text/html; charset=utf-8',
    );
  });

  it('leave every other path to the server', async () => {
    const port = await listen();
    for (const path of ['/graphql', '/healthz', '/playgrounds', '/insights/more', '/favicon.ico', '//']) {
      expect((await ask(port, path)).status, path).toBe(418);
    }
  });

  it('show the playground to a browser that opens the API, and leave the API its own requests', async () => {
    const port = await listen();
    const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    expect((await ask(port, '/graphql', browser)).body.toString()).toContain('Playground');
    expect((await ask(port, '/graphql?query={shop{name}}', browser)).status).toBe(418);
    expect((await ask(port, '/graphql', { accept: 'application/json' })).status).toBe(418);
    expect((await ask(port, '/graphql', browser, 'POST')).status).toBe(418);
  });

  it('may use nothing but files of this server, and no inline script', async () => {
    const port = await listen();
    for (const path of ['/', '/playground', '/playground/assets/page-a1b2.js', '/playground/nothing']) {
      const { headers } = await ask(port, path);
      const policy = String(headers['content-security-policy']);
      expect(policy, path).toMatch(
        /^default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'/,
      );
      expect(policy, path).toContain("frame-ancestors 'none'");
      expect(policy, path).not.toMatch(/(script|worker|font|connect)-src|unsafe-eval|https?:|\*|blob:/);
      expect(headers['x-content-type-options'], path).toBe('nosniff');
      expect(headers['referrer-policy'], path).toBe('no-referrer');
    }
    for (const path of ['/', '/insights'])
      expect((await ask(port, path)).headers['content-security-policy']).not.toMatch(/unsafe|data:/);
  });

  it('are asked for again each time, and not sent twice', async () => {
    const port = await listen();
    const first = await ask(port, '/');
    expect(first.headers['cache-control']).toBe('no-cache');
    const again = await ask(port, '/', { 'if-none-match': String(first.headers.etag) });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
  });

  it('answer HEAD without a body and refuse to be written', async () => {
    const port = await listen();
    const head = await ask(port, '/', {}, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.headers['content-length']).toBe(String('<title>Start</title>'.length));
    expect(head.body).toHaveLength(0);
    const post = await ask(port, '/playground', {}, 'POST');
    expect(post.status).toBe(405);
    expect(post.headers.allow).toBe('GET, HEAD');
  });

  it('say how to build them where they are not built', async () => {
    const port = await listen({}, join(folder, 'nowhere'));
    for (const path of ['/', '/playground']) {
      const { status, body } = await ask(port, path);
      expect(status).toBe(503);
      expect(body.toString()).toContain('npm run playground:build');
    }
  });

  it('have no playground where it is switched off', async () => {
    const port = await listen({ playground: false });
    expect((await ask(port, '/playground')).status).toBe(404);
    for (const path of ['/', '/insights']) expect((await ask(port, path)).status).toBe(200);
  });
});

describe('the settings', () => {
  it('are given as they are at this moment, and kept by nobody', async () => {
    const { headers, body } = await ask(await listen(), '/playground/config.json');
    expect(JSON.parse(body.toString())).toEqual(settings);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
  });
});

describe('an asset', () => {
  it('is kept for good, because its name changes with its contents', async () => {
    const { headers, body } = await ask(await listen(), '/playground/assets/page-a1b2.js');
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(body.toString()).toBe(script);
  });

  it('is sent compressed to those who take it so', async () => {
    const port = await listen();
    const path = '/playground/assets/page-a1b2.js';
    const zipped = await ask(port, path, { 'accept-encoding': 'br, gzip' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(zipped.headers.vary).toBe('accept-encoding');
    expect(gunzipSync(zipped.body).toString()).toBe(script);
    const refused = await ask(port, path, { 'accept-encoding': 'gzip;q=0, identity' });
    expect(refused.headers['content-encoding']).toBeUndefined();
  });

  it('without a compressed copy is sent as it is', async () => {
    const { headers } = await ask(await listen(), '/playground/assets/letter-c3d4.ttf', {
      'accept-encoding': 'gzip',
    });
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['content-type']).toBe('font/ttf');
  });

  it.each([
    '/playground/assets/../secret.js',
    '/playground/assets/../../secret.js',
    '/playground/assets/%2e%2e/secret.js',
    '/playground/assets/..%2fsecret.js',
    '/playground/assets/..\\secret.js',
    '/playground/../secret.js',
    '/playground/assets/',
    '/playground/assets/.',
    '/playground/assets/..',
    '/playground/assets/notes.exe',
    '/playground/assets/page-a1b2.js.gz',
    '/playground/assets/none.js',
    '/playground/assets/page-a1b2.js/',
    '/playground/assets/page-a1b2.js%00.css',
  ])('is not found at %s', async (path) => {
    const { status, body } = await ask(await listen(), path);
    expect(status).toBe(404);
    expect(body.toString()).not.toContain('outside');
  });
});
