import type { ObjectId } from 'mongodb';
import type { NewProduct } from '../domains/catalogue/product-document.ts';
import type { Order, OrderChange, OrderEvent, OrderLine, PlacedOrder } from '../domains/orders/documents.ts';
import { rebuildOrder } from '../domains/orders/order-history.ts';
import type { Payment, PaymentRefund } from '../domains/payments/documents.ts';
import { UNDECIDED } from '../domains/payments/payments.ts';
import { effectivePrice } from '../domains/pricing/effective-price.ts';
import { quoteOf } from '../domains/pricing/quote.ts';
import { taxRateOf } from '../domains/pricing/tax.ts';
import type { DemoTenant } from './demo-shops.ts';
import { pick, pickEarly, type Random, randomFrom } from './random.ts';
import { stableId, stableNumber } from './stable.ts';

const DAYS = 180;
/** On a usual day, and on the days of a week from Sunday on; sales grow by as much again over the time. */
const A_DAY = 1.4;
const OF_WEEK = [1.3, 0.8, 0.8, 0.9, 1, 1.2, 1.5] as const;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const SENT_AFTER_MS = 2 * DAY_MS;
const DONE_AFTER_MS = 9 * DAY_MS;
const FIRST_NUMBER = 1_001;

type Sold = { orders: Order[]; events: OrderEvent[]; payments: Payment[]; refunds: PaymentRefund[] };

/**
 * What a demo shop has sold in the last half year: paid by hand, sent, and some of it sent back. The stock of a demo shop is
 * what is left after that, so none of it is counted out again.
 */
export function demoOrders(shop: DemoTenant, products: readonly NewProduct[], now: Date): Sold {
  const random = randomFrom(stableNumber(2 ** 31, shop.subdomain, 'orders'));
  // The same ones sell well all the time.
  const goods = products
    .filter(({ status, variants }) => status === 'ACTIVE' && variants.length > 0)
    .toSorted((a, b) => b.reviews.count - a.reviews.count);
  const histories = momentsOf(random, now).map((at, place) =>
    historyOf(random, shop, goods, { place, at, now }),
  );
  const orders = histories.flatMap((events) => rebuildOrder(events) ?? []);
  return {
    ...{ orders, events: histories.flat() },
    ...{ payments: orders.flatMap(paymentOf), refunds: orders.flatMap(refundsOf) },
  };
}

/** The earliest first. */
function momentsOf(random: Random, now: Date): Date[] {
  const days = Array.from({ length: DAYS }, (_, day) => now.getTime() - (DAYS - day) * DAY_MS);
  return days.flatMap((start, day) => {
    const usual = A_DAY * (1 + day / DAYS) * (OF_WEEK[new Date(start).getUTCDay()] ?? 1);
    const count = Math.floor(usual * 2 * random() + random());
    const times = Array.from({ length: count }, () => start + random() * DAY_MS);
    return times.sort((a, b) => a - b).map((time) => new Date(time));
  });
}

type Place = { place: number; at: Date; now: Date };

function historyOf(
  random: Random,
  shop: DemoTenant,
  goods: readonly NewProduct[],
  { place, at, now }: Place,
): OrderEvent[] {
  const id = (what: string) => stableId(shop.subdomain, 'order', place, what);
  const order = placedOrder(random, shop, goods, { place, at, id });
  const steps = stepsOf(random, order, at, id).filter(({ at: moment }) => moment < now);
  return steps.map((step, i) => ({
    ...{ _id: id(`event ${i}`), tenantId: shop._id, orderId: id('order'), seq: i + 1, actor: null },
    ...step,
  }));
}

type Id = (what: string) => ObjectId;

function placedOrder(
  random: Random,
  shop: DemoTenant,
  goods: readonly NewProduct[],
  { place, at, id }: { place: number; at: Date; id: Id },
): PlacedOrder {
  const wanted = [
    ...new Set(Array.from({ length: 1 + Math.floor(random() ** 2 * 3) }, () => pickEarly(random, goods))),
  ];
  const lines = wanted.map((product, i) => orderLine(random, product, at, id(`line ${i}`)));
  const [method] = shop.shipping;
  const { lines: quoted, ...totals } = quoteOf({
    lines: lines.map(({ _id, ...line }) => ({ id: _id.toHexString(), ...line })),
    ...{ discounts: [], shipping: method ?? null, taxIncluded: true },
  });
  return {
    ...{ number: String(FIRST_NUMBER + place), cartId: id('cart').toHexString(), userId: null },
    ...{ email: `buyer-${stableNumber(200, shop.subdomain, place)}@example.com`, currency: shop.currency },
    lines: lines.map((line, i) => ({ ...line, ...amountsOf(quoted[i]) })),
    ...{ totals, codes: [], shippingMethod: method ? { id: method.id, name: method.name } : null },
    ...{ shippingAddress: null, billingAddress: null, reservationId: null, note: null, payBy: null },
  };
}

const amountsOf = (quoted: Pick<OrderLine, 'subtotal' | 'discount' | 'tax' | 'total'> | undefined) => ({
  ...{ subtotal: quoted?.subtotal ?? 0, discount: quoted?.discount ?? 0 },
  ...{ tax: quoted?.tax ?? 0, total: quoted?.total ?? 0 },
});

function orderLine(random: Random, product: NewProduct, at: Date, _id: ObjectId) {
  const variant = pick(random, product.variants);
  return {
    ...{ _id, productId: product._id, variantId: variant._id, sku: variant.sku, name: product.name },
    ...{ attributes: variant.attributes, imageUrl: product.media[0]?.url ?? null },
    ...{ quantity: random() < 0.8 ? 1 : 2, backordered: false },
    unitPrice: effectivePrice(product.pricing, variant.pricing, { at, quantity: 1 }),
    taxRate: taxRateOf(product.pricing.taxRate),
    ...{ fulfilled: 0, cancelled: 0, returned: 0 },
  };
}

type Step = { at: Date; change: OrderChange };

function stepsOf(random: Random, order: PlacedOrder, placedAt: Date, id: Id): Step[] {
  const after = (ms: number, change: OrderChange): Step => ({
    at: new Date(placedAt.getTime() + ms),
    change,
  });
  const lines = order.lines.map(({ _id: lineId, quantity }) => ({ lineId, quantity }));
  const [amount, paymentId] = [order.totals.total, id('payment')];
  const begin = [after(0, { type: 'placed', order }), after(MINUTE_MS, { type: 'paid', paymentId, amount })];
  const parcel = { _id: id('parcel'), lines, carrier: null, trackingNumber: null, trackingUrl: null };
  const sent = [...begin, after(SENT_AFTER_MS, { type: 'fulfilled', fulfilment: parcel })];
  if (random() > 0.04) return [...sent, after(DONE_AFTER_MS, { type: 'completed' })];
  const refund = {
    _id: id('refund'),
    paymentId,
    amount: order.lines[0]?.total ?? 0,
    lines: lines.slice(0, 1),
  };
  return [
    ...sent,
    after(DONE_AFTER_MS, {
      type: 'refundStarted',
      refund: { ...refund, restock: false, reason: 'sent back' },
    }),
    after(DONE_AFTER_MS + 1, { type: 'refundSucceeded', refundId: refund._id }),
  ];
}

/** As the staff write down money that came in elsewhere. */
function paymentOf({ _id: orderId, tenantId, paymentId, paid, paidAt, currency }: Order): Payment[] {
  if (!paymentId || !paidAt) return [];
  return [
    {
      ...{ ...UNDECIDED, _id: paymentId, tenantId, orderId, provider: 'manual', currency },
      ...{ state: 'CAPTURED', amount: paid, captured: paid, reference: 'demo', capture: true },
      ...{ inputHash: null, wanted: null, tries: 1, dueAt: null, createdAt: paidAt, updatedAt: paidAt },
    },
  ];
}

const refundsOf = ({ _id: orderId, tenantId, paymentId, refunds, currency }: Order): PaymentRefund[] =>
  paymentId
    ? refunds.map(({ _id, amount, status: state, at }) => ({
        ...{ _id, tenantId, orderId, paymentId, amount, currency, state, ofOrder: true },
        ...{ reference: 'demo', reason: null, tries: 1, dueAt: null, createdAt: at, updatedAt: at },
      }))
    : [];
