import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ObjectId } from 'mongodb';
import { beforeAll, expect, inject, it } from 'vitest';
import { products } from '../../src/domains/catalogue/collections.ts';
import type { Product } from '../../src/domains/catalogue/documents.ts';
import { recordMovements } from '../../src/domains/catalogue/stock-movements.ts';
import { orderEvents, orders } from '../../src/domains/orders/collections.ts';
import type { Order } from '../../src/domains/orders/documents.ts';
import { reviews } from '../../src/domains/reviews/collections.ts';
import { exportShop } from '../../src/domains/warehouse/export.ts';
import { TABLES, type Table } from '../../src/domains/warehouse/tables.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';
import { type ObjectStore, openStore } from '../../src/platform/object-store/object-store.ts';
import { testApp } from '../support/app.ts';
import { atEnd } from '../support/mongo.ts';
import { happen, paid, placedOrder, refunded } from '../support/orders.ts';
import { runScript } from '../support/run-script.ts';
import { startS3 } from '../support/s3.ts';
import { openShop, type Shop, variantDraft } from '../support/shop.ts';
import { askWarehouse, documentedSql } from './warehouse.ts';

let shop: Shop;
let mug: Product;
let bowl: Product;

/** The shop on a day of its past. */
const on = async (day: string, minutes = 0): Promise<TenantDb> =>
  (await testApp()).database.tenantDb(shop.tenant._id, {
    now: () => new Date(Date.parse(`${day}T12:00:00Z`) + minutes * 60_000),
  });

const newFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'souk-export-'));
  atEnd(() => rm(folder, { recursive: true }));
  return folder;
};

const run = (store: ObjectStore, tables: readonly Table[] = TABLES, tenant = 'demo') =>
  exportShop(shop.db, { store, tenant, tables });

async function sold(day: string, product: Product, quantity: number): Promise<Order> {
  const order = await placedOrder(await on(day), { lines: [{ product, quantity, unitPrice: 1_250 }] });
  return happen(await on(day, 10), order, paid(order));
}

const sent = async (day: string, order: Order, minutes: number) => {
  const lines = order.lines.map(({ _id: lineId, quantity }) => ({ lineId, quantity }));
  const parcel = { _id: new ObjectId(), lines, carrier: null, trackingNumber: null, trackingUrl: null };
  return happen(await on(day, minutes), order, { type: 'fulfilled', fulfilment: parcel });
};

const review = (product: Product, rating: 1 | 5, status: 'APPROVED' | 'PENDING') =>
  shop.db.collection(reviews).insertOne({
    ...{ _id: new ObjectId(), productId: product._id, userId: null, userName: 'Ada', rating, status },
    ...{ title: null, comment: 'words', verifiedPurchase: false, helpfulCount: 0 },
    ...{ createdAt: new Date('2026-10-03T00:00:00Z'), updatedAt: new Date('2026-10-03T00:00:00Z') },
  });

beforeAll(async () => {
  shop = await openShop();
  const at = new Date('2026-10-01T08:00:00Z');
  const drafts = ['MUG', 'BOWL'].map((sku) => ({
    ...{ sku, name: sku.toLowerCase(), slug: sku.toLowerCase(), tags: ['clay'] },
    variants: [variantDraft({ sku, quantity: 7 })],
  }));
  [mug, bowl] = (await Promise.all(drafts.map((draft) => shop.product(draft, { at })))) as [Product, Product];
  for (const product of [mug, bowl]) await recordMovements(await on('2026-10-01'), null, product, 'opening');
  const first = await sold('2026-10-02', mug, 3);
  const shipped = await sent('2026-10-02', first, 70);
  const [line] = shipped.lines;
  if (!line) throw new Error('The order has no line');
  const back = [{ lineId: line._id, quantity: 1 }];
  await happen(
    await on('2026-10-04'),
    shipped,
    ...[{ type: 'returned' as const, lines: back, restock: false, reason: null }],
    ...refunded(shipped, 1_250),
  );
  await sold('2026-10-02', bowl, 1);
  await sold('2026-11-03', bowl, 2);
  await review(mug, 5, 'APPROVED');
  await review(mug, 1, 'PENDING');
});

it('answers the questions of its documentation', async () => {
  const folder = await newFolder();
  expect(await run(openStore(folder))).toMatchObject({ rows: 3 + 3 + 10 + 2 + 2 + 2, unchanged: 0 });
  const [, ...questions] = await documentedSql(folder);
  expect(await askWarehouse(folder, ...questions)).toEqual([
    [
      { tenant: 'demo', month: '2026-10', currency: 'USD', orders: '2', paid: 50, refunded: 12.5 },
      { tenant: 'demo', month: '2026-11', currency: 'USD', orders: '1', paid: 25, refunded: 0 },
    ],
    [
      { name: 'bowl', pieces: '3', rating: null },
      { name: 'mug', pieces: '2', rating: 5 },
    ],
    [{ sku: 'MUG', sent: '3', returned: '1', percent: 33.3 }],
    [{ minutes: 60 }],
    [
      { sku: 'BOWL', pieces: '7' },
      { sku: 'MUG', pieces: '7' },
    ],
  ]);
});

it('types money, times and lists, and lets out no names and no addresses', async () => {
  const folder = await newFolder();
  await run(openStore(folder));
  const [columns = [], [row] = []] = await askWarehouse(
    folder,
    'SELECT column_name AS name, column_type AS type FROM (DESCRIBE orders) UNION SELECT column_name, column_type FROM (DESCRIBE products)',
    `SELECT epoch_ms(created_at) AS created, base_price, variants->>'$[0].sku' AS sku, tags->>'$[0]' AS tag FROM products WHERE name = 'mug'`,
  );
  const types = Object.fromEntries(columns.map(({ name, type }) => [name, type]));
  expect(types).toMatchObject({
    total: 'BIGINT',
    base_price: 'BIGINT',
    currency: 'VARCHAR',
    variants: 'JSON',
  });
  expect(types.placed_at).toMatch(/^TIMESTAMP/);
  expect(Object.keys(types).filter((name) => /email|address|phone/.test(name))).toEqual([]);
  expect(row).toEqual({
    created: String(Date.parse('2026-10-01T08:00:00Z')),
    base_price: '1000',
    sku: 'MUG',
    tag: 'clay',
  });
});

/** Every row of the warehouse against every document, and each once. */
async function expectAllOnce(folder: string) {
  const ids = ['orders', 'products', 'events'].map((table) => `SELECT id FROM ${table} ORDER BY id`);
  const found = await askWarehouse(folder, ...ids, 'SELECT id, version FROM orders ORDER BY id');
  const all = { limit: 1_000, sort: { _id: 1 } } as const;
  const stored = [orders, products, orderEvents] as const;
  for (const [i, collection] of stored.entries()) {
    const documents = await shop.db
      .collection<{ _id: ObjectId; tenantId: ObjectId }>(collection)
      .find({}, all);
    expect(found[i]).toEqual(documents.map(({ _id }) => ({ id: String(_id) })));
  }
  const versions = (await shop.db.collection(orders).find({}, all)).map(({ _id, version }) => ({
    ...{ id: String(_id), version },
  }));
  expect(found.at(-1)).toEqual(versions);
}

it('writes again the days that have changed and no others, also for what is committed late', async () => {
  const folder = await newFolder();
  const store = openStore(folder);
  const first = await run(store);
  expect(await run(store)).toEqual({ days: 0, rows: 0, unchanged: first.days, removed: 0 });
  // Of a day that was exported long ago: a clock that is wrong, or a commit that took its time.
  await sold('2026-10-02', bowl, 1);
  await shop.db
    .collection(products)
    .updateOne({ _id: mug._id }, { $set: { name: 'cup' }, $inc: { version: 1 } });
  const second = await run(store);
  // The day of the order in three tables, and the day of the product.
  expect([second.days, second.removed]).toEqual([4, 0]);
  await expectAllOnce(folder);
  // What was read until now stays for one run.
  expect((await run(store)).removed).toBe(4);
  await expectAllOnce(folder);
});

it('misses nothing that is committed between the mark of a day and its rows', async () => {
  const folder = await newFolder();
  const store = openStore(folder);
  const meanwhile = TABLES.map((table) => ({
    ...table,
    marks: async (db: TenantDb) => {
      const marks = await table.marks(db);
      if (table.name === 'orders') await sold('2026-11-03', mug, 1);
      return marks;
    },
  }));
  await run(store, meanwhile);
  await expectAllOnce(folder);
  expect(await run(store)).toMatchObject({ days: 1 });
  await expectAllOnce(folder);
});

it('killed in the middle, it is finished by the next run, with no row missing and none twice', async () => {
  const folder = await newFolder();
  const { databaseName } = await testApp();
  const program = fileURLToPath(new URL('killed-export.ts', import.meta.url));
  for (const days of [1, 5]) {
    const args = [inject('mongoUri'), databaseName, folder, String(shop.tenant._id), String(days)];
    const child = spawn(process.execPath, [program, ...args], { stdio: 'inherit' });
    expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
  }
  expect((await run(openStore(folder))).removed).toBe(5);
  await expectAllOnce(folder);
});

it('goes on under a new name of the shop, and counts nothing twice', async () => {
  const folder = await newFolder();
  const store = openStore(folder);
  const first = await run(store);
  expect(await run(store, TABLES, 'renamed')).toMatchObject({ days: first.days, unchanged: 0 });
  await expectAllOnce(folder);
  expect(await askWarehouse(folder, 'SELECT DISTINCT tenant FROM orders')).toEqual([[{ tenant: 'renamed' }]]);
  expect((await run(store, TABLES, 'renamed')).removed).toBe(first.days);
});

it('has each shop by itself', async () => {
  const folder = await newFolder();
  const store = openStore(folder);
  const other = await openShop();
  const theirs = await placedOrder(other.db);
  await run(store);
  await exportShop(other.db, { store, tenant: 'other', tables: TABLES });
  await run(store);
  const [own = [], [one, ...more] = []] = await askWarehouse(
    folder,
    `SELECT id FROM orders WHERE tenant = 'demo'`,
    `SELECT id FROM orders WHERE tenant = 'other'`,
  );
  expect([one, more]).toEqual([{ id: String(theirs._id) }, []]);
  expect(own.length).toBe(await shop.db.collection(orders).count({}, { limit: 1_000 }));
});

it('writes a table anew whose columns are others, in files of so many rows', async () => {
  const store = openStore(await newFolder());
  const tables = TABLES.filter(({ name }) => name === 'orders');
  await run(store, tables);
  const others = tables.map((table) => ({ ...table, schema: 2 }));
  const again = await exportShop(shop.db, { store, tenant: 'demo', tables: others, rowsOfAFile: 1 });
  expect(again).toMatchObject({ days: 2, unchanged: 0 });
  const keys = await Array.fromAsync(store.list('table=orders/tenant=demo/date=2026-10-02/'));
  const count = await shop.db
    .collection(orders)
    .count({ placedAt: { $lt: new Date('2026-10-03') } }, { limit: 9 });
  expect(keys).toHaveLength(1 + count);
});

it('is a command: of one shop, some tables, into a bucket; and says what it does not know', async () => {
  const { databaseName: name } = await testApp();
  const s3 = await startS3();
  atEnd(() => s3.close());
  Object.assign(process.env, s3.env);
  const args = (tables: string) => [
    '--to',
    `${s3.url}/x`,
    '--tenant',
    shop.tenant.subdomain,
    '--tables',
    tables,
  ];
  const done = await runScript('export', args('orders,reviews'), { name });
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(done.out).toMatch(/^✔ shop-\w+: \d+ rows of 3 days written, 0 days are as they were/);
  const kept = await Array.fromAsync(openStore(`${s3.url}/x`, s3.env).list(''));
  expect(kept.map(({ key }) => key.split('/')[0]).sort()).toEqual([
    `manifest`,
    ...['table=orders', 'table=orders', 'table=reviews'],
  ]);
  expect(await runScript('export', args('order'), { name })).toMatchObject({
    ...{ code: 1, err: '✖ There is no table "order". Did you mean "orders"?\n' },
  });
});
