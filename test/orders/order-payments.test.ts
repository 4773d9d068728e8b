import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { recordOutcome } from '../../src/domains/orders/payment-outcomes.ts';
import { payments } from '../../src/domains/payments/collections.ts';
import { UNDECIDED } from '../../src/domains/payments/payments.ts';
import {
  ask,
  type Bought,
  chargesOf,
  gatewayOf,
  HOUR,
  historyOf,
  MINUTE,
  openPaying,
  order,
  paidOrder,
  passTime,
  pay,
  paymentsOf,
  readOrder,
  reconcile,
  tellNotices,
} from '../payments/paying-shop.ts';
import { orderFaults } from './order-facts.ts';

const shop = await openPaying();
let unpaid: Bought | undefined;
const key = () => crypto.randomUUID();
/** As a call or a notice brings it. */
const paying = () => ({ db: shop.db, payments: gatewayOf(shop.url) });

describe('orderPay', () => {
  it('takes all of the money, and says so', async () => {
    const bought = await order(shop);
    const { order: paid, userErrors } = await pay(shop, bought, 'approve');
    expect(userErrors).toEqual([]);
    expect(paid).toMatchObject({ status: 'PAID', paymentStatus: 'PAID', paid: { minor: 1_000 } });
    expect(paid.payment).toMatchObject({ state: 'CAPTURED', provider: 'test', confirmUrl: null });
    expect(await historyOf(shop, bought)).toMatchObject({ length: 3 });
  });

  it('answers why a payment was declined beside the order, which can then be paid', async () => {
    const bought = await order(shop);
    const { order: unpaid, userErrors } = await pay(shop, bought, 'decline');
    expect(userErrors).toEqual([
      expect.objectContaining({ code: 'PAYMENT_DECLINED', reason: 'The card was declined' }),
    ]);
    expect(unpaid).toMatchObject({ status: 'PLACED', paymentStatus: 'UNPAID', payment: null });
    expect((await pay(shop, bought, 'approve')).order).toMatchObject({ status: 'PAID' });
  });

  it('is one payment for one key, and answers a repeat the order as it is by then', async () => {
    const bought = await order(shop);
    const idempotencyKey = key();
    const answers = [await pay(shop, bought, 'approve', { idempotencyKey })];
    answers.push(await pay(shop, bought, 'approve', { idempotencyKey }));
    expect(answers[1]).toEqual(answers[0]);
    const other = await pay(shop, bought, 'decline', { idempotencyKey });
    expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_MISMATCH' }]);
    const declined = await order(shop);
    for (let i = 0; i < 2; i++)
      expect(await pay(shop, declined, 'decline', { idempotencyKey })).toMatchObject({
        userErrors: [{ code: 'PAYMENT_DECLINED' }],
      });
  });

  it('makes one charge of parallel calls', async () => {
    const bought = await order(shop);
    const before = (await chargesOf(shop)).length;
    const answers = await Promise.all(Array.from({ length: 4 }, () => pay(shop, bought, 'approve')));
    const codes = answers.map(({ userErrors: [error] }) => error?.code ?? 'OK').sort();
    expect(codes).toEqual(['ILLEGAL_STATE', 'ILLEGAL_STATE', 'ILLEGAL_STATE', 'OK']);
    expect((await chargesOf(shop)).length).toBe(before + 1);
    expect(await readOrder(shop, bought)).toMatchObject({ status: 'PAID', paid: { minor: 1_000 } });
    expect((await pay(shop, bought, 'approve')).userErrors).toMatchObject([{ code: 'ILLEGAL_STATE' }]);
  });

  it('is for who has the order alone, and manual money for the staff', async () => {
    const { orderId, accessToken } = await order(shop);
    const stranger = await pay(shop, { orderId, accessToken: 'guessed' }, 'approve');
    expect(stranger.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const manual = { provider: 'manual' };
    await expect(pay(shop, { orderId, accessToken }, 'receipt 17', manual)).rejects.toThrow('FORBIDDEN');
    const staff = await shop.staff('orders:write');
    const { order: paid } = await ask(shop, 'orderPay', { orderId, ...manual, token: 'receipt 17' }, staff);
    expect(paid).toMatchObject({ status: 'PAID', payment: { provider: 'manual', state: 'CAPTURED' } });
  });

  it.each([
    [{ provider: 'paypal' }, 'provider', 'can be paid with test'],
    [{ provider: 'stripe' }, 'provider', 'can be paid with test'],
    [{ token: '' }, 'token', '1 to 500 characters'],
    [{ returnUrl: 'http://shop.example/back' }, 'returnUrl', 'https'],
  ])('refuses %j', async (input, name, message) => {
    unpaid ??= await order(shop);
    const { userErrors } = await pay(shop, unpaid, 'approve', input);
    expect(userErrors).toMatchObject([{ code: 'INVALID', path: ['input', name] }]);
    expect(userErrors[0].message).toContain(message);
  });

  it('needs no provider where there is one only, and ends after twenty tries', async () => {
    const bought = await order(shop);
    const { order: unpaid } = await pay(shop, bought, 'decline', { provider: null });
    expect(unpaid.paymentStatus).toBe('UNPAID');
    const [made] = (await paymentsOf(shop)).filter(({ orderId }) => orderId.toHexString() === bought.orderId);
    if (!made) throw new Error('a payment was made');
    const tries = Array.from({ length: 19 }, () => ({ ...made, _id: new ObjectId() }));
    await shop.db.collection(payments).insertMany(tries);
    expect((await pay(shop, bought, 'approve')).userErrors).toMatchObject([{ code: 'LIMIT_EXCEEDED' }]);
  });

  it('shows the staff all tries, newest first', async () => {
    const bought = await order(shop);
    await pay(shop, bought, 'decline');
    await pay(shop, bought, 'approve');
    const query = 'query ($id: ID) { order(id: $id) { payments { state reason } } }';
    const staff = await shop.staff('orders:read');
    const { data } = await shop.request(query, { id: bought.orderId }, staff);
    expect(data.order.payments).toEqual([
      { state: 'CAPTURED', reason: null },
      { state: 'DECLINED', reason: 'The card was declined' },
    ]);
  });
});

describe('a payment whose answer is not known', () => {
  it.each(['timeout', 'lost-answer'])('by %s is found by the reconciler, with one charge', async (token) => {
    const bought = await order(shop);
    const before = (await chargesOf(shop)).length;
    const { order: waiting, userErrors } = await pay(shop, bought, token);
    expect([waiting.paymentStatus, userErrors]).toEqual(['PENDING', []]);
    await reconcile();
    expect(await readOrder(shop, bought)).toMatchObject({ paymentStatus: 'PENDING' });
    passTime(MINUTE);
    await reconcile();
    expect(await readOrder(shop, bought)).toMatchObject({ status: 'PAID', paid: { minor: 1_000 } });
    expect((await chargesOf(shop)).length).toBe(before + 1);
  });

  it('is found by the repeat of the call, too', async () => {
    const bought = await order(shop);
    const idempotencyKey = key();
    // As when the process dies between the payment and the call: nothing was asked yet.
    await pay(shop, bought, 'error', { idempotencyKey });
    const before = (await chargesOf(shop)).length;
    const payment = (await paymentsOf(shop)).at(-1);
    expect(payment).toMatchObject({ state: 'PENDING', reference: null });
    await pay(shop, bought, 'error', { idempotencyKey });
    expect((await chargesOf(shop)).length).toBe(before);
  });

  it('that the provider never heard of ends as declined, and the order can be paid', async () => {
    const bought = await order(shop);
    await pay(shop, bought, 'error');
    passTime(MINUTE);
    await reconcile();
    const waiting = await pay(shop, bought, 'approve');
    expect(waiting.userErrors).toMatchObject([{ code: 'ILLEGAL_STATE', state: 'PENDING' }]);
    passTime(15 * MINUTE);
    await reconcile();
    expect(await readOrder(shop, bought)).toMatchObject({ paymentStatus: 'UNPAID', payment: null });
    expect((await pay(shop, bought, 'approve')).order).toMatchObject({ status: 'PAID' });
    passTime(24 * HOUR);
    await reconcile();
    expect(await shop.db.collection(payments).count({ wanted: 'LAST_LOOK' }, { limit: 10 })).toBe(0);
  });

  it('comes in by a notice, even when the buyer never comes back', async () => {
    const bought = await order(shop);
    const { order: waiting } = await pay(shop, bought, 'delay:3600');
    expect(waiting).toMatchObject({ paymentStatus: 'PENDING', payment: { state: 'PENDING' } });
    expect(await tellNotices()).toBe(0);
    passTime(HOUR);
    expect(await tellNotices()).toBe(1);
    expect(await readOrder(shop, bought)).toMatchObject({ status: 'PAID', paid: { minor: 1_000 } });
  });

  it('counts once, however often it is told', async () => {
    const bought = await paidOrder(shop, undefined, 'duplicate-notice');
    const { version } = await readOrder(shop, bought);
    expect([await tellNotices(), await tellNotices(), await tellNotices()]).toEqual([1, 1, 0]);
    expect(await readOrder(shop, bought)).toMatchObject({ version, paid: { minor: 1_000 } });
  });
});

describe('a payment that the buyer has to confirm', () => {
  const returnUrl = 'https://shop.example/thanks?from=bank';

  async function confirm(url: string, decision: string) {
    const { pathname, search } = new URL(url);
    const page = shop.url + pathname + search;
    const shown = await (await fetch(page)).text();
    const body = new URLSearchParams({ decision });
    return { shown, answer: await fetch(page, { method: 'POST', body, redirect: 'manual' }) };
  }

  it('is confirmed at the bank, which tells of it and sends the buyer back', async () => {
    const bought = await order(shop);
    const { order: waiting } = await pay(shop, bought, 'confirm', { returnUrl });
    const { shown, answer } = await confirm(waiting.payment.confirmUrl, 'approve');
    expect(shown).toContain('$10.00');
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      `${returnUrl}&payment=${waiting.payment.id}`,
    ]);
    await tellNotices();
    expect(await readOrder(shop, bought)).toMatchObject({ status: 'PAID', payment: { confirmUrl: null } });
  });

  it('is declined there', async () => {
    const bought = await order(shop);
    const { order: waiting } = await pay(shop, bought, 'confirm', { returnUrl });
    await confirm(waiting.payment.confirmUrl, 'decline');
    await tellNotices();
    expect(await readOrder(shop, bought)).toMatchObject({ paymentStatus: 'UNPAID', payment: null });
  });

  it('makes way for another when the buyer pays otherwise', async () => {
    const bought = await order(shop);
    const { order: waiting } = await pay(shop, bought, 'confirm', { returnUrl });
    const { order: paid } = await pay(shop, bought, 'approve');
    expect(paid).toMatchObject({ status: 'PAID', paid: { minor: 1_000 } });
    const { answer } = await confirm(waiting.payment.confirmUrl, 'approve');
    expect(answer.status).toBe(303);
    await tellNotices();
    expect(await readOrder(shop, bought)).toMatchObject({ paid: { minor: 1_000 } });
  });

  it('is let go of after a day', async () => {
    const bought = await order(shop);
    await pay(shop, bought, 'confirm', { returnUrl });
    passTime(25 * HOUR);
    await reconcile();
    expect(await readOrder(shop, bought)).toMatchObject({ paymentStatus: 'UNPAID' });
  });
});

describe('money that comes too late', () => {
  it('for a cancelled order goes back by itself', async () => {
    const bought = await order(shop);
    await pay(shop, bought, 'lost-answer');
    const staff = await shop.staff('orders:write');
    await ask(shop, 'orderCancel', { orderId: bought.orderId }, staff);
    passTime(MINUTE);
    await reconcile();
    expect(await readOrder(shop, bought)).toMatchObject({ status: 'CANCELLED', paid: { minor: 1_000 } });
    await reconcile();
    expect(await readOrder(shop, bought)).toMatchObject({
      ...{ status: 'CANCELLED', paymentStatus: 'REFUNDED', refunded: { minor: 1_000 } },
      refunds: [{ status: 'SUCCEEDED' }],
    });
    expect((await chargesOf(shop)).at(-1)?.refunds).toMatchObject([{ amount: 1_000, state: 'SUCCEEDED' }]);
  });

  it('for an order that another payment has paid goes back by itself', async () => {
    const bought = await order(shop);
    await pay(shop, bought, 'delay:86000');
    const late = (await chargesOf(shop)).at(-1)?._id;
    // Given up on, as after a call of which the provider first knew nothing.
    const [payment] = (await paymentsOf(shop)).filter(({ _id }) => _id.toHexString() === late);
    if (!payment) throw new Error('a payment was made');
    await recordOutcome(paying(), payment._id, { ...UNDECIDED, state: 'DECLINED' });
    expect((await pay(shop, bought, 'approve')).order).toMatchObject({ status: 'PAID' });
    passTime(24 * HOUR);
    expect(await tellNotices()).toBe(1);
    await reconcile();
    expect(await readOrder(shop, bought)).toMatchObject({
      ...{ status: 'PAID', paymentStatus: 'PAID', paid: { minor: 1_000 }, refunded: { minor: 0 } },
    });
    const charge = (await chargesOf(shop)).find(({ _id }) => _id === late);
    expect(charge).toMatchObject({ state: 'CAPTURED', refunds: [{ amount: 1_000, state: 'SUCCEEDED' }] });
    expect((await historyOf(shop, bought)).join()).toContain('10.00 USD that came in too late went back');
  });

  it('for an order that is still unpaid pays it', async () => {
    const bought = await order(shop);
    await pay(shop, bought, 'lost-answer');
    const payment = (await paymentsOf(shop)).at(-1);
    if (!payment) throw new Error('a payment was made');
    await recordOutcome(paying(), payment._id, { ...UNDECIDED, state: 'DECLINED' });
    await recordOutcome(paying(), payment._id, { ...UNDECIDED, state: 'CAPTURED', captured: 1_000 });
    expect(await readOrder(shop, bought)).toMatchObject({ status: 'PAID', paid: { minor: 1_000 } });
  });
});

it('every order is what its history says', async () => {
  expect(await orderFaults(shop.db)).toEqual([]);
});
