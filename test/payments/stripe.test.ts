import { inspect } from 'node:util';
import { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { fromStripe, toStripe } from '../../src/domains/payments/stripe-amounts.ts';
import { answerOf } from '../../src/domains/payments/waiting.ts';
import { openFakeStripe, settle } from './fake-stripe.ts';
import {
  ask,
  gatewayOf,
  type Json,
  MINUTE,
  openPaying,
  order,
  passTime,
  pay,
  payingApp,
  readOrder,
  reconcile,
} from './paying-shop.ts';

const SECRET_KEY = 'sk_test_51FakeFakeFakeFakeFake';
const NOTICE_SECRET = 'whsec_FakeFakeFakeFakeFakeFake';
const stripe = await openFakeStripe();
const { url } = await payingApp({ STRIPE_API_URL: stripe.url });
const shop = await openPaying();
const owner = await shop.staff();
await setAccount({ secretKey: SECRET_KEY, noticeSecret: NOTICE_SECRET, publishableKey: 'pk_test_1' });

async function setAccount(input: object) {
  const query = `mutation ($input: PaymentAccountSetInput!) { paymentAccountSet(input: $input) {
    paymentAccount { provider } userErrors { message } } }`;
  const { data, errors } = await shop.request(query, { input: { provider: 'stripe', ...input } }, owner);
  expect([errors, data.paymentAccountSet.userErrors]).toEqual([undefined, []]);
}

const payBy = (bought: Parameters<typeof pay>[1], token: string, more = {}): Promise<Json> =>
  pay(shop, bought, token, { provider: 'stripe', ...more });

const lastCall = () => stripe.calls.at(-1);
const lastIntent = () => {
  const intent = [...stripe.intents.values()].at(-1);
  if (!intent) throw new Error('nothing was charged');
  return intent;
};

const signer = new Stripe(SECRET_KEY);

/** As Stripe sends it: signed over the very bytes. */
async function notify(
  type: string,
  object: object,
  secret = NOTICE_SECRET,
  subdomain = shop.tenant.subdomain,
) {
  const payload = JSON.stringify({ id: 'evt_1', object: 'event', type, data: { object } });
  // The clock of the API is ahead in this file.
  const timestamp = Math.floor(Date.now() / 1_000) + ahead;
  const header = signer.webhooks.generateTestHeaderString({ payload, secret, timestamp });
  const answer = await fetch(`${url}/payments/stripe/${subdomain}`, {
    method: 'POST',
    body: payload,
    headers: { 'content-type': 'application/json', 'stripe-signature': header },
  });
  return answer.status;
}

let ahead = 0;
function later(ms: number) {
  passTime(ms);
  ahead += ms / 1_000;
}

describe('a payment at Stripe', () => {
  it('is a PaymentIntent under our id as its idempotency key', async () => {
    const bought = await order(shop);
    const { order: paid, userErrors } = await payBy(bought, 'pm_card_visa');
    expect(userErrors).toEqual([]);
    expect(paid).toMatchObject({ status: 'PAID', payment: { provider: 'stripe', state: 'CAPTURED' } });
    expect(lastCall()).toMatchObject({
      ...{ method: 'POST', path: '/v1/payment_intents', idempotencyKey: paid.payment.id },
      authorization: `Bearer ${SECRET_KEY}`,
      form: {
        ...{ amount: '1000', currency: 'usd', payment_method: 'pm_card_visa', confirm: 'true' },
        ...{ capture_method: 'automatic', 'automatic_payment_methods[allow_redirects]': 'never' },
        ...{ 'metadata[paymentId]': paid.payment.id, 'metadata[tenant]': shop.tenant._id.toHexString() },
      },
    });
  });

  it('takes what Stripe’s newer form makes, too', async () => {
    await payBy(await order(shop), 'ctoken_1');
    expect(lastCall()?.form).toMatchObject({ confirmation_token: 'ctoken_1' });
    expect(lastCall()?.form).not.toHaveProperty('payment_method');
  });

  it('that fails is logged without what was asked, and with what', async () => {
    const failures: unknown[] = [];
    const gateway = { ...gatewayOf(url, stripe.url), onFailure: (error: unknown) => failures.push(error) };
    const opened = await gateway.open(shop.db, 'stripe');
    stripe.loseAnswers(2);
    const request = { id: 'p1', amount: 1, currency: 'USD', token: 'pm_secret', orderNumber: '1' };
    const more = { email: null, returnUrl: null, capture: true };
    const call = async () => opened?.provider.charge({ ...request, ...more });
    expect(await answerOf(call, 5_000, gateway.onFailure)).toBeUndefined();
    expect(failures).toHaveLength(1);
    expect(inspect(failures, { depth: 10, showHidden: true })).not.toMatch(/sk_test|pm_secret/);
    expect(String(failures[0])).toContain('StripeConnectionError');
  });

  it.each([
    ['pm_card_chargeDeclined', 'Your card was declined.'],
    ['pm_unknown', "No such PaymentMethod: 'pm_unknown'"],
  ])('by %s is declined', async (token, reason) => {
    const { order: unpaid, userErrors } = await payBy(await order(shop), token);
    expect(userErrors).toMatchObject([{ code: 'PAYMENT_DECLINED', reason }]);
    expect(unpaid).toMatchObject({ paymentStatus: 'UNPAID' });
  });

  it('that is not answered is found by its search, and nothing is charged twice', async () => {
    const bought = await order(shop);
    stripe.loseAnswers(2);
    const before = stripe.intents.size;
    expect((await payBy(bought, 'pm_card_visa')).order).toMatchObject({ paymentStatus: 'PENDING' });
    later(MINUTE);
    await reconcile(gatewayOf(url, stripe.url));
    expect(await readOrder(shop, bought)).toMatchObject({ status: 'PAID', paid: { minor: 1_000 } });
    expect(lastCall()?.path).toBe('/v1/payment_intents/search');
    expect(stripe.intents.size).toBe(before + 1);
  });

  it('that the bank asks to confirm comes in by a notice', async () => {
    const bought = await order(shop);
    const returnUrl = 'https://shop.example/thanks';
    const { order: waiting } = await payBy(bought, 'pm_card_threeDSecure2Required', { returnUrl });
    expect(waiting.payment).toMatchObject({
      ...{ state: 'PENDING', confirmUrl: `https://hooks.stripe.example/3d/${lastIntent().id}` },
      clientSecret: `${lastIntent().id}_secret_fake`,
    });
    expect(lastCall()?.form).toMatchObject({ return_url: returnUrl });
    settle(lastIntent());
    expect(await notify('payment_intent.succeeded', lastIntent())).toBe(200);
    expect(await notify('payment_intent.succeeded', lastIntent())).toBe(200);
    expect(await readOrder(shop, bought)).toMatchObject({
      ...{ status: 'PAID', paid: { minor: 1_000 } },
      payment: { confirmUrl: null, clientSecret: null },
    });
  });

  it('is not declined by the notice that it was made', async () => {
    const bought = await order(shop);
    await payBy(bought, 'pm_card_threeDSecure2Required');
    const made = { ...lastIntent(), status: 'requires_payment_method' };
    expect(await notify('payment_intent.created', made)).toBe(200);
    expect(await readOrder(shop, bought)).toMatchObject({ paymentStatus: 'PENDING' });
    const error = { message: 'The bank said no' };
    expect(await notify('payment_intent.payment_failed', { ...made, last_payment_error: error })).toBe(200);
    expect(await readOrder(shop, bought)).toMatchObject({ paymentStatus: 'UNPAID' });
  });

  it('is held, taken later, and sent back in parts', async () => {
    await setAccount({ captureAtOnce: false });
    const bought = await order(shop);
    expect((await payBy(bought, 'pm_card_visa')).order).toMatchObject({ paymentStatus: 'AUTHORIZED' });
    const staff = await shop.staff('orders:write');
    const { order: taken } = await ask(shop, 'orderCapture', { orderId: bought.orderId }, staff);
    expect(taken).toMatchObject({ status: 'PAID', paid: { minor: 1_000 } });
    const { order: back } = await ask(
      shop,
      'orderRefund',
      { orderId: bought.orderId, amount: '2.50' },
      staff,
    );
    expect(back).toMatchObject({ refunded: { minor: 250 }, refunds: [{ status: 'SUCCEEDED' }] });
    expect(lastCall()).toMatchObject({
      ...{ path: '/v1/refunds', idempotencyKey: back.refunds[0].id },
      form: { payment_intent: lastIntent().id, amount: '250', 'metadata[refundId]': back.refunds[0].id },
    });
    const failed = { ...stripe.refunds.at(-1), status: 'failed', failure_reason: 'expired_or_canceled_card' };
    expect(await notify('refund.failed', failed)).toBe(200);
    await setAccount({ captureAtOnce: true });
  });

  it('is asked for with a key that does not hold: the buyer is told so, and no key', async () => {
    await setAccount({ secretKey: 'sk_live_notTheKeyOfAnybody' });
    const { userErrors } = await payBy(await order(shop), 'pm_card_visa');
    expect(userErrors).toMatchObject([
      { code: 'PAYMENT_DECLINED', reason: 'The shop cannot take this kind of payment at the moment' },
    ]);
    await setAccount({ secretKey: SECRET_KEY });
  });
});

describe('a notice of Stripe', () => {
  it.each([
    ['signed by somebody else', 'whsec_AnotherSecretOfSomebody', 400],
    ['signed by Stripe', NOTICE_SECRET, 200],
  ])('%s answers', async (_, secret, status) => {
    expect(
      await notify('payment_intent.succeeded', { ...lastIntent(), object: 'payment_intent' }, secret),
    ).toBe(status);
  });

  it('about what this shop does not know is somebody else’s', async () => {
    for (const paymentId of ['0123456789abcdef01234567', 'nonsense', undefined]) {
      const foreign = { ...lastIntent(), metadata: { paymentId } };
      expect(await notify('payment_intent.succeeded', foreign)).toBe(200);
    }
    expect(await notify('customer.created', { object: 'customer' })).toBe(200);
  });

  it('is taken at the address of its shop alone', async () => {
    const bought = await order(shop);
    await payBy(bought, 'pm_card_threeDSecure2Required');
    settle(lastIntent());
    const other = await openPaying();
    const to = other.tenant.subdomain;
    expect(await notify('payment_intent.succeeded', lastIntent(), NOTICE_SECRET, to)).toBe(404);
    expect(await notify('payment_intent.succeeded', lastIntent(), NOTICE_SECRET, 'nobody')).toBe(404);
    const theirs = await other.staff();
    const query = `mutation ($input: PaymentAccountSetInput!) { paymentAccountSet(input: $input) {
      userErrors { message } } }`;
    const secrets = { secretKey: SECRET_KEY, noticeSecret: NOTICE_SECRET };
    await other.request(query, { input: { provider: 'stripe', ...secrets } }, theirs);
    expect(await notify('payment_intent.succeeded', lastIntent(), NOTICE_SECRET, to)).toBe(200);
    expect(await readOrder(shop, bought)).toMatchObject({ paymentStatus: 'PENDING' });
  });
});

describe('amounts at Stripe', () => {
  it.each([
    ['USD', 1_099, 1_099],
    ['JPY', 500, 500],
    ['KWD', 5_120, 5_120],
    ['HUF', 199_000, 199_000],
    ['ISK', 500, 50_000],
    ['UGX', 500, 50_000],
    ['MGA', 50_000, 500],
  ])('of %s: %i minor units of ours are %i of theirs', (currency, ours, theirs) => {
    expect([toStripe(ours, currency), fromStripe(theirs, currency.toLowerCase())]).toEqual([theirs, ours]);
  });

  it('that Stripe cannot be told are refused', () => {
    expect(() => toStripe(50_050, 'MGA')).toThrow('only whole units');
  });
});
