import { categoryFigures, figureChanges } from '../../src/domains/catalogue/category-figures.ts';
import { products } from '../../src/domains/catalogue/collections.ts';
import { lowStock } from '../../src/domains/catalogue/low-stock.ts';
import { stockMovements } from '../../src/domains/catalogue/stock-movements.ts';
import { reservations } from '../../src/domains/inventory/collections.ts';
import { consumeReservation } from '../../src/domains/inventory/reservation-ends.ts';
import { settleAfterCommit } from '../../src/domains/inventory/settling.ts';
import { sweepReservations } from '../../src/domains/inventory/sweeping.ts';
import { outbox } from '../../src/platform/events/collections.ts';
import { indexesOf, validatorOf } from '../../src/platform/mongo/collection.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';
import { openTestDatabase, rawDb, type TestDatabase } from '../support/mongo.ts';
import { openShop, type Shop, variantDraft } from '../support/shop.ts';

export const MINUTE = 60_000;

/** As many as the connections of a process can serve; before the API, the others wait in a queue. */
const AT_ONCE = 80;

/** Does the work for each, many at once. Answers what each came to: its answer, or the code of its refusal. */
export async function crowd<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<(R | string)[]> {
  const outcomes: (R | string)[] = [];
  let next = 0;
  const goOn = async () => {
    for (let i = next++; i < all.length; i = next++)
      outcomes[i] = await work(all[i] as T).catch((error: { code: string }) => {
        if (typeof error.code === 'string') return error.code;
        throw error;
      });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, goOn));
  return outcomes;
}

export const times = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const STOCK = [products, stockMovements, reservations, lowStock, outbox, categoryFigures, figureChanges];

/** A database with what stock is kept in, and no API before it. */
export async function openStock(opened?: Promise<TestDatabase>) {
  const database = await (opened ?? openTestDatabase());
  await Promise.all(
    STOCK.map(async (definition) => {
      const made = await rawDb(database).createCollection(definition.name, {
        validator: validatorOf(definition),
        ...definition.options,
      });
      if (definition.indexes.length > 0) await made.createIndexes(indexesOf(definition));
    }),
  );
  return {
    database,
    /** A shop with products P0, P1, … of one variant each, P0-1 and so on. */
    open: async (...quantities: number[]): Promise<Shop> => {
      const shop = await openShop({ app: { database, url: '' } });
      await addProducts(shop, quantities);
      return shop;
    },
    /** Ends what is due in all shops, as a sweeper does so much later. */
    sweep: (minutes = 0) => {
      const now = () => new Date(Date.now() + minutes * MINUTE);
      return sweepReservations(database.systemDb('a test looks later', { now }));
    },
  };
}

async function addProducts(shop: Shop, quantities: number[]) {
  for (const [i, quantity] of quantities.entries())
    await shop.product({ sku: `P${i}`, variants: [variantDraft({ sku: `P${i}-1`, quantity })] });
}

export const want = (sku: string, quantity = 1) => ({ sku, quantity, path: ['input', 'lines', '0'] });

/** Sells what is reserved, as an order does. */
export async function sell(db: TenantDb, { _id }: { _id: Parameters<typeof consumeReservation>[1] }) {
  const sold = await db.transaction((tx) => consumeReservation(tx, _id, 'order'));
  await settleAfterCommit(db, _id);
  return sold;
}

/** How many events of a kind there are about each sku. */
export async function toldOf(db: TenantDb, type: string): Promise<Record<string, number>> {
  const told: Record<string, number> = {};
  for (const { data } of await db.collection(outbox).find({ type }, { limit: 10_000 }))
    told[String(data.sku)] = (told[String(data.sku)] ?? 0) + 1;
  return told;
}
