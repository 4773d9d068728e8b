import { beforeAll, expect, it } from 'vitest';
import { bearer, ME, PASSWORD, SIGN_IN, signUp } from '../../auth/requests.ts';
import { readCart } from '../../carts/requests.ts';
import { done, newCart } from '../../orders/requests.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { type OwnRedis, ownRedis } from '../../support/redis.ts';
import { openShop, type Shop, variantDraft } from '../../support/shop.ts';
import { type SlowWay, slowWay } from './slow-way.ts';

const PAGE = 'query ($slug: String!) { product(slug: $slug) { name description variants { sku } } }';
const VIEWED =
  'mutation ($input: ProductViewedInput!) { productViewed(input: $input) { userErrors { code } } }';
const ADD = `mutation ($input: CartLinesAddInput!) {
  cartLinesAdd(input: $input) { cart { id totalQuantity } userErrors { code } } }`;
/** After a command that got no answer, nobody asks for so long. */
const REST_MS = 1_000;

let redis: OwnRedis;
let way: SlowWay;
let app: TestApp;
let shop: Shop;
beforeAll(async () => {
  redis = await ownRedis();
  way = await slowWay(redis.url);
  app = await startTestApp({ REDIS_URL: way.url, LOG_LEVEL: 'silent' });
  shop = await openShop({ app });
  await shop.product({
    name: 'Mug',
    slug: 'mug',
    sku: 'MUG',
    variants: [variantDraft({ sku: 'MUG-1', quantity: 1_000 })],
  });
});

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.split(' ')[1]);
}

/** All that a shopper does; each answer is without errors. */
async function shopping(headers: Record<string, string>, cartId: string, name: string): Promise<void> {
  const answered = async (query: string, variables: object, as = headers) => {
    const { data, errors } = await shop.request(query, { ...variables }, as);
    expect(errors).toBeUndefined();
    return data;
  };
  expect((await answered(PAGE, { slug: 'mug' })).product).toMatchObject({ name: 'Mug' });
  const { product } = await answered('{ product(slug: "mug") { id } }', {});
  expect((await answered(VIEWED, { input: { productId: product.id } })).productViewed.userErrors).toEqual([]);
  expect((await answered(ME, {})).me.email).toBe(`${name}@example.com`);
  const { sessionCreate } = await answered(
    SIGN_IN,
    { input: { email: `${name}@example.com`, password: PASSWORD } },
    {},
  );
  expect((await answered(ME, {}, bearer(sessionCreate.token))).me.email).toBe(`${name}@example.com`);
  const lines = [{ sku: 'MUG-1', quantity: 2 }];
  const { cartLinesAdd } = await answered(ADD, { input: { cartId, lines } });
  expect(cartLinesAdd.cart.totalQuantity).toBe(3);
  expect((await readCart(shop, cartId, headers)).totalQuantity).toBe(3);
  const { order } = await done(shop, 'checkoutComplete', { cartId, email: `${name}@example.com` }, headers);
  expect(order.totalQuantity).toBe(3);
  expect((await readCart(shop, cartId, headers)).status).toBe('CHECKED_OUT');
}

it.each<[string, () => unknown, () => unknown]>([
  ['frozen', () => redis.freeze(), () => redis.thaw()],
  ['gone', () => redis.kill(), () => redis.restart()],
  ['slow by two seconds', () => way.delay(2_000), () => way.delay(0)],
  ['restarted empty', () => redis.kill().then(redis.restart), () => {}],
])('sells, shows and signs in with a Redis that is %s, and few wait for it', async (what, harm, repair) => {
  const name = what.replaceAll(' ', '-');
  const { headers } = await signUp(shop, { email: `${name}@example.com` });
  const { id: cartId } = await newCart(shop, [{ sku: 'MUG-1' }], { headers });
  const before = await metric('redis_commands_total{outcome="unanswered"}');
  const began = performance.now();

  await harm();
  try {
    await shopping(headers, cartId, name);
    // One after the other: the first that got no answer, and one after each rest.
    const rests = (performance.now() - began) / REST_MS;
    const waits = (await metric('redis_commands_total{outcome="unanswered"}')) - before;
    expect(waits).toBeLessThanOrEqual(2 + rests);
  } finally {
    await repair();
  }
  const works = async () => {
    await shop.request(PAGE, { slug: 'mug' }, headers);
    return (await fetch(`${app.url}/readyz`)).json();
  };
  await expect.poll(works, { timeout: 10_000 }).toMatchObject({ checks: { redis: 'ok' } });
  expect(await metric('redis_state{state="there"}')).toBe(1);
});

it('counts the views of that time, those in memory and those in Redis', async () => {
  await app.views.count(app.database.systemDb('views in a test'));
  await expect
    .poll(
      async () => {
        await app.views.count(app.database.systemDb('views in a test'));
        const staff = await shop.staff('analytics:read');
        const { data } = await shop.request('{ mostViewedProducts { views product { name } } }', {}, staff);
        return data.mostViewedProducts;
      },
      { timeout: 5_000 },
    )
    .toEqual([{ views: 4, product: { name: 'Mug' } }]);
  expect(await metric('product_views_stream{stage="waiting"}')).toBe(0);
  expect(await metric('product_views_in_memory')).toBe(0);
});
