import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ensurePlaygroundBuilt } from '../../src/platform/http/pages-bundle.ts';
import type { PageSettings } from '../../src/platform/http/pages-settings.ts';
import { servePages } from '../../src/platform/http/static.ts';
import { answerQuery } from './canned-shop.ts';

const settings: PageSettings = {
  version: '0.1.0',
  environment: 'embedded demo',
  playground: true,
  tenants: [
    { name: 'Harbour & Pine', subdomain: 'demo' },
    { name: 'Nordlys', subdomain: 'nordlys' },
  ],
  defaultTenant: 'demo',
  apiKey: 'souk_demo',
};

/** The real pages over a shop whose answers are made up from the schema. */
export async function startPageServer() {
  await ensurePlaygroundBuilt(console.log);
  const asked: { tenant: string | undefined; apiKey: string | undefined; query: string }[] = [];
  const pages = servePages(() => settings);
  const server = createServer(async (req, res) => {
    if (pages(req, res)) return;
    if (req.url === '/readyz') return void res.end('{}');
    if (req.url !== '/graphql') return void res.writeHead(404).end();
    const { query, variables, operationName } = await readJson(req);
    asked.push({ tenant: header(req, 'x-tenant'), apiKey: header(req, 'x-api-key'), query });
    sendJson(res, await answerQuery(query, variables, operationName));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, asked, close };
}

const header = (req: IncomingMessage, name: string) => req.headers[name]?.toString();

async function readJson(req: IncomingMessage) {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString());
}

const sendJson = (res: ServerResponse, body: unknown) =>
  res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
