import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { BSON, ObjectId } from 'mongodb';
import { beforeAll, expect, inject, it } from 'vitest';
import { rebuildSales, refreshSales } from '../../src/domains/analytics/sales-days.ts';
import { checkData } from '../../src/domains/checks/check-data.ts';
import { archiveOrders } from '../../src/domains/orders/archive/archive-orders.ts';
import { opened } from '../../src/domains/orders/archive/body.ts';
import { archivedOrders } from '../../src/domains/orders/archive/collections.ts';
import { restoreOrders } from '../../src/domains/orders/archive/restore-orders.ts';
import { orderEvents, orders } from '../../src/domains/orders/collections.ts';
import type { Order } from '../../src/domains/orders/documents.ts';
import { forgetBuyer } from '../../src/domains/orders/order-forgetting.ts';
import { hasBought } from '../../src/domains/orders/purchases.ts';
import { exportedPerson } from '../../src/domains/privacy/export.ts';
import { TABLES } from '../../src/domains/warehouse/tables.ts';
import { endIdleTransactions } from '../../src/platform/mongo/idle-transactions.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';
import { testApp } from '../support/app.ts';
import { happen, paid, placedOrder, refunded } from '../support/orders.ts';
import { runScript } from '../support/run-script.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { done, readOrder } from './requests.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const long = new Date(Date.now() - 400 * DAY_MS);
const all = { limit: 1_000, sort: { _id: 1 } } as const;
const userId = new ObjectId();

let shop: Shop;
let staff: Record<string, string>;
let past: TenantDb;
let kept: Order[];

/** An order that was paid, sent and completed long ago. */
async function ended(email: string | null = null, user: ObjectId | null = null): Promise<Order> {
  const order = await placedOrder(past, { email, userId: user });
  const lines = order.lines.map(({ _id: lineId, quantity }) => ({ lineId, quantity }));
  const parcel = { _id: new ObjectId(), lines, carrier: null, trackingNumber: null, trackingUrl: null };
  const sent = { type: 'fulfilled' as const, fulfilment: parcel };
  return happen(past, order, paid(order), sent, { type: 'completed' });
}

const stored = async () => ({
  orders: await shop.db.collection(orders).find({}, all),
  events: await shop.db.collection(orderEvents).find({}, all),
});
const archived = () => shop.db.collection(archivedOrders).find({}, all);
const archive = () => archiveOrders(shop.db, { months: 6 });
const restore = () => restoreOrders(shop.db, {});

const marksOf = async () => JSON.stringify(await TABLES[0]?.marks(shop.db));
const rowsOf = async (table: number, day: string) => {
  const rows = await Array.fromAsync(TABLES[table]?.rows(shop.db, day) ?? []);
  return rows.map((row) => inspect(row)).sort();
};

/** What is summed up of orders, by those who read them. */
async function figures() {
  await rebuildSales(shop.db, 'USD', '0000');
  const day = long.toISOString().slice(0, 10);
  const query = `{ salesAnalytics(from: "${day}", to: "${day}") { orders unitsSold grossRevenue { minor } refunds { minor } }
    bestSellers(from: "${day}", to: "${day}") { productId pieces } }`;
  const product = kept[0]?.lines[0]?.productId ?? new ObjectId();
  return {
    sales: (await shop.request(query, {}, staff)).data,
    bought: await hasBought(shop.db, userId, product),
    marks: await marksOf(),
    rows: [await rowsOf(0, day), await rowsOf(1, day), await rowsOf(2, day)],
  };
}

async function faults(): Promise<string[]> {
  const found: string[] = [];
  await checkData(shop.db, {
    repair: false,
    onDifference: ({ check, record }) => {
      if (['order', 'sales'].includes(check)) found.push(`${check} ${record}`);
    },
  });
  return found;
}

beforeAll(async () => {
  shop = await openShop();
  staff = await shop.staff();
  past = (await testApp()).database.tenantDb(shop.tenant._id, { now: () => long });
  const first = await ended('ada@example.com', userId);
  const second = await ended('bob@example.com');
  await happen(past, second, ...refunded(second, 300, 1));
  const open = await placedOrder(past);
  kept = [first, second, open];
  await refreshSales(shop.db, 'USD');
});

it('takes what is at an end and no more; it is found, summed up and exported as before, and comes back as it was', async () => {
  const [before, sums] = [await stored(), await figures()];
  expect(await archive()).toBe(2);
  expect((await stored()).orders.map(({ _id }) => _id)).toEqual([kept[2]?._id]);
  expect((await archived()).map(({ number }) => number)).toEqual(
    kept.slice(0, 2).map(({ number }) => number),
  );
  expect(await figures()).toEqual(sums);
  expect(sums.bought).toBe(true);
  expect(await faults()).toEqual([]);

  const number = `#${kept[0]?.number}`;
  const found = await readOrder(shop, { number }, staff, 'id status history { type }');
  expect(found).toMatchObject({ id: String(kept[0]?._id), status: 'COMPLETED' });
  expect(found.history.map(({ type }: { type: string }) => type)).toEqual([
    ...['PLACED', 'PAID', 'FULFILLED', 'COMPLETED'],
  ]);
  const { data } = await shop.request('{ orders(first: 10) { nodes { number } } }', {}, staff);
  expect(data.orders.nodes).toEqual([{ number: kept[2]?.number }]);

  expect(await restore()).toBe(2);
  const after = await stored();
  expect(BSON.serialize(after)).toEqual(BSON.serialize(before));
  expect(await archived()).toEqual([]);
});

it('brings an order back for a change, and only where the change is made', async () => {
  await archive();
  const orderId = String(kept[0]?._id);
  const ids = async () => (await archived()).map(({ _id }) => String(_id));
  const { data } = await shop.request(
    `mutation ($input: OrderCompleteInput!) { orderComplete(input: $input) { userErrors { code } } }`,
    { input: { orderId } },
    staff,
  );
  expect(data.orderComplete.userErrors).toMatchObject([{ code: 'ILLEGAL_STATE' }]);
  expect(await ids()).toContain(orderId);
  const noted = await done(shop, 'orderNoteAdd', { orderId, text: 'asked again' }, staff);
  expect(noted.order.version).toBe((kept[0]?.version ?? 0) + 1);
  expect(await ids()).not.toContain(orderId);
  expect(await faults()).toEqual([]);
  await restore();
});

it('hands out and forgets the orders of a person in the archive', async () => {
  const order = await ended('Cleo@example.com');
  await archive();
  const person = { userId: null, emailKey: 'cleo@example.com' };
  const file = JSON.parse((await Array.fromAsync(exportedPerson(shop.db, person, null))).join(''));
  expect(file.orders).toMatchObject([{ number: order.number, email: 'Cleo@example.com' }]);
  expect(file.orders[0].events).toHaveLength(order.version);
  await shop.db.transaction((tx) => forgetBuyer(tx, order._id));
  const row = await shop.db.collection(archivedOrders).findOne({ _id: order._id });
  if (!row) throw new Error('It left the archive');
  expect([row.emailKey, row.version]).toEqual([null, order.version + 1]);
  expect(JSON.stringify(await opened(row)).toLowerCase()).not.toContain('cleo');
  expect(await faults()).toEqual([]);
  await restore();
});

it('tells of an order in the archive that is not what its history says, and of one that is in both places', async () => {
  for (const email of ['dora@example.com', 'emil@example.com']) await ended(email);
  await archive();
  const [other, one] = (await archived()).toReversed();
  if (!one || !other) throw new Error('Nothing is in the archive');
  await shop.db.collection(archivedOrders).updateOne({ _id: one._id }, { $inc: { paid: 7 } });
  await shop.db.collection(orders).insertOne((await opened(other)).order);
  const found = await faults();
  expect(found.some((record) => record.includes(`${one._id} ${one.number} head.paid`))).toBe(true);
  expect(found.some((record) => record.includes(`${other._id}`))).toBe(true);
  await checkData(shop.db, { repair: true, onDifference: () => {} });
  expect(await faults()).toEqual([]);
  await restore();
});

it('killed in a batch or behind it, loses and doubles nothing, and the next run finishes', async () => {
  const program = fileURLToPath(new URL('killed-archive.ts', import.meta.url));
  const before = await stored();
  const { databaseName, database } = await testApp();
  for (const step of ['moved', 'committed']) {
    const args = [inject('mongoUri'), databaseName, String(shop.tenant._id), '6', step];
    const child = spawn(process.execPath, [program, ...args], { stdio: 'inherit' });
    expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
    // As the API's clock does; else mongod keeps the locks of the dead process for a minute.
    while (step === 'moved' && (await endIdleTransactions(database, 300)) === 0);
    const ids = [...(await stored()).orders, ...(await archived())].map(({ _id }) => String(_id)).sort();
    expect(ids).toEqual(before.orders.map(({ _id }) => String(_id)).sort());
  }
  await archive();
  await restore();
  expect(BSON.serialize(await stored())).toEqual(BSON.serialize(before));
});

it('is a command, by the setting of the shop', async () => {
  const { databaseName: name } = await testApp();
  const run = (...args: string[]) =>
    runScript('archive', ['orders', '--tenant', shop.tenant.subdomain, ...args], { name });
  const set = (months: number | null) =>
    shop.request(
      `mutation ($months: Int) { shopUpdate(input: { archiveOrdersAfterMonths: $months }) {
        settings { archiveOrdersAfterMonths } userErrors { code path } } }`,
      { months },
      staff,
    );
  expect((await set(5)).data.shopUpdate.userErrors).toMatchObject([{ code: 'INVALID' }]);
  expect((await set(6)).data.shopUpdate.settings).toEqual({ archiveOrdersAfterMonths: 6 });
  const shown = await run('--dry-run');
  expect(shown).toMatchObject({ code: 0, err: '' });
  expect(await archived()).toEqual([]);
  expect((await run()).out).toContain('moved to the archive');
  const [one] = await archived();
  expect((await run('--restore', one?.number ?? '')).out).toContain('1 order came back');
  expect(await run('--restore', '999999')).toMatchObject({ code: 1 });
});
