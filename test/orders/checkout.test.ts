import { setTimeout as sleep } from 'node:timers/promises';
import { ObjectId } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { products } from '../../src/domains/catalogue/collections.ts';
import { stockMovements } from '../../src/domains/catalogue/stock-movements.ts';
import { reservations } from '../../src/domains/inventory/collections.ts';
import { settleReservation } from '../../src/domains/inventory/settling.ts';
import { orders } from '../../src/domains/orders/collections.ts';
import { promotions } from '../../src/domains/promotions/collections.ts';
import { idempotencyKeys } from '../../src/platform/idempotency/collections.ts';
import { addCode, changed, setUp } from '../carts/requests.ts';
import { inventoryOf, stockFaults, unsettled } from '../inventory/stock-facts.ts';
import { commandsOf } from '../support/app.ts';
import { openShop, type Shop, variantDraft } from '../support/shop.ts';
import { orderFaults } from './order-facts.ts';
import { ADDRESS, ask, buy, done, newCart, readOrder, refusalOf } from './requests.ts';

const MANY = 1_000;
let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  const variant = (sku: string, quantity = MANY) => variantDraft({ sku, quantity });
  await shop.product({
    name: 'Mug',
    sku: 'MUG',
    media: [{ url: 'https://example.com/mug.jpg', alt: null, position: 0 }],
    pricing: { basePrice: 1_200, taxRate: 0.2 } as never,
    variants: [{ ...variant('MUG-BLUE'), attributes: { Colour: 'Blue' } }],
  });
  await shop.product({ name: 'Plate', sku: 'PLATE', variants: [variant('PLATE-1')] });
  await shop.product({ name: 'Rare', sku: 'RARE', variants: [variant('RARE-1', 50)] });
  await shop.product({ name: 'Last', sku: 'LAST', variants: [variant('LAST-1', 1)] });
  await addCode(shop, { code: 'TEN' });
});

const email = 'ada@example.com';

const minutesToPay = ({ payBy, placedAt }: Record<string, string>) =>
  Math.round((Date.parse(payBy ?? '') - Date.parse(placedAt ?? '')) / 60_000);

it('sends nineteen commands for an order of two goods with a code, half of them in its transaction', async () => {
  await buy(shop, [{ sku: 'PLATE-1' }]);
  const { id: cartId } = await newCart(shop, [{ sku: 'PLATE-1' }, { sku: 'MUG-BLUE' }], { codes: ['TEN'] });
  const input = { cartId, email, idempotencyKey: 'count' };
  const sent = await commandsOf(() => done(shop, 'checkoutComplete', input));
  const named = sent
    .map(({ name, command }) => `${name} ${command[name]}`)
    .map((text) => text.replace(/audit_logs.*/, 'audit_logs'));
  const settling = named.indexOf('update idempotency_keys') + 1;
  expect(named.slice(0, settling)).toEqual([
    ...['find idempotency_keys', 'find carts', 'find products', 'aggregate promotions'],
    ...['find products', 'insert reservations', 'update products', 'update products'],
    // A number is at hand, or the shop's counter is asked.
    ...(named.includes('findAndModify order_counters') ? ['findAndModify order_counters'] : []),
    ...['insert idempotency_keys', 'find carts', 'findAndModify carts', 'findAndModify reservations'],
    ...['insert order_events', 'insert orders', 'insert outbox', 'insert audit_logs'],
    ...['find promotions', 'insert promotion_redemptions', 'update idempotency_keys'],
  ]);
  expect(named.slice(settling).length).toBeLessThanOrEqual(11);
});

describe('a checkout', () => {
  it('copies into the order all that it is about', async () => {
    const lines = [{ sku: 'MUG-BLUE', quantity: 3 }, { sku: 'PLATE-1' }];
    const { order, accessToken } = await buy(shop, lines, { codes: ['TEN'], email: 'Ada@Example.com' });
    expect(order).toMatchObject({
      number: expect.stringMatching(/^\d+$/),
      ...{ status: 'PLACED', paymentStatus: 'UNPAID', actions: ['PAY', 'CANCEL'] },
      ...{ email: 'Ada@Example.com', currency: 'USD', totalQuantity: 4, version: 1 },
      lines: [
        {
          ...{ name: 'Mug', sku: 'MUG-BLUE', quantity: 3, openQuantity: 3, fulfilledQuantity: 0 },
          attributes: [{ name: 'Colour', value: 'Blue' }],
          imageUrl: 'https://example.com/mug.jpg',
          ...{ unitPrice: { amount: '12.00' }, discount: { amount: '3.60' }, tax: { amount: '5.40' } },
          total: { amount: '32.40' },
        },
        { name: 'Plate', sku: 'PLATE-1', quantity: 1, total: { amount: '9.00' } },
      ],
      totals: { subtotal: { amount: '46.00' }, discount: { amount: '4.60' }, total: { amount: '41.40' } },
      discountCodes: [{ code: 'TEN', amount: { amount: '4.60' } }],
      ...{ paid: { amount: '0.00' }, refunded: { amount: '0.00' } },
    });
    expect(minutesToPay(order)).toBe(60);
    await shop.db.collection(products).updateOne({ sku: 'PLATE' }, { $set: { name: 'Dish' } });
    const read = await readOrder(shop, { id: order.id, accessToken });
    expect(read).toEqual(order);
  });

  it('is asked once by browser and webhook at the same moment, and makes one order', async () => {
    const staff = await shop.staff('orders:write');
    const person = await shop.person();
    const { id: cartId } = await newCart(shop, [{ sku: 'MUG-BLUE' }], {
      codes: ['TEN'],
      headers: person.headers,
    });
    const asked = (caller: Record<string, string>, idempotencyKey: string) =>
      done(shop, 'checkoutComplete', { cartId, idempotencyKey }, caller);
    const answers = await Promise.all([
      ...['a', 'b', 'a', 'c'].map((key) => asked(person.headers, `browser-${key}`)),
      ...['a', 'a', 'd'].map((key) => asked(staff, `webhook-${key}`)),
    ]);
    expect(new Set(answers.map(({ order }) => order.id)).size).toBe(1);
    expect(new Set(answers.map(({ accessToken }) => accessToken)).size).toBe(1);
    expect(answers[0].order.email).toBe(person.user.email);
    expect((await done(shop, 'checkoutComplete', { cartId }, person.headers)).order.id).toBe(
      answers[0].order.id,
    );
  });

  it('answers a repeat what it answered first, and refuses another input under the same key', async () => {
    const { id: cartId } = await newCart(shop, [{ sku: 'PLATE-1' }]);
    const input = { cartId, email, idempotencyKey: 'one' };
    const first = await done(shop, 'checkoutComplete', input);
    const staff = await shop.staff('orders:write');
    await done(shop, 'orderNoteAdd', { orderId: first.order.id, text: 'Gift' }, staff);
    expect(await done(shop, 'checkoutComplete', input)).toEqual(first);
    const mismatch = await refusalOf(shop, 'checkoutComplete', { ...input, note: 'Other' });
    expect(mismatch).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
  });

  it('keeps a refusal under its key, and a new key may try again', async () => {
    const { id: cartId } = await newCart(shop, [{ sku: 'LAST-1', quantity: 2 }]);
    const input = { cartId, email, idempotencyKey: 'too-many' };
    const refused = await refusalOf(shop, 'checkoutComplete', input);
    expect(refused).toMatchObject({ code: 'OUT_OF_STOCK', sku: 'LAST-1', available: 1 });
    await shop.db
      .collection(products)
      .updateOne(
        { sku: 'LAST' },
        { $inc: { 'variants.0.inventory.quantity': 1, 'variants.0.inventory.available': 1 } },
      );
    expect(await refusalOf(shop, 'checkoutComplete', input)).toEqual(refused);
    const { order } = await done(shop, 'checkoutComplete', { ...input, idempotencyKey: 'now' });
    expect(order.totalQuantity).toBe(2);
  });

  it('buys nothing at another total, or of another version, than the buyer was shown', async () => {
    const { id: cartId, version } = await newCart(shop, [{ sku: 'PLATE-1', quantity: 2 }]);
    const input = { cartId, email, expectedTotal: '20.00', expectedVersion: version };
    await shop.db.collection(products).updateOne({ sku: 'PLATE' }, { $set: { 'pricing.basePrice': 1_100 } });
    expect(await refusalOf(shop, 'checkoutComplete', input)).toMatchObject({
      ...{ code: 'ILLEGAL_STATE', state: 'TOTAL_CHANGED', path: ['input', 'expectedTotal'] },
      message: expect.stringContaining('$22.00 now, not $20.00'),
    });
    await shop.db.collection(products).updateOne({ sku: 'PLATE' }, { $set: { 'pricing.basePrice': 1_000 } });
    await changed(shop, 'cartUpdate', { cartId, email: 'other@example.com' });
    expect(await refusalOf(shop, 'checkoutComplete', input)).toMatchObject({ code: 'VERSION_CONFLICT' });
    const { order } = await done(shop, 'checkoutComplete', { ...input, expectedVersion: version + 1 });
    expect(order.totals.total.amount).toBe('20.00');
  });

  it('sells the cart as it is when it is changed at the same moment, and keeps nothing else back', async () => {
    for (let i = 0; i < 5; i++) {
      const { id: cartId } = await newCart(shop, [{ sku: 'PLATE-1' }]);
      const [{ order }] = await Promise.all([
        done(shop, 'checkoutComplete', { cartId, email }),
        shop.request(
          'mutation ($input: CartLinesAddInput!) { cartLinesAdd(input: $input) { userErrors { code } } }',
          { input: { cartId, lines: [{ sku: 'MUG-BLUE' }] } },
        ),
      ]);
      const { lines } = (await shop.request(`{ cart(id: "${cartId}") { lines { sku quantity } } }`)).data
        .cart;
      expect(order.lines.map(({ sku, quantity }: never) => ({ sku, quantity }))).toEqual(lines);
    }
    expect(await shop.db.collection(reservations).count({ state: 'HELD' }, { limit: 10 })).toBe(0);
  });

  it('is refused with the reason', async () => {
    const { id: cartId } = await newCart(shop, [{ sku: 'PLATE-1' }]);
    const { id: empty } = await newCart(shop, []);
    const { id: personal } = await newCart(shop, [{ sku: 'PLATE-1' }], (await shop.person()) as never);
    const cases: [object, object][] = [
      [{ cartId }, { code: 'INVALID', path: ['input', 'email'] }],
      [
        { cartId, email: 'ada' },
        { code: 'INVALID', path: ['input', 'email'] },
      ],
      [
        { cartId, email, shippingMethodId: 'post' },
        { code: 'NOT_FOUND', path: ['input', 'shippingMethodId'] },
      ],
      [
        { cartId, email, note: 'x'.repeat(1_001) },
        { code: 'INVALID', path: ['input', 'note'] },
      ],
      [
        { cartId, email, expectedTotal: '1.234' },
        { code: 'INVALID', path: ['input', 'expectedTotal'] },
      ],
      [{ cartId, email, shippingAddress: { ...ADDRESS, country: 'XX' } }, { code: 'INVALID' }],
      [
        { cartId: empty, email },
        { code: 'ILLEGAL_STATE', state: 'EMPTY' },
      ],
      [
        { cartId: personal, email },
        { code: 'NOT_FOUND', path: ['input', 'cartId'] },
      ],
      [
        { cartId: 'nothing-has-this-id-at-all', email },
        { code: 'NOT_FOUND', path: ['input', 'cartId'] },
      ],
      [
        { cartId, email, reservationId: String(new ObjectId()) },
        { code: 'NOT_FOUND', path: ['input', 'reservationId'] },
      ],
    ];
    for (const [input, error] of cases)
      expect(await refusalOf(shop, 'checkoutComplete', input)).toMatchObject(error);
    expect((await done(shop, 'checkoutComplete', { cartId, email })).order.status).toBe('PLACED');
  });

  it('of an order that costs nothing is paid at once', async () => {
    await addCode(shop, { code: 'ALL', value: '100' });
    const { order } = await buy(shop, [{ sku: 'PLATE-1' }], { codes: ['ALL'] });
    expect(order).toMatchObject({
      ...{ status: 'PAID', paymentStatus: 'PAID', payBy: null, version: 2, paid: { amount: '0.00' } },
      actions: ['FULFILL', 'CANCEL'],
    });
  });

  it('takes over pieces that its caller has kept before, and no others', async () => {
    const staff = await shop.staff('inventory:write', 'orders:write');
    const reserve = `mutation ($input: InventoryReserveInput!) {
      inventoryReserve(input: $input) { reservation { id } userErrors { code } } }`;
    const reserved = async (quantity: number) =>
      (await shop.request(reserve, { input: { lines: [{ sku: 'PLATE-1', quantity }] } }, staff)).data
        .inventoryReserve.reservation.id;
    const { id: cartId } = await newCart(shop, [{ sku: 'PLATE-1', quantity: 2 }]);
    const [wrong, right] = [await reserved(3), await reserved(2)];
    const input = { cartId, email };
    expect(
      await refusalOf(shop, 'checkoutComplete', { ...input, reservationId: wrong }, staff),
    ).toMatchObject({
      ...{ code: 'INVALID', path: ['input', 'reservationId'] },
    });
    expect(await refusalOf(shop, 'checkoutComplete', { ...input, reservationId: right })).toMatchObject({
      code: 'NOT_FOUND',
    });
    await done(shop, 'checkoutComplete', { ...input, reservationId: right }, staff);
    const records = await shop.db
      .collection(reservations)
      .find({ _id: { $in: [wrong, right].map((id) => new ObjectId(id as string)) } }, { limit: 2 });
    expect(records.map(({ state }) => state).sort()).toEqual(['CONSUMED', 'HELD']);
    await shop.request(
      'mutation ($input: InventoryReleaseInput!) { inventoryRelease(input: $input) { userErrors { code } } }',
      { input: { reservationId: wrong } },
      staff,
    );
  });
});

/** As a client does that is told to come back, or that it took too long: the same call again. */
async function untilAnswered<R>(call: () => Promise<R>): Promise<R> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!/SERVICE_UNAVAILABLE|DEADLINE_EXCEEDED/.test(String(error))) throw error;
      await sleep(100 * Math.random());
    }
  }
}

describe('many buyers at once', () => {
  it('200 for 50 pieces are 50 orders', async () => {
    const carts: { id: string }[] = [];
    const open = () => untilAnswered(() => newCart(shop, [{ sku: 'RARE-1' }]));
    while (carts.length < 200) carts.push(...(await Promise.all(Array.from({ length: 20 }, open))));
    const answers = await Promise.all(
      carts.map(({ id: cartId }, i) => {
        const input = { cartId, email: `buyer-${i}@example.com`, idempotencyKey: `b${i}` };
        return untilAnswered(() => ask(shop, 'checkoutComplete', input));
      }),
    );
    expect(answers.filter(({ order }) => order !== null)).toHaveLength(50);
    const refused = answers.flatMap(({ userErrors }) => userErrors);
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['OUT_OF_STOCK']));
    expect(refused).toHaveLength(150);
    expect(await inventoryOf(shop.db, 'RARE-1')).toMatchObject({ quantity: 0, available: 0, reserved: 0 });
  }, 60_000);

  it('ten for a code with four uses are four orders with it, and the others keep no pieces', async () => {
    await addCode(shop, { code: 'FOUR', usageLimit: 4 });
    const carts = await Promise.all(
      Array.from({ length: 10 }, () => newCart(shop, [{ sku: 'MUG-BLUE' }], { codes: ['FOUR'] })),
    );
    const answers = await Promise.all(
      carts.map(({ id }) => ask(shop, 'checkoutComplete', { cartId: id, email, expectedTotal: '10.80' })),
    );
    const bought = answers.filter(({ order }) => order !== null);
    expect(bought).toHaveLength(4);
    const states = answers.flatMap(({ userErrors }) =>
      userErrors.map(({ state }: { state: string }) => state),
    );
    expect(states.every((state) => state === 'CODE_USED_UP' || state === 'TOTAL_CHANGED')).toBe(true);
    expect(await shop.db.collection(promotions).findOne({ code: 'FOUR' })).toMatchObject({ usedCount: 4 });
    expect(await shop.db.collection(reservations).count({ state: 'HELD' }, { limit: 10 })).toBe(0);
  }, 30_000);
});

describe('shipping', () => {
  it('has to be said where the shop sends goods, and counts in the total', async () => {
    const sending = await openShop();
    const methods = [{ id: 'post', name: 'By post', price: 490, freeFrom: null }];
    await setUp(sending, { shipping: { methods }, unpaidOrderMinutes: 5 });
    await sending.product({ sku: 'PAN' });
    const { id: cartId } = await newCart(sending, [{ sku: 'PAN' }]);
    const path = (name: string) => ({ code: 'INVALID', path: ['input', name] });
    expect(await refusalOf(sending, 'checkoutComplete', { cartId, email })).toMatchObject(
      path('shippingMethodId'),
    );
    const input = { cartId, email, shippingMethodId: 'post' };
    expect(await refusalOf(sending, 'checkoutComplete', input)).toMatchObject(path('shippingAddress'));
    const { order } = await done(sending, 'checkoutComplete', {
      ...input,
      shippingAddress: ADDRESS,
      note: ' Ring ',
    });
    expect(order).toMatchObject({
      ...{
        shippingMethod: 'By post',
        shippingAddress: { name: 'Ada Lovelace', city: 'London' },
        note: 'Ring',
      },
      ...{ billingAddress: null, totals: { shipping: { amount: '4.90' }, total: { amount: '14.90' } } },
    });
    expect(minutesToPay(order)).toBe(5);
  });
});

it('leaves orders, carts, reservations, codes, stock, ledger and outbox that agree', async () => {
  expect(await orderFaults(shop.db)).toEqual([]);
  // What could not be settled at once, in the crowd.
  for (const { _id } of await unsettled(shop.db)) await settleReservation(shop.db, _id);
  expect(await shop.db.collection(idempotencyKeys).count({ answer: null }, { limit: 1 })).toBe(0);
  const count = await shop.db.collection(orders).count({}, { limit: MANY });
  expect(count).toBeGreaterThan(60);
  const faults = await stockFaults(shop.db, MANY);
  // These two were made with other numbers, and of one of them somebody took a piece in past the ledger.
  expect(faults.filter((fault) => !/^(RARE|LAST)-1: \d+ there/.test(fault))).toEqual([]);
  const sold = await shop.db.collection(stockMovements).find({ sku: 'RARE-1' }, { limit: MANY });
  expect(sold.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(-50);
});
