import { once } from 'node:events';
import type { ObjectId } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { apiKeys } from '../../../src/domains/auth/collections.ts';
import { productChanged } from '../../../src/domains/catalogue/events.ts';
import { appendEvent } from '../../../src/platform/events/event.ts';
import { commandsOf, type TestApp, testApp } from '../../support/app.ts';
import { eventually } from '../../support/eventually.ts';
import { liveClient, openSocket } from '../../support/live.ts';
import { openShop, type Shop } from '../../support/shop.ts';

const PRODUCTS = `subscription Products($ids: [ID!], $categoryId: ID, $after: String) {
  productChanged(ids: $ids, categoryId: $categoryId, after: $after) {
    operation id version resumeToken product { name description }
  }
}`;
const VERSIONS = `subscription Versions($ids: [ID!], $after: String) {
  productChanged(ids: $ids, after: $after) { version resumeToken }
}`;
const STOCK = `subscription Stock($skus: [String!]!, $after: String) {
  inventoryChanged(skus: $skus, after: $after) {
    sku productId resumeToken inventory { available } variant { sku } product { name }
  }
}`;
const CART = `subscription Cart($cartId: ID!, $after: String) {
  cartChanged(cartId: $cartId, after: $after) { resumeToken cart { totalQuantity } }
}`;
const RENAME = `mutation ($id: ID!, $name: String!) {
  productUpdate(input: { id: $id, name: $name }) { product { version } userErrors { message } }
}`;
const PATCH =
  'mutation ($input: ProductUpdateInput!) { productUpdate(input: $input) { userErrors { message } } }';
const DELETE = 'mutation ($id: ID!) { productDelete(input: { id: $id }) { userErrors { message } } }';
const RESERVE = `mutation ($sku: String!) {
  inventoryReserve(input: { lines: [{ sku: $sku, quantity: 3 }] }) { reservation { id } userErrors { message } }
}`;
const NEW_CART = 'mutation { cartCreate(input: {}) { cart { id } userErrors { message } } }';
const ADD = `mutation ($cartId: ID!, $sku: String!) {
  cartLinesAdd(input: { cartId: $cartId, lines: [{ sku: $sku, quantity: 2 }] }) { userErrors { message } }
}`;

let app: TestApp;
let shop: Shop;
let staff: Record<string, string>;

beforeAll(async () => {
  app = await testApp();
  shop = await openShop();
  staff = await shop.staff();
});

const paramsOf = (of: Shop, headers: Record<string, string> = {}) => ({
  'x-tenant': of.tenant.subdomain,
  ...headers,
});
const clientOf = (headers: Record<string, string> = {}, of = shop) =>
  liveClient(app.url, { params: paramsOf(of, headers) });

/** A client that hears all that happens from now on. */
async function listening(query: string, variables: Record<string, unknown> = {}, headers = {}) {
  const client = clientOf(headers);
  const after = await client.resumeToken();
  return { ...client, ...client.listen(query, { after, ...variables }) };
}

async function done(query: string, variables: Record<string, unknown>, headers = staff, of = shop) {
  const { data, errors } = await of.request(query, variables, headers);
  expect(errors).toBeUndefined();
  const [payload] = Object.values<{ userErrors: unknown[] }>(data);
  expect(payload?.userErrors).toEqual([]);
  return data;
}

const rename = (id: ObjectId, name: string) => done(RENAME, { id, name });

describe('productChanged', () => {
  it('tells of a change once it is committed, with the product as it is now', async () => {
    const product = await shop.product();
    const live = await listening(PRODUCTS);
    await rename(product._id, 'Renamed');
    const [told] = await live.count(1);
    expect(told?.data.productChanged).toEqual({
      operation: 'UPDATED',
      id: product._id.toHexString(),
      version: 2,
      resumeToken: expect.any(String),
      product: { name: 'Renamed', description: null },
    });
  });

  it('tells of the products that were asked for, and of those of a category also when they leave it', async () => {
    const home = await shop.category('Home');
    const [cup, mug] = [await shop.product({}, { category: home }), await shop.product()];
    const byId = await listening(PRODUCTS, { ids: [mug._id.toHexString()] });
    const byCategory = await listening(PRODUCTS, { categoryId: home._id.toHexString() });
    await rename(cup._id, 'Cup');
    await done(PATCH, { input: { id: cup._id, categoryId: null } });
    await rename(cup._id, 'Cup of nowhere');
    await rename(mug._id, 'Mug');
    await byId.count(1);
    await byCategory.count(2);
    expect(byId.told.map(({ data }) => data.productChanged.product.name)).toEqual(['Mug']);
    expect(byCategory.told.map(({ data }) => data.productChanged.version)).toEqual([2, 3]);
  });

  it('tells shoppers that a product is gone, and nothing of drafts', async () => {
    const [shown, draft] = [await shop.product(), await shop.product({ status: 'DRAFT' })];
    const shopper = await listening(PRODUCTS);
    const keeper = await listening(PRODUCTS, {}, staff);
    await rename(draft._id, 'Secret');
    await done(DELETE, { id: shown._id });
    await keeper.count(2);
    await shopper.count(1);
    expect(keeper.told[0]?.data.productChanged.product.name).toBe('Secret');
    expect(shopper.told).toEqual([
      { data: { productChanged: expect.objectContaining({ operation: 'DELETED', product: null }) } },
    ]);
  });

  it('looks up what is told once, for however many hear it', async () => {
    const product = await shop.product();
    const heard = await Promise.all(Array.from({ length: 12 }, () => listening(PRODUCTS)));
    const commands = await commandsOf(async () => {
      const { productId, operation, version } = {
        productId: product._id,
        operation: 'UPDATED',
        version: 2,
      } as const;
      const event = { productId, operation, version, categoryIds: [], isShown: true };
      await shop.db.transaction((tx) => appendEvent(tx, productChanged, event));
      await Promise.all(heard.map(({ count }) => count(1)));
    });
    expect(commands.filter(({ name }) => name === 'find')).toHaveLength(1);
  });
});

describe('inventoryChanged', () => {
  it('tells of what is reserved, and of no variant that stayed as it was', async () => {
    const product = await shop.product({ sku: 'LAMP' });
    await shop.product({ sku: 'ROPE' });
    const live = await listening(STOCK, { skus: ['LAMP-1', 'ROPE-1'] });
    await done(RESERVE, { sku: 'LAMP-1' });
    const [told] = await live.count(1);
    expect(told?.data.inventoryChanged).toEqual({
      sku: 'LAMP-1',
      productId: product._id.toHexString(),
      resumeToken: expect.any(String),
      inventory: { available: 7 },
      variant: { sku: 'LAMP-1' },
      product: { name: product.name },
    });
  });
});

describe('cartChanged', () => {
  it('tells of a cart that another request changes', async () => {
    await shop.product({ sku: 'BOWL' });
    const { cartCreate } = await done(NEW_CART, {}, {});
    const live = await listening(CART, { cartId: cartCreate.cart.id });
    await done(ADD, { cartId: cartCreate.cart.id, sku: 'BOWL-1' }, {});
    const [told] = await live.count(1);
    expect(told?.data.cartChanged.cart).toEqual({ totalQuantity: 2 });
  });

  it('does not know the cart of somebody else', async () => {
    const [owner, stranger] = [(await shop.person()).headers, (await shop.person()).headers];
    const { cartCreate } = await done(NEW_CART, {}, owner);
    const live = await listening(CART, { cartId: cartCreate.cart.id }, stranger);
    await eventually(live.ended).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  });
});

it('tells nothing of another shop, whatever is alike in both', async () => {
  const other = await openShop();
  const [ours, theirs] = [await shop.product({ sku: 'TWIN' }), await other.product({ sku: 'TWIN' })];
  const asked = { ids: [ours._id.toHexString(), theirs._id.toHexString()] };
  const products = await listening(PRODUCTS, asked);
  const stock = await listening(STOCK, { skus: ['TWIN-1'] });
  const otherStaff = await other.staff();
  await done(RENAME, { id: theirs._id, name: 'Theirs' }, otherStaff, other);
  await done(RESERVE, { sku: 'TWIN-1' }, otherStaff, other);
  await done(RESERVE, { sku: 'TWIN-1' });
  await rename(ours._id, 'Ours');
  await products.count(1);
  await stock.count(1);
  expect(products.told.map(({ data }) => data.productChanged.product.name)).toEqual(['Ours']);
  expect(stock.told.map(({ data }) => data.inventoryChanged.productId)).toEqual([ours._id.toHexString()]);
});

describe('after', () => {
  it('continues without loss behind the last event that was received', async () => {
    const product = await shop.product();
    const first = await listening(PRODUCTS, { ids: [product._id.toHexString()] });
    await rename(product._id, 'Two');
    const [told] = await first.count(1);
    first.stop();
    for (const name of ['Three', 'Four', 'Five']) await rename(product._id, name);
    const second = await listening(PRODUCTS, {
      ids: [product._id.toHexString()],
      after: told?.data.productChanged.resumeToken,
    });
    await second.count(3);
    await rename(product._id, 'Six');
    await second.count(4);
    expect(second.told.map(({ data }) => data.productChanged.version)).toEqual([3, 4, 5, 6]);
  });

  it('says that what is too long ago is not known any more, and goes on from now', async () => {
    const product = await shop.product();
    const live = await listening(PRODUCTS, { after: '825000000000000001' });
    const [first] = await live.count(1);
    expect(first?.errors?.[0]?.extensions).toEqual({
      code: 'RESYNC_REQUIRED',
      resumeToken: expect.any(String),
    });
    await rename(product._id, 'Afterwards');
    await live.count(2);
    expect(live.told[1]?.data.productChanged.product.name).toBe('Afterwards');
  });

  it('refuses what is no token', async () => {
    const live = await listening(PRODUCTS, { after: 'yesterday' });
    await eventually(live.ended).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', argument: 'after' } },
    ]);
  });
});

describe('one socket', () => {
  it('goes on when one of its operations has a mistake', async () => {
    const product = await shop.product();
    const live = await listening(PRODUCTS, { ids: [product._id.toHexString()] });
    const mistakes = ['subscription {', 'subscription { nothing }', `{ ${'a: __typename '.repeat(40)} }`].map(
      (query) => live.listen(query),
    );
    for (const code of ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED'])
      await eventually(() => JSON.stringify(mistakes.map(({ ended }) => ended()))).toContain(code);
    await eventually(() => JSON.stringify(mistakes[2]?.ended())).toContain('up to 30 aliases');
    await rename(product._id, 'Told all the same');
    await live.count(1);
    expect(live.closes).toEqual([]);
  });

  it('answers queries and mutations as a POST is answered', async () => {
    const product = await shop.product({ slug: 'on-a-socket' });
    const { listen } = clientOf(staff);
    const query = listen('query ($slug: String!) { product(slug: $slug) { name } }', { slug: 'on-a-socket' });
    const change = listen(RENAME, { id: product._id.toHexString(), name: 'By socket' });
    await eventually(query.ended).toBe('complete');
    await eventually(change.ended).toBe('complete');
    expect(query.told[0]).toMatchObject({
      data: { product: { name: product.name } },
      extensions: { cost: {} },
    });
    expect(change.told[0]?.data.productUpdate.product.version).toBe(2);
  });

  it('has fifty operations at most', async () => {
    const { listen } = clientOf();
    const open = Array.from({ length: 50 }, () => listen(PRODUCTS));
    const oneMore = listen(PRODUCTS);
    await eventually(oneMore.ended).toMatchObject([{ extensions: { limit: 50 } }]);
    expect(open.map(({ ended }) => ended())).toEqual(open.map(() => null));
  });

  it('takes no message above 64 kB, and lets nobody in whose key does not hold', async () => {
    const large = await openSocket(app.url);
    large.send(JSON.stringify({ type: 'connection_init', payload: { text: 'x'.repeat(70_000) } }));
    const [code] = await once(large, 'close');
    expect(code).toBe(1009);
    const stranger = clientOf({ 'x-api-key': 'souk_no_such_key' });
    await eventually(() => stranger.closes[0]?.code).toBe(4401);
  });

  it('is closed unless its client says in three seconds who it is', async () => {
    const silent = await openSocket(app.url);
    const [code] = await once(silent, 'close');
    expect(code).toBe(4408);
  });

  it('is closed when it is not read as fast as things happen, and its memory stays bounded', async () => {
    const product = await shop.product({ description: 'x'.repeat(100_000) });
    const slow = await openSocket(app.url);
    slow.send(JSON.stringify({ type: 'connection_init', payload: paramsOf(shop) }));
    await once(slow, 'message');
    const variables = { ids: [product._id.toHexString()] };
    slow.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: PRODUCTS, variables } }));
    slow.send(JSON.stringify({ type: 'ping' }));
    await once(slow, 'message');
    slow.pause();
    const quick = await listening(VERSIONS, variables);
    await shop.db.transaction(async (tx) => {
      for (let version = 2; version < 402; version++)
        await appendEvent(tx, productChanged, {
          ...{ productId: product._id, operation: 'UPDATED', version },
          ...{ categoryIds: [], isShown: true },
        });
    });
    await quick.count(400);
    const closed = once(slow, 'close');
    slow.resume();
    const [code, reason] = await closed;
    expect([code, String(reason)]).toEqual([1013, expect.stringContaining('with after')]);
    expect(quick.ended()).toBeNull();
  });
});

describe('once a minute', () => {
  it('closes the socket of a session that has ended', async () => {
    const { headers } = await shop.person();
    const live = await listening(PRODUCTS, {}, headers);
    await app.subscriptions.recheck();
    expect(live.closes).toEqual([]);
    await shop.request('mutation { sessionDelete { userErrors { message } } }', {}, headers);
    await app.subscriptions.recheck();
    await eventually(() => live.closes[0]?.code).toBe(4401);
  });

  it('closes that of a key that was revoked', async () => {
    const headers = await shop.staff('catalogue:read');
    const live = await listening(PRODUCTS, {}, headers);
    const key = await shop.db.collection(apiKeys).findOne({}, { sort: { createdAt: -1, _id: -1 } });
    if (!key) throw new Error('a key was made');
    await done('mutation ($id: ID!) { apiKeyRevoke(input: { id: $id }) { userErrors { message } } }', {
      id: key._id,
    });
    await app.subscriptions.recheck();
    await eventually(() => live.closes[0]?.code).toBe(4401);
  });
});

it('shows at /metrics who listens, what happened and how late it was heard of', async () => {
  await listening(PRODUCTS);
  const metrics = async () => (await fetch(`${app.url}/metrics`)).text();
  await expect.poll(metrics).toMatch(/^subscriptions_open [1-9]/m);
  expect(await metrics()).toMatch(/^change_stream_events_total [1-9]/m);
  expect(await metrics()).toMatch(/^change_stream_lag_seconds [\d.]+$/m);
});
