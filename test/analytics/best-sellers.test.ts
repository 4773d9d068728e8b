import { beforeAll, expect, it } from 'vitest';
import { refreshBestSellers } from '../../src/domains/analytics/best-sellers.ts';
import { auditMonth } from '../../src/domains/audit/collections.ts';
import { products } from '../../src/domains/catalogue/collections.ts';
import type { Product } from '../../src/domains/catalogue/documents.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';
import { plansOf } from '../search/plans.ts';
import { commandsOf, testApp } from '../support/app.ts';
import { happen, paidOrder, placedOrder, refunded } from '../support/orders.ts';
import { openShop, type Shop } from '../support/shop.ts';

const BEST = `query ($after: String, $filter: ProductFilter) {
  products(sort: BEST_SELLING, first: 2, after: $after, filter: $filter) {
    nodes { name } pageInfo { endCursor hasNextPage }
  }
}`;

let shop: Shop;
let db: TenantDb;
let now = new Date('2026-05-01T12:00:00.000Z');
let goods: Record<'mug' | 'bowl' | 'vase' | 'lamp', Product>;
const best = async (variables: Record<string, unknown> = {}) =>
  (await shop.request(BEST, variables)).data.products;
const sell = (product: Product, quantity: number) => paidOrder(db, { lines: [{ product, quantity }] });

beforeAll(async () => {
  shop = await openShop();
  db = (await testApp()).database.tenantDb(shop.tenant._id, { now: () => now });
  const home = await shop.category('Home');
  const made = (name: string) => shop.product({ name, slug: name }, { category: home });
  goods = {
    mug: await made('mug'),
    bowl: await made('bowl'),
    vase: await made('vase'),
    lamp: await made('lamp'),
  };
});

it('counts the pieces that were paid and not given back, and lists by them page by page', async () => {
  const { mug, bowl, vase } = goods;
  await sell(mug, 2);
  const given = await sell(bowl, 5);
  await happen(db, given, ...refunded(given, 1000, 1));
  await sell(vase, 1);
  await placedOrder(db, { lines: [{ product: vase, quantity: 50 }] });
  const cancelled = await sell(vase, 40);
  await happen(db, cancelled, { type: 'cancelled', reason: null });

  expect(await refreshBestSellers(db)).toBe(3);

  const first = await best();
  const filter = { categorySlug: 'home' };
  const inCategory = await best({ filter });
  const second = await best({ filter, after: inCategory.pageInfo.endCursor });
  expect(first.nodes).toEqual(inCategory.nodes);
  expect([...first.nodes, ...second.nodes].map(({ name }) => name)).toEqual(['bowl', 'mug', 'vase', 'lamp']);
  expect(second.pageInfo.hasNextPage).toBe(false);
});

it('writes only what differs, and nothing of a product but the number', async () => {
  const before = await db.collection(products).find({}, { limit: 10, sort: { _id: 1 } });
  expect(await refreshBestSellers(db)).toBe(0);
  await sell(goods.lamp, 9);
  expect(await refreshBestSellers(db)).toBe(1);
  const after = await db.collection(products).find({}, { limit: 10, sort: { _id: 1 } });
  expect(after).toEqual(
    before.map((product) => (product.name === 'lamp' ? { ...product, soldRecently: 9 } : product)),
  );
  expect(await db.collection(auditMonth(new Date())).count({ 'record.type': 'product' }, { limit: 1 })).toBe(
    0,
  );
});

it('forgets sales after 30 days', async () => {
  now = new Date('2026-05-31T11:59:59.000Z');
  expect(await refreshBestSellers(db)).toBe(0);
  now = new Date('2026-05-31T12:00:01.000Z');
  await refreshBestSellers(db);
  const kept = await db.collection(products).find({ soldRecently: { $gt: 0 } }, { limit: 10 });
  expect(kept).toEqual([]);
});

it('keeps its number through a change of the product', async () => {
  await sell(goods.mug, 3);
  await refreshBestSellers(db);
  const input = { id: goods.mug._id.toHexString(), name: 'Big mug' };
  const update =
    'mutation ($input: ProductUpdateInput!) { productUpdate(input: $input) { product { name } } }';
  await shop.request(update, { input }, await shop.staff('catalogue:write'));
  expect(await db.collection(products).findOne({ _id: goods.mug._id })).toMatchObject({
    ...{ name: 'Big mug', soldRecently: 3 },
  });
});

it('reads orders by an index, and what stands in the products from an index alone', async () => {
  const reads = (await commandsOf(() => refreshBestSellers(db))).filter(({ name }) => name !== 'update');
  const [ofOrders, ofProducts, ...others] = await plansOf(reads);
  expect(others).toEqual([]);
  expect(ofOrders?.indexes).toEqual(['tenantId_1_paidAt_1']);
  expect(ofProducts).toMatchObject({ documents: 0 });
});

const SOLD = `query ($from: Date!, $to: Date!, $first: Int) { bestSellers(from: $from, to: $to, first: $first) {
  productId pieces product { name } } }`;

it('names what sold best on days that are asked for, and counts no sale before or after them', async () => {
  const { lamp, bowl, vase } = goods;
  const staff = await shop.staff('analytics:read');
  const sold = async (from: string, to: string, first?: number) => {
    const { data, errors } = await shop.request(SOLD, { from, to, first }, staff);
    return errors?.[0]?.message ?? data.bestSellers.map(soldRow);
  };
  const soldRow = ({ pieces, product }: { pieces: number; product: { name: string } | null }) => [
    product?.name ?? null,
    pieces,
  ];
  const at = async (moment: string, product: Product, quantity: number) => {
    now = new Date(moment);
    return sell(product, quantity);
  };
  await at('2026-06-09T23:59:59.999Z', vase, 70);
  const given = await at('2026-06-10T00:00:00.000Z', lamp, 9);
  await at('2026-06-11T23:59:59.999Z', bowl, 6);
  await at('2026-06-12T00:00:00.000Z', vase, 80);
  await happen(db, given, ...refunded(given, 1000, 5));
  expect(await sold('2026-06-10', '2026-06-11')).toEqual([
    ['bowl', 6],
    ['lamp', 4],
  ]);
  expect(await sold('2026-06-10', '2026-06-11', 1)).toEqual([['bowl', 6]]);
  expect(await sold('2026-06-09', '2026-06-10')).toEqual([
    ['vase', 70],
    ['lamp', 4],
  ]);
  expect(await sold('2026-06-11', '2026-06-10')).toContain('comes after the last');
  expect(await sold('2024-06-11', '2026-06-10')).toContain('At most 366 days');
  expect(await sold('2026-06-10', '2026-06-11', 101)).toContain('Between 1 and 100 products, not 101');
});
