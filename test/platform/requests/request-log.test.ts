import { Writable } from 'node:stream';
import { pino } from 'pino';
import { beforeAll, expect, inject, it } from 'vitest';
import { type App, startApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { shapeOf } from '../../../src/platform/requests/query-shape.ts';
import { startTestApp } from '../../support/app.ts';
import { eventually } from '../../support/eventually.ts';
import { atEnd } from '../../support/mongo.ts';
import { ask, openShop, type Shop } from '../../support/shop.ts';

type Line = Record<string, unknown> & { slowest?: Record<string, unknown>[] };

const lines: Line[] = [];
const sink = new Writable({
  write: (chunk, _, done) => {
    lines.push(JSON.parse(String(chunk)));
    done();
  },
});
let shop: Shop;

async function openLogged(environment: Record<string, string>, name: string): Promise<App> {
  const config = readConfig({ NODE_ENV: 'test', PORT: '0', MONGODB_DATABASE: name, ...environment });
  const app = await startApp({ config, mongodbUri: inject('mongoUri'), log: pino(sink) });
  atEnd(() => app.close());
  return app;
}

let all: App;
let slow: App;
let off: App;

beforeAll(async () => {
  const base = await startTestApp();
  shop = await openShop({ app: base });
  [all, slow, off] = await Promise.all([
    openLogged({ LOG_REQUESTS: 'all', SLOW_MS: '60000' }, base.databaseName),
    openLogged({ LOG_REQUESTS: 'slow', SLOW_MS: '1' }, base.databaseName),
    openLogged({ LOG_REQUESTS: 'off' }, base.databaseName),
  ]);
});

const SHOP = 'query Front { products(first: 5) { nodes { name } } }';

const askApp = async ({ url }: App, query: string, id: string, headers: Record<string, string> = {}) =>
  ask(url, { query }, { 'x-tenant': shop.tenant.subdomain, 'x-request-id': id, ...headers });

const linesOf = (id: string) => lines.filter(({ requestId }) => requestId === id);

it('writes one line of each request: whose, what, how long, and how it ended', async () => {
  const { user, headers } = await shop.person();
  await askApp(all, SHOP, 'all-1', headers);
  await eventually(async () => linesOf('all-1').length).toBe(1);
  expect(linesOf('all-1')[0]).toMatchObject({
    tenant: shop.tenant._id.toHexString(),
    caller: `user:${user._id}`,
    ...{ operation: 'Front', kind: 'query', route: '/graphql', method: 'POST', status: 200 },
    commands: expect.any(Number),
    cost: expect.any(Number),
    ms: expect.any(Number),
  });
  expect(linesOf('all-1')[0]?.commands).toBeGreaterThan(1);
  expect(JSON.stringify(lines)).not.toContain(user.email);
});

it('names errors, also of who is refused, and fields where the operation has no name', async () => {
  await askApp(all, '{ products(first: 1, after: "nonsense") { nodes { name } } shop { name } }', 'all-2');
  await askApp(all, SHOP, 'all-3', { 'x-api-key': 'nonsense' });
  await eventually(async () => linesOf('all-2').length + linesOf('all-3').length).toBe(2);
  expect(linesOf('all-2')[0]).toMatchObject({ operation: '{ products shop }', caller: null });
  expect(linesOf('all-2')[0]?.errors).toEqual(['BAD_USER_INPUT']);
  expect(linesOf('all-3')[0]?.errors).toEqual(['UNAUTHENTICATED']);
});

it('tells of a slow operation what it looked for, without values, and by which plan', async () => {
  await askApp(slow, 'query Slow { product(slug: "a-secret-slug") { name } }', 'slow-1');
  await eventually(async () => linesOf('slow-1').length).toBe(2);
  const line = linesOf('slow-1').find(({ slowest }) => slowest);
  expect(line?.slowest?.find(({ filter }) => Object.hasOwn((filter ?? {}) as object, 'slug'))).toMatchObject({
    command: 'find',
    filter: { slug: expect.anything() },
    plan: expect.stringContaining('IXSCAN'),
  });
  expect(JSON.stringify(line)).not.toContain('a-secret-slug');
});

it('writes nothing where that is switched off, and nothing of probes that go well', async () => {
  await askApp(off, SHOP, 'off-1');
  await fetch(`${all.url}/healthz`, { headers: { 'x-request-id': 'probe-1' } });
  await askApp(all, SHOP, 'all-4');
  await eventually(async () => linesOf('all-4').length).toBe(1);
  expect(linesOf('off-1')).toEqual([]);
  expect(linesOf('probe-1')).toEqual([]);
});

it('shows the shape of a query and none of its values', () => {
  const filter = { tenantId: 't', status: { $in: ['A', 'B'] }, $or: [{ name: 'x' }, { at: { $gt: 5 } }] };
  expect(shapeOf({ filter, sort: { at: -1 } })).toEqual({
    filter: { status: { $in: ['?'] }, $or: [{ name: '?' }, { at: { $gt: '?' } }] },
    sort: { at: -1 },
  });
});
