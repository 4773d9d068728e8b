import type { OrderEventType } from '../../schema.types.ts';
import { formatMoney } from '../pricing/money.ts';
import type { LinePieces, Order, OrderChange, OrderEvent, OrderLine, Refund, UsedCode } from './documents.ts';

/** Parts of an order with the currency that their amounts are in. */
export type LineOf = { line: OrderLine; currency: string };
export type CodeOf = { used: UsedCode; currency: string };
export type RefundOf = { refund: Refund; currency: string };

/** A step of an order's history with what its words are made of. */
export type EventOf = { event: OrderEvent; order: Order; locale: string };

type Told = { type: OrderEventType; text: string; data: Record<string, unknown> };
type Words = { order: Order; money: (minor: number) => string };

/** What happened, in words and particulars. Neither says who bought: that stands in the order, as long as it is known. */
export function toldOf({ event: { change }, order, locale }: EventOf): Told {
  const money = (minor: number) => formatMoney(minor, order.currency, locale);
  return TOLD[change.type](change as never, { order, money });
}

type Teller<T extends OrderChange['type']> = (
  change: Extract<OrderChange, { type: T }>,
  words: Words,
) => Told;

const TOLD: { [T in OrderChange['type']]: Teller<T> } = {
  placed: ({ order: { number, totals, codes } }, { money }) => ({
    type: 'PLACED',
    text: `Order ${number} was placed for ${money(totals.total)}`,
    data: { number, total: totals.total, codes: codes.map(({ code }) => code) },
  }),
  paymentStarted: ({ paymentId, provider }) => ({
    type: 'PAYMENT_STARTED',
    text: `A payment was begun at ${provider}`,
    data: { paymentId: `${paymentId}`, provider },
  }),
  paymentDeclined: ({ paymentId, reason }) => ({
    type: 'PAYMENT_DECLINED',
    text: `The payment was declined: ${reason}`,
    data: { paymentId: `${paymentId}`, reason },
  }),
  paymentAuthorized: ({ paymentId, amount }, { money }) => ({
    type: 'PAYMENT_AUTHORIZED',
    text: `${money(amount)} are held`,
    data: { paymentId: `${paymentId}`, amount },
  }),
  paymentVoided: ({ paymentId }) => ({
    type: 'PAYMENT_VOIDED',
    text: 'The money that was held was let go',
    data: { paymentId: `${paymentId}` },
  }),
  paid: ({ paymentId, amount }, { money }) => ({
    type: 'PAID',
    text: amount === 0 ? 'There is nothing to pay' : `${money(amount)} were paid`,
    data: { paymentId: paymentId && `${paymentId}`, amount },
  }),
  fulfilled: ({ fulfilment: { _id, lines, carrier, trackingNumber } }, { order }) => ({
    type: 'FULFILLED',
    text: `Sent: ${piecesText(lines, order)}${carrier === null ? '' : `, by ${carrier}`}`,
    data: { fulfillmentId: `${_id}`, lines: shown(lines), carrier, trackingNumber },
  }),
  completed: () => ({ type: 'COMPLETED', text: 'The order was completed', data: {} }),
  cancelled: ({ reason }) => ({
    type: 'CANCELLED',
    text: `The order was cancelled${because(reason)}`,
    data: { reason },
  }),
  refundStarted: ({ refund: { _id, amount, lines, restock, reason } }, { order, money }) => ({
    type: 'REFUND_STARTED',
    text: `${money(amount)} go back${lines.length > 0 ? ` for ${piecesText(lines, order)}` : ''}${because(reason)}`,
    data: { refundId: `${_id}`, amount, lines: shown(lines), restock, reason },
  }),
  refundSucceeded: ({ refundId }, { order, money }) => ({
    type: 'REFUND_SUCCEEDED',
    text: `${money(refundAmount(order, refundId))} went back`,
    data: { refundId: `${refundId}` },
  }),
  refundFailed: ({ refundId, reason }, { order, money }) => ({
    type: 'REFUND_FAILED',
    text: `${money(refundAmount(order, refundId))} could not go back: ${reason}`,
    data: { refundId: `${refundId}`, reason },
  }),
  returned: ({ lines, restock, reason }, { order }) => ({
    type: 'RETURNED',
    text: `Came back${restock ? '' : ', and not for sale'}: ${piecesText(lines, order)}${because(reason)}`,
    data: { lines: shown(lines), restock, reason },
  }),
  noted: ({ text }) => ({ type: 'NOTED', text, data: {} }),
  anonymised: () => ({ type: 'ANONYMISED', text: 'The person was forgotten', data: {} }),
};

const because = (reason: string | null) => (reason === null ? '' : `: ${reason}`);

const shown = (lines: readonly LinePieces[]) =>
  lines.map(({ lineId, quantity }) => ({ lineId: `${lineId}`, quantity }));

const piecesText = (pieces: readonly LinePieces[], { lines }: Order) =>
  pieces
    .map(({ lineId, quantity }) => `${quantity} × ${lines.find(({ _id }) => _id.equals(lineId))?.sku}`)
    .join(', ');

const refundAmount = ({ refunds }: Order, id: Order['_id']) =>
  refunds.find(({ _id }) => _id.equals(id))?.amount ?? 0;
