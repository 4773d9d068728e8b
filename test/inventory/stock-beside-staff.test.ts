import { describe, expect, it } from 'vitest';
import { liveFigures, readFigures, rebuildFigures } from '../../src/domains/catalogue/category-figures.ts';
import { products } from '../../src/domains/catalogue/collections.ts';
import { changedProduct } from '../../src/domains/catalogue/product-document.ts';
import type { ProductDraft } from '../../src/domains/catalogue/product-draft.ts';
import { draftOf } from '../../src/domains/catalogue/product-input.ts';
import { deleteProduct, deleteVariant } from '../../src/domains/catalogue/product-writes.ts';
import { replaceProduct } from '../../src/domains/catalogue/save-product.ts';
import { recordMovements } from '../../src/domains/catalogue/stock-movements.ts';
import { checkData } from '../../src/domains/checks/check-data.ts';
import { reservations } from '../../src/domains/inventory/collections.ts';
import { takeHoldOut } from '../../src/domains/inventory/holds.ts';
import { consumeReservation } from '../../src/domains/inventory/reservation-ends.ts';
import { reserveStock } from '../../src/domains/inventory/reservations.ts';
import { settleReservation } from '../../src/domains/inventory/settling.ts';
import { unbookedSales } from '../../src/domains/inventory/unbooked.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';
import { variantDraft } from '../support/shop.ts';
import { inventoryOf, stockFaults, unsettled } from './stock-facts.ts';
import { crowd, openStock, sell, times, want } from './stock-shop.ts';

const { open, sweep } = await openStock();

async function productOf(db: TenantDb, sku: string) {
  const product = await db.collection(products).findOne({ sku });
  if (!product) throw new Error(`There is no product ${sku}`);
  return product;
}

/** Changes a product as its form does: the whole of it is read, and written. */
const change = (db: TenantDb, sku: string, patch: (draft: ProductDraft) => Partial<ProductDraft>) =>
  db.transaction(async (tx) => {
    const before = await productOf(tx, sku);
    const draft = draftOf(before);
    const after = changedProduct(before, { ...draft, ...patch(draft) }, null, { at: tx.now(), by: null });
    return replaceProduct(tx, before, after);
  });

it('what staff write beside the buyers loses no hold and no piece', async () => {
  const { db } = await open(200);
  const [bought] = await Promise.all([
    crowd(times(24), async (i) => {
      const reservation = await reserveStock(db, { lines: [want('P0-1')] });
      return i % 2 ? sell(db, reservation) : reservation;
    }),
    (async () => {
      for (const i of times(6))
        await change(db, 'P0', ({ variants }) =>
          i % 3
            ? { name: `Name ${i}` }
            : { variants: [...variants, variantDraft({ sku: `NEW-${i}`, quantity: 200 })] },
        );
    })(),
  ]);
  expect(bought.filter((one) => typeof one === 'string')).toEqual([]);
  await sweep(1);
  expect(await inventoryOf(db, 'P0-1')).toMatchObject({ quantity: 188, reserved: 12, available: 176 });
  const product = await productOf(db, 'P0');
  expect(product).toMatchObject({ version: 7, name: 'Name 5' });
  expect(product.holds).toHaveLength(12);
});

describe('a reservation whose product', () => {
  it('is archived meanwhile is sold all the same', async () => {
    const { db } = await open(10);
    const reservation = await reserveStock(db, { lines: [want('P0-1', 2)] });
    await change(db, 'P0', () => ({ status: 'ARCHIVED' }));
    await sell(db, reservation);
    expect(await inventoryOf(db, 'P0-1')).toMatchObject({ quantity: 8, reserved: 0 });
    expect(await stockFaults(db, 10)).toEqual([]);
  });

  it('is to be deleted keeps it, and each of its variants', async () => {
    const { db } = await open(10);
    await reserveStock(db, { lines: [want('P0-1', 2)] });
    const { _id } = await productOf(db, 'P0');
    const reserved = { code: 'ILLEGAL_STATE', data: { state: 'RESERVED' } };
    await expect(db.transaction((tx) => deleteProduct(tx, { id: `${_id}` }))).rejects.toMatchObject(reserved);
    await expect(
      db.transaction((tx) => deleteVariant(tx, { productId: `${_id}`, sku: 'P0-1' })),
    ).rejects.toMatchObject(reserved);
  });

  it('is gone, where it is only to come, is brought to its end', async () => {
    const shop = await open();
    const { db } = shop;
    await shop.product({
      sku: 'C',
      variants: [{ ...variantDraft({ sku: 'C-1', quantity: 0 }), backorder: true }],
    });
    const reservation = await reserveStock(db, { lines: [want('C-1', 2)] });
    const { _id } = await productOf(db, 'C');
    await db.transaction((tx) => deleteProduct(tx, { id: `${_id}` }));
    await sell(db, reservation);
    expect(await unsettled(db)).toEqual([]);
    expect((await productOf(db, 'C')).holds).toEqual([]);
  });
});

it('figures that are worked out while a sale is on its way count it once', async () => {
  const shop = await open();
  const { db } = shop;
  const category = await shop.category('Home');
  const variants = [variantDraft({ sku: 'P0-1', quantity: 9 })];
  const product = await shop.product({ sku: 'P0', variants }, { category });
  await recordMovements(db, null, product, 'opening stock');
  await rebuildFigures(db);
  const check = async (repair: boolean) => {
    const { differences } = await checkData(db, { repair, onDifference: () => {} });
    return differences;
  };
  const { _id } = await reserveStock(db, { lines: [want('P0-1', 4)] });
  const sold = await db.transaction((tx) => consumeReservation(tx, _id, 'order'));
  expect(await check(true)).toBe(0);
  await takeHoldOut(db, sold, product._id);
  expect(await check(true)).toBe(0);
  await rebuildFigures(db, unbookedSales);
  await settleReservation(db, _id);

  expect(await readFigures(db, {})).toEqual(await liveFigures(db));
  expect(await readFigures(db, {})).toMatchObject([{ quantity: 5 }]);
  expect(await check(false)).toBe(0);
  expect(await db.collection(reservations).count({ dueAt: { $ne: null } }, { limit: 9 })).toBe(0);
});
