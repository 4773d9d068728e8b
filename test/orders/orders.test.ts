import { ObjectId } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditMonth } from '../../src/domains/audit/collections.ts';
import { checkData } from '../../src/domains/checks/check-data.ts';
import { orderEvents, orders } from '../../src/domains/orders/collections.ts';
import { cancelUnpaidOrders } from '../../src/domains/orders/unpaid-orders.ts';
import { outbox } from '../../src/platform/events/collections.ts';
import { addCode } from '../carts/requests.ts';
import { inventoryOf } from '../inventory/stock-facts.ts';
import { plansOf } from '../search/plans.ts';
import { commandsOf, testApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { liveClient } from '../support/live.ts';
import { openShop, type Shop, variantDraft } from '../support/shop.ts';
import { orderFaults } from './order-facts.ts';
import { ask, buy, done, type Json, newCart, ORDER, readOrder, refusalOf } from './requests.ts';

let shop: Shop;
let staff: Record<string, string>;

beforeAll(async () => {
  shop = await openShop();
  staff = await shop.staff('orders:write');
  for (const sku of ['PAN', 'POT', 'LID'])
    await shop.product({ name: sku, sku, variants: [variantDraft({ sku: `${sku}-1`, quantity: 100 })] });
});

const PAY = `mutation ($input: OrderPayInput!) { orderPay(input: $input) { order { ${ORDER} } userErrors { message } } }`;

/** Paid by the test provider, as a guest does. */
async function paid({ order, accessToken }: Json): Promise<Json> {
  const input = { orderId: order.id, accessToken, provider: 'test', token: 'approve' };
  const { data, errors } = await shop.request(PAY, { input });
  if (errors || data.orderPay.userErrors.length > 0) throw new Error(JSON.stringify(errors ?? data));
  return data.orderPay.order;
}

const available = async (sku: string) => (await inventoryOf(shop.db, sku)).available;

describe('an order', () => {
  it('goes from its cart to its end, and its history tells all of it', async () => {
    const order = await paid(await buy(shop, [{ sku: 'PAN-1', quantity: 3 }, { sku: 'POT-1' }]));
    expect(order).toMatchObject({
      status: 'PAID',
      paymentStatus: 'PAID',
      actions: ['FULFILL', 'CANCEL', 'REFUND'],
    });
    const [pans, pots] = order.lines.map(({ id }: Json) => id);
    const parcel = {
      orderId: order.id,
      carrier: 'Post',
      trackingNumber: 'T-1',
      trackingUrl: 'https://post.example/T-1',
    };
    const first = await done(
      shop,
      'orderFulfill',
      { ...parcel, lines: [{ lineId: pans, quantity: 2 }] },
      staff,
    );
    expect(first.order).toMatchObject({
      ...{ status: 'PARTIALLY_FULFILLED', fulfilledAt: null },
      lines: [{ openQuantity: 1, fulfilledQuantity: 2 }, { openQuantity: 1 }],
      fulfillments: [
        {
          carrier: 'Post',
          trackingNumber: 'T-1',
          trackingUrl: 'https://post.example/T-1',
          lines: [{ lineId: pans, quantity: 2 }],
        },
      ],
    });
    const rest = await done(
      shop,
      'orderFulfill',
      { orderId: order.id, expectedVersion: first.order.version },
      staff,
    );
    expect(rest.order).toMatchObject({ status: 'FULFILLED', fulfilledAt: expect.any(String) });
    expect(rest.order.fulfillments[1].lines).toEqual([
      { lineId: pans, quantity: 1 },
      { lineId: pots, quantity: 1 },
    ]);
    await done(shop, 'orderNoteAdd', { orderId: order.id, text: 'Called the buyer' }, staff);
    expect((await done(shop, 'orderComplete', { orderId: order.id }, staff)).order.status).toBe('COMPLETED');
    const before = await available('PAN-1');
    const returned = { orderId: order.id, lines: [{ lineId: pans, quantity: 2 }], reason: 'Too large' };
    expect((await done(shop, 'orderReturn', returned, staff)).order).toMatchObject({
      ...{ status: 'COMPLETED', lines: [{ returnedQuantity: 2 }, { returnedQuantity: 0 }] },
    });
    expect(await available('PAN-1')).toBe(before + 2);
    await done(
      shop,
      'orderReturn',
      { orderId: order.id, lines: [{ lineId: pans, quantity: 1 }], restock: false },
      staff,
    );
    expect(await available('PAN-1')).toBe(before + 2);

    const { history } = await readOrder(
      shop,
      { id: order.id },
      staff,
      'history { seq type text actor data }',
    );
    expect(history.map(({ type }: Json) => type)).toEqual([
      ...[
        'PLACED',
        'PAYMENT_STARTED',
        'PAID',
        'FULFILLED',
        'FULFILLED',
        'NOTED',
        'COMPLETED',
        'RETURNED',
        'RETURNED',
      ],
    ]);
    expect(history.map(({ seq }: Json) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(history.map(({ text }: Json) => text)).toEqual([
      `Order ${order.number} was placed for $40.00`,
      'A payment was begun at test',
      '$40.00 were paid',
      'Sent: 2 × PAN-1, by Post',
      'Sent: 1 × PAN-1, 1 × POT-1',
      'Called the buyer',
      'The order was completed',
      'Came back: 2 × PAN-1: Too large',
      'Came back, and not for sale: 1 × PAN-1',
    ]);
    expect(history[0]).toMatchObject({ actor: null, data: { number: order.number, total: 4_000 } });
    expect(history[3].actor).toEqual(expect.any(String));
    expect(JSON.stringify(history)).not.toContain('example.com');
  });

  it('tells the outbox and the audit of each step, and neither who bought', async () => {
    const { order } = await buy(shop, [{ sku: 'PAN-1' }]);
    await done(shop, 'orderCancel', { orderId: order.id, reason: 'Wrong size' }, staff);
    const told = await shop.db
      .collection(outbox)
      .find({ subject: `order:${order.id}` }, { sort: { _id: 1 }, limit: 9 });
    expect(told.map(({ type, data }) => ({ type, ...data }))).toEqual(
      (
        [
          ['placed', 'PLACED'],
          ['cancelled', 'CANCELLED'],
        ] as const
      ).map(([name, status]) => ({
        ...{ type: `order.${name}`, orderId: new ObjectId(order.id as string), number: order.number },
        ...{ status, paymentStatus: 'UNPAID' },
      })),
    );
    const entries = await shop.db
      .collection(auditMonth(new Date()))
      .find({ 'record.id': order.id }, { sort: { _id: 1 }, limit: 9 });
    expect(entries.map(({ action }) => action)).toEqual(['insert', 'update']);
    expect(entries[1]?.changes).toContainEqual({ path: 'status', before: 'PLACED', after: 'CANCELLED' });
    expect(JSON.stringify(entries)).not.toContain('ada@example.com');
  });

  it('is refused what is not possible, with what is', async () => {
    const bought = await buy(shop, [{ sku: 'PAN-1', quantity: 2 }]);
    const { id: orderId, lines } = bought.order;
    const lineId = lines[0].id;
    expect(await refusalOf(shop, 'orderFulfill', { orderId }, staff)).toMatchObject({
      ...{ code: 'ILLEGAL_STATE', state: 'UNPAID', path: ['input', 'orderId'] },
      message: 'It is not paid yet: it cannot be sent; it can be paid or cancelled',
    });
    await paid(bought);
    const send = (pieces: object[], more: object = {}) =>
      refusalOf(shop, 'orderFulfill', { orderId, lines: pieces, ...more }, staff);
    expect(await send([{ lineId, quantity: 3 }])).toMatchObject({
      ...{
        code: 'INVALID',
        message: '2 of PAN-1 can be sent, not 3',
        path: ['input', 'lines', '0', 'quantity'],
      },
    });
    expect(
      await send([
        { lineId, quantity: 1 },
        { lineId, quantity: 2 },
      ]),
    ).toMatchObject({ path: ['input', 'lines', '1', 'quantity'] });
    expect(await send([{ lineId, quantity: 0 }])).toMatchObject({ code: 'INVALID' });
    expect(await send([])).toMatchObject({ code: 'INVALID', path: ['input', 'lines'] });
    expect(await send([{ lineId: orderId, quantity: 1 }])).toMatchObject({ code: 'NOT_FOUND' });
    expect(await send([{ lineId, quantity: 1 }], { carrier: 'x'.repeat(101) })).toMatchObject({
      path: ['input', 'carrier'],
    });
    expect(await send([{ lineId, quantity: 1 }], { expectedVersion: 1 })).toMatchObject({
      code: 'VERSION_CONFLICT',
      currentVersion: 3,
    });
    expect(
      await refusalOf(shop, 'orderReturn', { orderId, lines: [{ lineId, quantity: 1 }] }, staff),
    ).toMatchObject({ state: 'PAID' });
    expect(await refusalOf(shop, 'orderComplete', { orderId }, staff)).toMatchObject({
      state: 'PIECES_OPEN',
    });
    expect(await refusalOf(shop, 'orderNoteAdd', { orderId, text: ' ' }, staff)).toMatchObject({
      code: 'INVALID',
    });
    expect(await refusalOf(shop, 'orderFulfill', { orderId: String(new ObjectId()) }, staff)).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('is sent once by a call that is repeated, and not twice by two at once', async () => {
    const { id: orderId, lines } = await paid(await buy(shop, [{ sku: 'PAN-1', quantity: 3 }]));
    const input = { orderId, lines: [{ lineId: lines[0].id, quantity: 2 }] };
    const once = () => done(shop, 'orderFulfill', { ...input, idempotencyKey: 'parcel' }, staff);
    const [first, again] = [await once(), await once()];
    expect(again).toEqual(first);
    const both = await Promise.all(
      [1, 2].map(() =>
        ask(shop, 'orderFulfill', { orderId, lines: [{ ...input.lines[0], quantity: 1 }] }, staff),
      ),
    );
    expect(both.filter(({ order }) => order !== null)).toHaveLength(1);
    expect((await readOrder(shop, { id: orderId }, staff)).lines[0]).toMatchObject({
      fulfilledQuantity: 3,
      openQuantity: 0,
    });
  });
});

describe('cancelling', () => {
  it('frees goods and codes once, however many cancel at once', async () => {
    await addCode(shop, { code: 'ONCE', usageLimit: 1 });
    const before = await available('POT-1');
    const { order, accessToken } = await buy(shop, [{ sku: 'POT-1', quantity: 4 }], { codes: ['ONCE'] });
    expect(await available('POT-1')).toBe(before - 4);
    const cancel = (caller: Record<string, string>, more: object) =>
      ask(shop, 'orderCancel', { orderId: order.id, ...more }, caller);
    const answers = await Promise.all([
      ...[1, 2, 3].map(() => cancel({}, { accessToken, reason: 'Changed my mind' })),
      ...[1, 2, 3].map(() => cancel(staff, {})),
    ]);
    expect(answers.filter((answer) => answer.order !== null)).toHaveLength(1);
    expect(answers.flatMap(({ userErrors }) => userErrors.map(({ state }: Json) => state))).toEqual(
      Array(5).fill('CANCELLED'),
    );
    expect(await available('POT-1')).toBe(before);
    const next = await buy(shop, [{ sku: 'POT-1' }], { codes: ['ONCE'] });
    expect(next.order.discountCodes).toHaveLength(1);
  });

  it('by the buyer ends with the money, by the staff sends it back', async () => {
    const bought = await buy(shop, [{ sku: 'POT-1' }]);
    const { id: orderId } = await paid(bought);
    const { accessToken } = bought;
    expect(await refusalOf(shop, 'orderCancel', { orderId, accessToken })).toMatchObject({
      code: 'ILLEGAL_STATE',
      state: 'PAID',
    });
    const before = await available('POT-1');
    const { order } = await done(shop, 'orderCancel', { orderId, idempotencyKey: 'cancel' }, staff);
    expect(order).toMatchObject({
      ...{ status: 'CANCELLED', paymentStatus: 'REFUNDED', refunded: { amount: '10.00' } },
      ...{
        refunds: [{ status: 'SUCCEEDED', amount: { amount: '10.00' } }],
        lines: [{ cancelledQuantity: 1 }],
      },
    });
    expect(await done(shop, 'orderCancel', { orderId, idempotencyKey: 'cancel' }, staff)).toMatchObject({
      order: { id: orderId },
    });
    expect(await available('POT-1')).toBe(before + 1);
  });

  it('of pieces that are still to come, the shop owes them no longer', async () => {
    const variants = [variantDraft({ sku: 'TO-COME', quantity: 1, backorder: true })];
    await shop.product({ name: 'Later', sku: 'LATER', variants });
    const { order } = await buy(shop, [{ sku: 'TO-COME', quantity: 3 }]);
    expect(order.lines).toMatchObject([{ isBackordered: true }]);
    expect(await inventoryOf(shop.db, 'TO-COME')).toMatchObject({ quantity: 0, backordered: 2 });
    await done(shop, 'orderCancel', { orderId: order.id }, staff);
    expect(await inventoryOf(shop.db, 'TO-COME')).toEqual({
      quantity: 1,
      reserved: 0,
      available: 1,
      backordered: 0,
    });
  });

  it('comes by itself when an order is not paid in time, and not before', async () => {
    const { database } = await testApp();
    const { order } = await buy(shop, [{ sku: 'LID-1' }]);
    const late = await buy(shop, [{ sku: 'LID-1' }]);
    const settled = await paid(await buy(shop, [{ sku: 'LID-1' }]));
    const past = { $set: { payBy: new Date(Date.now() - 1_000) } };
    for (const { id } of [late.order, settled]) {
      const orderId = new ObjectId(id as string);
      await shop.db.collection(orders).updateOne({ _id: orderId }, past);
      await shop.db
        .collection(orderEvents)
        .updateOne({ orderId, seq: 1 }, { $set: { 'change.order.payBy': past.$set.payBy } });
    }
    const system = database.systemDb('unpaid orders in a test');
    await Promise.all([cancelUnpaidOrders(system), cancelUnpaidOrders(system)]);
    expect(await readOrder(shop, { id: late.order.id }, staff)).toMatchObject({
      ...{ status: 'CANCELLED', cancelReason: 'It was not paid in time' },
    });
    for (const [{ id }, status] of [
      [order, 'PLACED'],
      [settled, 'PAID'],
    ] as const)
      expect((await readOrder(shop, { id }, staff)).status).toBe(status);
  });
});

describe('who may see an order', () => {
  it('is its buyer, the staff, and who has its token', async () => {
    const person = await shop.person();
    const { id: cartId } = await newCart(shop, [{ sku: 'LID-1' }], { headers: person.headers });
    const own = (await done(shop, 'checkoutComplete', { cartId }, person.headers)).order;
    const { order, accessToken } = await buy(shop, [{ sku: 'LID-1' }]);
    const stranger = (await shop.person()).headers;
    const seen = async (asked: object, headers: Record<string, string> = {}) =>
      (await readOrder(shop, asked, headers, 'id'))?.id ?? null;
    expect(await seen({ id: own.id }, person.headers)).toBe(own.id);
    expect(await seen({ number: `#${own.number}` }, staff)).toBe(own.id);
    expect(await seen({ number: order.number, accessToken })).toBe(order.id);
    for (const asked of [
      { id: order.id },
      { number: order.number },
      { id: order.id, accessToken: `${accessToken}x` },
      { id: own.id, accessToken },
      { id: String(new ObjectId()), accessToken },
    ])
      for (const headers of [{}, stranger]) expect(await seen(asked, headers)).toBeNull();
    const other = await openShop();
    expect(await readOrder(other, { id: order.id, accessToken }, await other.staff(), 'id')).toBeNull();
    expect(
      await refusalOf(shop, 'orderCancel', { orderId: order.id, accessToken: 'no' }, stranger),
    ).toMatchObject({ code: 'NOT_FOUND' });
    const { errors } = await shop.request(
      'query ($id: ID!, $t: String) { order(id: $id, accessToken: $t) { history { text } } }',
      { id: order.id, t: accessToken },
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await shop.request('{ order { id } }')).errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it('is asked by the list: own ones for people, all for the staff', async () => {
    const person = await shop.person();
    const mine: string[] = [];
    for (let i = 0; i < 3; i++) {
      const { id: cartId } = await newCart(shop, [{ sku: 'LID-1' }], { headers: person.headers });
      mine.unshift((await done(shop, 'checkoutComplete', { cartId }, person.headers)).order.id);
    }
    const list = async (filter: object, headers: Record<string, string>, page: object = {}) => {
      const query = `query ($filter: OrderFilter, $first: Int, $after: String) { orders(filter: $filter, first: $first, after: $after) {
        nodes { id } totalCount pageInfo { hasNextPage endCursor } } }`;
      const { data, errors } = await shop.request(query, { filter, ...page }, headers);
      if (errors) throw new Error(JSON.stringify(errors));
      return { ...data.orders, ids: data.orders.nodes.map(({ id }: Json) => id) };
    };
    expect(await list({}, person.headers)).toMatchObject({ ids: mine, totalCount: 3 });
    const first = await list({}, person.headers, { first: 2 });
    expect(first).toMatchObject({ ids: mine.slice(0, 2), pageInfo: { hasNextPage: true } });
    expect((await list({}, person.headers, { first: 2, after: first.pageInfo.endCursor })).ids).toEqual(
      mine.slice(2),
    );
    expect((await list({ userId: String(person.user._id) }, staff)).ids).toEqual(mine);
    expect((await list({ email: person.user.email.toUpperCase() }, staff)).ids).toEqual(mine);
    const [newest] = mine;
    const { number, placedAt } = await readOrder(shop, { id: newest ?? '' }, staff);
    expect((await list({ number }, staff)).ids).toEqual([newest]);
    expect(
      (await list({ placedAfter: placedAt, status: ['PLACED'], paymentStatus: ['UNPAID', 'PENDING'] }, staff))
        .ids,
    ).toEqual([newest]);
    expect((await list({ placedBefore: placedAt, userId: String(person.user._id) }, staff)).ids).toEqual(
      mine.slice(1),
    );
    expect((await list({ userId: String(person.user._id) }, (await shop.person()).headers)).ids).toEqual([]);
    const others = (await list({}, staff, { first: 100 })).ids;
    expect(others.length).toBeGreaterThan(mine.length);
    expect((await list({}, {})).ids).toEqual([]);
  });
});

it('is watched by who may see it, and by nobody else', async () => {
  const { order, accessToken } = await buy(shop, [{ sku: 'LID-1' }]);
  const watch = `subscription ($id: ID!, $token: String) { orderStatusChanged(orderId: $id, accessToken: $token) {
    orderId order { status fulfillments { carrier } } resumeToken } }`;
  const live = liveClient(shop.url, { params: { 'x-tenant': shop.tenant.subdomain } });
  const stranger = live.listen(watch, { id: order.id, token: 'no' });
  const { told, count } = live.listen(watch, { id: order.id, token: accessToken });
  await eventually(() => JSON.stringify([stranger.told, stranger.ended()])).toContain('NOT_FOUND');
  await paid({ order, accessToken });
  await done(shop, 'orderFulfill', { orderId: order.id, carrier: 'Post' }, staff);
  await eventually(() => told.at(-1)?.data?.orderStatusChanged.order.status).toBe('FULFILLED');
  expect((await count(1)).at(-1)?.data.orderStatusChanged).toEqual({
    orderId: order.id,
    order: { status: 'FULFILLED', fulfillments: [{ carrier: 'Post' }] },
    resumeToken: expect.any(String),
  });
});

it('is read with its goods and history in three commands, and a list of orders in as many, each by an index', async () => {
  const fields = `${ORDER} history { text } lines { product { name } }`;
  const asked = [
    `{ orders(first: 20) { nodes { ${fields} } } }`,
    `{ orders(filter: { status: [PLACED, PAID] }, first: 20) { nodes { ${fields} } } }`,
    `{ orders(filter: { email: "ada@example.com" }, first: 20) { nodes { ${fields} } } }`,
    `{ orders(filter: { paymentStatus: [PAID] }, first: 20) { nodes { ${fields} } } }`,
    `{ orders(filter: { userId: "${new ObjectId()}" }, first: 20) { nodes { id } } }`,
  ];
  for (const query of asked) {
    let answer: Json;
    const sent = await commandsOf(async () => {
      answer = await shop.request(query, {}, staff);
    });
    expect(answer.errors).toBeUndefined();
    // What is live has commands of its own, as has whose key it is.
    const data = sent.filter(({ name, command }) =>
      ['orders', 'order_events', 'products'].includes(command[name]),
    );
    expect(data.length).toBeLessThanOrEqual(3);
    for (const plan of await plansOf(data)) {
      expect(plan.stages).not.toContain('COLLSCAN');
      expect(plan.stages).not.toContain('SORT');
    }
  }
});

it('is made again out of its history where it is not what that says', async () => {
  expect(await orderFaults(shop.db)).toEqual([]);
  const [damaged, lost] = await shop.db.collection(orders).find({ status: 'PAID' }, { limit: 2 });
  if (!damaged || !lost) throw new Error('Orders were made before');
  await shop.db
    .collection(orders)
    .updateOne({ _id: damaged._id }, { $set: { paid: 1, 'lines.0.fulfilled': 1 } });
  await shop.db.collection(orders).deleteOne({ _id: lost._id });
  const check = async (repair: boolean) => {
    const found: string[] = [];
    await checkData(shop.db, {
      repair,
      onDifference: ({ check: name, record }) => void (name === 'order' && found.push(record)),
    });
    return found.sort();
  };
  const { _id, number } = damaged;
  const expected = [
    `order:${_id} ${number} lines.PAN-1.fulfilled`,
    `order:${_id} ${number} paid`,
    `order:${lost._id} ${lost.number}`,
  ].sort();
  expect((await check(true)).map((record) => record.replace(/lines\.\w+-1/, 'lines.PAN-1'))).toEqual(
    expected,
  );
  expect(await check(false)).toEqual([]);
  expect(await shop.db.collection(orders).findOne({ _id: lost._id })).toEqual(lost);
  expect(await shop.db.collection(orders).findOne({ _id })).toEqual(damaged);
});
