import { createReadStream } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { auditMonth } from '../../../src/domains/audit/collections.ts';
import { products } from '../../../src/domains/catalogue/collections.ts';
import { reviews } from '../../../src/domains/reviews/collections.ts';
import { importReviews } from '../../../src/domains/reviews/import/import-reviews.ts';
import { shopifyReviews } from '../../../src/domains/reviews/import/shopify-reviews.ts';
import type { TenantDb } from '../../../src/platform/mongo/tenant-db.ts';
import {
  type ImportShop,
  importShopify,
  openImportShops,
  productOf,
} from '../../catalogue/import/import-shop.ts';
import { bytes, fixture } from '../../catalogue/import/sources.ts';

let shops: ImportShop;
beforeAll(async () => {
  shops = await openImportShops();
});

async function shopWithProducts() {
  const db = await shops.newShop();
  await importShopify(db, fixture('current.csv'));
  return db;
}
const importFixture = (db: TenantDb) =>
  importReviews(db, shopifyReviews(createReadStream(new URL('fixtures/reviews.csv', import.meta.url))));
const allReviews = (db: TenantDb) =>
  db.collection(reviews).find({}, { limit: 1_000, sort: { createdAt: 1, _id: 1 } });

it('brings the reviews to their products, and their summary with them', async () => {
  const db = await shopWithProducts();
  const report = await importFixture(db);
  expect(report.counts).toEqual({ created: 4, updated: 0, unchanged: 1, refused: 3 });
  const parka = await productOf(db, 'fjord-parka');
  expect(parka).toMatchObject({
    version: 1,
    reviews: {
      count: 3,
      average: 11 / 3,
      distribution: { 1: 0, 2: 1, 3: 0, 4: 1, 5: 1 },
      recent: [{ userName: 'Anonymous', rating: 2 }, { userName: 'Björn' }, { userName: 'Ada' }],
    },
    keys: { rating: 11 / 3 },
  });
  expect(await allReviews(db)).toMatchObject([
    { productId: parka._id, userId: null, status: 'APPROVED', verifiedPurchase: false, helpfulCount: 0 },
    {},
    {},
    {},
  ]);
});

it('is written down in the audit, each review that was new', async () => {
  const db = await shopWithProducts();
  await importFixture(db);
  await importFixture(db);
  const written = { 'record.type': 'review', action: 'insert' } as const;
  const entries = await db.collection(auditMonth(db.now())).find(written, { limit: 10 });
  const ids = (await allReviews(db)).map(({ _id }) => _id.toHexString());
  expect(entries.map(({ record }) => record.id).sort()).toEqual(ids.sort());
});

it('stores no address of a writer', async () => {
  const db = await shopWithProducts();
  await importFixture(db);
  expect(JSON.stringify(await allReviews(db))).not.toContain('@');
});

it('names the line of a review whose product the shop does not have', async () => {
  const { faults } = await importFixture(await shopWithProducts());
  expect(faults).toContainEqual({
    line: 9,
    column: 'product_handle',
    product: 'no-such-thing',
    value: 'no-such-thing',
    reason: 'The shop has no product with this handle',
  });
});

it('changes nothing when it is repeated', async () => {
  const db = await shopWithProducts();
  await importFixture(db);
  const before = [await allReviews(db), await productOf(db, 'fjord-parka')];
  const report = await importFixture(db);
  expect(report.counts).toEqual({ created: 0, updated: 0, unchanged: 5, refused: 3 });
  expect([await allReviews(db), await productOf(db, 'fjord-parka')]).toEqual(before);
});

it('mends a summary that an interrupted import left behind', async () => {
  const db = await shopWithProducts();
  await importFixture(db);
  const right = await productOf(db, 'fjord-parka');
  const wrong = { 'reviews.count': 0, 'reviews.average': null, 'reviews.recent': [], 'keys.rating': 0 };
  await db.collection(products).updateOne({ slug: 'fjord-parka' }, { $set: wrong });
  await importFixture(db);
  expect(await productOf(db, 'fjord-parka')).toEqual(right);
});

it('does not let a product import touch the reviews', async () => {
  const db = await shopWithProducts();
  await importFixture(db);
  const before = await productOf(db, 'enamel-mug');
  await importShopify(db, fixture('current.csv'));
  expect(await productOf(db, 'enamel-mug')).toEqual(before);
  const content = (await import('node:stream/consumers')).text(fixture('current.csv'));
  await importShopify(db, (await content).replace('Enamel Mug,', 'Tin Mug,'));
  const after = await productOf(db, 'enamel-mug');
  expect(after.name).toBe('Tin Mug, "Camp"');
  expect(after.reviews).toEqual(before.reviews);
});

it('does the work of two that import the same file at once only once', async () => {
  const db = await shopWithProducts();
  const reports = await Promise.all([importFixture(db), importFixture(db)]);
  expect(reports.reduce((sum, { counts }) => sum + counts.created, 0)).toBe(4);
  expect((await productOf(db, 'fjord-parka')).reviews.count).toBe(3);
});

it('imports more reviews than one batch holds', async () => {
  const db = await shopWithProducts();
  const rows = Array.from(
    { length: 450 },
    (_, n) => `enamel-mug,${(n % 5) + 1},T${n},B,N,${n}@example.com,2025-01-01`,
  );
  const file = `product_handle,rating,title,body,reviewer_name,reviewer_email,review_date\n${rows.join('\n')}`;
  const report = await importReviews(db, shopifyReviews(bytes(file)));
  expect(report.counts).toMatchObject({ created: 450, refused: 0 });
  expect((await productOf(db, 'enamel-mug')).reviews).toMatchObject({
    count: 450,
    average: 3,
    distribution: { 1: 90, 2: 90, 3: 90, 4: 90, 5: 90 },
  });
});
