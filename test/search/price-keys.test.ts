import { ObjectId } from 'mongodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { shopper } from '../../src/domains/auth/viewer.ts';
import { products } from '../../src/domains/catalogue/collections.ts';
import { refreshPriceKeys, refreshShopPrices } from '../../src/domains/search/price-keys.ts';
import { listProducts } from '../../src/domains/search/product-list.ts';
import { type Database, openDatabase } from '../../src/platform/mongo/client.ts';
import { testApp } from '../support/app.ts';
import { openShop, type Shop } from '../support/shop.ts';

const START = new Date('2025-11-28T08:00:00.000Z');
const END = new Date('2025-11-29T08:00:00.000Z');
const at = (moment: Date, milliseconds: number) => new Date(moment.getTime() + milliseconds);

let now = at(START, -60_000);
let database: Database;

/** The same database with a clock that the test sets. */
beforeAll(async () => {
  const app = await testApp();
  const name = app.database.systemDb('name of the test database').raw.databaseName;
  database = await openDatabase({ uri: inject('mongoUri'), name, guard: true, now: () => now });
});

afterAll(() => database.close());

async function openSale(): Promise<Shop> {
  const shop = await openShop();
  const half = { type: 'PERCENTAGE' as const, value: 5_000, validFrom: START, validTo: END, code: null };
  const pricing = {
    currency: 'USD',
    basePrice: 3_000,
    salePrice: null,
    cost: null,
    taxRate: 0,
    discounts: [half],
  };
  await shop.product({ name: 'On sale soon', pricing }, { at: at(START, -60_000) });
  await shop.product({ name: 'Always 20', pricing: { ...pricing, basePrice: 2_000, discounts: [] } });
  return shop;
}

async function byPrice({ tenant }: Shop, filter = {}): Promise<string[]> {
  const args = { sort: 'PRICE_ASC' as const, filter };
  const { rows } = await listProducts(
    database.tenantDb(tenant._id),
    { viewer: shopper(), shop: tenant },
    args,
    { name: 1 },
  );
  return rows.map(({ name }) => name);
}

const system = () => database.systemDb('bring price keys up to date');

describe('a list by price', () => {
  it('changes its order when a discount starts, and again when it ends', async () => {
    const shop = await openSale();
    now = at(START, -60_000);
    await refreshPriceKeys(system());
    expect(await byPrice(shop)).toEqual(['Always 20', 'On sale soon']);
    now = START;
    await refreshPriceKeys(system());
    expect(await byPrice(shop)).toEqual(['On sale soon', 'Always 20']);
    expect(await byPrice(shop, { price: { max: '15.00' } })).toEqual(['On sale soon']);
    now = END;
    await refreshPriceKeys(system());
    expect(await byPrice(shop)).toEqual(['Always 20', 'On sale soon']);
  });

  it('does not wait for the clock when the process knows what is about to change', async () => {
    const shop = await openSale();
    now = at(START, -1_500);
    await refreshPriceKeys(system());
    expect(await byPrice(shop)).toEqual(['Always 20', 'On sale soon']);
    now = START;
    expect(await byPrice(shop)).toEqual(['On sale soon', 'Always 20']);
  });
});

describe('bringing price keys up to date', () => {
  it('reaches every product that is due, and no other', async () => {
    const shop = await openSale();
    const many = shop.db.collection(products);
    const [soon] = await many.find({ name: 'On sale soon' }, { limit: 1 });
    if (!soon) throw new Error('The product is there');
    const copies = Array.from({ length: 1_200 }, (_, i) => ({
      ...soon,
      _id: new ObjectId(),
      sku: `c${i}`,
      slug: `c${i}`,
      variants: [],
      keys: { ...soon.keys, skus: [`c${i}`] },
    }));
    await many.insertMany(copies);
    now = at(START, 1);
    await refreshShopPrices(database.tenantDb(shop.tenant._id));
    expect(await many.count({ 'keys.price': 1_500, 'keys.priceChangesAt': END }, { limit: 2_000 })).toBe(
      1_201,
    );
    expect(await many.count({ 'keys.price': 2_000 }, { limit: 10 })).toBe(1);
  });
});
