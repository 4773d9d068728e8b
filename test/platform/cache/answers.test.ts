import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandStartedEvent } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { products } from '../../../src/domains/catalogue/collections.ts';
import { tenants } from '../../../src/domains/tenants/collections.ts';
import { sharedAnswers } from '../../../src/platform/cache/shared-store.ts';
import { createLog } from '../../../src/platform/log.ts';
import { openRedis } from '../../../src/platform/redis/client.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { type OwnRedis, ownRedis } from '../../support/redis.ts';
import { runScript } from '../../support/run-script.ts';
import { openShop, type Shop } from '../../support/shop.ts';

const PAGE = `query Page($slug: String!) {
  product(slug: $slug) {
    id name version priceRange { min { amount } } category { name } availability { available inStock }
  }
}`;
const LIST = '{ products(first: 10) { nodes { slug name } } }';
const NEWEST = '{ products(first: 1) { nodes { slug } } }';
const IN_STOCK = '{ products(first: 1, filter: { inStock: true }) { nodes { slug } } }';
const TREE = '{ categories { name } }';
const FACETS = '{ products(first: 1) { facets { key values { label count } } } }';
const RENAME = 'mutation ($input: ShopUpdateInput!) { shopUpdate(input: $input) { userErrors { message } } }';
const UPDATE = `mutation ($input: ProductUpdateInput!) {
  productUpdate(input: $input) { product { id } userErrors { message } }
}`;

/** A moment that the passed clock is set to. */
let at: Date | null = null;
const now = () => at ?? new Date();

let a: TestApp;
let b: TestApp;
let shop: Shop;
let staff: Record<string, string>;

beforeAll(async () => {
  a = await startTestApp({ ANSWER_CACHE: '1' }, { now });
  b = await startTestApp({ ANSWER_CACHE: '1', MONGODB_DATABASE: a.databaseName }, { now });
  shop = await openShop({ app: a });
  staff = await shop.staff();
  await Promise.all([a, b].map(listening));
}, 60_000);

type Asked = {
  state: string | null;
  age: string | null;
  body: { data: unknown; extensions?: unknown };
  headers: Headers;
};

async function ask(
  app: TestApp,
  query: string,
  variables: object = {},
  headers: Record<string, string> = {},
): Promise<Asked> {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tenant': shop.tenant.subdomain, ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { headers: told } = response;
  return {
    state: told.get('x-cache'),
    age: told.get('age'),
    headers: told,
    body: (await response.json()) as Asked['body'],
  };
}

/** The same, from an app that hears of changes: where the machine is busy, one may be behind for a moment. */
async function askHearing(
  app: TestApp,
  query: string,
  variables: object = {},
  headers: Record<string, string> = {},
) {
  let last = await ask(app, query, variables, headers);
  await until(async () => {
    if (last.state === 'BYPASS') last = await ask(app, query, variables, headers);
    return last.state !== 'BYPASS';
  });
  return last;
}

/** Until the app hears of changes, which it begins to with its first question. */
async function listening(app: TestApp) {
  await until(async () => (await ask(app, TREE)).state !== 'BYPASS');
}

async function until(holds: () => Promise<boolean>, ms = 5_000) {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('It did not come about');
    await sleep(20);
  }
}

/** Asks until the answer is the cache's. */
async function kept(app: TestApp, query: string, variables: object = {}) {
  let last: Asked | undefined;
  await until(async () => {
    last = await ask(app, query, variables);
    return last.state === 'HIT';
  });
  return last as Asked;
}

const change = async (input: object) => {
  const answer = await shop.request(UPDATE, { input }, staff);
  expect(answer.errors).toBeUndefined();
  expect(answer.data.productUpdate.userErrors).toEqual([]);
};

const nameIn = ({ body }: Asked) => (body.data as { product: { name: string } | null }).product?.name;

/** An app hears of a change a moment after it was made elsewhere. */
const heard = (app: TestApp, slug: string, name: string) =>
  until(async () => nameIn(await ask(app, PAGE, { slug })) === name);

/** Until an app has heard of a product, so that it hears of nothing while it is asked for it. */
const heardOf = (app: TestApp, slug: string) =>
  until(async () => JSON.stringify((await ask(app, LIST)).body).includes(slug));

describe('the answer cache', () => {
  it('answers the same question a second time from the cache, and says so', async () => {
    const { slug } = await shop.product();
    const first = await askHearing(a, PAGE, { slug });
    expect(first.state).toBe('MISS');
    const second = await kept(a, PAGE, { slug });
    expect(second.body.data).toEqual(first.body.data);
    expect(second.age).toMatch(/^\d$/);
    expect(second.body.extensions).toMatchObject({ cost: { requested: 1, actual: 1 } });
  });

  it('answers a GET by what a POST has left there, with what caches between may do', async () => {
    const { slug } = await shop.product();
    const posted = await kept(a, PAGE, { slug });
    const asked = new URLSearchParams({ query: PAGE, variables: JSON.stringify({ slug }) });
    const headers = { 'x-tenant': shop.tenant.subdomain, 'apollo-require-preflight': 'true' };
    const got = await fetch(`${a.url}/graphql?${asked}`, { headers });
    expect(got.headers.get('x-cache')).toBe('HIT');
    expect(got.headers.get('cache-control')).toBe('public, max-age=30');
    expect(await got.json()).toEqual({ data: posted.body.data });
  });

  it('keeps the answers of each shop apart', async () => {
    const other = await openShop({ app: a });
    await shop.product({ slug: 'same', name: 'Ours' });
    await other.product({ slug: 'same', name: 'Theirs' });
    await kept(a, PAGE, { slug: 'same' });
    const theirs = await ask(a, PAGE, { slug: 'same' }, { 'x-tenant': other.tenant.subdomain });
    expect(nameIn(theirs)).toBe('Theirs');
    expect(nameIn(await ask(a, PAGE, { slug: 'same' }))).toBe('Ours');
  });

  it('works out anew what is asked by somebody, what fails, and what may not be kept', async () => {
    const { slug } = await shop.product();
    await kept(a, PAGE, { slug });
    const { headers } = await shop.person();
    for (const somebody of [staff, headers])
      expect((await ask(a, PAGE, { slug }, somebody)).state).toBe('BYPASS');
    for (let i = 0; i < 2; i++) {
      const failing = await askHearing(a, 'query ($id: ID) { product(id: $id, slug: "x") { name } }', {
        id: 'y',
      });
      expect([failing.state, 'errors' in failing.body]).toEqual(['MISS', true]);
    }
    expect((await ask(a, '{ __schema { queryType { name } } }')).state).toBe('BYPASS');
  });

  it('never gives whoever changes something an answer from before, here and elsewhere', async () => {
    const { _id, slug } = await shop.product();
    for (let i = 1; i <= 5; i++) {
      await Promise.all([kept(a, PAGE, { slug }), kept(b, PAGE, { slug })]);
      const input = { id: _id.toHexString(), expectedVersion: i, name: `Name ${i}` };
      const changed = await ask(a, UPDATE, { input }, staff);
      const after = changed.headers.get('souk-after') ?? '';
      const [here, there] = await Promise.all([
        ask(a, PAGE, { slug }),
        ask(b, PAGE, { slug }, { 'souk-after': after }),
      ]);
      expect([nameIn(here), nameIn(there)]).toEqual([`Name ${i}`, `Name ${i}`]);
      await heard(b, slug, `Name ${i}`);
    }
  });

  it('hears of stock that moves, and keeps lists that do not go by stock', async () => {
    const { _id, slug } = await shop.product();
    await Promise.all([shop.product(), shop.product()]);
    await Promise.all([kept(a, PAGE, { slug }), kept(a, NEWEST), kept(a, IN_STOCK)]);
    const $inc = { 'variants.0.inventory.available': -3, 'variants.0.inventory.reserved': 3 };
    await shop.db.collection(products).updateOne({ _id }, { $inc });
    await until(async () => {
      const { product } = (await ask(a, PAGE, { slug })).body.data as {
        product: { availability: { available: number } };
      };
      return product.availability.available === 7;
    });
    const [plain, byStock] = await Promise.all([askHearing(a, NEWEST), askHearing(a, IN_STOCK)]);
    expect([plain.state, byStock.state]).toEqual(['HIT', 'MISS']);
  });

  it('hears of what is renamed, what is new and what is gone', async () => {
    const category = await shop.category('Lamps');
    await Promise.all([kept(b, TREE), kept(b, LIST)]);
    const renamed = await shop.request(
      'mutation ($input: CategoryUpdateInput!) { categoryUpdate(input: $input) { category { name } userErrors { message } } }',
      { input: { id: category._id.toHexString(), name: 'Lights' } },
      staff,
    );
    expect(renamed.data.categoryUpdate.userErrors).toEqual([]);
    await until(async () => JSON.stringify((await ask(b, TREE)).body).includes('Lights'));
    await kept(b, PAGE, { slug: 'to-come' });
    const { _id } = await shop.product({ slug: 'to-come', name: 'It came' });
    await heard(b, 'to-come', 'It came');
    await until(async () => JSON.stringify((await ask(b, LIST)).body).includes('to-come'));
    await shop.db.collection(products).deleteOne({ _id });
    await until(async () => nameIn(await ask(b, PAGE, { slug: 'to-come' })) === undefined);
  });

  it('changes a price at the moment at which a discount starts', async () => {
    const start = new Date(Date.now() + 3_600_000);
    const discount = { type: 'PERCENTAGE' as const, value: 5_000, code: null, validFrom: start };
    const validTo = new Date(start.getTime() + 1_000);
    const { slug } = await shop.product({
      pricing: { discounts: [{ ...discount, validTo }] } as never,
    });
    const priceAt = async (moment: Date) => {
      at = moment;
      const { state, body } = await askHearing(a, PAGE, { slug });
      return [
        state,
        (body.data as { product: { priceRange: { min: { amount: string } } } }).product.priceRange.min.amount,
      ];
    };
    const before = new Date(start.getTime() - 1);
    try {
      at = before;
      // That the product was made is heard of by then.
      await kept(a, PAGE, { slug });
      expect(await priceAt(before)).toEqual(['HIT', '10.00']);
      expect(await priceAt(start)).toEqual(['MISS', '5.00']);
      expect(await priceAt(new Date(validTo.getTime() - 1))).toEqual(['HIT', '5.00']);
      expect(await priceAt(validTo)).toEqual(['MISS', '10.00']);
    } finally {
      at = null;
    }
  });

  it.each([
    ['the tree of categories', TREE, 50_000],
    ['facets', FACETS, 25_000],
    ['a list of the start page', NEWEST, 25_000],
  ])('makes %s anew before it expires, if many ask, and nobody waits', async (_, query, soonOver) => {
    const began = new Date();
    at = began;
    try {
      for (let i = 0; i < 4; i++) await kept(a, query);
      at = new Date(began.getTime() + soonOver);
      const ages: (string | null)[] = [];
      await until(async () => {
        const { state, age } = await askHearing(a, query);
        expect(state).toBe('HIT');
        ages.push(age);
        return age === '0';
      });
      expect(ages[0]).toBe(String(soonOver / 1_000));
    } finally {
      at = null;
    }
  });

  it('tells in the metrics how much it answers', async () => {
    const { slug } = await shop.product();
    await kept(a, PAGE, { slug });
    const text = await (await fetch(`${a.url}/metrics`)).text();
    expect(text).toMatch(/answer_cache_requests_total\{state="HIT"\} [1-9]/);
    expect(text).toMatch(/answer_cache_hit_ratio 0\.\d/);
    expect(text).toMatch(/answer_cache_age_seconds\{quantile="1"\}/);
  });
});

describe('the answer cache over Redis', () => {
  let redis: OwnRedis;
  let c: TestApp;
  let d: TestApp;

  beforeAll(async () => {
    redis = await ownRedis();
    const environment = { ANSWER_CACHE: '1', REDIS_URL: redis.url, MONGODB_DATABASE: a.databaseName };
    [c, d] = await Promise.all([startTestApp(environment), startTestApp(environment)]);
    await Promise.all([c, d].map(listening));
  }, 60_000);

  it('works an answer out once, however many ask two processes for it at once', async () => {
    const askedByMany = async () => {
      const { slug } = await shop.product();
      await Promise.all([c, d].map((app) => heardOf(app, slug)));
      const commands = watchFinds(products.name, c, d);
      const asked = await Promise.all(
        Array.from({ length: 50 }, (_, i) => ask(i % 2 === 0 ? c : d, PAGE, { slug })),
      );
      return [asked.filter(({ state }) => state === 'MISS').length, commands.stop()].join();
    };
    // One process waits for the other for a moment only, which a busy machine can be longer than.
    await until(async () => (await askedByMany()) === '1,1');
  });

  it('looks a shop up once, however many ask two processes for it at once', async () => {
    const askedByMany = async () => {
      const other = await openShop({ app: a });
      const commands = watchFinds(tenants.name, c, d);
      const headers = { 'x-tenant': other.tenant.subdomain };
      await Promise.all(
        Array.from({ length: 20 }, (_, i) => ask(i % 2 === 0 ? c : d, '{ shop { name } }', {}, headers)),
      );
      return commands.stop();
    };
    await until(async () => (await askedByMany()) === 1);
  });

  it('hears from each process of a shop that changes', async () => {
    const other = await openShop({ app: a });
    const nameAt = async (app: TestApp) =>
      JSON.stringify((await ask(app, '{ shop { name } }', {}, { 'x-tenant': other.tenant.subdomain })).body);
    await Promise.all([c, d].map(nameAt));
    const input = { name: 'Renamed' };
    const headers = { 'x-tenant': other.tenant.subdomain, ...(await other.staff()) };
    const changed = await ask(c, RENAME, { input }, headers);
    expect(changed.body).toMatchObject({ data: { shopUpdate: { userErrors: [] } } });
    expect(await nameAt(c)).toContain('Renamed');
    await until(async () => (await nameAt(d)).includes('Renamed'), 2_000);
  });

  it('refuses what another process keeps, once it has heard that it is not true any more', async () => {
    const { _id, slug } = await shop.product();
    await kept(c, PAGE, { slug });
    await kept(d, PAGE, { slug });
    await change({ id: _id.toHexString(), expectedVersion: 1, name: 'Anew' });
    await Promise.all([heard(c, slug, 'Anew'), heard(d, slug, 'Anew')]);
  });

  it('forgets what an operator throws away, in Redis and in each process', async () => {
    const [{ slug: one }, { slug: other }] = await Promise.all([shop.product(), shop.product()]);
    await Promise.all([kept(c, PAGE, { slug: one }), kept(d, PAGE, { slug: other })]);
    const database = { name: a.databaseName, redis: redis.url };
    const stats = await runScript('cache', ['stats', '--json'], database);
    expect(JSON.parse(stats.out)[shop.tenant._id.toHexString()]).toBeGreaterThan(1);
    const { out } = await runScript('cache', ['clear', '--tenant', shop.tenant.subdomain], database);
    expect(out).toMatch(/forget the answers of 1 shop\.\nRemoved from Redis: [1-9]/);
    await until(async () => (await askHearing(c, PAGE, { slug: one })).state === 'MISS');
    await until(async () => (await askHearing(d, PAGE, { slug: other })).state === 'MISS');
  }, 60_000);

  it('drops tags in one step, also of what is just being made', async () => {
    const handle = await openRedis(redis.url, createLog('silent'));
    const store = sharedAnswers(handle);
    const claimed = await store.read('one');
    if (claimed.state !== 'yours') throw new Error(`It is ${claimed.state}`);
    expect(await store.read('one')).toEqual({ state: 'busy' });
    await store.write('one', claimed.claim, { text: 'made', tags: ['lamps', 'chairs'], ttlMs: 60_000 });
    expect(await store.read('one')).toEqual({ state: 'there', text: 'made' });
    await store.dropTags(['chairs', 'tables']);
    const again = await store.read('one');
    if (again.state !== 'yours') throw new Error(`It is ${again.state}`);
    await store.dropTags(['lamps']);
    await store.write('one', again.claim, { text: 'late', tags: ['lamps'], ttlMs: 60_000 });
    expect((await store.read('one')).state).toBe('yours');
    await handle.close();
  });

  it('goes on while Redis is frozen, gone, and back without its memory', async () => {
    const fresh = async () => {
      const { slug, name } = await shop.product();
      const asked = await Promise.all([ask(c, PAGE, { slug }), ask(d, PAGE, { slug })]);
      expect(asked.map(nameIn)).toEqual([name, name]);
    };
    const slow = redis.ask((client) => client.sendCommand(['DEBUG', 'SLEEP', '2'])).catch(() => {});
    await fresh();
    redis.freeze();
    await fresh();
    await redis.kill();
    await fresh();
    await Promise.all([redis.restart(), slow]);
    await fresh();
  });

  it('answers everything anew while it does not hear of changes', async () => {
    const { slug } = await shop.product();
    await kept(d, PAGE, { slug });
    await d.subscriptions.stream.close();
    await until(async () => (await ask(d, PAGE, { slug })).state === 'BYPASS');
    await shop.db.collection(products).updateOne({ slug }, { $set: { name: 'Unheard of' } });
    expect(nameIn(await ask(d, PAGE, { slug }))).toBe('Unheard of');
  });
});

/** Counts how often apps look into a collection. */
function watchFinds(collection: string, ...apps: TestApp[]) {
  let count = 0;
  const note = ({ commandName, command }: CommandStartedEvent) => {
    if (commandName === 'find' && command.find === collection) count += 1;
  };
  for (const { database } of apps) database.client.on('commandStarted', note);
  return {
    stop: () => {
      for (const { database } of apps) database.client.off('commandStarted', note);
      return count;
    },
  };
}
