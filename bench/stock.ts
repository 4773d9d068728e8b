import { products } from '../src/domains/catalogue/collections.ts';
import { reservations } from '../src/domains/inventory/collections.ts';
import { slugOf } from './catalogue.ts';
import { STOCKED } from './operations.ts';
import type { BenchShop } from './shops.ts';

const PLENTY = 1_000_000;
const FULL = { quantity: PLENTY, reserved: 0, available: PLENTY, backordered: 0 };
const stocked = { slug: { $in: Array.from({ length: STOCKED }, (_, n) => slugOf(n)) } };

/** Nothing is reserved, and there is more than anybody takes: each round begins so. */
export async function refillStock({ db }: BenchShop): Promise<void> {
  await db.collection(reservations).deleteMany({});
  const full = { 'variants.$[].inventory': FULL, holds: [], holdsFrom: new Date(0) };
  await db.collection(products).updateMany(stocked, { $set: full });
}

type Stocked = { slug: string; variants: { sku: string; inventory: object }[] };

/** The stock of each variant, as text. */
export async function stockOf({ db }: BenchShop): Promise<string> {
  const projection = { slug: 1, 'variants.sku': 1, 'variants.inventory': 1 };
  const found = await db
    .collection(products)
    .find<Stocked>(stocked, { limit: STOCKED, sort: { slug: 1 }, projection });
  return JSON.stringify(found.map(({ variants }) => variants));
}
