import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { auditMonth } from '../../../src/domains/audit/collections.ts';
import { products } from '../../../src/domains/catalogue/collections.ts';
import { stockMovements } from '../../../src/domains/catalogue/stock-movements.ts';
import { productVersions } from '../../../src/domains/catalogue/versions.ts';
import { outbox } from '../../../src/platform/events/collections.ts';
import { noOrigin } from '../../../src/platform/mongo/scope.ts';
import type { TenantDb } from '../../../src/platform/mongo/tenant-db.ts';
import { openFailingDatabase, whileFailing, withFailPoint } from '../../support/failing-mongo.ts';
import { commandsDuring, rawDb } from '../../support/mongo.ts';
import {
  allCategories,
  allProducts,
  type ImportShop,
  importLines,
  importShopify,
  openImportShops,
  productOf,
} from './import-shop.ts';
import { fixture, mug, shopifyFile } from './sources.ts';

let shops: ImportShop;
beforeAll(async () => {
  shops = await openImportShops();
});
afterEach(() => {
  shops.clock.now = new Date('2026-03-01T12:00:00Z');
});

const byStaff = { ...noOrigin, actor: 'user:7' };
const DAY = 24 * 60 * 60 * 1000;
const later = () => {
  shops.clock.now = new Date(shops.clock.now.getTime() + DAY);
};

const sizes = (...rows: [size: string, sku: string, more?: Record<string, string>][]) =>
  rows.map(([size, sku, more], index) => ({
    ...(index === 0 ? mug({ 'Option1 Name': 'Size' }) : { Handle: 'mug', 'Variant Price': '12.00' }),
    'Option1 Value': size,
    'Variant SKU': sku,
    ...more,
  }));

describe('a first import', () => {
  it('brings each product with its variants, stock, prices and keys', async () => {
    const db = await shops.newShop(byStaff);
    const report = await importShopify(db, fixture('current.csv'));
    expect(report).toMatchObject({
      counts: { created: 5, updated: 0, unchanged: 0, refused: 0 },
      variants: 9,
      categoriesCreated: 10,
      stopped: null,
    });
    expect(await productOf(db, 'fjord-parka')).toMatchObject({
      name: 'Fjord™ Parka & Hood',
      version: 1,
      createdAt: shops.clock.now,
      createdBy: 'user:7',
      category: { name: 'Jackets & Parkas', path: ['Clothing', 'Outerwear', 'Jackets & Parkas'] },
      pricing: { basePrice: 24000, since: shops.clock.now, history: [] },
      variants: [
        { sku: 'FP-S-NAVY', inventory: { quantity: 12, reserved: 0, available: 12 } },
        { sku: 'FP-S-MOSS', inventory: { quantity: 0, reserved: 0, available: 0 } },
        { sku: 'FP-M-NAVY', inventory: { quantity: 7, reserved: 0, available: 7 } },
      ],
      keys: { price: 19900, skus: ['fjord-parka', 'FP-S-NAVY', 'FP-S-MOSS', 'FP-M-NAVY'] },
      reviews: { count: 0, average: null },
    });
  });

  it('makes the categories of a path once, each below the other', async () => {
    const db = await shops.newShop();
    const rows = ['Men > Tops', 'men > TOPS > Tees', 'Women > Tops'].map((path, index) =>
      mug({ Handle: `p-${index}`, 'Variant SKU': `P-${index}`, 'Product Category': path }),
    );
    const report = await importShopify(db, shopifyFile(rows));
    expect(report.categoriesCreated).toBe(5);
    const found = await allCategories(db);
    expect(found.map(({ slug, path, depth, position }) => ({ slug, path, depth, position }))).toEqual([
      { slug: 'men', path: ['Men'], depth: 1, position: 0 },
      { slug: 'men-tops', path: ['Men', 'Tops'], depth: 2, position: 0 },
      { slug: 'men-tops-tees', path: ['Men', 'Tops', 'Tees'], depth: 3, position: 0 },
      { slug: 'women', path: ['Women'], depth: 1, position: 1 },
      { slug: 'women-tops', path: ['Women', 'Tops'], depth: 2, position: 0 },
    ]);
    const [men, tops, tees] = found;
    expect(tees).toMatchObject({ parentId: tops?._id, ancestorIds: [men?._id, tops?._id] });
    const product = await productOf(db, 'p-1');
    expect(product.categoryIds).toEqual([men?._id, tops?._id, tees?._id]);
  });

  it('gives a free slug to a category where another path has its slug', async () => {
    const db = await shops.newShop();
    const rows = ['A B > C', 'A > B C'].map((path, index) =>
      mug({ Handle: `p-${index}`, 'Variant SKU': `P-${index}`, 'Product Category': path }),
    );
    await importShopify(db, shopifyFile(rows));
    expect((await allCategories(db)).map(({ slug }) => slug)).toEqual(['a', 'a-b', 'a-b-c', 'a-b-c-2']);
  });

  it('leaves out what has a fault, whole, and brings the rest', async () => {
    const db = await shops.newShop();
    const told: number[] = [];
    const report = await importShopify(db, fixture('faulty.csv'), {
      onFault: ({ line }) => told.push(line ?? 0),
    });
    expect(report.counts).toEqual({ created: 3, updated: 0, unchanged: 0, refused: 18 });
    expect(report.faultCount).toBe(28);
    expect(told).toEqual(report.faults.map(({ line }) => line));
    expect((await allProducts(db)).map(({ slug }) => slug)).toEqual(['good-one', 'good-three', 'good-two']);
  });

  it('keeps what came before the place where the file ends too soon', async () => {
    const db = await shops.newShop();
    const content = shopifyFile([mug(), mug({ Handle: 'bowl', 'Variant SKU': 'B' })]).concat('"cut');
    const report = await importShopify(db, content);
    expect(report.stopped).toMatchObject({ line: 4, reason: expect.stringMatching(/^The file ends inside/) });
    expect(report.counts).toMatchObject({ created: 1, refused: 1 });
    expect((await allProducts(db)).map(({ slug }) => slug)).toEqual(['mug']);
  });

  it('does the same through NDJSON', async () => {
    const db = await shops.newShop();
    await importLines(db, [
      { sku: 'X', name: 'X', category: ['A'], pricing: { basePrice: '1' }, variants: [] },
    ]);
    const lines = [
      {
        sku: 'STOOL',
        name: 'Stool',
        category: 'a',
        pricing: { basePrice: '79' },
        variants: [{ sku: 'STOOL-1' }],
      },
      { sku: 'LOST', name: 'Lost', category: 'nowhere', pricing: { basePrice: '1' }, variants: [] },
    ];
    const report = await importLines(db, lines);
    expect(report.counts).toMatchObject({ created: 1, refused: 1 });
    expect(report.faults).toEqual([
      {
        line: 2,
        column: 'category',
        product: 'lost',
        value: null,
        reason: 'The shop has no category with this slug',
      },
    ]);
    expect(await productOf(db, 'stool')).toMatchObject({
      sku: 'STOOL',
      status: 'ACTIVE',
      category: { name: 'A' },
    });
  });
});

describe('importing again', () => {
  it('changes nothing', async () => {
    const db = await shops.newShop();
    await importShopify(db, fixture('current.csv'));
    const before = [await allProducts(db), await allCategories(db)];
    later();
    const report = await importShopify(db, fixture('current.csv'));
    expect(report.counts).toEqual({ created: 0, updated: 0, unchanged: 5, refused: 0 });
    expect(report).toMatchObject({ variants: 9, categoriesCreated: 0, noteCount: 0 });
    expect([await allProducts(db), await allCategories(db)]).toEqual(before);
  });

  it('writes nothing either', async () => {
    const db = await shops.newShop();
    await importShopify(db, fixture('current.csv'));
    const sent = await commandsDuring(shops.database.client, () => importShopify(db, fixture('current.csv')));
    const names = sent.map(({ name }) => name);
    expect(names.filter((name) => name !== 'find' && name !== 'commitTransaction')).toEqual([]);
    expect(names.filter((name) => name === 'find')).toHaveLength(3);
  });

  it('changes the one product that differs, with a new version and the same ids', async () => {
    const db = await shops.newShop(byStaff);
    const rows = [...sizes(['S', 'M-S'], ['L', 'M-L']), mug({ Handle: 'bowl', 'Variant SKU': 'B' })];
    await importShopify(db, shopifyFile(rows));
    const before = await productOf(db, 'mug');
    later();
    const changed = [...sizes(['L', 'M-L'], ['S', 'M-S'], ['XL', 'M-XL']), ...rows.slice(2)];
    const report = await importShopify(db, shopifyFile(changed));
    expect(report.counts).toEqual({ created: 0, updated: 1, unchanged: 1, refused: 0 });
    const after = await productOf(db, 'mug');
    expect(after).toMatchObject({
      _id: before._id,
      version: 2,
      updatedAt: shops.clock.now,
      updatedBy: 'user:7',
      createdAt: before.createdAt,
      createdBy: 'user:7',
    });
    const idOf = (product: typeof before, sku: string) =>
      product.variants.find((each) => each.sku === sku)?._id;
    expect(after.variants.map(({ sku }) => sku)).toEqual(['M-L', 'M-S', 'M-XL']);
    expect(idOf(after, 'M-L')).toEqual(idOf(before, 'M-L'));
    expect(idOf(after, 'M-S')).toEqual(idOf(before, 'M-S'));
  });

  it('notes the variants that the file leaves out', async () => {
    const db = await shops.newShop();
    await importShopify(db, shopifyFile(sizes(['S', 'M-S'], ['L', 'M-L'])));
    const report = await importShopify(db, shopifyFile(sizes(['S', 'M-S'])));
    expect(report.notes).toEqual([
      { line: 2, product: 'mug', text: 'Variants that the file leaves out are gone: M-L' },
    ]);
    expect((await productOf(db, 'mug')).variants).toHaveLength(1);
  });

  it('closes the span of a price that changes, and of none that stays', async () => {
    const db = await shops.newShop();
    const start = shops.clock.now;
    await importShopify(db, shopifyFile([mug()]));
    later();
    await importShopify(db, shopifyFile([mug({ Title: 'Big Mug' })]));
    expect((await productOf(db, 'mug')).pricing).toMatchObject({ since: start, history: [] });
    await importShopify(db, shopifyFile([mug({ 'Variant Price': '9.00' })]));
    expect((await productOf(db, 'mug')).pricing).toMatchObject({
      basePrice: 900,
      since: shops.clock.now,
      history: [{ from: start, to: shops.clock.now, price: 1200 }],
    });
  });

  it('leaves alone what the file cannot say', async () => {
    const db = await shops.newShop();
    await importShopify(db, shopifyFile([mug({ Type: 'Mugs', 'Variant Inventory Qty': '5' })]));
    const kept = {
      sku: 'MUG',
      description: 'Written by hand',
      tags: ['gift'],
      searchKeywords: ['cup'],
      'pricing.taxRate': 0.19,
      'pricing.cost': 300,
      status: 'ARCHIVED' as const,
      media: [{ url: 'https://cdn.example/own.jpg', alt: null, position: 1 }],
    };
    await db.collection(products).updateOne(
      { slug: 'mug' },
      {
        $set: {
          ...kept,
          media: [...kept.media],
          tags: [...kept.tags],
          searchKeywords: [...kept.searchKeywords],
        },
      },
    );
    const report = await importShopify(db, shopifyFile([mug({ Title: 'New Mug', Type: 'Mugs' })]));
    expect(report.counts.updated).toBe(1);
    expect(await productOf(db, 'mug')).toMatchObject({
      name: 'New Mug',
      sku: 'MUG',
      description: 'Written by hand',
      status: 'ARCHIVED',
      pricing: { taxRate: 0.19, cost: 300 },
      tags: ['gift'],
      searchKeywords: ['cup'],
      media: [{ url: 'https://cdn.example/own.jpg' }],
      variants: [{ inventory: { quantity: 5 } }],
    });
  });

  it('moves a product whose category the file names otherwise, and empties what the file empties', async () => {
    const db = await shops.newShop();
    await importShopify(db, shopifyFile([mug({ Type: 'Mugs', Tags: 'gift' })]));
    await importShopify(db, shopifyFile([mug({ Type: 'Cups', Tags: '' })]));
    expect(await productOf(db, 'mug')).toMatchObject({ category: { name: 'Cups' }, tags: [] });
  });

  it('takes a product that was deleted for a new one', async () => {
    const db = await shops.newShop();
    await importShopify(db, shopifyFile([mug()]));
    const before = await productOf(db, 'mug');
    await db
      .collection(products)
      .updateOne({ slug: 'mug' }, { $set: { isDeleted: true, deletedAt: db.now() } });
    const report = await importShopify(db, shopifyFile([mug()]));
    expect(report.counts.created).toBe(1);
    expect((await productOf(db, 'mug'))._id).not.toEqual(before._id);
  });

  it('refuses prices in another currency than those of the product', async () => {
    const db = await shops.newShop();
    const line = {
      sku: 'E',
      slug: 'mug',
      name: 'Mug',
      pricing: { currency: 'EUR', basePrice: '9' },
      variants: [],
    };
    await importLines(db, [line]);
    const report = await importShopify(db, shopifyFile([mug()]));
    expect(report.faults).toMatchObject([
      { line: 2, reason: "The product has prices in EUR; the import takes the file's for USD" },
    ]);
  });
});

describe('each change', () => {
  it('leaves the trail of any other: ledger, audit, former version, events', async () => {
    const db = await shops.newShop(byStaff);
    const stocked = (quantity: string) => shopifyFile([mug({ 'Variant Inventory Qty': quantity })]);
    await importShopify(db, stocked('10'));
    await importShopify(db, stocked('7'));
    const { _id } = await productOf(db, 'mug');
    const inOrder = { limit: 100, sort: { _id: 1 } } as const;
    const movements = await db.collection(stockMovements).find({ productId: _id }, inOrder);
    expect(movements).toMatchObject([
      { sku: 'MUG-1', quantity: 10, actor: 'user:7' },
      { sku: 'MUG-1', quantity: -3 },
    ]);
    const entries = await db
      .collection(auditMonth(shops.clock.now))
      .find({ 'record.type': 'product' }, inOrder);
    expect(entries).toMatchObject([
      { action: 'insert', actor: 'user:7', record: { id: _id.toHexString() } },
      { action: 'update' },
    ]);
    const versions = await db.collection(productVersions).find({ productId: _id }, inOrder);
    expect(versions).toMatchObject([{ version: 1, document: { name: 'Mug' } }]);
    const events = await db.collection(outbox).find({ type: 'product.changed' }, inOrder);
    expect(events.map(({ data }) => `${data.operation} ${data.version}`)).toEqual(['CREATED 1', 'UPDATED 2']);
  });
});

describe('stock that is reserved', () => {
  const reserve = (db: TenantDb, sku: string, units: number) =>
    db
      .collection(products)
      .updateOne(
        { 'variants.sku': sku },
        { $inc: { 'variants.$.inventory.reserved': units, 'variants.$.inventory.available': -units } },
      );
  const stocked = (quantity: string, more = {}) =>
    sizes(['S', 'M-S', { 'Variant Inventory Qty': quantity, ...more }]);

  it('stays reserved when the quantity changes', async () => {
    const db = await shops.newShop();
    await importShopify(db, shopifyFile(stocked('10')));
    await reserve(db, 'M-S', 3);
    await importShopify(db, shopifyFile(stocked('20')));
    expect((await productOf(db, 'mug')).variants[0]?.inventory).toEqual({
      quantity: 20,
      reserved: 3,
      backordered: 0,
      available: 17,
    });
  });

  it('does not count as a change', async () => {
    const db = await shops.newShop();
    await importShopify(db, shopifyFile(stocked('10')));
    await reserve(db, 'M-S', 3);
    const report = await importShopify(db, shopifyFile(stocked('10')));
    expect(report.counts).toMatchObject({ updated: 0, unchanged: 1 });
  });

  it('refuses a quantity below it, and a file without the variant', async () => {
    const db = await shops.newShop();
    await importShopify(db, shopifyFile(stocked('10')));
    await reserve(db, 'M-S', 3);
    const below = await importShopify(db, shopifyFile(stocked('2')));
    expect(below.faults).toMatchObject([
      { line: 2, product: 'mug', reason: expect.stringContaining('3 of it are reserved') },
    ]);
    const without = await importShopify(db, shopifyFile(sizes(['L', 'M-L'])));
    expect(without.faults).toMatchObject([
      { line: 2, reason: expect.stringContaining('3 pieces of M-S are reserved') },
    ]);
    expect((await productOf(db, 'mug')).variants[0]?.inventory).toMatchObject({ quantity: 10, reserved: 3 });
  });

  it('is not lost when it is reserved between the reading and the writing', async () => {
    const { database, newShop } = await openImportShops(openFailingDatabase);
    const db = await newShop();
    await importShopify(db, shopifyFile(stocked('10')));
    const writing = new Promise<void>((resolve) => {
      database.client.on('commandStarted', ({ commandName }) => {
        if (commandName === 'findAndModify') resolve();
      });
    });
    const data = { failCommands: ['findAndModify'], blockConnection: true, blockTimeMS: 500 };
    const point = { configureFailPoint: 'failCommand', mode: { times: 1 }, data };
    const report = await withFailPoint(database.client, point, async () => {
      const under = importShopify(db, shopifyFile(stocked('20')));
      await writing;
      await reserve(db, 'M-S', 4);
      return under;
    });
    expect(report.counts).toMatchObject({ updated: 1, refused: 0 });
    expect((await productOf(db, 'mug')).variants[0]?.inventory).toEqual({
      quantity: 20,
      reserved: 4,
      backordered: 0,
      available: 16,
    });
  });

  it('adds up while imports and shoppers are at it at the same time', async () => {
    const db = await shops.newShop();
    await importShopify(db, shopifyFile(stocked('500')));
    const imports = async () => {
      for (let turn = 0; turn < 10; turn++) await importShopify(db, shopifyFile(stocked(`${501 + turn}`)));
    };
    const shoppers = async () => {
      for (let turn = 0; turn < 60; turn++) await reserve(db, 'M-S', 1);
    };
    await Promise.all([imports(), shoppers(), shoppers()]);
    await importShopify(db, shopifyFile(stocked('600')));
    expect((await productOf(db, 'mug')).variants[0]?.inventory).toEqual({
      quantity: 600,
      reserved: 120,
      backordered: 0,
      available: 480,
    });
  });
});

describe('a SKU that another product of the shop has', () => {
  it('is a fault of that product alone, named with its line', async () => {
    const db = await shops.newShop();
    await importShopify(db, shopifyFile([mug()]));
    const rows = [
      mug({ Handle: 'cup' }),
      mug({ Handle: 'jug', 'Variant SKU': 'mug' }),
      mug({ Handle: 'bowl', 'Variant SKU': 'B' }),
    ];
    const report = await importShopify(db, shopifyFile(rows));
    expect(report.counts).toMatchObject({ created: 1, refused: 2 });
    expect(report.faults).toEqual([
      {
        line: 2,
        column: 'Variant SKU',
        product: 'cup',
        value: 'MUG-1',
        reason: 'The SKU "MUG-1" belongs to the product "mug" of the shop',
      },
      {
        line: 3,
        column: 'Variant SKU',
        product: 'jug',
        value: 'mug',
        reason: 'The SKU "mug" belongs to the product "mug" of the shop',
      },
    ]);
  });

  it('is no fault in another shop', async () => {
    const [one, two] = [await shops.newShop(), await shops.newShop()];
    await importShopify(one, fixture('current.csv'));
    const report = await importShopify(two, fixture('current.csv'));
    expect(report.counts).toMatchObject({ created: 5, refused: 0 });
    expect(await allProducts(one)).toHaveLength(5);
  });
});

describe('an import under way', () => {
  const many = (count: number) =>
    shopifyFile(
      Array.from({ length: count }, (_, index) =>
        mug({ Handle: `mug-${index}`, 'Variant SKU': `M-${index}` }),
      ),
    );

  it('tells how far it is, batch by batch', async () => {
    const told: number[] = [];
    await importShopify(await shops.newShop(), many(120), {
      onProgress: ({ created }) => told.push(created),
    });
    expect(told).toEqual([50, 100, 120]);
  });

  it('stops between two batches when it is told to, and goes on where it was', async () => {
    const db = await shops.newShop();
    const stop = new AbortController();
    const options = { signal: stop.signal, onProgress: () => stop.abort() };
    await expect(importShopify(db, many(120), options)).rejects.toThrow(/abort/i);
    const report = await importShopify(db, many(120));
    expect(report.counts).toEqual({ created: 70, updated: 0, unchanged: 50, refused: 0 });
  });

  it("ends where the shop's plan has no more room", async () => {
    const db = await shops.newShop();
    const report = await importShopify(db, many(5), { mostProducts: 3 });
    expect(report.counts).toMatchObject({ created: 3, refused: 2 });
    expect(report.faults[0]?.reason).toBe("The shop's plan has room for 3 products");
  });

  it('shares the work with the same import at the same time', async () => {
    const db = await shops.newShop();
    const content = many(70).replaceAll('12.00,', '12.00,Mugs');
    const reports = await Promise.all([importShopify(db, content), importShopify(db, content)]);
    const sum = (outcome: 'created' | 'unchanged' | 'refused') =>
      reports.reduce((total, { counts }) => total + counts[outcome], 0);
    expect([sum('created'), sum('unchanged'), sum('refused')]).toEqual([70, 70, 0]);
    expect(await allCategories(db)).toHaveLength(1);
  });

  it('goes on when answers of the database are lost', async () => {
    const { database, newShop } = await openImportShops(openFailingDatabase);
    const db = await newShop();
    const failure = { failCommands: ['insert', 'findAndModify'], closeConnection: true, times: 2 };
    const report = await whileFailing(database.client, failure, () => importShopify(db, many(20)));
    expect(report.counts).toEqual({ created: 20, updated: 0, unchanged: 0, refused: 0 });
    const renamed = many(20).replaceAll('Mug,', 'Cup,');
    const again = await whileFailing(database.client, failure, () => importShopify(db, renamed));
    expect(again.counts).toEqual({ created: 0, updated: 20, unchanged: 0, refused: 0 });
  });

  it('makes what the database refuses a fault of that product alone', async () => {
    const db = await shops.newShop();
    await rawDb(shops.database).command({
      collMod: 'products',
      validator: { $jsonSchema: { properties: { sku: { not: { enum: ['mug-1'] } } } } },
    });
    const report = await importShopify(db, many(3));
    expect(report.counts).toMatchObject({ created: 2, refused: 1 });
    expect(report.faults).toMatchObject([
      {
        line: 3,
        product: 'mug-1',
        reason: "The database refuses the product's sku: Document failed validation",
      },
    ]);
  });
});
