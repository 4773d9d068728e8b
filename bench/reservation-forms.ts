import { ObjectId } from 'mongodb';
import { products } from '../src/domains/catalogue/collections.ts';
import type { Product } from '../src/domains/catalogue/documents.ts';
import { type NewReservation, reservations } from '../src/domains/inventory/collections.ts';
import { reserveStock } from '../src/domains/inventory/reservations.ts';
import { isContention } from '../src/platform/mongo/retry.ts';
import type { TenantDb } from '../src/platform/mongo/tenant-db.ts';
import { STOCKED } from './operations.ts';
import { say } from './say.ts';
import { withBenchDatabase } from './shop-database.ts';
import { refillStock } from './stock.ts';

const ROUNDS = 5;
const BUYERS = 32;
const ROUND_MS = 2_000;
/** More would not fit into the document that one of the forms keeps them in. */
const MOST_A_ROUND = 2_000;

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
    for (let i = next++; i < MOST_A_ROUND && performance.now() < start + ROUND_MS; i = next++) {
      const began = performance.now();
      await reserve(db, goods[i % goods.length] as Bought).catch((error) => {
        if (!isContention(error)) throw error;
        gaveUp += 1;
      });
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: BUYERS }, buy));
  const perSecond = (times.length - gaveUp) / ((performance.now() - start) / 1_000);
  return { perSecond, gaveUp, p99: times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? 0 };
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const ratio = (measured: Measured[], base: Measured[], what: keyof Measured) =>
  median(measured.map((one, i) => one[what] / (base[i]?.[what] ?? 1))).toFixed(2);

type Row = { form: Form; spread: Measured[]; hot: Measured[] };

function line({ form, spread, hot }: Row, base: Row): string {
  const of = (own: Measured[], other: Measured[]) =>
    `${ratio(own, other, 'perSecond')} | ${ratio(own, other, 'p99')}`;
  const gaveUp = median(hot.map((one) => one.gaveUp));
  return `| ${form.name} | ${of(spread, base.spread)} | ${of(hot, base.hot)} | ${gaveUp} |`;
}

/** The ways in which stock can be reserved, in turn, round by round, spread over products and on one of them. */
export const reservationForms = (): Promise<void> =>
  withBenchDatabase(STOCKED, say, async ({ stockShop }) => {
    const { db } = stockShop;
    const goods = await db.collection(products).find<Bought>({}, { limit: STOCKED });
    const rows: Row[] = forms.map((form) => ({ form, spread: [], hot: [] }));
    for (let round = 0; round <= ROUNDS; round++)
      for (const { form, spread, hot } of rows)
        for (const [into, sold] of [
          [spread, goods],
          [hot, goods.slice(0, 1)],
        ] as const) {
          await refillStock(stockShop);
          const measured = await measure(db, form, sold);
          // The first round only warms.
          if (round > 0) into.push(measured);
        }
    const [base] = rows;
    if (!base) throw new Error('No form is compared');
    console.log('| form | spread: throughput | p99 | one product: throughput | p99 | gave up |');
    console.log('|---|---|---|---|---|---|');
    for (const row of rows) console.log(line(row, base));
  });
