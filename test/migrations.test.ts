import { ObjectId } from 'mongodb';
import { expect, it } from 'vitest';
import { products } from '../src/domains/catalogue/collections.ts';
import { newProduct } from '../src/domains/catalogue/product-document.ts';
import { validatorOf } from '../src/platform/mongo/collection.ts';
import { migrateUp } from '../src/platform/mongo/migrations.ts';
import { openTestDatabase, rawDb } from './support/mongo.ts';

const draft = (sku: string) => ({
  ...{
    sku,
    name: sku,
    slug: sku,
    description: null,
    status: 'ACTIVE' as const,
    tags: [],
    searchKeywords: [],
  },
  ...{ media: [], seo: { title: null, description: null } },
  pricing: {
    ...{ currency: 'USD', basePrice: 1000, salePrice: null, cost: null, taxRate: 0, discounts: [] },
  },
  variants: [
    {
      ...{ sku: `${sku}-1`, attributes: {}, quantity: 3, media: [] },
      pricing: { basePrice: null, salePrice: null },
    },
  ],
});

it('gives products of an older data folder what an update must not be without, and leaves the rest', async () => {
  const database = await openTestDatabase({ guard: false });
  const db = rawDb(database);
  const change = { at: new Date('2026-01-01'), by: null };
  const tenantId = new ObjectId();
  const [old, fresh] = ['old', 'new'].map((sku) => ({ ...newProduct(draft(sku), null, change), tenantId }));
  if (!old || !fresh) throw new Error('two products');
  const { holds: _, holdsFrom: __, soldRecently: ___, ...rest } = old;
  const variants = old.variants.map(
    ({ backorder: _, inventory: { backordered: __, ...inventory }, ...variant }) => ({
      ...variant,
      inventory,
    }),
  );
  const stored = db.collection(products.name);
  const sold = {
    ...fresh,
    soldRecently: 7,
    variants: fresh.variants.map((one) => ({ ...one, backorder: true })),
  };
  await stored.insertMany([{ ...rest, variants }, sold]);
  await db.command({ collMod: products.name, validator: validatorOf(products) });
  const touch = () => stored.updateOne({ sku: 'old' }, { $set: { name: 'Old' } });
  await expect(touch()).rejects.toThrow(/validation/);

  await migrateUp(db);

  await touch();
  expect(await stored.find({}, { sort: { _id: 1 } }).toArray()).toEqual([{ ...old, name: 'Old' }, sold]);
});
