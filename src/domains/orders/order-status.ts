import { illegalState } from '../../platform/errors.ts';
import type { OrderAction } from '../../schema.types.ts';
import type { Order, OrderStatus } from './documents.ts';
import { openOf, sentOf } from './order-pieces.ts';

/** What can be done with an order. Where it leads follows from what happened then: see order-fold.ts. */
export type OrderVerb = 'pay' | 'fulfil' | 'complete' | 'cancel' | 'refund' | 'return';

type Rule = {
  /** In the words of the message that refuses it. */
  past: string;
  /** The states in which it can be done, and the states that it can lead to. */
  moves: Partial<Record<OrderStatus, readonly OrderStatus[]>>;
  /** What has to hold beside the state; else why not. */
  unless: (order: Order) => Reason | null;
};

/** `state` is for the program, `message` for its developer. */
type Reason = { state: string; message: string };

const isHeld = ({ paymentStatus }: Order) => paymentStatus === 'AUTHORIZED';
const isOpen = ({ lines }: Order) => lines.some((line) => openOf(line) > 0);
const isSent = ({ lines }: Order) => lines.some((line) => sentOf(line) > 0);

const OPEN = 'There are pieces still to be sent: send them, or give their money back';

/**
 * The one table of moves. An order whose payment is held may be sent before the money is taken: so do shops that take
 * it when goods leave. Money that comes in for a cancelled order can go back, and pieces can come back after their
 * money did. Where all of the money went back as an amount, what was never sent is freed by cancelling.
 */
export const MOVES: Record<OrderVerb, Rule> = {
  pay: {
    past: 'paid',
    moves: { PLACED: ['PLACED', 'PAID'] },
    unless: ({ paymentStatus }) =>
      paymentStatus === 'PENDING' || paymentStatus === 'AUTHORIZED'
        ? { state: paymentStatus, message: 'A payment of this order is under way' }
        : null,
  },
  fulfil: {
    past: 'sent',
    moves: {
      PLACED: ['PARTIALLY_FULFILLED', 'FULFILLED'],
      PAID: ['PARTIALLY_FULFILLED', 'FULFILLED'],
      PARTIALLY_FULFILLED: ['PARTIALLY_FULFILLED', 'FULFILLED'],
    },
    unless: (order) => {
      if (order.status === 'PLACED' && !isHeld(order))
        return { state: order.paymentStatus, message: 'It is not paid yet' };
      return isOpen(order) ? null : { state: 'NOTHING_OPEN', message: 'Nothing of it is still to be sent' };
    },
  },
  complete: {
    past: 'completed',
    moves: { PAID: ['COMPLETED'], PARTIALLY_FULFILLED: ['COMPLETED'], FULFILLED: ['COMPLETED'] },
    unless: (order) => {
      if (!order.paidAt) return { state: order.paymentStatus, message: 'Its payment is not taken yet' };
      return isOpen(order) ? { state: 'PIECES_OPEN', message: OPEN } : null;
    },
  },
  cancel: {
    past: 'cancelled',
    moves: { PLACED: ['CANCELLED'], PAID: ['CANCELLED'], REFUNDED: ['CANCELLED', 'REFUNDED'] },
    unless: (order) =>
      order.status === 'REFUNDED' && !isOpen(order)
        ? { state: 'NOTHING_OPEN', message: 'Nothing of it is still to be sent' }
        : null,
  },
  refund: {
    past: 'refunded',
    moves: {
      PAID: ['PAID', 'REFUNDED'],
      PARTIALLY_FULFILLED: ['PARTIALLY_FULFILLED', 'FULFILLED', 'REFUNDED'],
      FULFILLED: ['FULFILLED', 'REFUNDED'],
      COMPLETED: ['COMPLETED', 'REFUNDED'],
      CANCELLED: ['CANCELLED'],
    },
    unless: ({ paid, refunded }) =>
      refunded < paid ? null : { state: 'NOTHING_PAID', message: 'There is no money of it to give back' },
  },
  return: {
    past: 'returned',
    moves: {
      PARTIALLY_FULFILLED: ['PARTIALLY_FULFILLED'],
      FULFILLED: ['FULFILLED'],
      COMPLETED: ['COMPLETED'],
      REFUNDED: ['REFUNDED'],
    },
    unless: (order) =>
      isSent(order) ? null : { state: 'NOTHING_SENT', message: 'Nothing of it is with the buyer' },
  },
};

/** As clients are told what can be done. */
export const ACTIONS: Record<OrderVerb, OrderAction> = {
  pay: 'PAY',
  fulfil: 'FULFILL',
  complete: 'COMPLETE',
  cancel: 'CANCEL',
  refund: 'REFUND',
  return: 'RETURN',
};

const VERBS = Object.keys(MOVES) as OrderVerb[];

/** What can be done with an order as it is. */
export const movesOf = (order: Order): OrderVerb[] =>
  VERBS.filter((verb) => MOVES[verb].moves[order.status] && !MOVES[verb].unless(order));

/** ILLEGAL_STATE where an order is not in a state in which this can be done; the message says what can be. */
export function checkMove(order: Order, verb: OrderVerb): void {
  const { past, moves, unless } = MOVES[verb];
  if (!moves[order.status]) throw refused(order, `The order is ${nameOf(order.status)}`, past, order.status);
  const reason = unless(order);
  if (reason) throw refused(order, reason.message, past, reason.state);
}

function refused(order: Order, message: string, past: string, state: string) {
  const can = movesOf(order).map((verb) => MOVES[verb].past);
  const next = can.length > 0 ? `it can be ${can.join(' or ')}` : 'nothing more can be done with it';
  return illegalState(`${message}: it cannot be ${past}; ${next}`, state, 'input', 'orderId');
}

const nameOf = (status: OrderStatus) => status.toLowerCase().replaceAll('_', ' ');
