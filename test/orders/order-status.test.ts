import fc from 'fast-check';
import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import type { Order, OrderChange, OrderStatus } from '../../src/domains/orders/documents.ts';
import { applyChange } from '../../src/domains/orders/order-fold.ts';
import { rebuildOrder } from '../../src/domains/orders/order-history.ts';
import { openOf, openPieces, refundedOf, sentOf } from '../../src/domains/orders/order-pieces.ts';
import { checkMove, MOVES, movesOf, type OrderVerb } from '../../src/domains/orders/order-status.ts';
import { UserError } from '../../src/platform/errors.ts';

const tenantId = new ObjectId();
const VERBS = Object.keys(MOVES) as OrderVerb[];

const line = (quantity: number) => ({
  ...{ _id: new ObjectId(), productId: new ObjectId(), variantId: new ObjectId(), sku: 'MUG', name: 'Mug' },
  ...{
    attributes: {},
    imageUrl: null,
    quantity,
    backordered: false,
    unitPrice: 100,
    subtotal: 100 * quantity,
  },
  ...{ discount: 0, taxRate: 0, tax: 0, total: 100 * quantity, fulfilled: 0, cancelled: 0, returned: 0 },
});

function placed(...quantities: number[]): OrderChange {
  const total = 100 * quantities.reduce((sum, quantity) => sum + quantity, 0);
  const shipping = { price: 0, discount: 0, tax: 0, total: 0 };
  const totals = {
    subtotal: total,
    discount: 0,
    discounts: [],
    shipping,
    taxIncluded: true,
    taxes: [],
    tax: 0,
    total,
  };
  return {
    type: 'placed',
    order: {
      ...{
        number: '1001',
        cartId: 'c',
        userId: null,
        email: 'Ada@example.com',
        currency: 'USD',
        totals,
        codes: [],
      },
      ...{ shippingMethod: null, shippingAddress: null, billingAddress: null, reservationId: null },
      ...{ note: null, payBy: null, lines: quantities.map(line) },
    },
  };
}

const orderId = new ObjectId();
const eventOf = (change: OrderChange, seq: number) => ({
  ...{ _id: new ObjectId(), tenantId, orderId, seq, change, at: new Date(seq * 1_000), actor: null },
});

const having = (order: Order, ...changes: OrderChange[]): Order =>
  changes.reduce((so, change) => applyChange(so, eventOf(change, so.version + 1)), order);

const newOrder = (...quantities: number[]) => applyChange(null, eventOf(placed(...quantities), 1));

const paymentId = new ObjectId();
const pay = (order: Order): OrderChange[] => [
  { type: 'paymentStarted', paymentId, provider: 'test' },
  { type: 'paid', paymentId, amount: order.totals.total },
];

const givenBack = ({ paid: amount }: Order): OrderChange[] => {
  const _id = new ObjectId();
  const refund = { _id, paymentId, amount, lines: [], restock: false, reason: null };
  return [
    { type: 'refundStarted', refund },
    { type: 'refundSucceeded', refundId: _id },
  ];
};

const part = (most: number, share: number) => Math.ceil(most * share);

/** What a verb does, in pieces and money that are as large as the share of what there is. */
function changesOf(order: Order, verb: OrderVerb, share: number): OrderChange[] {
  const pieces = (mostOf: (one: Order['lines'][number]) => number) =>
    order.lines
      .map((one) => ({ lineId: one._id, quantity: part(mostOf(one), share) }))
      .filter(({ quantity }) => quantity > 0);
  switch (verb) {
    case 'pay':
      return pay(order);
    case 'fulfil': {
      const lines = pieces(openOf);
      return [
        {
          type: 'fulfilled',
          fulfilment: { _id: new ObjectId(), lines, carrier: null, trackingNumber: null, trackingUrl: null },
        },
      ];
    }
    case 'complete':
      return [{ type: 'completed' }];
    case 'cancel':
      return [{ type: 'cancelled', reason: null }];
    case 'refund': {
      const _id = new ObjectId();
      const lines = pieces((one) => one.quantity - refundedOf(order, one._id));
      const amount = part(order.paid - order.refunded, share);
      const refund = { _id, paymentId, amount, lines, restock: share > 0.5, reason: null };
      const end: OrderChange =
        share > 0.2
          ? { type: 'refundSucceeded', refundId: _id }
          : { type: 'refundFailed', refundId: _id, reason: 'No' };
      return [{ type: 'refundStarted', refund }, end];
    }
    case 'return':
      return [{ type: 'returned', lines: pieces(sentOf), restock: true, reason: null }];
  }
}

const step = fc.tuple(fc.constantFrom(...VERBS), fc.double({ min: 0.01, max: 1, noNaN: true }));

describe('the table of moves', () => {
  it('lets no sequence of moves take pieces or money out of bounds, or end where the table does not lead', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
        fc.array(step, { maxLength: 25 }),
        (quantities, steps) => {
          const changes: OrderChange[] = [placed(...quantities)];
          let order = applyChange(null, eventOf(changes[0] as OrderChange, 1));
          for (const [verb, share] of steps) {
            try {
              checkMove(order, verb);
            } catch (error) {
              expect(error).toMatchObject({ code: 'ILLEGAL_STATE' });
              continue;
            }
            const before = order;
            const made = changesOf(order, verb, share);
            order = having(order, ...made);
            changes.push(...made);
            expect(MOVES[verb].moves[before.status]).toContain(order.status);
            checkBounds(order);
          }
          expect(rebuildOrder(changes.map((change, i) => eventOf(change, i + 1)))).toEqual(order);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('says in which states what can be done', () => {
    const order = newOrder(2, 1);
    const paid = having(order, ...pay(order));
    const [first] = paid.lines;
    if (!first) throw new Error('An order has lines');
    const sent = (o: Order, lines = openPieces(o)) =>
      having(o, {
        type: 'fulfilled',
        fulfilment: { _id: new ObjectId(), lines, carrier: null, trackingNumber: null, trackingUrl: null },
      });
    const partly = sent(paid, [{ lineId: first._id, quantity: 1 }]);
    const all = sent(partly);
    const completed = having(all, { type: 'completed' });
    const states: [Order, OrderStatus, OrderVerb[]][] = [
      [order, 'PLACED', ['pay', 'cancel']],
      [having(order, { type: 'paymentStarted', paymentId, provider: 'test' }), 'PLACED', ['cancel']],
      [paid, 'PAID', ['fulfil', 'cancel', 'refund']],
      [partly, 'PARTIALLY_FULFILLED', ['fulfil', 'refund', 'return']],
      [all, 'FULFILLED', ['complete', 'refund', 'return']],
      [completed, 'COMPLETED', ['refund', 'return']],
      [having(paid, ...givenBack(paid)), 'REFUNDED', ['cancel']],
      [having(all, ...givenBack(all)), 'REFUNDED', ['return']],
      [having(paid, { type: 'cancelled', reason: null }), 'CANCELLED', ['refund']],
      [having(order, { type: 'cancelled', reason: null }), 'CANCELLED', []],
    ];
    for (const [state, status, verbs] of states) {
      expect(state.status).toBe(status);
      expect(movesOf(state)).toEqual(verbs);
    }
  });

  it('tells who asks for what cannot be done what can be', () => {
    const order = newOrder(1);
    const refusal = (o: Order, verb: OrderVerb) => {
      try {
        checkMove(o, verb);
      } catch (error) {
        if (error instanceof UserError) return { message: error.message, ...error.data };
      }
      return null;
    };
    expect(refusal(order, 'fulfil')).toEqual({
      message: 'It is not paid yet: it cannot be sent; it can be paid or cancelled',
      state: 'UNPAID',
    });
    const cancelled = having(order, { type: 'cancelled', reason: null });
    expect(refusal(cancelled, 'pay')).toEqual({
      message: 'The order is cancelled: it cannot be paid; nothing more can be done with it',
      state: 'CANCELLED',
    });
  });
});

describe('a history', () => {
  it('refuses steps out of their order', () => {
    const order = newOrder(1);
    expect(() => applyChange(order, eventOf({ type: 'completed' }, 3))).toThrow('goes on with 2, not 3');
    expect(() => applyChange(null, eventOf({ type: 'completed' }, 1))).toThrow('does not begin');
  });

  it('takes late words about a former payment for what they are', () => {
    const order = newOrder(1);
    const other = new ObjectId();
    const begun = having(
      order,
      ...([order._id, other].map((id) => ({
        type: 'paymentStarted',
        paymentId: id,
        provider: 'test',
      })) as OrderChange[]),
    );
    const late = having(begun, { type: 'paymentDeclined', paymentId: order._id, reason: 'No' });
    expect(late).toMatchObject({ paymentStatus: 'PENDING', paymentId: other });
    const money = having(having(late, { type: 'cancelled', reason: null }), {
      type: 'paid',
      paymentId: other,
      amount: 100,
    });
    expect(money).toMatchObject({ status: 'CANCELLED', paymentStatus: 'PAID', paid: 100 });
  });

  it('pays pieces back that were given up before, and gives up no others for it', () => {
    const order = newOrder(5);
    const [{ _id: lineId } = { _id: orderId }] = order.lines;
    const pieces = (quantity: number) => [{ lineId, quantity }];
    const fulfilment = {
      _id: new ObjectId(),
      lines: pieces(3),
      carrier: null,
      trackingNumber: null,
      trackingUrl: null,
    };
    const refund = (quantity: number, restock: boolean): OrderChange => ({
      type: 'refundStarted',
      refund: { _id: new ObjectId(), paymentId, amount: 1, lines: pieces(quantity), restock, reason: null },
    });
    const back = having(
      order,
      ...pay(order),
      { type: 'fulfilled', fulfilment },
      { type: 'returned', lines: pieces(1), restock: true, reason: null },
    );
    const counts = (o: Order) =>
      o.lines.map(({ fulfilled, cancelled, returned }) => [fulfilled, cancelled, returned])[0];
    expect(counts(having(back, refund(1, true)))).toEqual([3, 0, 1]);
    expect(counts(having(back, refund(3, true)))).toEqual([3, 2, 1]);
    expect(counts(having(back, refund(4, false)))).toEqual([3, 2, 1]);
    expect(counts(having(back, refund(4, true)))).toEqual([3, 2, 2]);
  });

  it('forgets the person and keeps the order', () => {
    const order = having(newOrder(1), { type: 'anonymised' });
    expect(order).toMatchObject({
      email: null,
      emailKey: null,
      userId: null,
      shippingAddress: null,
      number: '1001',
    });
  });
});

function checkBounds(order: Order): void {
  for (const one of order.lines) {
    expect(one.fulfilled + one.cancelled).toBeLessThanOrEqual(one.quantity);
    expect(one.returned).toBeLessThanOrEqual(one.fulfilled);
    expect(refundedOf(order, one._id)).toBeLessThanOrEqual(one.quantity);
    expect(Math.min(one.fulfilled, one.cancelled, one.returned)).toBeGreaterThanOrEqual(0);
  }
  expect(order.refunded).toBeLessThanOrEqual(order.paid);
  expect(order.refunded).toBeGreaterThanOrEqual(0);
}
