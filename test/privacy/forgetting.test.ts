import { ObjectId } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { carts } from '../../src/domains/carts/collections.ts';
import { products } from '../../src/domains/catalogue/collections.ts';
import { orderEvents, orders } from '../../src/domains/orders/collections.ts';
import type { Order } from '../../src/domains/orders/documents.ts';
import { findOrderEvents, rebuildOrder } from '../../src/domains/orders/order-history.ts';
import { erasures } from '../../src/domains/privacy/collections.ts';
import { eraseDue } from '../../src/domains/privacy/erasing.ts';
import { reviews } from '../../src/domains/reviews/collections.ts';
import { type Headers, PASSWORD, signUp } from '../auth/requests.ts';
import { openStocked } from '../carts/stocked-shop.ts';
import { done, newCart } from '../orders/requests.ts';
import { testApp } from '../support/app.ts';
import { happen, paid, paidOrder, placedOrder } from '../support/orders.ts';
import type { Shop } from '../support/shop.ts';

const PERSON = { email: 'Grace.Hopper@navy.example', name: 'Grace Hopper', username: 'amazing-grace' };
const PHONE = '+1 207 555 0143';
const STREET = '9 Debugger Lane';
const ADDRESS = { name: PERSON.name, line1: STREET, city: 'Arlington', country: 'US', phone: PHONE };
/** What must be found nowhere; also where somebody has written it in small letters. */
const TRACES = [...Object.values(PERSON), PHONE, STREET].map((trace) => trace.toLowerCase());

const ACCOUNT_ERASE = `mutation ($input: AccountEraseInput!) { payload: accountErase(input: $input) {
  erasure { id requestedAt finishedAt } userErrors { code path ... on IllegalStateError { state } } } }`;
const CUSTOMER_ERASE = ACCOUNT_ERASE.replaceAll('ccountErase', 'ustomerErase')
  .replace('AustomerErase', 'CustomerErase')
  .replace('austomerErase', 'customerErase');
const ERASURE = 'query ($id: ID!) { erasure(id: $id) { finishedAt orders reviews } }';

let shop: Shop;
let staff: Headers;
const ask = async (query: string, input: object, headers: Headers = staff) => {
  const { data, errors } = await shop.request(query, { input }, headers);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.payload;
};
const exported = (headers: Headers, query = '') =>
  fetch(`${shop.url}/export/customer${query}`, {
    headers: { 'x-tenant': shop.tenant.subdomain, ...headers },
  });

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it asked for
const fileOf = async (headers: Headers, query = ''): Promise<any> => (await exported(headers, query)).json();

/** What the clock does, some time from now; `onCommand` hears of each command before it is sent. */
async function eraseLater(afterMs: number, onCommand = () => {}) {
  const now = () => new Date(Date.now() + afterMs);
  await eraseDue((await testApp()).database.systemDb('erasures of a test', { now, onCommand }));
}

/** The collections of the shop's records in which something of these texts stands. */
async function placesOf(traces: string[]): Promise<string[]> {
  const { raw, because } = (await testApp()).database.systemDb('look for what is left of somebody');
  const names = (await raw.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  const found: string[] = [];
  for (const name of names) {
    const ours = { $or: [{ tenantId: shop.tenant._id }, { _id: shop.tenant._id }] };
    const text = JSON.stringify(await raw.collection(name).find(ours, because).toArray()).toLowerCase();
    if (traces.some((trace) => text.includes(trace))) found.push(name);
  }
  return found.sort();
}

const SUBMIT =
  'mutation ($input: ReviewSubmitInput!) { payload: reviewSubmit(input: $input) { review { id } } }';
const MODERATE =
  'mutation ($input: ReviewModerateInput!) { payload: reviewModerate(input: $input) { review { id } } }';
const VOTE =
  'mutation ($input: ReviewVoteInput!) { payload: reviewVote(input: $input) { review { helpfulCount } } }';
const KEEP = 'mutation ($input: AddressAddInput!) { payload: addressAdd(input: $input) { address { id } } }';
const PROFILE =
  'mutation ($input: ProfileUpdateInput!) { payload: profileUpdate(input: $input) { user { id } } }';
const RENAME =
  'mutation ($input: ProductUpdateInput!) { payload: productUpdate(input: $input) { product { id } } }';
const CART = 'mutation ($input: CartCreateInput!) { payload: cartCreate(input: $input) { cart { id } } }';

/** Somebody who has left traces everywhere, of whom nothing is to be sent any more. */
async function someone(productId: string) {
  const { user, headers } = await signUp(shop, PERSON);
  await ask(PROFILE, { phone: PHONE }, headers);
  await ask(KEEP, { address: ADDRESS, idempotencyKey: 'keep' }, headers);
  const order = await buyAndSend(headers, { note: `Ring for ${PERSON.name}` });
  await done(shop, 'orderNoteAdd', { orderId: order.id, text: `${PERSON.name} called` }, staff);
  const { review } = await ask(SUBMIT, { productId, rating: 5, comment: 'Holds tea' }, headers);
  await ask(MODERATE, { id: review.id, status: 'APPROVED' });
  await ask(VOTE, { id: review.id }, headers);
  await ask(RENAME, { id: productId, name: 'Big mug' });
  await ask(CART, { lines: [{ sku: 'PLATE-1' }], email: PERSON.email }, headers);
  return { id: user.id as string, headers, orderId: order.id as string, reviewId: review.id as string };
}

async function buyAndSend(headers: Headers, more: object = {}) {
  const input = { email: PERSON.email, shippingAddress: ADDRESS, billingAddress: ADDRESS, ...more };
  const { id: cartId } = await newCart(shop, [{ sku: 'MUG-S' }], { headers });
  const { order } = await done(
    shop,
    'checkoutComplete',
    { ...input, cartId, idempotencyKey: 'buy' },
    headers,
  );
  const _id = new ObjectId(order.id as string);
  const placed = (await shop.db.collection(orders).findOne({ _id })) as Order;
  await happen(shop.db, placed, paid(placed));
  await done(shop, 'orderFulfill', { orderId: order.id, idempotencyKey: 'send' }, staff);
  return order;
}

beforeAll(async () => {
  const stocked = await openStocked();
  shop = stocked.shop;
  staff = await shop.staff();
});

describe('somebody who asks to be forgotten', () => {
  let person: Awaited<ReturnType<typeof someone>>;
  let mugId: string;
  let other: Headers;

  beforeAll(async () => {
    const mug = await shop.db.collection(products).findOne({ sku: 'MUG' });
    mugId = String(mug?._id);
    other = (await signUp(shop, { email: 'other@example.com', name: 'Other' })).headers;
    await ask(SUBMIT, { productId: mugId, rating: 4 }, other);
    person = await someone(mugId);
  });

  it('gets all that is held of them as a file, without secrets', async () => {
    const answer = await exported(person.headers);
    const text = await answer.text();
    const file = JSON.parse(text);
    expect(answer.headers.get('content-disposition')).toContain('customer.json');
    expect(file).toMatchObject({
      account: {
        email: PERSON.email,
        username: PERSON.username,
        profile: { name: PERSON.name, phone: PHONE },
      },
      addresses: [{ address: { line1: STREET }, isDefault: true }],
      orders: [{ email: PERSON.email, shippingAddress: { line1: STREET }, events: expect.any(Array) }],
      carts: expect.arrayContaining([
        expect.objectContaining({ status: 'CHECKED_OUT' }),
        expect.objectContaining({ status: 'OPEN', email: PERSON.email }),
      ]),
      reviews: [{ comment: 'Holds tea', userName: PERSON.name }],
      reviewVotes: [{ reviewId: person.reviewId }],
      sessions: [{ userId: person.id, expiresAt: expect.any(String) }],
    });
    expect(file.orders[0].events.map(({ seq }: { seq: number }) => seq)).toEqual([1, 2, 3, 4]);
    expect(file.auditEntries.length).toBeGreaterThan(3);
    expect(text).not.toMatch(/argon2|"hash"|other@example/);
  });

  it('is asked for the password, and waits while an order is not sent', async () => {
    const wrong = await ask(ACCOUNT_ERASE, { password: 'not the password' }, person.headers);
    expect(wrong.userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'password'] }]);
    const open = await placedOrder(shop.db, { userId: new ObjectId(person.id) });
    const refused = await ask(ACCOUNT_ERASE, { password: PASSWORD }, person.headers);
    expect(refused.userErrors).toMatchObject([{ code: 'ILLEGAL_STATE', state: 'OPEN_ORDERS' }]);
    await happen(shop.db, open, { type: 'cancelled', reason: null });
  });

  it('leaves no trace, wherever the work is stopped: what is left of it is done by the next round', async () => {
    expect((await placesOf(TRACES)).length).toBeGreaterThan(8);
    const { erasure } = await ask(ACCOUNT_ERASE, { password: PASSWORD }, person.headers);
    expect((await shop.request('{ me { id } }', {}, person.headers)).status).toBe(401);
    await eraseLater(0);
    const state = async () => (await shop.request(ERASURE, { id: erasure.id }, staff)).data.erasure;
    expect(await state()).toEqual({ finishedAt: null, orders: 0, reviews: 0 });

    let stops = 0;
    for (let most = 1; (await state()).finishedAt === null; most++) {
      let sent = 0;
      const stop = () => {
        sent += 1;
        if (sent > most) throw new Error('killed');
      };
      // Each round comes when the one before it has to be given up.
      await eraseLater(31_000 + most * 61_000, stop).catch(() => {
        stops += 1;
      });
    }

    expect(stops).toBeGreaterThan(10);
    expect(await placesOf(TRACES)).toEqual([]);
    expect(await placesOf([`"user:${person.id}"`])).not.toContain('order_events');
    // The proof that it was done, and who did what in the audit: an id that leads nowhere any more.
    expect(await placesOf([`"userid":"${person.id}"`])).toEqual(['erasures']);
  });

  it('leaves orders that their histories still make, and reviews that say the same of the product', async () => {
    const _id = new ObjectId(person.orderId);
    const order = await shop.db.collection(orders).findOne({ _id });
    expect(order).toMatchObject({
      ...{ status: 'FULFILLED', userId: null, email: null, shippingAddress: null, note: null },
      ...{ anonymisedAt: expect.any(Date), lines: [{ sku: 'MUG-S', fulfilled: 1 }] },
    });
    expect(rebuildOrder(await findOrderEvents(shop.db, _id))).toEqual(order);
    const review = await shop.db.collection(reviews).findOne({ _id: new ObjectId(person.reviewId) });
    expect(review).toMatchObject({
      userId: null,
      userName: 'Anonymous',
      rating: 5,
      comment: 'Holds tea',
      helpfulCount: 1,
    });
    const mug = await shop.db.collection(products).findOne({ sku: 'MUG' });
    expect(mug?.reviews).toMatchObject({
      count: 1,
      recent: [{ userName: 'Anonymous', comment: 'Holds tea' }],
    });
  });

  it('leaves everybody else as they were, and the address free for a new account', async () => {
    const { account, reviews: written } = await fileOf(other);
    expect([account.email, written.length]).toEqual(['other@example.com', 1]);
    const { user } = await signUp(shop, PERSON);
    expect(user.id).not.toBe(person.id);
  });
});

describe('the staff, for a customer', () => {
  const guest = { email: 'Guest.One@example.com', lines: [{}] };
  let customer: Awaited<ReturnType<Shop['person']>>;

  beforeAll(async () => {
    customer = await shop.person();
    const own = await paidOrder(shop.db, { userId: customer.user._id, email: customer.user.email });
    const events = await findOrderEvents(shop.db, own._id);
    // More than one batch of them.
    const copies = Array.from({ length: 120 }, (_, i) => ({
      ...own,
      _id: new ObjectId(),
      number: `C-${i}`,
      cartId: `cart-${i}`,
    }));
    await shop.db.collection(orders).insertMany(copies);
    const histories = copies.flatMap(({ _id }) =>
      events.map((event) => ({ ...event, _id: new ObjectId(), orderId: _id })),
    );
    await shop.db.collection(orderEvents).insertMany(histories);
    await paidOrder(shop.db, { email: customer.user.email.toUpperCase() });
    await paidOrder(shop.db, guest);
    await ask(CART, { lines: [{ sku: 'PLATE-1' }], email: 'guest.one@EXAMPLE.com' }, {});
  });

  it('exports somebody by id or by address, and nobody without the permission', async () => {
    const byId = await fileOf(staff, `?id=${customer.user._id}`);
    expect([byId.account.email, byId.orders.length]).toEqual([customer.user.email, 122]);
    expect(byId.orders.every(({ events }: { events: unknown[] }) => events.length === 2)).toBe(true);
    const byAddress = await fileOf(staff, '?email=guest.one@example.com');
    expect([byAddress.account, byAddress.orders.length, byAddress.carts.length]).toEqual([null, 1, 1]);
    expect((await exported(customer.headers, '?email=guest.one@example.com')).status).toBe(403);
    expect((await exported(await shop.staff('customers:read'), `?id=${customer.user._id}`)).status).toBe(403);
    expect((await exported({})).status).toBe(401);
    expect((await fileOf(customer.headers)).orders.length).toBe(121);
  });

  it('has to name the right address, and may not mind that orders are open', async () => {
    const id = customer.user._id.toHexString();
    const codes = async (input: object) =>
      (await ask(CUSTOMER_ERASE, input)).userErrors.map(
        ({ code, path }: { code: string; path: string[] }) => [...[code, path.at(-1)]],
      );
    expect(await codes({ id, email: 'guest.one@example.com' })).toEqual([['INVALID', 'email']]);
    expect(await codes({ email: customer.user.email })).toEqual([['INVALID', 'id']]);
    expect(await codes({ id, email: customer.user.email })).toEqual([['ILLEGAL_STATE', 'input']]);
    const owner = (await shop.person('SUPPORT')).user;
    expect(await codes({ id: owner._id.toHexString(), email: owner.email })).toEqual([
      ['ILLEGAL_STATE', 'input'],
    ]);
    const all = { evenWithOpenOrders: true };
    expect(await codes({ id, email: customer.user.email, ...all })).toEqual([]);
    expect(await codes({ email: guest.email, ...all })).toEqual([]);
    await Promise.all([1, 2].map(() => eraseLater(31_000)));
    expect(await placesOf([customer.user.email, guest.email.toLowerCase()])).toEqual([]);
    const counts = await shop.db.collection(erasures).find({}, { limit: 9, sort: { _id: -1 } });
    expect(counts.slice(0, 2).map((row) => row.orders)).toEqual([1, 122]);
    expect(await shop.db.collection(carts).count({ email: { $ne: null } }, { limit: 9 })).toBe(0);
  });
});
