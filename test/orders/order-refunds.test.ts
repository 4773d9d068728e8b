import fc from 'fast-check';
import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import type { Refund } from '../../src/domains/orders/documents.ts';
import { amountOfPieces } from '../../src/domains/orders/refund-amounts.ts';
import { inventoryOf } from '../inventory/stock-facts.ts';
import {
  ask,
  type Bought,
  chargesOf,
  historyOf,
  type Json,
  MINUTE,
  openPaying,
  paidOrder,
  passTime,
  readOrder,
  reconcile,
} from '../payments/paying-shop.ts';
import { orderFaults } from './order-facts.ts';

const shop = await openPaying();
const staff = await shop.staff('orders:write');
let whole: Bought | undefined;

const refund = (bought: Bought, input: object): Promise<Json> =>
  ask(shop, 'orderRefund', { orderId: bought.orderId, ...input }, staff);

const availableOf = async (sku: string) => (await inventoryOf(shop.db, sku)).available;

const pieces = ({ lines }: Bought, sku: string, quantity: number) => [
  { lineId: lines.find((line) => line.sku === sku)?.id, quantity },
];

describe('orderRefund', () => {
  it('sends back what pieces cost, and has them for sale again', async () => {
    const bought = await paidOrder(shop, [{ sku: 'MUG-1', quantity: 2 }, { sku: 'BOWL-1' }]);
    const before = await availableOf('MUG-1');
    const { order, userErrors } = await refund(bought, {
      lines: pieces(bought, 'MUG-1', 1),
      reason: 'cracked',
    });
    expect(userErrors).toEqual([]);
    expect(order).toMatchObject({
      ...{ status: 'PAID', paymentStatus: 'PARTIALLY_REFUNDED', refunded: { minor: 1_000 } },
      refunds: [{ status: 'SUCCEEDED', amount: { minor: 1_000 }, reason: 'cracked' }],
    });
    expect(order.lines[0]).toMatchObject({ openQuantity: 1, cancelledQuantity: 1 });
    expect(await availableOf('MUG-1')).toBe(before + 1);
    expect((await chargesOf(shop)).at(-1)?.refunds).toMatchObject([{ amount: 1_000 }]);
  });

  it('sends back an amount, and all of it in the end', async () => {
    const bought = await paidOrder(shop);
    expect((await refund(bought, { amount: '2.50' })).order).toMatchObject({ refunded: { minor: 250 } });
    const { order } = await refund(bought, { amount: '7.50' });
    expect(order).toMatchObject({
      status: 'REFUNDED',
      paymentStatus: 'REFUNDED',
      refunded: { minor: 1_000 },
    });
    expect((await refund(bought, { amount: '0.01' })).userErrors).toMatchObject([{ code: 'ILLEGAL_STATE' }]);
  });

  it.each([
    ['more than was paid', { amount: '10.01' }, ['input', 'amount'], 'At most 10.00 USD'],
    ['nothing', {}, ['input', 'amount'], 'Say what goes back'],
    ['less than nothing', { amount: '-1.00' }, ['input', 'amount'], 'Say what goes back'],
    ['too many decimals', { amount: '1.001' }, ['input', 'amount'], 'too many decimals'],
  ])('refuses %s', async (_, input, path, message) => {
    whole ??= await paidOrder(shop);
    const { order, userErrors } = await refund(whole, input);
    expect([order, userErrors]).toMatchObject([null, [{ code: 'INVALID', path }]]);
    expect(userErrors[0].message).toContain(message);
  });

  it('sends no piece back twice, and none for another amount than is left', async () => {
    const bought = await paidOrder(shop);
    const lines = pieces(bought, 'MUG-1', 1);
    await refund(bought, { amount: '4.00' });
    expect((await refund(bought, { lines })).userErrors).toMatchObject([{ path: ['input', 'amount'] }]);
    expect((await refund(bought, { lines, amount: '6.00' })).order).toMatchObject({ status: 'REFUNDED' });
    const other = await paidOrder(shop, [{ sku: 'MUG-1', quantity: 2 }]);
    const two = pieces(other, 'MUG-1', 2);
    const answers = await Promise.all([refund(other, { lines: two }), refund(other, { lines: two })]);
    expect(answers.map(({ userErrors }) => userErrors.length).sort()).toEqual([0, 1]);
    expect((await readOrder(shop, other)).refunded.minor).toBe(2_000);
  });

  it('is one refund for one key', async () => {
    const bought = await paidOrder(shop);
    const input = { amount: '1.00', idempotencyKey: crypto.randomUUID() };
    expect(await refund(bought, input)).toEqual(await refund(bought, input));
    expect((await readOrder(shop, bought)).refunded.minor).toBe(100);
  });

  it('leaves pieces that are not wanted back out of the stock', async () => {
    const bought = await paidOrder(shop);
    const before = await availableOf('MUG-1');
    await refund(bought, { lines: pieces(bought, 'MUG-1', 1), restock: false });
    expect(await availableOf('MUG-1')).toBe(before);
  });

  it('that fails leaves the money with the shop, and says so', async () => {
    const bought = await paidOrder(shop, undefined, 'refund-fails');
    const { order, userErrors } = await refund(bought, { amount: '3.00' });
    expect(userErrors).toMatchObject([{ code: 'PAYMENT_DECLINED' }]);
    expect(order).toMatchObject({
      paymentStatus: 'PAID',
      refunded: { minor: 0 },
      refunds: [{ status: 'FAILED' }],
    });
    expect((await historyOf(shop, bought)).join()).toContain('REFUND_FAILED');
  });

  it('that takes its time is finished by the reconciler', async () => {
    const bought = await paidOrder(shop, undefined, 'refund-delay');
    const { order, userErrors } = await refund(bought, { amount: '3.00' });
    expect([order.refunds[0].status, userErrors]).toEqual(['PENDING', []]);
    passTime(MINUTE);
    await reconcile();
    expect((await readOrder(shop, bought)).refunds).toMatchObject([{ status: 'SUCCEEDED' }]);
    expect((await chargesOf(shop)).at(-1)?.refunds.length).toBe(1);
  });

  it('is for the staff alone', async () => {
    const bought = await paidOrder(shop);
    await expect(ask(shop, 'orderRefund', { orderId: bought.orderId, amount: '1.00' })).rejects.toThrow(
      'FORBIDDEN',
    );
  });

  it('goes with the cancelling of a paid order', async () => {
    const bought = await paidOrder(shop);
    const { order } = await ask(shop, 'orderCancel', { orderId: bought.orderId }, staff);
    expect(order).toMatchObject({
      ...{ status: 'CANCELLED', paymentStatus: 'REFUNDED', refunded: { minor: 1_000 } },
      refunds: [{ status: 'SUCCEEDED' }],
    });
  });
});

describe('money that is held', () => {
  it('is taken when the staff say so, or the first parcel leaves, and let go of with the order', async () => {
    const holding = await openPaying();
    const owner = await holding.staff();
    const set = `mutation { paymentAccountSet(input: { provider: "test", captureAtOnce: false }) {
      paymentAccount { captureAtOnce } userErrors { message } } }`;
    expect((await holding.request(set, {}, owner)).data.paymentAccountSet.userErrors).toEqual([]);
    const [first, second, third] = [
      await paidOrder(holding),
      await paidOrder(holding),
      await paidOrder(holding),
    ];
    expect(await readOrder(holding, first)).toMatchObject({
      ...{ status: 'PLACED', paymentStatus: 'AUTHORIZED', paid: { minor: 0 } },
      payment: { state: 'AUTHORIZED' },
    });
    const capture = () => ask(holding, 'orderCapture', { orderId: first.orderId }, owner);
    expect((await capture()).order).toMatchObject({ status: 'PAID', paid: { minor: 1_000 } });
    expect((await capture()).userErrors).toMatchObject([{ code: 'ILLEGAL_STATE', state: 'PAID' }]);

    const sent = await ask(holding, 'orderFulfill', { orderId: second.orderId }, owner);
    expect(sent.order).toMatchObject({ status: 'FULFILLED', paymentStatus: 'PAID', paid: { minor: 1_000 } });

    const cancelled = await ask(holding, 'orderCancel', { orderId: third.orderId }, owner);
    expect(cancelled.order).toMatchObject({
      status: 'CANCELLED',
      paymentStatus: 'VOIDED',
      paid: { minor: 0 },
    });
    expect((await chargesOf(holding)).map(({ state }) => state).sort()).toEqual([
      'CAPTURED',
      'CAPTURED',
      'VOIDED',
    ]);
    await expect(ask(holding, 'orderCapture', { orderId: third.orderId })).rejects.toThrow('FORBIDDEN');
  });
});

const SENT = {
  ...{ _id: new ObjectId(), paymentId: new ObjectId(), restock: false, reason: null },
  ...{ status: 'SUCCEEDED' as const, at: new Date() },
};

it('a line that goes back piece by piece comes to its total, to the last minor unit', () => {
  const line = fc.record({ total: fc.nat(100_000), quantity: fc.integer({ min: 1, max: 40 }) });
  fc.assert(
    fc.property(
      line,
      fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 40 }),
      ({ total, quantity }, steps) => {
        const _id = new ObjectId();
        const order = { lines: [{ _id, total, quantity }], refunds: [] as Refund[] };
        let back = 0;
        let left = quantity;
        for (const step of [...steps, ...Array.from({ length: quantity }, () => 1)]) {
          const pieces = Math.min(step, left);
          if (pieces === 0) break;
          const lines = [{ lineId: _id, quantity: pieces }];
          const amount = amountOfPieces(order, lines);
          expect(amount).toBeGreaterThanOrEqual(0);
          order.refunds.push({ ...SENT, lines, amount });
          back += amount;
          left -= pieces;
        }
        expect(back).toBe(total);
      },
    ),
  );
});

it('every order is what its history says', async () => {
  expect(await orderFaults(shop.db)).toEqual([]);
});
