import { expect, it } from 'vitest';
import { auditMonth } from '../../src/domains/audit/collections.ts';
import { products } from '../../src/domains/catalogue/collections.ts';
import { recordMovements, stockMovements } from '../../src/domains/catalogue/stock-movements.ts';
import { rebuildStock } from '../../src/domains/inventory/stock-rebuild.ts';
import { orderEvents, orders } from '../../src/domains/orders/collections.ts';
import { rebuildOrders } from '../../src/domains/orders/order-rebuild.ts';
import { outbox } from '../../src/platform/events/collections.ts';
import { buy, done } from '../orders/requests.ts';
import { ask, openPaying, paidOrder, payingApp } from '../payments/paying-shop.ts';
import { runScript } from '../support/run-script.ts';

const shop = await openPaying();
const staff = await shop.staff();
const db = shop.db;

const ordersDiffer = (swap = false) => Array.fromAsync(rebuildOrders(db, swap));
const stockDiffers = (swap = false) => Array.fromAsync(rebuildStock(db, swap));
const all = { limit: 1_000, sort: { _id: 1 } } as const;
const stored = async () => ({
  orders: await db.collection(orders).find({}, all),
  stock: (await db.collection(products).find({}, all)).map(({ variants }) => variants),
});

/** Orders that were paid, sent, given back, sent back and cancelled. */
async function trade() {
  for (const product of await db.collection(products).find({}, all))
    await recordMovements(db, null, product, 'opening');
  const [refunded, returned] = [await paidOrder(shop), await paidOrder(shop)];
  await ask(shop, 'orderRefund', { orderId: refunded.orderId, amount: '2.50' }, staff);
  const lines = returned.lines.map(({ id: lineId }) => ({ lineId, quantity: 1 }));
  await done(shop, 'orderFulfill', { orderId: returned.orderId, lines }, staff);
  await done(shop, 'orderReturn', { orderId: returned.orderId, lines, restock: true }, staff);
  const { order } = await buy(shop, [{ sku: 'MUG-1', quantity: 2 }]);
  await done(shop, 'orderCancel', { orderId: order.id }, staff);
  await buy(shop, [{ sku: 'MUG-1' }]);
  const input = { lines: [{ sku: 'MUG-1', quantity: 3 }] };
  const { data } = await shop.request(HOLD, { input }, staff);
  expect(data.inventoryReserve.userErrors).toEqual([]);
}

const HOLD = `mutation ($input: InventoryReserveInput!) {
  inventoryReserve(input: $input) { userErrors { message } } }`;

it('makes what is there again, finds what was changed beside the streams, and mends it', async () => {
  await trade();
  expect(await db.collection(orderEvents).count({}, { limit: 100 })).toBeGreaterThan(10);
  const before = await stored();
  expect([await ordersDiffer(), await stockDiffers()]).toEqual([[], []]);

  const [wrong, gone] = before.orders;
  if (!wrong || !gone) throw new Error('There are too few orders');
  await db.collection(orders).updateOne({ _id: wrong._id }, { $inc: { paid: 1 }, $set: { note: 'planted' } });
  await db.collection(orders).deleteOne({ _id: gone._id });
  const inventory = 'variants.0.inventory';
  const more = { [`${inventory}.quantity`]: 3, [`${inventory}.available`]: 3 };
  const { _id: productId } =
    (await db.collection(products).findOneAndUpdate({ 'variants.sku': 'MUG-1' }, { $inc: more })) ?? {};

  const found = await ordersDiffer();
  expect(found.map(({ orderId, path }) => `${orderId} ${path}`).sort()).toEqual(
    [`${wrong._id} note`, `${wrong._id} paid`, `${gone._id} `].sort(),
  );
  const stock = await stockDiffers();
  expect(stock).toMatchObject([
    { productId, path: `${inventory}.quantity` },
    { productId, path: `${inventory}.available` },
  ]);
  expect(stock.map(({ stands, should }) => stands - should)).toEqual([3, 3]);

  // A change under way meanwhile is not lost, whichever comes first.
  const [, bought] = await Promise.all([
    Promise.all([ordersDiffer(true), stockDiffers(true)]),
    buy(shop, [{ sku: 'MUG-1' }]),
  ]);
  await done(shop, 'orderCancel', { orderId: bought.order.id }, staff);
  expect([await ordersDiffer(), await stockDiffers()]).toEqual([[], []]);
  const after = await stored();
  const mended = { 'record.id': String(wrong._id), changes: { $elemMatch: { path: 'paid' } } };
  const audit = await db.collection(auditMonth(db.now())).find(mended, all);
  expect(audit.at(-1)?.changes).toContainEqual({ path: 'paid', before: wrong.paid + 1, after: wrong.paid });
  expect(after.orders.filter(({ number }) => number !== bought.order.number)).toEqual(before.orders);
  expect(after.stock).toEqual(before.stock);
});

it('counts anew what is promised, tells who follows the stock, and leaves alone what cannot be', async () => {
  const { _id: productId } = (await db.collection(products).findOne({ 'variants.sku': 'MUG-1' })) ?? {};
  const before = await stored();
  const inventory = 'variants.0.inventory';
  const less = { [`${inventory}.reserved`]: -3, [`${inventory}.available`]: 3 };
  await db.collection(products).updateOne({ 'variants.sku': 'MUG-1' }, { $inc: less });
  const told = { type: 'inventory.changed', subject: `product:${productId}` };
  const events = await db.collection(outbox).count(told, { limit: 1_000 });
  expect((await stockDiffers(true)).map(({ path }) => path)).toEqual([
    `${inventory}.reserved`,
    `${inventory}.available`,
  ]);
  expect((await stored()).stock).toEqual(before.stock);
  expect(await db.collection(outbox).count(told, { limit: 1_000 })).toBe(events + 1);

  const [line] = await db.collection(stockMovements).find({ sku: 'MUG-1', reason: 'opening' }, { limit: 1 });
  await db.collection(stockMovements).deleteOne({ _id: line?._id ?? productId });
  expect((await stockDiffers(true))[0]?.should).toBeLessThan(0);
  expect((await stored()).stock).toEqual(before.stock);
  if (line) await db.collection(stockMovements).insertOne(line);
});

it('is a command that says what differs, and swaps when it is told to', async () => {
  const name = (await payingApp()).databaseName;
  const run = (what: string, ...args: string[]) =>
    runScript('rebuild', [what, '--tenant', shop.tenant.subdomain, ...args], { name });
  const [order] = await db.collection(orders).find({}, all);
  if (!order) throw new Error('There is no order');
  await db.collection(orders).updateOne({ _id: order._id }, { $inc: { refunded: 7 } });
  const told = await run('orders');
  expect(told).toMatchObject({ code: 1, err: '' });
  expect(told.out).toContain(`order:${order._id} ${order.number} refunded: `);
  expect(await run('orders', '--swap')).toMatchObject({ code: 0, out: expect.stringContaining(' 0 left') });
  expect(await run('stock')).toMatchObject({ code: 0, out: expect.stringContaining(' 0 differences') });
  expect((await run('carts')).err).toContain('Allowed choices are orders, stock');
});
