import { beforeAll, expect, it } from 'vitest';
import { demoDocuments } from '../../src/demo/demo-documents.ts';
import { demoOrders } from '../../src/demo/demo-orders.ts';
import { type DemoShop, demoShops } from '../../src/demo/demo-shops.ts';
import { seedDemoShops } from '../../src/demo/seed.ts';
import { wrongSales } from '../../src/domains/analytics/sales-days.ts';
import { products } from '../../src/domains/catalogue/collections.ts';
import { orders } from '../../src/domains/orders/collections.ts';
import { findWrongMoney } from '../../src/domains/orders/money-checks.ts';
import { findWrongOrders } from '../../src/domains/orders/order-checks.ts';
import { OrderNumbers } from '../../src/domains/orders/order-numbers.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';
import { testApp } from '../support/app.ts';

const NOW = new Date('2026-03-15T10:20:30Z');
const sold = (shop: DemoShop, now = NOW) => demoOrders(shop.tenant, demoDocuments(shop, now).products, now);
const sumOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0);

it.each(demoShops(NOW))(
  '$tenant.name has sold in each of the last months, and the sums are right',
  (shop) => {
    const { orders: made } = sold(shop);
    expect(new Set(made.map(({ number }) => number)).size).toBe(made.length);
    expect(
      new Set(made.map(({ placedAt }) => placedAt.toISOString().slice(0, 7))).size,
    ).toBeGreaterThanOrEqual(6);
    for (const { lines, totals, paid, placedAt, updatedAt } of made) {
      expect(totals.total).toBe(sumOf(lines.map(({ total }) => total)) + totals.shipping.total);
      expect([0, totals.total]).toContain(paid);
      expect(placedAt <= updatedAt && updatedAt < NOW).toBe(true);
    }
    expect(new Set(made.map(({ status }) => status))).toContain('COMPLETED');
    expect(made.some(({ refunded }) => refunded > 0)).toBe(true);
  },
);

it('is the same each time that it is made', () => {
  const kumo = demoShops(NOW)[2] as DemoShop;
  const idsOf = ({ orders: made }: ReturnType<typeof sold>) =>
    made.map(({ _id, totals }) => [String(_id), totals]);
  expect(idsOf(sold(kumo))).toEqual(idsOf(sold(kumo)));
});

let db: TenantDb;

beforeAll(async () => {
  const { database } = await testApp();
  await seedDemoShops(database);
  const [{ tenant }] = demoShops(NOW) as [DemoShop];
  db = database.tenantDb(tenant._id);
});

it('is stored as its events and its days say', async () => {
  expect(await db.collection(orders).count({}, { limit: 10_000 })).toBeGreaterThan(200);
  expect(await Array.fromAsync(findWrongOrders(db))).toEqual([]);
  expect(await Array.fromAsync(findWrongMoney(db))).toEqual([]);
  expect(await wrongSales(db, 'USD')).toEqual([]);
});

it('says what sells best, and leaves the next number to whoever buys next', async () => {
  const best = await db.collection(products).find({ soldRecently: { $gt: 0 } }, { limit: 100 });
  expect(best.length).toBeGreaterThan(10);
  const last = await db.collection(orders).find({}, { sort: { placedAt: -1 }, limit: 1 });
  expect(await new OrderNumbers().next(db)).toBe(String(Number(last[0]?.number) + 1));
});
