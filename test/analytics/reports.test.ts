import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { beforeAll, expect, it } from 'vitest';
import { refreshBestSellers } from '../../src/domains/analytics/best-sellers.ts';
import { refreshSales } from '../../src/domains/analytics/sales-days.ts';
import type { Permission } from '../../src/domains/auth/permissions.ts';
import { rebuildFigures } from '../../src/domains/catalogue/category-figures.ts';
import { testApp } from '../support/app.ts';
import { paidOrder } from '../support/orders.ts';
import { openShop, type Shop, variantDraft } from '../support/shop.ts';

let shop: Shop;
let staff: Record<string, string>;

const get = (path: string, headers: Record<string, string> = staff, of = shop) =>
  fetch(`${of.url}/export/${path}`, { headers: { 'x-tenant': of.tenant.subdomain, ...headers } });

/** The rows of a report, by the names of its columns. */
async function rowsOf(path: string, headers = staff, of = shop): Promise<Record<string, string>[]> {
  const answer = await get(path, headers, of);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    ...[200, 'text/csv; charset=utf-8; header=present'],
  ]);
  return parse(Buffer.from(await answer.arrayBuffer()), { bom: true, columns: true });
}

beforeAll(async () => {
  shop = await openShop();
  staff = await shop.staff();
  const kitchen = await shop.category('Kitchen');
  const pots = await shop.category('Pots, and lids', kitchen);
  const mug = await shop.product(
    { name: '=cmd|x', sku: 'MUG', variants: [variantDraft({ sku: 'MUG-1', attributes: { Color: 'Red' } })] },
    { category: kitchen },
  );
  await shop.product(
    { name: 'Pot', sku: 'POT', variants: [variantDraft({ sku: 'POT-1', quantity: 2 })] },
    { category: pots },
  );
  const db = (await testApp()).database.tenantDb(shop.tenant._id, {
    now: () => new Date('2026-03-02T10:00Z'),
  });
  await paidOrder(db, { lines: [{ product: mug, quantity: 3, unitPrice: 1250 }] });
  await refreshSales(db, 'USD');
  await refreshBestSellers(db);
  await rebuildFigures(shop.db);
});

it('has the sales of each day that is asked for', async () => {
  const nothing = { orders: '0', units_sold: '0', gross_revenue: '0.00', refunds: '0.00' };
  expect(await rowsOf('sales.csv?from=2026-03-01&to=2026-03-02')).toEqual([
    { date: '2026-03-01', currency: 'USD', ...nothing, average_order_value: '' },
    {
      ...{ date: '2026-03-02', currency: 'USD', orders: '1', units_sold: '3', gross_revenue: '37.50' },
      ...{ refunds: '0.00', average_order_value: '37.50' },
    },
  ]);
  expect(await rowsOf('sales.csv')).toHaveLength(30);
});

it('has the categories, what sells best and what runs low', async () => {
  expect(await rowsOf('categories.csv')).toMatchObject([
    {
      category: 'Kitchen',
      products: '1',
      total_inventory: '10',
      inventory_value: '100.00',
      average_rating: '',
    },
    { category: 'Kitchen / Pots, and lids', products: '1', total_inventory: '2', inventory_value: '20.00' },
  ]);
  expect(await rowsOf('best-sellers.csv')).toEqual([
    { sku: 'MUG', name: "'=cmd|x", category: 'Kitchen', sold_in_30_days: '3', available: '10' },
  ]);
  expect(await rowsOf('sold-products.csv?from=2026-03-02&to=2026-03-02')).toEqual([
    {
      ...{ product_id: expect.stringMatching(/^[0-9a-f]{24}$/), sku: 'MUG', name: "'=cmd|x" },
      ...{ category: 'Kitchen', sold: '3', available: '10' },
    },
  ]);
  expect(await rowsOf('sold-products.csv?from=2026-03-01&to=2026-03-01')).toEqual([]);
  expect((await rowsOf('low-stock.csv')).map(({ sku }) => sku)).toEqual(['POT-1']);
  expect(await rowsOf('low-stock.csv?threshold=10')).toEqual([
    {
      ...{ sku: 'MUG-1', product: "'=cmd|x", attributes: 'Color: Red', available: '10' },
      ...{ reserved: '0', quantity: '10', product_sold_in_30_days: '3' },
    },
    expect.objectContaining({ sku: 'POT-1', available: '2', attributes: '' }),
  ]);
});

/** What both files say, in the same order: numbers by their worth, for 37.50 is 37.5. */
const worthOf = (row: Record<string, unknown>) =>
  Object.entries(row).map(([name, value]) => {
    const text = value instanceof Date ? value.toISOString().slice(0, 10) : String(value ?? '');
    return [name, /^[\d.]+$/.test(text) ? Number(text) : text.replace(/^'=/, '=')];
  });

async function parquetOf(path: string, headers = staff, of = shop) {
  const answer = await get(path, headers, of);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    ...[200, 'application/vnd.apache.parquet'],
  ]);
  const [, name = ''] = /^(.+?)(\?|$)/.exec(path) ?? [];
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${name}"`);
  return parquetReadObjects({ file: await answer.arrayBuffer() });
}

it.each([
  'sales?from=2026-03-01&to=2026-03-02',
  'categories',
  'best-sellers',
  'sold-products?from=2026-03-01&to=2026-03-02',
  'low-stock?threshold=10',
])('has the rows of %s as Parquet, as they are in the CSV', async (asked) => {
  const as = (ending: string) => asked.replace(/(\?|$)/, `.${ending}$1`);
  const [rows, inCsv] = [await parquetOf(as('parquet')), await rowsOf(as('csv'))];
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.map(worthOf)).toEqual(inCsv.map(worthOf));
});

it('has types in Parquet, text as it is, and columns also without a row', async () => {
  expect((await parquetOf('sales.parquet?from=2026-03-02&to=2026-03-02'))[0]).toEqual({
    ...{ date: new Date('2026-03-02'), currency: 'USD', orders: 1n, units_sold: 3n },
    ...{ gross_revenue: 37.5, refunds: 0, average_order_value: 37.5 },
  });
  expect((await parquetOf('best-sellers.parquet'))[0]).toMatchObject({ name: '=cmd|x', available: 10n });
  const empty = await openShop();
  expect(await parquetOf('best-sellers.parquet', await empty.staff(), empty)).toEqual([]);
});

it('has all that runs low, however many pages of it there are', async () => {
  const large = await openShop();
  const skus = Array.from({ length: 230 }, (_, i) => `LOW-${i}`);
  for (const sku of skus)
    await large.product({ sku, variants: [variantDraft({ sku: `${sku}-1`, quantity: 1 })] });
  const rows = await rowsOf('low-stock.csv', await large.staff('catalogue:read'), large);
  expect(new Set(rows.map(({ sku }) => sku))).toEqual(new Set(skus.map((sku) => `${sku}-1`)));
});

const only = (permission: Permission) => () => shop.staff(permission);

it.each([
  ['sales.csv', async () => ({}), 401, 'Send a staff key in x-api-key, or sign in'],
  ['sales.csv', only('orders:read'), 403, 'This report needs the permission analytics:read'],
  ['low-stock.csv', only('analytics:read'), 403, 'This report needs the permission catalogue:read'],
  ['sales.csv', async () => (await shop.person()).headers, 403, 'needs the permission'],
  ['sales.csv?from=yesterday', () => staff, 400, 'from is a day such as 2026-11-24, not "yesterday"'],
  ['sales.csv?to=2026-02-30', () => staff, 400, 'to is a day such as 2026-11-24, not "2026-02-30"'],
  ['sales.csv?from=2026-03-02&to=2026-03-01', () => staff, 400, 'comes after the last'],
  ['sales.csv?from=2020-01-01&to=2026-03-01', () => staff, 400, 'At most 366 days'],
  ['low-stock.csv?threshold=few', () => staff, 400, 'threshold is a whole number such as 5'],
  ['sales.parquet', only('orders:read'), 403, 'This report needs the permission analytics:read'],
  ['sales.parquet?from=yesterday', () => staff, 400, 'from is a day such as 2026-11-24, not "yesterday"'],
  [
    'all.csv',
    () => staff,
    404,
    'there are sales.csv, sales.parquet, categories.csv, categories.parquet, best-',
  ],
  ['low-stock.xlsx', () => staff, 404, 'no such file; there are low-stock.csv, low-stock.parquet'],
  ['sales', () => staff, 404, 'no such file; there are sales.csv, sales.parquet'],
])('answers %s with what is wrong', async (path, headers, status, message) => {
  const answer = await get(path, await headers());
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ errors: [{ message: expect.stringContaining(message) }] });
});

it('shows nothing of another shop, also to its owner', async () => {
  const other = await openShop();
  const owner = (await other.person('OWNER')).headers;
  expect(await rowsOf('best-sellers.csv', owner, other)).toEqual([]);
  expect((await get('best-sellers.csv', owner)).status).toBe(401);
});
