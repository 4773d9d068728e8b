import { expect, it } from 'vitest';
import { categoryAnalytics } from '../../src/domains/analytics/category-analytics.ts';
import { rebuildFigures } from '../../src/domains/catalogue/category-figures.ts';
import { products } from '../../src/domains/catalogue/collections.ts';
import { commandsOf } from '../support/app.ts';
import { openShop, variantDraft } from '../support/shop.ts';

const ROWS = `query ($categoryId: ID, $currency: Currency) { categoryAnalytics(categoryId: $categoryId, currency: $currency) {
  category { name } currency productCount variantCount totalInventory reservedInventory
  inventoryValue { amount } avgPrice { amount } minPrice { amount } maxPrice { amount } priceRange reviewCount averageRating } }`;

const priced = (basePrice: number, currency = 'USD') => ({
  pricing: { currency, basePrice, salePrice: null, cost: null, taxRate: 0, discounts: [] },
});

async function openMixed() {
  const shop = await openShop();
  const home = await shop.category('Home');
  const lamps = await shop.category('Lamps', home);
  const garden = await shop.category('Garden');
  const mug = await shop.product(
    {
      ...priced(4999),
      variants: [variantDraft({ sku: 'A', quantity: 2 }), variantDraft({ sku: 'B', quantity: 3 })],
    },
    { category: lamps },
  );
  await shop.product(
    { ...priced(9999), variants: [variantDraft({ sku: 'C', quantity: 1 })] },
    { category: lamps },
  );
  await shop.product(
    { ...priced(1500, 'EUR'), variants: [variantDraft({ sku: 'D', quantity: 4 })] },
    { category: lamps },
  );
  await shop.product(priced(100), { category: garden });
  await shop.product({ ...priced(1), status: 'DRAFT' }, { category: garden });
  await shop.db.collection(products).updateOne(
    { _id: mug._id },
    {
      $set: {
        'reviews.count': 4,
        'reviews.average': 4.5,
        'reviews.distribution.4': 2,
        'reviews.distribution.5': 2,
      },
    },
  );
  // Put there without the API, which would have noted it.
  await rebuildFigures(shop.db);
  return { shop, home, lamps, staff: await shop.staff('analytics:read') };
}

it.each(['false', 'true'])(
  'counts a product once, however many variants it has, and never mixes currencies (live: %s)',
  async (live) => {
    const { shop, staff } = await openMixed();
    const { data } = await shop.request(
      ROWS.replace('currency: $currency', `currency: $currency, live: ${live}`),
      {},
      staff,
    );
    expect(data.categoryAnalytics[0]).toEqual({
      category: { name: 'Lamps' },
      currency: 'USD',
      productCount: 2,
      variantCount: 3,
      totalInventory: 6,
      reservedInventory: 0,
      inventoryValue: { amount: '349.94' },
      avgPrice: { amount: '74.99' },
      minPrice: { amount: '49.99' },
      maxPrice: { amount: '99.99' },
      priceRange: '$49.99 - $99.99',
      reviewCount: 4,
      averageRating: 4.5,
    });
    expect(data.categoryAnalytics.slice(1)).toMatchObject([
      {
        category: { name: 'Lamps' },
        currency: 'EUR',
        productCount: 1,
        priceRange: '€15.00 - €15.00',
        averageRating: null,
      },
      { category: { name: 'Garden' }, productCount: 1 },
    ]);
  },
);

it('keeps to a category with what is below it, and to a currency', async () => {
  const { shop, home, staff } = await openMixed();
  const rows = async (variables: object) =>
    (await shop.request(ROWS, { ...variables }, staff)).data.categoryAnalytics;
  expect(await rows({ categoryId: `${home._id}` })).toHaveLength(2);
  expect(await rows({ categoryId: `${home._id}`, currency: 'EUR' })).toMatchObject([{ currency: 'EUR' }]);
  expect(await rows({ categoryId: 'nonsense' })).toEqual([]);
});

it('is one command, one more each for the categories and for what is reserved, and the staff’s alone', async () => {
  const { shop, staff } = await openMixed();
  await shop.request(ROWS, {}, staff);
  expect(await commandsOf(() => shop.request(ROWS, {}, staff))).toMatchObject([
    { name: 'aggregate' },
    { name: 'find' },
    { name: 'aggregate' },
  ]);
  expect((await shop.request(ROWS)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

it('is read once for all who ask at the same moment, and anew for who asks after a change', async () => {
  const { shop } = await openMixed();
  const figures = () => categoryAnalytics(shop.db, { live: false });
  const alone = await figures();
  const answers: unknown[] = [];
  const sent = await commandsOf(async () =>
    answers.push(...(await Promise.all(Array.from({ length: 30 }, figures)))),
  );
  expect(answers).toEqual(Array(30).fill(alone));
  expect(sent).toHaveLength(1);
  await shop.product({ ...priced(500) }, { category: await shop.category('New') });
  await rebuildFigures(shop.db);
  expect(await figures()).toHaveLength(alone.length + 1);
});
