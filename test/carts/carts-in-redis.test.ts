import { beforeAll, expect, it } from 'vitest';
import { openCartCopies } from '../../src/domains/carts/cart-copies.ts';
import { carts } from '../../src/domains/carts/collections.ts';
import type { Cart } from '../../src/domains/carts/documents.ts';
import { createLog } from '../../src/platform/log.ts';
import { openRedis } from '../../src/platform/redis/client.ts';
import { done, newCart } from '../orders/requests.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { atEnd, commandsDuring } from '../support/mongo.ts';
import { type OwnRedis, ownRedis } from '../support/redis.ts';
import { openShop, type Shop, variantDraft } from '../support/shop.ts';
import { change, changed, readCart } from './requests.ts';

let redis: OwnRedis;
let first: TestApp;
let second: TestApp;
let shop: Shop;
/** The same shop, asked by way of another process. */
let elsewhere: Shop;
beforeAll(async () => {
  redis = await ownRedis();
  const environment = { REDIS_URL: redis.url, LOG_LEVEL: 'silent' };
  first = await startTestApp(environment);
  second = await startTestApp({ ...environment, MONGODB_DATABASE: first.databaseName });
  shop = await openShop({ app: first });
  elsewhere = {
    ...shop,
    request: (query, variables = {}, headers = {}) => askAt(second.url, query, variables, headers),
  };
  await shop.product({ name: 'Mug', sku: 'MUG', variants: [variantDraft({ sku: 'MUG', quantity: 1_000 })] });
});

async function askAt(url: string, query: string, variables: object, headers: object) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tenant': shop.tenant.subdomain, ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...JSON.parse(await response.text()) };
}

const keyOf = (id: string) => `souk:${shop.tenant._id}:cart:${id}`;
const copyOf = (id: string) => redis.ask((client) => client.hGetAll(keyOf(id)));
const lasts = (id: string) => redis.ask((client) => client.pTTL(keyOf(id)));

const readsOfCarts = async (app: TestApp, work: () => Promise<unknown>) => {
  const sent = await commandsDuring(app.database.client, work);
  return sent.filter(({ command }) => command.find === 'carts').length;
};

// Where the machine is busy, Redis may answer too late, and counts as away.
it('spares a look at a cart the read of it, in every process and for seconds only', {
  retry: 2,
}, async () => {
  const { id } = await newCart(shop, [{ sku: 'MUG' }]);
  await readCart(elsewhere, id);
  const reads = await readsOfCarts(second, async () => {
    expect(await readCart(elsewhere, id)).toEqual(await readCart(shop, id));
  });
  expect(reads).toBe(0);
  expect(await lasts(id)).toBeGreaterThan(0);
  expect(await lasts(id)).toBeLessThanOrEqual(10_000);
});

it('shows who changed a cart no older one, in whichever process they look', async () => {
  const { id } = await newCart(shop, [{ sku: 'MUG' }]);
  for (let quantity = 2; quantity < 8; quantity++) {
    const [writer, reader] = quantity % 2 ? [shop, elsewhere] : [elsewhere, shop];
    const { lines } = await readCart(reader, id);
    await changed(writer, 'cartLinesUpdate', { cartId: id, lines: [{ lineId: lines[0].id, quantity }] });
    expect((await readCart(reader, id)).totalQuantity).toBe(quantity);
  }
  const { id: other } = await newCart(shop, [{ sku: 'MUG' }]);
  await readCart(elsewhere, id);
  await change(shop, 'cartMerge', { sourceId: id, targetId: other });
  expect((await readCart(elsewhere, id)).status).toBe('MERGED');
  expect((await readCart(elsewhere, other)).totalQuantity).toBe(8);
  await done(shop, 'checkoutComplete', { cartId: other, email: 'ada@example.com' });
  expect((await readCart(elsewhere, other)).status).toBe('CHECKED_OUT');
});

it('keeps the latest of two that are written at once, and begins each change with MongoDB', async () => {
  const { id } = await newCart(shop, [{ sku: 'MUG' }]);
  const before = (await shop.db.collection(carts).findOne({ _id: id })) as Cart;
  const { lines } = await readCart(shop, id);
  await changed(shop, 'cartLinesUpdate', { cartId: id, lines: [{ lineId: lines[0].id, quantity: 5 }] });
  const handle = await openRedis(redis.url, createLog('silent'));
  atEnd(handle.close);
  const copies = openCartCopies(handle);

  await copies.keep(before);
  expect((await readCart(elsewhere, id)).totalQuantity).toBe(5);

  await redis.ask((client) => client.hSet(keyOf(id), { version: '99', cart: '{}' }));
  const changing = changed(elsewhere, 'cartLinesUpdate', {
    cartId: id,
    lines: [{ lineId: lines[0].id, quantity: 6 }],
  });
  expect((await changing).totalQuantity).toBe(6);

  await copies.forget(shop.db, id);
  await copies.keep(before);
  expect(await copyOf(id)).toEqual({ version: 'ask' });
});

it('is somebody’s own in the copy too', async () => {
  const { headers } = await shop.person();
  const { id } = await newCart(shop, [{ sku: 'MUG' }], { headers });
  expect((await readCart(elsewhere, id, headers)).id).toBe(id);
  expect(await readCart(elsewhere, id)).toBeNull();
});

it('does not believe a copy of a cart that changed while Redis did not answer', async () => {
  const { id } = await newCart(shop, [{ sku: 'MUG' }]);
  const { lines } = await readCart(shop, id);
  redis.freeze();
  try {
    await changed(shop, 'cartLinesUpdate', { cartId: id, lines: [{ lineId: lines[0].id, quantity: 7 }] });
  } finally {
    redis.thaw();
  }
  const until = Date.now() + 1_500;
  while (Date.now() < until) expect((await readCart(shop, id)).totalQuantity).toBe(7);
});
