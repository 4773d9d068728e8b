import { expect, it } from 'vitest';
import { salesDays } from '../../src/domains/analytics/collections.ts';
import { refreshSales } from '../../src/domains/analytics/sales-days.ts';
import { auditMonth } from '../../src/domains/audit/collections.ts';
import { categoryFigures, rebuildFigures } from '../../src/domains/catalogue/category-figures.ts';
import { categories, products } from '../../src/domains/catalogue/collections.ts';
import { recordMovements, stockMovements } from '../../src/domains/catalogue/stock-movements.ts';
import { checkData } from '../../src/domains/checks/check-data.ts';
import type { Difference } from '../../src/domains/checks/product-checks.ts';
import { reviews } from '../../src/domains/reviews/collections.ts';
import { testApp } from '../support/app.ts';
import { paidOrder } from '../support/orders.ts';
import { openShop, type Shop, variantDraft } from '../support/shop.ts';

async function check(shop: Shop, repair = false) {
  const found: Difference[] = [];
  const result = await checkData(shop.db, { repair, onDifference: (difference) => found.push(difference) });
  return { found, result };
}

async function openSound() {
  const shop = await openShop();
  const home = await shop.category('Home');
  const product = await shop.product(
    { sku: 'MUG', variants: [variantDraft({ sku: 'MUG-1', quantity: 7 })] },
    { category: home },
  );
  await recordMovements(shop.db, null, product, 'opening stock');
  await rebuildFigures(shop.db);
  return { shop, home, product };
}

it('finds nothing in a shop that is right', async () => {
  const { shop } = await openSound();
  expect(await check(shop)).toEqual({ found: [], result: { products: 1, differences: 0, repaired: 0 } });
});

it.each([
  ['category', { 'category.name': 'Gone' }],
  ['category', { categoryIds: [] }],
  ['summary', { 'reviews.count': 3 }],
  ['keys', { 'keys.price': 1 }],
  ['keys', { 'keys.skus': ['OTHER'] }],
  ['keys', { 'keys.nameTerms': [] }],
])('finds a wrong %s (%o) and sets it right', async (name, damage) => {
  const { shop, product } = await openSound();
  await shop.db.collection(products).updateOne({ _id: product._id }, { $set: damage });

  expect((await check(shop, true)).found).toMatchObject([{ check: name, record: `product:${product._id}` }]);
  expect((await check(shop)).found).toEqual([]);
  expect(await shop.db.collection(products).findOne({ _id: product._id })).toEqual(product);
});

it('is written down in the audit when it sets a product right', async () => {
  const { shop, product } = await openSound();
  await shop.db.collection(products).updateOne({ _id: product._id }, { $set: { 'category.name': 'Gone' } });
  await check(shop, true);
  const [entry] = await shop.db
    .collection(auditMonth(new Date()))
    .find({ 'record.id': product._id.toHexString() }, { limit: 1 });
  expect(entry).toMatchObject({
    ...{ action: 'update', actor: null },
    changes: [{ path: 'category.name', before: 'Gone', after: 'Home' }],
  });
});

it('finds a day of sales that is kept wrongly and sets it right', async () => {
  const { shop } = await openSound();
  await paidOrder(shop.db);
  const { currency } = shop.tenant.settings;
  await refreshSales(shop.db, currency);
  const later = (await testApp()).database.tenantDb(shop.tenant._id, {
    now: () => new Date(Date.now() + 3_600_000),
  });
  await refreshSales(later, currency);
  await shop.db.collection(salesDays).updateMany({}, { $set: { orders: 9 } });
  const found: Difference[] = [];
  const look = (repair: boolean) =>
    checkData(later, { repair, onDifference: (difference) => found.push(difference) });
  await look(true);
  await look(false);
  expect(found.map(({ check: name, record }) => [name, record])).toEqual([
    ['sales', expect.stringMatching(/^day:\d{4}-/)],
  ]);
});

it('writes the line that the ledger lacks', async () => {
  const { shop, product } = await openSound();
  await shop.db.collection(stockMovements).deleteMany({});
  expect((await check(shop, true)).found).toMatchObject([
    { check: 'ledger', stands: 'the ledger adds up to 0', should: '7' },
  ]);
  expect((await check(shop)).found).toEqual([]);
  expect(await shop.db.collection(stockMovements).find({}, { limit: 9 })).toMatchObject([
    { sku: 'MUG-1', quantity: 7 },
  ]);
  expect(await shop.db.collection(products).findOne({ _id: product._id })).toEqual(product);
});

it('finds wrong figures of a category and sets them right', async () => {
  const { shop } = await openSound();
  await shop.db.collection(categoryFigures).updateMany({}, { $inc: { quantity: 1 } });
  expect((await check(shop, true)).found).toMatchObject([{ check: 'figures' }]);
  expect((await check(shop)).found).toEqual([]);
});

it('tells of reviews and categories that name something that is not there', async () => {
  const { shop, home, product } = await openSound();
  await shop.category('Lamps', home);
  await shop.db.collection(categories).updateOne({ _id: home._id }, { $set: { isDeleted: true } });
  await shop.db.collection(reviews).insertOne({
    _id: product._id,
    productId: home._id,
    userId: null,
    userName: 'Ada',
    rating: 5,
    title: null,
    comment: null,
    status: 'PENDING',
    verifiedPurchase: false,
    helpfulCount: 0,
    createdAt: new Date(),
    updatedAt: new Date(),
  });
  const { found } = await check(shop);
  const references = found.filter((difference) => difference.check === 'reference');
  expect(references.map(({ record }) => record.split(':')[0])).toEqual(['review', 'category']);
});

it('leaves the data of another shop alone', async () => {
  const { shop } = await openSound();
  const other = await openSound();
  await other.shop.db.collection(products).updateMany({}, { $set: { 'keys.price': 1 } });
  expect((await check(shop, true)).found).toEqual([]);
  expect((await other.shop.db.collection(products).findOne({}))?.keys.price).toBe(1);
});
