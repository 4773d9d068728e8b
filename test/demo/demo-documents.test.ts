import { beforeAll, describe, expect, it } from 'vitest';
import { demoDocuments } from '../../src/demo/demo-documents.ts';
import { type DemoShop, demoShops } from '../../src/demo/demo-shops.ts';
import { categories, products } from '../../src/domains/catalogue/collections.ts';
import { reviews } from '../../src/domains/reviews/collections.ts';
import { createTenant } from '../../src/domains/tenants/tenants.ts';
import { testApp } from '../support/app.ts';
import { ask } from '../support/shop.ts';

const NOW = new Date();
const shops = demoShops(NOW);
const [harbour] = shops as [DemoShop, DemoShop, DemoShop];

describe('demoDocuments', () => {
  const documents = demoDocuments(harbour, NOW);
  const product = (sku: string) => documents.products.find((one) => one.sku === sku);

  it('gives each category its way down from the root', () => {
    const bySlug = new Map(documents.categories.map((category) => [category.slug, category]));
    const skillets = bySlug.get('cast-iron');
    expect(skillets?.path).toEqual(['Kitchen', 'Cookware', 'Cast Iron']);
    expect(skillets?.depth).toBe(3);
    expect(skillets?.ancestorIds).toEqual([bySlug.get('kitchen')?._id, bySlug.get('cookware')?._id]);
    expect(bySlug.get('kitchen')?.parentId).toBeNull();
  });

  it('copies the category into the product, and keeps the dates and past prices of its draft', () => {
    const grinder = product('HP-1306');
    const draft = harbour.products.find((one) => one.draft.sku === 'HP-1306');
    expect(grinder?.category?.path).toEqual(['Kitchen', 'Coffee & Tea']);
    expect(grinder?.createdAt).toEqual(draft?.createdAt);
    expect(grinder?.updatedAt).toEqual(draft?.updatedAt);
    expect(grinder?.pricing.since).toEqual(draft?.since);
    expect(grinder?.pricing.history.map(({ price }) => price)).toEqual([9_400]);
  });

  it('sums up published reviews only, and ranks by them', () => {
    const skillet = product('HP-1001');
    const written = harbour.reviews.filter(({ productId }) => skillet && productId.equals(skillet._id));
    const published = written.filter(({ status }) => status === 'APPROVED');
    expect(published.length).toBeLessThan(written.length);
    expect(skillet?.reviews.count).toBe(published.length);
    expect(skillet?.keys.rating).toBe(skillet?.reviews.average);
  });

  it('refuses a product in a category that is not there', () => {
    const [first] = harbour.products;
    const lost = { ...harbour, products: first ? [{ ...first, categorySlug: 'attic' }] : [] };
    expect(() => demoDocuments(lost, NOW)).toThrow('HP-1001 is in "attic", which is not there');
  });
});

describe('the demo shops as they are stored', () => {
  let url = '';

  beforeAll(async () => {
    const app = await testApp();
    url = app.url;
    for (const shop of shops) {
      await createTenant(app.database.systemDb('open a demo shop for a test'), shop.tenant);
      const db = app.database.tenantDb(shop.tenant._id);
      const documents = demoDocuments(shop, NOW);
      await db.collection(categories).insertMany(documents.categories);
      await db.collection(products).insertMany(documents.products);
      await db.collection(reviews).insertMany(documents.reviews);
    }
  });

  const request = (subdomain: string, query: string) => ask(url, { query }, { 'x-tenant': subdomain });

  it('answer a product page with today’s prices in the shop’s own money', async () => {
    const query = (slug: string) => `{ product(slug: "${slug}") {
      pricing { basePrice { formatted } } priceRange { min { amount currency } } category { path }
      reviewSummary { count } lowestPrice30Days { amount } } }`;

    const throwPage = await request('demo', query('lambswool-throw'));
    expect(throwPage.errors).toBeUndefined();
    expect(throwPage.data.product).toMatchObject({
      pricing: { basePrice: { formatted: '$118.00' } },
      priceRange: { min: { amount: '94.40', currency: 'USD' } },
      category: { path: ['Living', 'Throws & Cushions'] },
    });

    const kenya = await request('nordlys', query('kenya-nyeri-aa'));
    expect(kenya.data.product.priceRange.min).toEqual({ amount: '169.00', currency: 'NOK' });
    const notebook = await request('kumo', query('cloud-notebook'));
    expect(notebook.data.product.pricing.basePrice.formatted).toBe('￥1,650');
    expect(notebook.data.product.priceRange.min).toEqual({ amount: '1430', currency: 'JPY' });
  });

  it('show the lowest price of 30 days where a sale has just ended', async () => {
    const { data } = await request(
      'demo',
      '{ product(slug: "enameled-dutch-oven") { priceRange { min { amount } } lowestPrice30Days { amount } } }',
    );
    expect(data.product.priceRange.min.amount).toBe('129.00');
    expect(data.product.lowestPrice30Days.amount).toBe('96.75');
  });

  it('show shoppers what is for sale, and neither drafts nor what is archived', async () => {
    const { data } = await request('demo', '{ products(first: 100) { totalCount nodes { status } } }');
    const forSale = harbour.products.filter(({ draft }) => draft.status === 'ACTIVE').length;
    expect(data.products.totalCount).toBe(forSale);
  });
});
