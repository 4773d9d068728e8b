import { ObjectId } from 'mongodb';
import { prepareDatabase } from '../scripts/support/prepare-database.ts';
import { run } from '../scripts/support/run.ts';
import { products } from '../src/domains/catalogue/collections.ts';
import type { Product } from '../src/domains/catalogue/documents.ts';
import { newProduct } from '../src/domains/catalogue/product-document.ts';
import { type NewReservation, reservations } from '../src/domains/inventory/collections.ts';
import { reserveStock } from '../src/domains/inventory/reservations.ts';
import { createTenant } from '../src/domains/tenants/tenants.ts';
import { type Database, openDatabase } from '../src/platform/mongo/client.ts';
import { isContention } from '../src/platform/mongo/retry.ts';
import type { TenantDb } from '../src/platform/mongo/tenant-db.ts';

/**
 * The ways in which stock can be reserved, against each other: node bench/reservation-forms.ts URI, on a replica set
 * that may be written to. Each in turn, round by round, spread over products and on one of them.
 */
const ROUNDS = 5;
const BUYERS = 32;
const RESERVED_A_ROUND = 500;
const PRODUCTS = 200;

type Bought = Pick<Product, '_id' | 'variants'>;
type Form = { name: string; reserve: (db: TenantDb, product: Bought) => Promise<unknown> };

const variantOf = ({ variants }: Bought) => {
  const [variant] = variants;
  if (!variant) throw new Error('A product without variants');
  return variant;
};

const taken = { $inc: { 'variants.$.inventory.reserved': 1, 'variants.$.inventory.available': -1 } };

/** One update whose filter is the check: nobody knows afterwards for whom it was. */
async function take(db: TenantDb, product: Bought, also: object = {}): Promise<void> {
  const enough = { _id: variantOf(product)._id, 'inventory.available': { $gte: 1 } };
  const filter = { _id: product._id, variants: { $elemMatch: enough } };
  const { modifiedCount } = await db.collection(products).updateOne(filter, { ...taken, ...also });
  if (modifiedCount !== 1) throw new Error('It should have been there');
}

const write = (db: TenantDb, product: Bought) => db.collection(reservations).insertOne(recordOf(db, product));

function recordOf(db: TenantDb, product: Bought): NewReservation {
  const { _id: variantId, sku } = variantOf(product);
  const at = db.now();
  const none = { owner: null, inputHash: null, refusal: null, endedAt: null, reason: null, endedBy: null };
  return {
    _id: new ObjectId(),
    state: 'HELD',
    lines: [{ productId: product._id, variantId, sku, quantity: 1, backordered: false }],
    ...{ stamp: at, folded: [], createdAt: at, expiresAt: at, settledAt: null, dueAt: at },
    ...none,
  };
}

const forms: Form[] = [
  { name: 'lone update, no record', reserve: take },
  {
    name: 'transaction',
    reserve: (db, product) =>
      db.transaction(async (tx) => {
        await write(tx, product);
        await take(tx, product);
      }),
  },
  {
    name: 'record inside the product',
    reserve: (db, product) => {
      const { _id: variantId } = variantOf(product);
      const hold = { _id: new ObjectId(), lines: [{ variantId, quantity: 1, backordered: false }] };
      return take(db, product, { $push: { holds: hold } });
    },
  },
  {
    name: 'record beside, reconciled',
    reserve: async (db, product) => {
      await write(db, product);
      await take(db, product);
    },
  },
  {
    name: 'record first, hold inside (ours)',
    reserve: (db, product) =>
      reserveStock(db, { lines: [{ sku: variantOf(product).sku, quantity: 1, path: [] }] }),
  },
];

/** Those that gave up, because others were in the way too often, count as time alone. */
type Measured = { perSecond: number; p99: number; gaveUp: number };

async function measure(db: TenantDb, { reserve }: Form, goods: Bought[]): Promise<Measured> {
  const times: number[] = [];
  const start = performance.now();
  let [next, gaveUp] = [0, 0];
  const buy = async () => {
    for (let i = next++; i < RESERVED_A_ROUND; i = next++) {
      const began = performance.now();
      await reserve(db, goods[i % goods.length] as Bought).catch((error) => {
        if (!isContention(error)) throw error;
        gaveUp += 1;
      });
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: BUYERS }, buy));
  const perSecond = (RESERVED_A_ROUND - gaveUp) / ((performance.now() - start) / 1_000);
  return { perSecond, gaveUp, p99: times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0 };
}

const PLENTY = 1_000_000;

async function putBack(db: TenantDb): Promise<void> {
  const all = { quantity: PLENTY, reserved: 0, available: PLENTY, backordered: 0 };
  await db.collection(products).updateMany({}, { $set: { holds: [], 'variants.$[].inventory': all } });
  await db.collection(reservations).deleteMany({});
}

async function openShop(database: Database, name: string): Promise<{ db: TenantDb; goods: Bought[] }> {
  const shop = { name, subdomain: 'forms', plan: 'PRO' as const, currency: 'USD', locale: 'en-US' };
  const db = database.tenantDb((await createTenant(database.systemDb('a benchmark'), shop))._id);
  const goods = Array.from({ length: PRODUCTS }, (_, i) =>
    newProduct(draftOf(i), null, { at: new Date(), by: null }),
  );
  await db.collection(products).insertMany(goods);
  // Connections are made before anything is measured.
  for (let n = 0; n < 10; n++)
    await Promise.all(
      Array.from({ length: 2 * BUYERS }, () => db.retry(() => db.collection(products).findOne({}))),
    );
  return { db, goods };
}

function draftOf(i: number): Parameters<typeof newProduct>[0] {
  const pricing = { basePrice: null, salePrice: null };
  const variant = (n: number) => ({
    sku: `F-${i}-${n}`,
    attributes: {},
    quantity: PLENTY,
    pricing,
    media: [],
  });
  return {
    ...{ sku: `F-${i}`, name: `Thing ${i}`, slug: `thing-${i}`, description: null, status: 'ACTIVE' },
    ...{ tags: [], searchKeywords: [], media: [], seo: { title: null, description: null } },
    variants: [1, 2, 3, 4].map(variant),
    pricing: { currency: 'USD', basePrice: 1_000, salePrice: null, cost: null, taxRate: 0, discounts: [] },
  };
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function compareForms(uri: string): Promise<void> {
  const name = `souk_forms_${new ObjectId()}`;
  await prepareDatabase(uri, name);
  const database = await openDatabase({ uri, name, guard: false });
  try {
    const { db, goods } = await openShop(database, name);
    const rows = forms.map((form) => ({ form, spread: [] as Measured[], hot: [] as Measured[] }));
    for (let round = 0; round <= ROUNDS; round++)
      for (const { form, spread, hot } of rows) {
        for (const [into, sold] of [
          [spread, goods],
          [hot, goods.slice(0, 1)],
        ] as const) {
          await putBack(db);
          const measured = await measure(db, form, sold);
          // The first round only warms.
          if (round > 0) into.push(measured);
        }
      }
    const [base] = rows;
    for (const { form, spread, hot } of rows) {
      const ratio = (side: 'spread' | 'hot', what: keyof Measured) =>
        median({ spread, hot }[side].map((one, i) => one[what] / (base?.spread[i]?.[what] ?? 1))).toFixed(2);
      console.log(
        `${form.name.padEnd(34)} spread ${ratio('spread', 'perSecond')} p99 ${ratio('spread', 'p99')} · ` +
          `hot ${ratio('hot', 'perSecond')} p99 ${ratio('hot', 'p99')}` +
          ` (${Math.round(median(spread.map(({ perSecond }) => perSecond)))}/s, ${median(hot.map((one) => one.gaveUp))} gave up)`,
      );
    }
  } finally {
    await database.client.db(name).dropDatabase();
    await database.close();
  }
}

run(() => compareForms(process.argv[2] ?? ''));
