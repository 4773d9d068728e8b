import { randomBytes } from 'node:crypto';
import type { ObjectId } from 'mongodb';
import { orders } from '../../src/domains/orders/collections.ts';
import { reconcilePayments } from '../../src/domains/orders/payment-reconciler.ts';
import { payments } from '../../src/domains/payments/collections.ts';
import { openGateway, type PaymentGateway } from '../../src/domains/payments/gateway.ts';
import { testCharges } from '../../src/domains/payments/test-charges.ts';
import { sendTestNotices } from '../../src/domains/payments/test-notices.ts';
import { buy } from '../orders/requests.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { atEnd } from '../support/mongo.ts';
import { type Answer, openShop, type Shop, variantDraft } from '../support/shop.ts';

export type Json = Answer['data'];

/** Long enough for a machine with much to do; one test waits for the end of it. */
const CALL_MS = 2_500;
export const SECRETS_KEY = randomBytes(32).toString('base64');

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

let ahead = 0;
/** The clock of the API in this file; it only goes forward. */
export function passTime(ms: number): void {
  ahead += ms;
}

const now = () => new Date(Date.now() + ahead);

let running: Promise<TestApp> | undefined;

export function payingApp(environment: Record<string, string> = {}): Promise<TestApp> {
  running ??= startPayingApp(environment);
  return running;
}

function startPayingApp(environment: Record<string, string>) {
  atEnd(() => {
    running = undefined;
    ahead = 0;
  });
  return startTestApp({ SECRETS_KEY, PAYMENT_CALL_MS: String(CALL_MS), ...environment }, { now });
}

/** Another process that does what is done on a clock. */
export const gatewayOf = (url: string, stripeUrl?: string): PaymentGateway =>
  openGateway({
    secretsKeys: [Buffer.from(SECRETS_KEY, 'base64')],
    testByDefault: true,
    publicUrl: url,
    stripeUrl,
    callMs: CALL_MS,
    onFailure: () => {},
  });

export async function reconcile(gateway?: PaymentGateway): Promise<void> {
  const { database, url } = await payingApp();
  await reconcilePayments(
    [database.systemDb('a test asks what became of payments')],
    gateway ?? gatewayOf(url),
  );
}

export async function tellNotices(): Promise<number> {
  const { database, url } = await payingApp();
  return sendTestNotices(database.systemDb('a test has notices sent'), url);
}

/** A shop with mugs at 10.00 and bowls at 3.35, as many as anybody wants. */
export async function openPaying(): Promise<Shop> {
  const shop = await openShop({ app: await payingApp() });
  const draft = (sku: string, basePrice: number) => ({
    sku,
    variants: [variantDraft({ sku: `${sku}-1`, quantity: 100, pricing: { basePrice, salePrice: null } })],
  });
  await shop.product(draft('MUG', 1_000));
  await shop.product(draft('BOWL', 335));
  return shop;
}

const ORDER = `id number status paymentStatus version paid { minor } refunded { minor }
  lines { id sku openQuantity cancelledQuantity returnedQuantity } refunds { id status amount { minor } reason }
  payment { id provider state amount { minor currency } reason confirmUrl clientSecret }`;
const PAYLOAD = `order { ${ORDER} } userErrors { __typename code message path
  ... on PaymentDeclinedError { reason } ... on IllegalStateError { state } }`;

const INPUTS = {
  orderPay: 'OrderPayInput',
  orderCapture: 'OrderCaptureInput',
  orderRefund: 'OrderRefundInput',
  orderCancel: 'OrderCancelInput',
  orderFulfill: 'OrderFulfillInput',
};

/** The payload of a change, asked over HTTP; top-level errors fail the test. */
export async function ask(
  shop: Shop,
  name: keyof typeof INPUTS,
  input: object,
  headers: Record<string, string> = {},
): Promise<Json> {
  const query = `mutation ($input: ${INPUTS[name]}!) { ${name}(input: $input) { ${PAYLOAD} } }`;
  const { data, errors } = await shop.request(query, { input }, headers);
  if (errors) throw new Error(JSON.stringify(errors));
  return data[name];
}

export type Bought = { orderId: string; accessToken: string; lines: { id: string; sku: string }[] };

/** An order of a mug, or of what is named, by somebody without an account. */
export async function order(shop: Shop, lines: { sku: string; quantity?: number }[] = [{ sku: 'MUG-1' }]) {
  const { order: made, accessToken } = await buy(shop, lines);
  return { orderId: made.id, accessToken, lines: made.lines } as Bought;
}

export const pay = (
  shop: Shop,
  { orderId, accessToken }: Pick<Bought, 'orderId' | 'accessToken'>,
  token: string,
  more: object = {},
): Promise<Json> => ask(shop, 'orderPay', { orderId, accessToken, provider: 'test', token, ...more });

export async function readOrder(shop: Shop, { orderId, accessToken }: Bought): Promise<Json> {
  const query = `query ($id: ID, $token: String) { order(id: $id, accessToken: $token) { ${ORDER} } }`;
  const { data, errors } = await shop.request(query, { id: orderId, token: accessToken });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.order;
}

/** An order that is paid for. */
export async function paidOrder(shop: Shop, lines?: { sku: string; quantity?: number }[], token = 'approve') {
  const bought = await order(shop, lines);
  const { userErrors } = await pay(shop, bought, token);
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return bought;
}

/** What the test provider knows of a shop's charges, and what the shop does. */
export const chargesOf = ({ db }: Shop) => db.collection(testCharges).find({}, { limit: 100 });
export const paymentsOf = ({ db }: Shop) => db.collection(payments).find({}, { limit: 100 });
export const storedOrder = ({ db }: Shop, _id: ObjectId) => db.collection(orders).findOne({ _id });

/** What happened to an order, as the staff read it. */
export async function historyOf(shop: Shop, { orderId }: Bought): Promise<string[]> {
  const headers = await shop.staff('orders:read');
  const { data, errors } = await shop.request(
    'query ($id: ID) { order(id: $id) { history { type text } } }',
    { id: orderId },
    headers,
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data.order.history.map(({ type, text }: Json) => `${type}: ${text}`);
}
