import { setTimeout as sleep } from 'node:timers/promises';
import { ObjectId } from 'mongodb';
import { expect, it } from 'vitest';
import { products } from '../../src/domains/catalogue/collections.ts';
import { stockMovements } from '../../src/domains/catalogue/stock-movements.ts';
import { type Reservation, reservations } from '../../src/domains/inventory/collections.ts';
import { MOST_HOLDS } from '../../src/domains/inventory/folding.ts';
import { releaseReservation } from '../../src/domains/inventory/reservation-ends.ts';
import { reserveStock } from '../../src/domains/inventory/reservations.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';
import { inventoryOf, stockFaults, unsettled } from './stock-facts.ts';
import { crowd, openStock, sell, times, want } from './stock-shop.ts';

const { open, sweep } = await openStock();

const heldOf = (outcomes: (Reservation | string)[]) =>
  outcomes.filter((outcome): outcome is Reservation => typeof outcome !== 'string');

/** Reads the stock again and again while `work` runs, and tells what was not as it must be at every moment. */
async function watching(db: TenantDb, work: () => Promise<void>): Promise<string[]> {
  const wrong: string[] = [];
  let over = false;
  const watch = async () => {
    for (; !over; await sleep(2))
      for (const { variants } of await db.retry(() => db.collection(products).find({}, { limit: 9 })))
        for (const { sku, inventory } of variants)
          if (inventory.available < 0 || inventory.quantity !== inventory.reserved + inventory.available)
            wrong.push(`${sku}: ${JSON.stringify(inventory)}`);
  };
  const watched = watch();
  await work().finally(() => {
    over = true;
  });
  await watched;
  return wrong;
}

it('200 buyers at once get exactly the 50 pieces that there are, and the ledger is the balance', async () => {
  const { db } = await open(50);
  const wrong = await watching(db, async () => {
    const outcomes = await crowd(times(200), () => reserveStock(db, { lines: [want('P0-1')] }));
    const held = heldOf(outcomes);
    expect(held).toHaveLength(50);
    expect(outcomes.filter((outcome) => outcome === 'OUT_OF_STOCK')).toHaveLength(150);
    expect(await inventoryOf(db, 'P0-1')).toMatchObject({ quantity: 50, reserved: 50, available: 0 });
    await crowd(held, (reservation) => sell(db, reservation));
  });
  expect(wrong).toEqual([]);
  await sweep(1);
  expect(await inventoryOf(db, 'P0-1')).toMatchObject({ quantity: 0, reserved: 0, available: 0 });
  const ledger = await db.collection(stockMovements).find({}, { limit: 100 });
  expect(ledger.map(({ quantity }) => quantity)).toEqual(Array.from({ length: 50 }, () => -1));
  expect(await stockFaults(db, 50)).toEqual([]);
}, 60_000);

it('buyers of the same things in opposite orders each get all of them or none', async () => {
  const { db } = await open(30, 30, 30);
  const skus = ['P0-1', 'P1-1', 'P2-1'];
  const baskets = Array.from({ length: 60 }, (_, i) => (i % 2 ? skus : skus.toReversed()));
  const outcomes = await crowd(baskets, (basket) =>
    reserveStock(db, { lines: basket.map((sku) => want(sku)) }),
  );
  const held = heldOf(outcomes);
  // Two may each have taken the last piece that the other one wants; then both give theirs back.
  expect(held.length).toBeGreaterThan(20);
  expect(held.length).toBeLessThanOrEqual(30);
  expect(new Set(outcomes.filter((outcome) => typeof outcome === 'string'))).toEqual(
    new Set(['OUT_OF_STOCK']),
  );
  await sweep(1);
  for (const sku of skus) expect(await inventoryOf(db, sku)).toMatchObject({ reserved: held.length });
  expect(await stockFaults(db, 30)).toEqual([]);
}, 60_000);

it('calls with one identity are one reservation, also while its pieces are fought for', async () => {
  const { db } = await open(10);
  const call = { id: new ObjectId(), inputHash: 'same' };
  const [answers, rest] = await Promise.all([
    crowd(times(8), () => reserveStock(db, { lines: [want('P0-1', 2)], call })),
    crowd(times(20), () => reserveStock(db, { lines: [want('P0-1')] })),
  ]);
  const ids = new Set(heldOf(answers).map(({ _id }) => String(_id)));
  expect(ids.size).toBeLessThanOrEqual(1);
  await sweep(1);
  expect(await inventoryOf(db, 'P0-1')).toMatchObject({ reserved: heldOf(rest).length + 2 * ids.size });
  expect(await stockFaults(db, 10)).toEqual([]);
});

it('more holds than a product bears are folded, and end like the others', async () => {
  const { db } = await open(1_000);
  const count = MOST_HOLDS + 120;
  const held = heldOf(await crowd(times(count), () => reserveStock(db, { lines: [want('P0-1')] })));
  expect(held).toHaveLength(count);
  const product = await db.collection(products).findOne({ sku: 'P0' });
  expect(product?.holds.length).toBeLessThanOrEqual(MOST_HOLDS + 60);
  const folded = await db.collection(reservations).count({ 'folded.0': { $exists: true } }, { limit: count });
  expect(folded + (product?.holds.length ?? 0)).toBe(count);
  expect(await inventoryOf(db, 'P0-1')).toMatchObject({ quantity: 1_000, reserved: count });
  expect(await stockFaults(db, 1_000)).toEqual([]);

  // Each is settled by whoever ends it, with no sweeper behind.
  await crowd(times(count), (i) => {
    const reservation = held[i] as Reservation;
    return i % 2 ? sell(db, reservation) : releaseReservation(db, reservation._id);
  });
  expect(await unsettled(db)).toEqual([]);
  expect(await inventoryOf(db, 'P0-1')).toMatchObject({ quantity: 1_000 - count / 2, reserved: 0 });
  expect(await stockFaults(db, 1_000)).toEqual([]);
}, 60_000);

it('what is over is freed once, however many sweepers there are', async () => {
  const { db } = await open(20);
  await Promise.all(Array.from({ length: 6 }, () => reserveStock(db, { lines: [want('P0-1', 3)] })));
  await Promise.all([sweep(16), sweep(16), sweep(16)]);
  expect(await inventoryOf(db, 'P0-1')).toMatchObject({ quantity: 20, reserved: 0, available: 20 });
  expect(await unsettled(db)).toEqual([]);
  expect(await stockFaults(db, 20)).toEqual([]);
});
