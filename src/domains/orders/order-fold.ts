import { foldKey } from '../auth/account-rules.ts';
import type { LinePieces, Order, OrderChange, OrderEvent, OrderLine, OrderStatus } from './documents.ts';
import { givenUpBy, openOf, piecesOf } from './order-pieces.ts';

/** The order after one step of its history; a function of its arguments alone. */
export function applyChange(before: Order | null, event: OrderEvent): Order {
  const { change, orderId, seq, at } = event;
  if (seq !== (before?.version ?? 0) + 1)
    throw new Error(
      `The history of the order ${orderId} goes on with ${(before?.version ?? 0) + 1}, not ${seq}`,
    );
  if (change.type === 'placed') return newOrder(event, change.order);
  if (!before) throw new Error(`The history of the order ${orderId} does not begin with its placing`);
  const after = { ...before, ...changedBy(before, change, at), version: seq, updatedAt: at };
  const status = statusOf(after);
  const fulfilledAt = after.fulfilledAt ?? (status === 'FULFILLED' ? at : null);
  return { ...after, status, fulfilledAt };
}

const newOrder = (
  { orderId: _id, tenantId, at }: OrderEvent,
  order: Extract<OrderChange, { type: 'placed' }>['order'],
): Order => ({
  _id,
  tenantId,
  ...order,
  emailKey: order.email === null ? null : foldKey(order.email),
  status: 'PLACED',
  paymentStatus: 'UNPAID',
  paymentId: null,
  authorized: 0,
  paid: 0,
  refunded: 0,
  refunds: [],
  fulfilments: [],
  cancelReason: null,
  placedAt: at,
  paidAt: null,
  fulfilledAt: null,
  completedAt: null,
  cancelledAt: null,
  anonymisedAt: null,
  updatedAt: at,
  version: 1,
});

/** How far an order is follows from what has happened to it. */
function statusOf(order: Order): OrderStatus {
  const isSent = order.lines.some(({ fulfilled }) => fulfilled > 0);
  if (order.cancelledAt && !isSent) return 'CANCELLED';
  if (order.paid > 0 && moneyBack(order) >= order.paid) return 'REFUNDED';
  if (order.completedAt) return 'COMPLETED';
  if (isSent) return order.lines.every((line) => openOf(line) === 0) ? 'FULFILLED' : 'PARTIALLY_FULFILLED';
  return order.paidAt ? 'PAID' : 'PLACED';
}

const moneyBack = ({ refunds }: Order): number =>
  refunds.reduce((sum, { status, amount }) => sum + (status === 'SUCCEEDED' ? amount : 0), 0);

type Changed = Partial<Order>;

function changedBy(order: Order, change: Exclude<OrderChange, { type: 'placed' }>, at: Date): Changed {
  switch (change.type) {
    case 'paymentStarted':
      return order.paidAt ? {} : { paymentStatus: 'PENDING', paymentId: change.paymentId };
    case 'paymentDeclined':
      return isCurrent(order, change) ? { paymentStatus: 'UNPAID', paymentId: null, authorized: 0 } : {};
    case 'paymentAuthorized':
      return isCurrent(order, change) ? { paymentStatus: 'AUTHORIZED', authorized: change.amount } : {};
    case 'paymentVoided':
      return isCurrent(order, change) ? { paymentStatus: 'VOIDED', paymentId: null, authorized: 0 } : {};
    case 'paid':
      return paidBy(order, change, at);
    case 'fulfilled':
      return {
        lines: withPieces(order, change.fulfilment.lines, 'fulfilled'),
        fulfilments: [...order.fulfilments, { ...change.fulfilment, at }],
      };
    case 'completed':
      return { completedAt: at };
    case 'cancelled':
      return {
        lines: order.lines.map((line) => ({ ...line, cancelled: line.cancelled + openOf(line) })),
        cancelReason: change.reason,
        cancelledAt: at,
      };
    case 'refundStarted':
      return refundStarted(order, change, at);
    case 'refundSucceeded':
      return refundSucceeded(order, change);
    case 'refundFailed':
      return refundFailed(order, change);
    case 'returned':
      return { lines: withPieces(order, change.lines, 'returned') };
    case 'noted':
      return {};
    case 'anonymised':
      return { ...NOBODY, anonymisedAt: at };
  }
}

const NOBODY = {
  userId: null,
  email: null,
  emailKey: null,
  shippingAddress: null,
  billingAddress: null,
  note: null,
} satisfies Changed;

/** A late word about a payment that another one took the place of changes nothing. */
const isCurrent = ({ paymentId, paidAt }: Order, change: { paymentId: Order['paymentId'] }): boolean =>
  !paidAt && paymentId !== null && change.paymentId?.equals(paymentId) === true;

/** Money counts when it comes in, also for an order that was cancelled meanwhile: it has to go back. */
function paidBy(
  order: Order,
  { paymentId, amount }: Extract<OrderChange, { type: 'paid' }>,
  at: Date,
): Changed {
  const paid = order.paid + amount;
  if (paid < order.totals.total) return { paid, paymentId };
  return { paid, paymentId, authorized: 0, paymentStatus: 'PAID', paidAt: order.paidAt ?? at };
}

const withPieces = (
  { lines }: Order,
  pieces: readonly LinePieces[],
  name: 'fulfilled' | 'returned',
): OrderLine[] => lines.map((line) => ({ ...line, [name]: line[name] + piecesOf(pieces, line._id) }));

function refundStarted(
  order: Order,
  { refund }: Extract<OrderChange, { type: 'refundStarted' }>,
  at: Date,
): Changed {
  const given = givenUpBy(order, refund);
  return {
    refunded: order.refunded + refund.amount,
    refunds: [...order.refunds, { ...refund, status: 'PENDING', at }],
    lines: order.lines.map((line) => {
      const { cancelled = 0, returned = 0 } = given.find(({ lineId }) => lineId.equals(line._id)) ?? {};
      return { ...line, cancelled: line.cancelled + cancelled, returned: line.returned + returned };
    }),
  };
}

type RefundEnd = { refundId: Order['_id'] };

function refundSucceeded(order: Order, { refundId }: RefundEnd): Changed {
  const refunds = order.refunds.map((refund) =>
    refund._id.equals(refundId) ? { ...refund, status: 'SUCCEEDED' as const } : refund,
  );
  const isAll = moneyBack({ ...order, refunds }) >= order.paid;
  return { refunds, paymentStatus: isAll ? 'REFUNDED' : 'PARTIALLY_REFUNDED' };
}

/** Its pieces stay given up; its money has to go back by another refund. */
function refundFailed(order: Order, { refundId }: RefundEnd): Changed {
  const failed = order.refunds.find(({ _id, status }) => _id.equals(refundId) && status === 'PENDING');
  if (!failed) return {};
  return {
    refunded: order.refunded - failed.amount,
    refunds: order.refunds.map((refund) =>
      refund === failed ? { ...refund, status: 'FAILED' as const } : refund,
    ),
  };
}
