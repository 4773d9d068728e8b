import { expect, it } from 'vitest';
import { refreshProductDays } from '../../src/domains/analytics/product-analytics.ts';
import { products } from '../../src/domains/catalogue/collections.ts';
import { openShop, type Shop, variantDraft } from '../support/shop.ts';

const DAYS = `query ($from: Date!, $to: Date!) { productAnalytics(from: $from, to: $to) {
  date productsCreated avgPrice { amount } totalInventory inventoryValue { amount } } }`;

async function openWithDays() {
  const shop = await openShop();
  const made = (day: string, basePrice: number, currency = 'USD') =>
    shop.product(
      {
        pricing: { currency, basePrice, salePrice: null, cost: null, taxRate: 0, discounts: [] },
        variants: [variantDraft({ sku: `${day}-${basePrice}-${currency}`, quantity: 2 })],
      },
      { at: new Date(`${day}T23:59:59.999Z`) },
    );
  await made('2026-03-01', 1000);
  await made('2026-03-01', 2001);
  await made('2026-03-01', 500, 'EUR');
  await made('2026-03-03', 300);
  return { shop, staff: await shop.staff('analytics:read') };
}

const read = async (shop: Shop, staff: Record<string, string>, from: string, to: string) =>
  (await shop.request(DAYS, { from, to }, staff)).data?.productAnalytics;

it('answers every day of the range, in the shop’s currency', async () => {
  const { shop, staff } = await openWithDays();
  await refreshProductDays(shop.db, 'USD');
  const empty = { productsCreated: 0, avgPrice: null, totalInventory: 0, inventoryValue: { amount: '0.00' } };
  expect(await read(shop, staff, '2026-02-28', '2026-03-03')).toEqual([
    { date: '2026-02-28', ...empty },
    {
      date: '2026-03-01',
      productsCreated: 2,
      avgPrice: { amount: '15.01' },
      totalInventory: 4,
      inventoryValue: { amount: '60.02' },
    },
    { date: '2026-03-02', ...empty },
    {
      date: '2026-03-03',
      productsCreated: 1,
      avgPrice: { amount: '3.00' },
      totalInventory: 2,
      inventoryValue: { amount: '6.00' },
    },
  ]);
});

it('forgets a day that lost its last product, and leaves days before the range alone', async () => {
  const { shop, staff } = await openWithDays();
  await refreshProductDays(shop.db, 'USD');
  await shop.db.collection(products).updateMany({}, { $set: { isDeleted: true } });
  await refreshProductDays(shop.db, 'USD', new Date('2026-03-02'));
  const counts = (await read(shop, staff, '2026-03-01', '2026-03-03')).map(
    (row: { productsCreated: number }) => row.productsCreated,
  );
  expect(counts).toEqual([2, 0, 0]);
});

it('can be refreshed again and again, by several at once', async () => {
  const { shop, staff } = await openWithDays();
  await Promise.all([1, 2, 3].map(() => refreshProductDays(shop.db, 'USD')));
  expect((await read(shop, staff, '2026-03-01', '2026-03-01'))[0].productsCreated).toBe(2);
});

it.each([
  ['a range that ends before it begins', '2026-03-02', '2026-03-01'],
  ['more than 366 days', '2025-01-01', '2026-03-01'],
])('refuses %s', async (_, from, to) => {
  const { shop, staff } = await openWithDays();
  const { errors } = await shop.request(DAYS, { from, to }, staff);
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'to' });
});

it('writes nothing over what a later holder of the lock wrote, and nothing of it away', async () => {
  const { shop, staff } = await openWithDays();
  const counts = async () =>
    (await read(shop, staff, '2026-03-01', '2026-03-03')).map(
      (row: { productsCreated: number }) => row.productsCreated,
    );
  await refreshProductDays(shop.db, 'USD', new Date(0), 7);
  await shop.db.collection(products).deleteMany({ 'pricing.basePrice': { $in: [2001, 300] } });

  await refreshProductDays(shop.db, 'USD', new Date(0), 6);
  expect(await counts()).toEqual([2, 0, 1]);
  await refreshProductDays(shop.db, 'USD', new Date(0), 8);
  expect(await counts()).toEqual([1, 0, 0]);
});
