import { describe, expect, it } from 'vitest';
import { products } from '../../src/domains/catalogue/collections.ts';
import { stockMovements } from '../../src/domains/catalogue/stock-movements.ts';
import { reservations } from '../../src/domains/inventory/collections.ts';
import { consumeReservation, extendReservation } from '../../src/domains/inventory/reservation-ends.ts';
import { reserveStock } from '../../src/domains/inventory/reservations.ts';
import { settleReservation } from '../../src/domains/inventory/settling.ts';
import { sweepReservations } from '../../src/domains/inventory/sweeping.ts';
import { outbox } from '../../src/platform/events/collections.ts';
import { commandsOf, testApp } from '../support/app.ts';
import { openShop, type Shop, variantDraft } from '../support/shop.ts';
import { inventoryOf, stockFaults } from './stock-facts.ts';

const RESERVE = `mutation ($input: InventoryReserveInput!) { inventoryReserve(input: $input) {
  reservation { id state expiresAt endedAt lines { sku quantity backordered } }
  userErrors { code message path ... on OutOfStockError { sku available } } } }`;
const RELEASE = `mutation ($input: InventoryReleaseInput!) { inventoryRelease(input: $input) {
  reservation { id state } userErrors { code message path ... on IllegalStateError { state } } } }`;
const RESERVATION = 'query ($id: ID!) { reservation(id: $id) { state lines { sku quantity } } }';

const MINUTE = 60_000;

async function openStocked(...quantities: number[]) {
  const shop = await openShop();
  for (const [i, quantity] of quantities.entries()) {
    await shop.product({ sku: `P${i}`, variants: [variantDraft({ sku: `P${i}-1`, quantity })] });
  }
  return { shop, db: shop.db, ...(await asking(shop)) };
}

async function asking(shop: Shop) {
  const headers = await shop.staff('inventory:write');
  const ask = async (query: string, input: object) => {
    const { data, errors } = await shop.request(query, { input }, headers);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  return {
    headers,
    reserve: async (input: object) => (await ask(RESERVE, input)).inventoryReserve,
    release: async (input: object) => (await ask(RELEASE, input)).inventoryRelease,
  };
}

const line = (sku: string, quantity = 1) => ({ sku, quantity });
const want = (sku: string, quantity = 1) => ({ sku, quantity, path: [] });

/** Every shop's reservations, as the sweeper finds them so much later. */
async function sweepLater(minutes = 0) {
  const { database } = await testApp();
  const now = () => new Date(Date.now() + minutes * MINUTE);
  return sweepReservations(database.systemDb('a test looks later', { now }));
}

describe('a reservation', () => {
  it('keeps its pieces from others, and gives them back when it is released', async () => {
    const { shop, db, reserve, release, headers } = await openStocked(10);
    const { reservation, userErrors } = await reserve({ lines: [line('P0-1', 4)], ttlSeconds: 600 });
    expect(userErrors).toEqual([]);
    expect(reservation).toMatchObject({
      state: 'HELD',
      endedAt: null,
      lines: [{ sku: 'P0-1', quantity: 4, backordered: false }],
    });
    expect(await inventoryOf(db, 'P0-1')).toMatchObject({ quantity: 10, reserved: 4, available: 6 });
    expect(new Date(reservation.expiresAt).getTime() - Date.now()).toBeGreaterThan(9 * MINUTE);

    expect(await release({ reservationId: reservation.id })).toMatchObject({
      reservation: { id: reservation.id, state: 'RELEASED' },
      userErrors: [],
    });
    expect(await inventoryOf(db, 'P0-1')).toMatchObject({ quantity: 10, reserved: 0, available: 10 });
    const { data } = await shop.request(RESERVATION, { id: reservation.id }, headers);
    expect(data.reservation).toMatchObject({ state: 'RELEASED', lines: [{ sku: 'P0-1', quantity: 4 }] });
    expect(await stockFaults(db, 10)).toEqual([]);
  });

  it('adds up the lines of a variant before it asks for them', async () => {
    const { db, reserve } = await openStocked(10);
    const { userErrors } = await reserve({ lines: [line('P0-1', 6), line('P0-1', 5)] });
    expect(userErrors).toMatchObject([
      { code: 'OUT_OF_STOCK', path: ['input', 'lines', '0'], sku: 'P0-1', available: 10 },
    ]);
    const { reservation } = await reserve({ lines: [line('P0-1', 6), line('P0-1', 4)] });
    expect(reservation.lines).toEqual([{ sku: 'P0-1', quantity: 10, backordered: false }]);
    expect(await stockFaults(db, 10)).toEqual([]);
  });

  it('is of all its lines or of none', async () => {
    const { db, reserve } = await openStocked(10, 1);
    const { reservation, userErrors } = await reserve({ lines: [line('P0-1', 2), line('P1-1', 2)] });
    expect(reservation).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'OUT_OF_STOCK', path: ['input', 'lines', '1'], sku: 'P1-1' }]);
    expect(await inventoryOf(db, 'P0-1')).toMatchObject({ reserved: 0, available: 10 });
  });

  it('takes the variants of one product together, in one update', async () => {
    const shop = await openShop();
    const skus = ['A', 'B', 'C'];
    await shop.product({ sku: 'P', variants: skus.map((sku) => variantDraft({ sku, quantity: 5 })) });
    const { reserve } = await asking(shop);
    const updates = (await commandsOf(() => reserve({ lines: skus.map((sku) => line(sku, 2)) }))).filter(
      ({ name, command }) => name === 'update' && command.update === 'products',
    );
    expect(updates).toHaveLength(1);
    const [product] = await shop.db.collection(products).find({}, { limit: 1 });
    expect(product?.variants.map(({ inventory }) => inventory.reserved)).toEqual([2, 2, 2]);
    expect(product?.holds).toHaveLength(1);
  });

  it.each([
    ['no line', { lines: [] }, ['input', 'lines']],
    ['no piece', { lines: [line('P0-1', 0)] }, ['input', 'lines', '0', 'quantity']],
    ['a sku that is not there', { lines: [line('P0-1'), line('NO')] }, ['input', 'lines', '1', 'sku']],
    ['too short a time', { lines: [line('P0-1')], ttlSeconds: 59 }, ['input', 'ttlSeconds']],
    ['too long a time', { lines: [line('P0-1')], ttlSeconds: 86_401 }, ['input', 'ttlSeconds']],
  ])('is refused for %s', async (_, input, path) => {
    const { reserve, db } = await openStocked(5);
    expect((await reserve(input)).userErrors).toMatchObject([{ path }]);
    expect(await db.collection(reservations).count({}, { limit: 9 })).toBe(0);
  });

  it('is for whoever may change stock, and of one shop alone', async () => {
    const { shop, reserve, headers } = await openStocked(5);
    const { reservation } = await reserve({ lines: [line('P0-1')] });
    const input = { lines: [line('P0-1')] };
    for (const asker of [{}, await shop.staff('catalogue:read')]) {
      expect((await shop.request(RESERVE, { input }, asker)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    expect((await shop.request(RESERVATION, { id: reservation.id })).errors).toBeDefined();
    const other = await openStocked(5);
    const theirs = await other.shop.request(RESERVATION, { id: reservation.id }, other.headers);
    expect(theirs.data.reservation).toBeNull();
    expect(await other.release({ reservationId: reservation.id })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', path: ['input', 'reservationId'] }],
    });
    expect((await shop.request(RESERVATION, { id: reservation.id }, headers)).data.reservation.state).toBe(
      'HELD',
    );
  });
});

describe('a call with an idempotency key', () => {
  it('is one reservation, however often it is made and how many at once', async () => {
    const { db, reserve } = await openStocked(10);
    const input = { lines: [line('P0-1', 2)], idempotencyKey: 'once' };
    const answers = await Promise.all(Array.from({ length: 12 }, () => reserve(input)));
    expect(new Set(answers.map(({ reservation }) => reservation.id)).size).toBe(1);
    expect(await inventoryOf(db, 'P0-1')).toMatchObject({ reserved: 2, available: 8 });
    expect(await stockFaults(db, 10)).toEqual([]);
  });

  it('with another input is refused', async () => {
    const { reserve } = await openStocked(10);
    await reserve({ lines: [line('P0-1', 2)], idempotencyKey: 'same' });
    expect((await reserve({ lines: [line('P0-1', 3)], idempotencyKey: 'same' })).userErrors).toMatchObject([
      { code: 'IDEMPOTENCY_MISMATCH', path: ['input', 'idempotencyKey'] },
    ]);
  });

  it('is refused again, though there are pieces by then', async () => {
    const { shop, db, reserve } = await openStocked(1);
    const input = { lines: [line('P0-1', 2)], idempotencyKey: 'refused' };
    const first = await reserve(input);
    await db
      .collection(products)
      .updateMany({}, { $set: { 'variants.0.inventory.quantity': 9, 'variants.0.inventory.available': 9 } });
    expect(await reserve(input)).toEqual(first);
    expect(first.userErrors).toMatchObject([
      { code: 'OUT_OF_STOCK', path: ['input', 'lines', '0'], available: 1 },
    ]);
    expect(await inventoryOf(shop.db, 'P0-1')).toMatchObject({ reserved: 0 });
  });

  it('answers the same reservation when it is the last piece that was reserved', async () => {
    const { reserve } = await openStocked(1);
    const input = { lines: [line('P0-1')], idempotencyKey: 'last' };
    expect(await reserve(input)).toEqual(await reserve(input));
  });

  it('releases once', async () => {
    const { db, reserve, release } = await openStocked(3);
    const { reservation } = await reserve({ lines: [line('P0-1')] });
    const input = { reservationId: reservation.id, idempotencyKey: 'go' };
    const answers = await Promise.all([
      release(input),
      release(input),
      release({ reservationId: reservation.id }),
    ]);
    for (const answer of answers)
      expect(answer).toMatchObject({ reservation: { state: 'RELEASED' }, userErrors: [] });
    expect(await inventoryOf(db, 'P0-1')).toMatchObject({ quantity: 3, reserved: 0, available: 3 });
  });
});

describe('a reservation that is sold', () => {
  it('takes its pieces out of the stock, with one line in the ledger and one event', async () => {
    const { db, release } = await openStocked(10);
    const { _id } = await reserveStock(db, { lines: [want('P0-1', 3)] });
    await db.transaction((tx) => consumeReservation(tx, _id, 'order 1001'));
    expect(await inventoryOf(db, 'P0-1')).toMatchObject({ quantity: 10, reserved: 3, available: 7 });
    await Promise.all([settleReservation(db, _id), settleReservation(db, _id)]);
    await settleReservation(db, _id);

    expect(await inventoryOf(db, 'P0-1')).toMatchObject({ quantity: 7, reserved: 0, available: 7 });
    const lines = await db.collection(stockMovements).find({ sku: 'P0-1' }, { limit: 9 });
    expect(lines).toMatchObject([{ quantity: -3, reason: 'order 1001' }]);
    const events = await db.collection(outbox).find({ type: 'inventory.changed' }, { limit: 9 });
    expect(events.map(({ data }) => data.sku)).toEqual(['P0-1']);
    expect((await release({ reservationId: _id.toHexString() })).userErrors).toMatchObject([
      { code: 'ILLEGAL_STATE', state: 'CONSUMED' },
    ]);
  });

  it('touches no product in the transaction of the order', async () => {
    const { db } = await openStocked(10);
    const { _id } = await reserveStock(db, { lines: [want('P0-1', 3)] });
    const commands = await commandsOf(() => db.transaction((tx) => consumeReservation(tx, _id, 'order')));
    expect(commands.map(({ name, command }) => [name, command[name]])).toEqual([
      ['findAndModify', 'reservations'],
    ]);
  });

  it('is sold once', async () => {
    const { db } = await openStocked(10);
    const { _id } = await reserveStock(db, { lines: [want('P0-1', 3)] });
    const sell = () => db.transaction((tx) => consumeReservation(tx, _id, 'order'));
    const outcomes = await Promise.allSettled([sell(), sell(), sell()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('time', () => {
  it('ends a reservation, and gives its pieces back once', async () => {
    const { db, reserve } = await openStocked(10);
    await reserve({ lines: [line('P0-1', 4)], ttlSeconds: 60 });
    await sweepLater();
    expect(await inventoryOf(db, 'P0-1')).toMatchObject({ reserved: 4 });
    await Promise.all([sweepLater(2), sweepLater(2), sweepLater(2)]);
    await sweepLater(2);
    expect(await inventoryOf(db, 'P0-1')).toMatchObject({ quantity: 10, reserved: 0, available: 10 });
    expect(await stockFaults(db, 10)).toEqual([]);
  });

  it('does not end one that was extended', async () => {
    const { db } = await openStocked(10);
    const { _id } = await reserveStock(db, { lines: [want('P0-1', 4)], ttlMs: MINUTE });
    await extendReservation(db, _id, 10 * MINUTE);
    await sweepLater(2);
    expect(await inventoryOf(db, 'P0-1')).toMatchObject({ reserved: 4 });
    await sweepLater(11);
    expect(await inventoryOf(db, 'P0-1')).toMatchObject({ reserved: 0 });
    await expect(extendReservation(db, _id, MINUTE)).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
  });

  it('settles what was sold and left', async () => {
    const { db } = await openStocked(10);
    const { _id } = await reserveStock(db, { lines: [want('P0-1', 4)] });
    await db.transaction((tx) => consumeReservation(tx, _id, 'order'));
    await sweepLater(1);
    expect(await inventoryOf(db, 'P0-1')).toMatchObject({ quantity: 6, reserved: 0, available: 6 });
    expect(await stockFaults(db, 10)).toEqual([]);
  });
});

describe('where a variant is', () => {
  it('is not looked for again while there is plenty of it', async () => {
    const { db } = await openStocked(100, 9);
    const finds = async (sku: string) =>
      (await commandsOf(() => reserveStock(db, { lines: [want(sku)] }))).filter(
        ({ name }) => name === 'find',
      );
    expect([await finds('P0-1'), await finds('P0-1')].map(({ length }) => length)).toEqual([1, 0]);
    expect([await finds('P1-1'), await finds('P1-1')].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('is looked for again when its sku is that of another one by now', async () => {
    const { db } = await openStocked(100, 100);
    await reserveStock(db, { lines: [want('P0-1')] });
    const rename = (from: string, to: string) =>
      db
        .collection(products)
        .updateOne({ 'variants.sku': from }, { $set: { 'variants.0.sku': to, 'keys.skus': [to] } });
    await rename('P0-1', 'OLD');
    await rename('P1-1', 'P0-1');
    await expect(reserveStock(db, { lines: [want('P0-1')] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { lines } = await reserveStock(db, { lines: [want('P0-1')] });
    const other = await db.collection(products).findOne({ 'variants.sku': 'P0-1' });
    expect(lines[0]?.productId).toEqual(other?._id);
  });
});
