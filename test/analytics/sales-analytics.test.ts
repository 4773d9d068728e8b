import { beforeAll, expect, it } from 'vitest';
import { salesDays } from '../../src/domains/analytics/collections.ts';
import { rebuildSales, refreshSales, wrongSales } from '../../src/domains/analytics/sales-days.ts';
import { liveSales } from '../../src/domains/analytics/sales-live.ts';
import { orders } from '../../src/domains/orders/collections.ts';
import type { Order } from '../../src/domains/orders/documents.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';
import { seededRandom } from '../search/generated-catalogue.ts';
import { plansOf } from '../search/plans.ts';
import { commandsOf, testApp } from '../support/app.ts';
import { happen, paid, paidOrder, placedOrder, refunded } from '../support/orders.ts';
import { openShop, type Shop } from '../support/shop.ts';

const SALES = `query ($from: Date!, $to: Date!) { salesAnalytics(from: $from, to: $to) {
  date orders unitsSold grossRevenue { amount currency } refunds { amount } averageOrderValue { amount } } }`;
const HOUR_MS = 60 * 60 * 1000;

let shop: Shop;
let reader: Record<string, string>;
let now = new Date('2026-03-01T23:59:59.999Z');
let db: TenantDb;
const goTo = (moment: string) => {
  now = new Date(moment);
};
const sales = async (from: string, to: string) =>
  (await shop.request(SALES, { from, to }, reader)).data.salesAnalytics;
const rowsOf = async (from: string, to: string) =>
  (await sales(from, to)).map((row: Record<string, { amount: string }>) => [
    ...[row.date, row.orders, row.unitsSold, row.grossRevenue?.amount, row.refunds?.amount],
  ]);

beforeAll(async () => {
  shop = await openShop();
  reader = await shop.staff('analytics:read');
  db = (await testApp()).database.tenantDb(shop.tenant._id, { now: () => now });
});

it('counts an order on the day it was paid, a refund on its own day, and a cancelled order not at all', async () => {
  const unpaid = await placedOrder(db, { lines: [{ quantity: 5 }] });
  const first = await paidOrder(db, { lines: [{ quantity: 2, unitPrice: 1000 }, { unitPrice: 501 }] });
  await paidOrder(db, { lines: [{ quantity: 1, unitPrice: 2000 }] });
  await paidOrder(db, { currency: 'EUR' });
  const cancelled = await paidOrder(db);
  await refreshSales(db, 'USD');
  expect(await rowsOf('2026-03-01', '2026-03-01')).toEqual([
    ['2026-03-01', 4 - 1, 3 + 1 + 1, '55.01', '0.00'],
  ]);
  goTo('2026-03-02T00:00:00.000Z');
  await happen(db, unpaid, paid(unpaid));
  await happen(db, first, ...refunded(first, 1200, 1));
  await happen(db, cancelled, { type: 'cancelled', reason: null }, ...refunded(cancelled, 1000));
  await refreshSales(db, 'USD');
  expect(await sales('2026-02-28', '2026-03-02')).toEqual([
    { ...noSales, date: '2026-02-28' },
    {
      ...{ date: '2026-03-01', orders: 2, unitsSold: 4, refunds: { amount: '0.00' } },
      ...{ grossRevenue: { amount: '45.01', currency: 'USD' }, averageOrderValue: { amount: '22.51' } },
    },
    {
      ...{ date: '2026-03-02', orders: 1, unitsSold: 5, refunds: { amount: '12.00' } },
      ...{ grossRevenue: { amount: '50.00', currency: 'USD' }, averageOrderValue: { amount: '50.00' } },
    },
  ]);
});

const noSales = {
  ...{ orders: 0, unitsSold: 0, grossRevenue: { amount: '0.00', currency: 'USD' } },
  ...{ refunds: { amount: '0.00' }, averageOrderValue: null },
};

/** Steps that anything may take after anything. */
const STEPS: ((order: Order) => Promise<Order>)[] = [
  (order) => happen(db, order, paid(order)),
  (order) => (order.paidAt ? Promise.resolve(order) : happen(db, order, paid(order))),
  (order) => happen(db, order, ...refunded(order, 300)),
  (order) => happen(db, order, ...refunded(order, 100, 1)),
  (order) => happen(db, order, refunded(order, 77)[0]),
  (order) =>
    (order._id.id[11] ?? 0) % 3 === 0
      ? happen(db, order, { type: 'cancelled', reason: null })
      : happen(db, order, { type: 'noted', text: 'seen' }),
];

it('is kept exactly as the orders say, whatever happens to them between its runs', async () => {
  goTo('2026-04-29T06:00:00.000Z');
  const seeded = seededRandom(7);
  const random = (below: number) => Math.floor(seeded() * below);
  const open: Order[] = [];
  for (let step = 0; step < 70; step++) {
    now = new Date(now.getTime() + random(9 * HOUR_MS));
    if (open.length < 4 || random(2) === 0)
      open.push(await placedOrder(db, { lines: [{ quantity: 1 + random(4), unitPrice: random(5000) }] }));
    const at = random(open.length);
    open[at] = await (STEPS[random(STEPS.length)] as (typeof STEPS)[number])(open[at] as Order);
    if (random(6) === 0) await refreshSales(db, 'USD');
  }
  expect(await wrongSales(db, 'USD')).toEqual([]);
  const live = await liveSales(db, { from: '2026-03-01', to: '2026-12-31' }, 'USD');
  const counted = [...live.values()].reduce((sum, day) => sum + day.orders, 0);
  const due = await db
    .collection(orders)
    .count({ paidAt: { $ne: null }, status: { $ne: 'CANCELLED' }, currency: 'USD' }, { limit: 1000 });
  expect([counted, live.size > 3]).toEqual([due, true]);
});

it('finds a day that is kept wrongly, and puts it right by a rebuild from that day on', async () => {
  const wrong = (date: string) => db.collection(salesDays).updateOne({ date }, { $set: { grossRevenue: 1 } });
  await wrong('2026-03-01');
  await wrong('2026-03-02');
  expect((await wrongSales(db, 'USD')).map(({ date }) => date)).toEqual(['2026-03-01', '2026-03-02']);
  await rebuildSales(db, 'USD', '2026-03-02');
  expect(await wrongSales(db, 'USD')).toMatchObject([
    { date: '2026-03-01', stands: { grossRevenue: 1 }, should: { grossRevenue: 4501 } },
  ]);
  await rebuildSales(db, 'USD', '0000');
  expect(await wrongSales(db, 'USD')).toEqual([]);
});

it('is kept right by several runs at once', async () => {
  goTo('2026-06-01T12:00:00.000Z');
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      await paidOrder(db);
      await refreshSales(db, 'USD');
    }),
  );
  await refreshSales(db, 'USD');
  expect((await rowsOf('2026-06-01', '2026-06-01'))[0].slice(0, 2)).toEqual(['2026-06-01', 8]);
});

it('is read with one command, and kept by commands that each have an index', async () => {
  const asked = await commandsOf(() => sales('2026-03-01', '2026-04-01'));
  expect(asked.map(({ command }) => command.find)).toEqual(['sales_days']);
  goTo('2026-07-01T12:00:00.000Z');
  await refreshSales(db, 'USD');
  goTo('2026-07-02T12:00:00.000Z');
  await paidOrder(db);
  const kept = await commandsOf(() => refreshSales(db, 'USD'));
  const reads = kept.filter(({ name }) => name === 'aggregate');
  expect(kept.length).toBeLessThanOrEqual(6);
  const plans = await plansOf(reads);
  expect(plans.flatMap(({ indexes }) => indexes)).toEqual([
    'tenantId_1_updatedAt_1',
    'tenantId_1_paidAt_1',
    'tenantId_1_refunds.at_1',
  ]);
  for (const { documents, stages } of plans)
    expect([documents <= 1, stages.includes('SORT')]).toEqual([true, false]);
});

it('refuses a range that ends before it begins, and those who may not', async () => {
  const ask = (headers: Record<string, string>) =>
    shop.request(SALES, { from: '2026-03-02', to: '2026-03-01' }, headers);
  expect((await ask(reader)).errors?.[0]?.extensions).toMatchObject({
    code: 'BAD_USER_INPUT',
    argument: 'to',
  });
  expect((await ask({})).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
