import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ObjectId } from 'mongodb';
import { beforeAll, expect, inject, it } from 'vitest';
import { productViews } from '../../src/domains/catalogue/popularity/collections.ts';
import { openViewCounter, type ViewCounter } from '../../src/domains/catalogue/popularity/view-counter.ts';
import { createLog } from '../../src/platform/log.ts';
import { openRedis } from '../../src/platform/redis/client.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { atEnd, commandsDuring } from '../support/mongo.ts';
import { type OwnRedis, ownRedis } from '../support/redis.ts';
import { openShop, type Shop } from '../support/shop.ts';

const VIEWED =
  'mutation ($input: ProductViewedInput!) { productViewed(input: $input) { userErrors { code path } } }';
const MOST = `query ($days: Int!, $first: Int!) {
  mostViewedProducts(days: $days, first: $first) { productId views product { name } } }`;
const RUNNER = fileURLToPath(new URL('view-runner.ts', import.meta.url));
const STREAM = 'souk:product-views';

let redis: OwnRedis;
let app: TestApp;
let alone: TestApp;
let now = new Date('2026-05-10T12:00:00Z');
beforeAll(async () => {
  redis = await ownRedis();
  const options = { now: () => now };
  app = await startTestApp({ REDIS_URL: redis.url, LOG_LEVEL: 'silent' }, options);
  alone = await startTestApp({}, options);
});

/** A counter of another process. */
async function counter(deadMs?: number): Promise<ViewCounter> {
  const handle = await openRedis(redis.url, createLog('silent'));
  atEnd(handle.close);
  return openViewCounter(handle, deadMs);
}

/** Counts as the clock does, until nothing waits; Redis may be too slow at times where the machine is busy. */
async function countAll(...counters: ViewCounter[]): Promise<void> {
  const nothing = { inMemory: 0, stream: { waiting: 0, taken: 0 } };
  const left = async () => {
    await Promise.all(counters.map((views) => views.count(app.database.systemDb('views in a test'))));
    const inMemory = counters.reduce((sum, views) => sum + views.figures().inMemory, 0);
    return { inMemory, stream: (await counters[0]?.stream()) ?? null };
  };
  await expect.poll(left, { timeout: 20_000 }).toEqual(nothing);
}

const view = async (shop: Shop, productId: ObjectId | string, idempotencyKey?: string) => {
  const input = { productId: String(productId), ...(idempotencyKey && { idempotencyKey }) };
  return (await shop.request(VIEWED, { input })).data.productViewed.userErrors;
};

const viewsOf = async ({ db }: Shop) =>
  (await db.collection(productViews).find({}, { limit: 100, sort: { date: 1 } })).map(({ date, views }) => [
    date,
    views,
  ]);

it('counts looks by product and day, and costs a look no command to MongoDB', async () => {
  const shop = await openShop({ app });
  const [mug, bowl] = [await shop.product({ name: 'Mug' }), await shop.product({ name: 'Bowl' })];
  const staff = await shop.staff('analytics:read');
  const most = async (days: number) =>
    (await shop.request(MOST, { days, first: 5 }, staff)).data.mostViewedProducts;
  await shop.request('{ shop { name } }');
  const sent = await commandsDuring(app.database.client, async () => {
    for (let n = 0; n < 3; n++) await view(shop, mug._id);
    await view(shop, bowl._id);
  });
  expect(sent).toEqual([]);
  expect(await most(1)).toEqual([]);
  await countAll(app.views);
  now = new Date('2026-05-11T12:00:00Z');
  for (let n = 0; n < 5; n++) await view(shop, bowl._id);
  await countAll(app.views);

  const id = String(bowl._id);
  expect(await most(1)).toEqual([{ productId: id, views: 5, product: { name: 'Bowl' } }]);
  expect(await most(2)).toEqual([
    { productId: id, views: 6, product: { name: 'Bowl' } },
    { productId: String(mug._id), views: 3, product: { name: 'Mug' } },
  ]);
  expect(await redis.ask((client) => client.xLen(STREAM))).toBe(0);
});

it('counts calls of one key once, and what is no product that shoppers see not at all', async () => {
  const shop = await openShop({ app });
  const [mug, draft] = [await shop.product(), await shop.product({ status: 'DRAFT' })];
  const foreign = await (await openShop({ app })).product();
  for (let n = 0; n < 3; n++) expect(await view(shop, mug._id, 'the same')).toEqual([]);
  for (const { _id } of [draft, foreign]) expect(await view(shop, _id)).toEqual([]);
  await countAll(app.views);
  await view(shop, mug._id, 'the same');
  await countAll(app.views);
  expect((await viewsOf(shop)).map(([, views]) => views)).toEqual([1]);
  expect(await view(shop, 'nonsense')).toEqual([{ code: 'NOT_FOUND', path: ['input', 'productId'] }]);
});

it('counts in memory without Redis, and loses nothing when it ends in order', async () => {
  const shop = await openShop({ app: alone });
  const mug = await shop.product();
  const views = openViewCounter(null);
  const noted = { tenantId: shop.tenant._id, productId: mug._id, date: '2026-05-11' };
  for (let n = 0; n < 7; n++) await views.note({ ...noted, name: `view ${n}` });
  expect(views.figures()).toEqual({ inMemory: 7, dropped: 0 });
  await views.countOwn(alone.database.systemDb('views in a test'));
  expect(await viewsOf(shop)).toEqual([['2026-05-11', 7]]);
  expect(views.figures()).toEqual({ inMemory: 0, dropped: 0 });
});

it('keeps what could not be counted, up to a number', async () => {
  const shop = await openShop({ app: alone });
  const mug = await shop.product();
  const views = openViewCounter(null);
  const noted = { tenantId: shop.tenant._id, productId: mug._id, date: 'no date' };
  await views.note({ ...noted, name: 'poison' });
  await expect(views.countOwn(alone.database.systemDb('views in a test'))).rejects.toThrow();
  expect(views.figures().inMemory).toBe(1);
  for (let n = 0; n < 10_000; n++) await views.note({ ...noted, name: `view ${n}` });
  expect(views.figures()).toEqual({ inMemory: 10_000, dropped: 1 });
});

it('shares the stream among processes, takes over from the dead, and skips what is no view', async () => {
  const shop = await openShop({ app });
  const mug = await shop.product();
  for (let n = 0; n < 20; n++) await view(shop, mug._id);
  await redis.ask((client) => client.xAdd(STREAM, '*', { tenant: 'nobody' }));
  // Somebody takes some, and is not heard of again.
  await redis.ask((client) => client.xReadGroup('count', 'dead', { key: STREAM, id: '>' }, { COUNT: 8 }));

  await countAll(app.views, await counter(1), await counter(1));

  expect((await viewsOf(shop)).map(([, views]) => views)).toEqual([20]);
});

it('goes on with a Redis that came back empty', async () => {
  const shop = await openShop({ app });
  const mug = await shop.product();
  await view(shop, mug._id);
  await countAll(app.views);
  await redis.ask((client) => client.flushAll());
  await view(shop, mug._id);
  await countAll(app.views);
  expect((await viewsOf(shop)).map(([, views]) => views)).toEqual([2]);
});

const ended = (child: ChildProcess) => (child.exitCode === null ? once(child, 'exit') : null);

it('counts each view once, although workers are killed again and again between counting and saying so', {
  timeout: 90_000,
}, async () => {
  const shop = await openShop({ app });
  const mug = await shop.product();
  const VIEWS = 1_200;
  for (let n = 0; n < VIEWS / 100; n++)
    await redis.ask((client) =>
      Promise.all(
        Array.from({ length: 100 }, (_, i) =>
          client.xAdd(STREAM, '*', {
            tenant: String(shop.tenant._id),
            product: String(mug._id),
            ...{ name: `killed ${n * 100 + i}`, date: '2026-05-12' },
          }),
        ),
      ),
    );
  // Each is killed as it has counted a batch and has not said so.
  for (let kill = 0; kill < 2; kill++) {
    const child = spawn(process.execPath, [RUNNER, inject('mongoUri'), app.databaseName, redis.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    atEnd(async () => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await ended(child);
  }
  const [[, before = 0] = []] = await viewsOf(shop);
  expect(before).toBeGreaterThan(0);
  await countAll(await counter(1));
  expect(await viewsOf(shop)).toEqual([['2026-05-12', VIEWS]]);
});
