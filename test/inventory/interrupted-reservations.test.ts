import type { CommandStartedEvent } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { products } from '../../src/domains/catalogue/collections.ts';
import { rankOf } from '../../src/domains/catalogue/search-terms.ts';
import { returnStock } from '../../src/domains/inventory/arrivals.ts';
import { reservations } from '../../src/domains/inventory/collections.ts';
import { bookFolded, foldHolds } from '../../src/domains/inventory/folding.ts';
import { placeHold } from '../../src/domains/inventory/holds.ts';
import {
  consumeReservation,
  extendReservation,
  markReleased,
  releaseReservation,
} from '../../src/domains/inventory/reservation-ends.ts';
import { reserveStock } from '../../src/domains/inventory/reservations.ts';
import { settleReservation } from '../../src/domains/inventory/settling.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';
import { withFailPoint } from '../support/failing-mongo.ts';
import { variantDraft } from '../support/shop.ts';
import { inventoryOf, stockFaults, unsettled } from './stock-facts.ts';
import { MINUTE, openStock, sell, want } from './stock-shop.ts';

const { database, open, sweep } = await openStock();
const { client } = database;

/** What the database does by itself when a process is gone. */
const BY_ITSELF = ['abortTransaction', 'endSessions'];

/** Runs `work` as a process that is killed before its command of that number. Answers whether it got that far. */
async function killedAt(command: number, work: () => Promise<unknown>): Promise<boolean> {
  let [sent, killed] = [0, false];
  // The driver sends nothing for which a listener throws.
  const kill = ({ commandName }: CommandStartedEvent) => {
    if (BY_ITSELF.includes(commandName) || ++sent < command) return;
    killed = true;
    throw new Error('Killed');
  };
  client.on('commandStarted', kill);
  try {
    await work();
  } catch (error) {
    if (!killed) throw error;
  } finally {
    client.off('commandStarted', kill);
  }
  return killed;
}

/** A basket of two products, one of which is to come. */
const basket = [want('P0-1', 2), want('P1-1', 1), want('OWED-1', 3)];

async function openMixed() {
  const shop = await open(10, 10);
  const owed = { ...variantDraft({ sku: 'OWED-1', quantity: 10 }), backorder: true };
  await shop.product({ sku: 'OWED', variants: [owed] });
  return shop;
}

describe('a process that is killed before any of its commands', () => {
  it.each([
    ['sells', (db: TenantDb) => reserveStock(db, { lines: basket }).then((held) => sell(db, held))],
    [
      'releases',
      (db: TenantDb) => reserveStock(db, { lines: basket }).then(({ _id }) => releaseReservation(db, _id)),
    ],
  ])('leaves nothing that the sweeper does not finish, while it %s', async (what, work) => {
    const { db } = await openMixed();
    let [killed, command] = [true, 1];
    for (; killed; command++) {
      const before = await db.collection(reservations).count({ state: 'CONSUMED' }, { limit: 100 });
      killed = await killedAt(command, () => work(db));
      await sweep(16);
      const sold = await db.collection(reservations).count({ state: 'CONSUMED' }, { limit: 100 });
      expect(await stockFaults(db, 10)).toEqual([]);
      expect(await db.collection(reservations).find({ dueAt: { $ne: null } }, { limit: 9 })).toEqual([]);
      expect(await db.collection(products).find({ 'holds.0': { $exists: true } }, { limit: 9 })).toEqual([]);
      // What was sold goes back, so that the next one finds as many.
      if (sold > before) await db.transaction((tx) => returnAll(tx));
    }
    expect(command).toBeGreaterThan(what === 'sells' ? 15 : 10);
  });
});

/** All pieces of the basket come back. */
async function returnAll(tx: TenantDb) {
  for (const { sku, quantity } of basket) {
    const product = await tx.collection(products).findOne({ 'variants.sku': sku });
    const variant = product?.variants[0];
    if (product && variant)
      await returnStock(tx, [{ productId: product._id, variantId: variant._id, quantity }], 'returned');
  }
}

async function productOf(db: TenantDb, sku: string) {
  const product = await db.collection(products).findOne({ sku });
  if (!product) throw new Error(`There is no product ${sku}`);
  return product;
}

it('a hold that arrives after its reservation was released is not placed', async () => {
  const { db } = await open(10);
  const reservation = await reserveStock(db, { lines: [want('P0-1', 2)] });
  await releaseReservation(db, reservation._id);
  const { _id } = await productOf(db, 'P0');
  expect(await placeHold(db, reservation, _id)).toMatchObject({ state: 'RELEASED' });
  expect(await inventoryOf(db, 'P0-1')).toMatchObject({ reserved: 0, available: 10 });
  expect((await productOf(db, 'P0')).holds).toEqual([]);
});

it('a process whose clock is an hour behind reserves like the others', async () => {
  const { db, tenant } = await open(10);
  await sell(db, await reserveStock(db, { lines: [want('P0-1')] }));
  const behind = database.tenantDb(tenant._id, { now: () => new Date(Date.now() - 60 * MINUTE) });
  const reservation = await reserveStock(behind, { lines: [want('P0-1', 2)], ttlMs: 120 * MINUTE });
  expect(reservation.state).toBe('HELD');
  await sell(behind, reservation);
  await sell(db, await reserveStock(db, { lines: [want('P0-1')] }));
  expect(await inventoryOf(db, 'P0-1')).toMatchObject({ quantity: 6, reserved: 0 });
  expect(await stockFaults(db, 10)).toEqual([]);
});

it('a fold beside the placing forgets nothing of what is held of other products', async () => {
  const shop = await open(10);
  const owed = { ...variantDraft({ sku: 'OWED-1', quantity: 0 }), backorder: true };
  await shop.product({ sku: 'OWED', variants: [owed] });
  const { db } = shop;
  const reservation = await reserveStock(db, { lines: [want('P0-1'), want('OWED-1')] });
  const { _id } = await productOf(db, 'P0');
  await foldHolds(db, _id);
  // As if its record did not know yet that the other product is to come.
  await db
    .collection(reservations)
    .updateOne({ _id: reservation._id }, { $set: { 'lines.$[].backordered': false } });
  const placed = await placeHold(db, reservation, _id);
  expect(placed.lines.map(({ sku, backordered }) => [sku, backordered])).toEqual(
    reservation.lines.map(({ sku, backordered }) => [sku, backordered]),
  );
});

/** The same database, where a list is answered only when the gate is open. */
function slowed(db: TenantDb, gate: Promise<void>, onFound: () => void): TenantDb {
  const bound = <T extends object>(target: T, name: PropertyKey) => {
    const value: unknown = Reflect.get(target, name, target);
    return typeof value === 'function' ? value.bind(target) : value;
  };
  const slowly = <T extends object>(collection: T) =>
    new Proxy(collection, {
      get: (target, name) =>
        name === 'find'
          ? async (...asked: unknown[]) => {
              const found = await bound(target, name)(...asked);
              onFound();
              await gate;
              return found;
            }
          : bound(target, name),
    });
  return new Proxy(db, {
    get: (target, name) =>
      name === 'collection'
        ? (definition: typeof reservations) => slowly(target.collection(definition))
        : bound(target, name),
  });
}

it('an end that comes while others are booked is booked by the next round, not left to the sweeper', async () => {
  const { db } = await open(10);
  const { _id: id } = await reserveStock(db, { lines: [want('P0-1')] });
  const { _id: productId } = await productOf(db, 'P0');
  await foldHolds(db, productId);
  const [gate, found] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = bookFolded(slowed(db, gate.promise, found.resolve), productId);
  await found.promise;

  await markReleased(db, id);
  const settled = settleReservation(db, id);
  for (let reads = 0; reads < 5; reads++) await productOf(db, 'P0');
  gate.resolve();
  await Promise.all([first, settled]);
  expect(await unsettled(db)).toEqual([]);
  expect(await inventoryOf(db, 'P0-1')).toMatchObject({ reserved: 0, available: 10 });
});

describe('what is owed', () => {
  it('is filled by pieces that are set free, before anybody else can buy them', async () => {
    const { db } = await openMixed();
    const held = await reserveStock(db, { lines: [want('OWED-1', 8)] });
    await sell(db, await reserveStock(db, { lines: [want('OWED-1', 5)] }));
    expect(await inventoryOf(db, 'OWED-1')).toMatchObject({ reserved: 8, available: 0, backordered: 3 });
    await releaseReservation(db, held._id);
    expect(await inventoryOf(db, 'OWED-1')).toMatchObject({ quantity: 5, available: 5, backordered: 0 });
    expect(await stockFaults(db, 10)).toEqual([]);
  });

  it('is filled by the sweeper when whoever sold it is killed before any command', async () => {
    const { db } = await openMixed();
    const { _id: productId, variants } = await productOf(db, 'OWED');
    const variantId = variants[0]?._id ?? productId;
    for (let [killed, command] = [true, 1]; killed; command++) {
      const held = await reserveStock(db, { lines: [want('OWED-1', 8)] });
      const owed = await reserveStock(db, { lines: [want('OWED-1', 5)] });
      await releaseReservation(db, held._id);
      await db.transaction((tx) => consumeReservation(tx, owed._id, 'order'));
      killed = await killedAt(command, () => settleReservation(db, owed._id));
      await sweep(1);
      expect(await inventoryOf(db, 'OWED-1')).toMatchObject({ quantity: 5, available: 5, backordered: 0 });
      await db.transaction((tx) => returnStock(tx, [{ productId, variantId, quantity: 5 }], 'returned'));
    }
    expect(await stockFaults(db, 10)).toEqual([]);
  });
});

it('what comes back counts in searches at once', async () => {
  const { db } = await open(1);
  await sell(db, await reserveStock(db, { lines: [want('P0-1')] }));
  const before = await productOf(db, 'P0');
  expect(before.keys.rank).toBe(rankOf(before));
  const [variant] = before.variants;
  if (!variant) throw new Error('There is no variant');
  await db.transaction((tx) =>
    returnStock(tx, [{ productId: before._id, variantId: variant._id, quantity: 1 }], 'returned'),
  );
  const after = await productOf(db, 'P0');
  expect(after.keys.rank).toBe(rankOf(after));
  expect(after.keys.rank).toBeGreaterThan(before.keys.rank);
});

it('one that is extended while a sweeper fails on it is not looked at before its time', async () => {
  const { db, tenant } = await open(10);
  const { _id } = await reserveStock(db, { lines: [want('P0-1')], ttlMs: MINUTE });
  const later = database.tenantDb(tenant._id, { now: () => new Date(Date.now() + 2 * MINUTE) });
  const ending = new Promise<void>((resolve) => {
    client.on('commandStarted', ({ commandName, command }) => {
      if (commandName === 'update' && command.update === reservations.name) resolve();
    });
  });
  const failing = {
    configureFailPoint: 'failCommand',
    mode: { times: 1 },
    data: {
      ...{ failCommands: ['update'], namespace: `${database.name}.${reservations.name}` },
      ...{ errorCode: 8_000, blockConnection: true, blockTimeMS: 1_000 },
    },
  };
  await withFailPoint(client, failing, async () => {
    const swept = expect(sweep(2)).rejects.toThrow(AggregateError);
    await ending;
    await extendReservation(later, _id, 60 * MINUTE);
    await swept;
  });
  const record = await db.collection(reservations).findOne({ _id });
  expect(record).toMatchObject({ state: 'HELD' });
  expect(record?.dueAt).toEqual(record?.expiresAt);
});
