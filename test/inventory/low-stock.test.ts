import { expect, it } from 'vitest';
import { products } from '../../src/domains/catalogue/collections.ts';
import { changedProduct } from '../../src/domains/catalogue/product-document.ts';
import { draftOf } from '../../src/domains/catalogue/product-input.ts';
import { replaceProduct } from '../../src/domains/catalogue/save-product.ts';
import { adjustInventory } from '../../src/domains/inventory/adjustments.ts';
import { consumeReservation, releaseReservation } from '../../src/domains/inventory/reservation-ends.ts';
import { reserveStock } from '../../src/domains/inventory/reservations.ts';
import { settleReservation } from '../../src/domains/inventory/settling.ts';
import { readShop, updateShop } from '../../src/domains/tenants/shop-settings.ts';
import { outbox } from '../../src/platform/events/collections.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';
import { crowd, openStock, sell, times, toldOf, want } from './stock-shop.ts';

const { open } = await openStock();

const LOW = 'inventory.low';
const reserve = (db: TenantDb, quantity: number) => reserveStock(db, { lines: [want('P0-1', quantity)] });
const adjust = (db: TenantDb, delta: number) =>
  db.transaction(async (tx) =>
    adjustInventory(tx, { sku: 'P0-1', delta, reason: 'count' }, { shop: await readShop(tx) }),
  );

it('is told by the sale that takes what can be bought to the threshold, and not by the next ones', async () => {
  const { db } = await open(10);
  await sell(db, await reserve(db, 4));
  expect(await toldOf(db, LOW)).toEqual({});
  await sell(db, await reserve(db, 1));
  await sell(db, await reserve(db, 1));
  await adjust(db, -1);
  const told = await db.collection(outbox).find({ type: LOW }, { limit: 9 });
  expect(told.map(({ data }) => data)).toMatchObject([{ sku: 'P0-1', available: 5, threshold: 5 }]);
});

it('is told once by many sales at once, and by whoever settles them twice', async () => {
  const { db } = await open(14);
  const held = await crowd(times(12), () => reserve(db, 1));
  await crowd(held, async (reservation) => {
    if (typeof reservation === 'string') throw new Error(reservation);
    await db.transaction((tx) => consumeReservation(tx, reservation._id, 'order'));
    await Promise.all([settleReservation(db, reservation._id), settleReservation(db, reservation._id)]);
  });
  expect(await toldOf(db, LOW)).toEqual({ 'P0-1': 1 });
});

it('is not told of what is only reserved and given back', async () => {
  const { db } = await open(10);
  const held = await reserve(db, 8);
  expect(await toldOf(db, LOW)).toEqual({});
  await releaseReservation(db, held._id);
  expect(await toldOf(db, LOW)).toEqual({});
});

it.each([
  ['a delivery', (db: TenantDb) => adjust(db, 20)],
  ['a change of the product', restock],
])('is told again when it falls again after %s', async (_, restocked) => {
  const { db } = await open(10);
  await sell(db, await reserve(db, 6));
  await restocked(db);
  await sell(db, await reserve(db, 20));
  expect(await toldOf(db, LOW)).toEqual({ 'P0-1': 2 });
});

/** Sets the quantity in the form of the product, as its staff do. */
async function restock(db: TenantDb) {
  await db.transaction(async (tx) => {
    const before = await tx.collection(products).findOne({ sku: 'P0' });
    if (!before) throw new Error('There is no product P0');
    const draft = draftOf(before);
    const variants = draft.variants.map((variant) => ({ ...variant, quantity: 24 }));
    const change = { at: tx.now(), by: null };
    return replaceProduct(tx, before, changedProduct(before, { ...draft, variants }, null, change));
  });
}

it('goes by the threshold of the shop', async () => {
  const { db } = await open(10);
  await db.transaction((tx) => updateShop(tx, { lowStockThreshold: 0 }));
  await sell(db, await reserve(db, 9));
  expect(await toldOf(db, LOW)).toEqual({});
  await sell(db, await reserve(db, 1));
  expect(await toldOf(db, LOW)).toEqual({ 'P0-1': 1 });
});
