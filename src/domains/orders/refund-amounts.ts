import { badInput, invalid } from '../../platform/errors.ts';
import { toDecimal, toMinor } from '../pricing/money.ts';
import type { LinePieces, Order, OrderLine } from './documents.ts';
import { piecesOf, refundedOf } from './order-pieces.ts';

type Priced = Pick<OrderLine, '_id' | 'total' | 'quantity'>;

/** What so many of a line's pieces come to: the units that do not divide go to the first of them, one each. */
const worthOf = ({ total, quantity }: Priced, pieces: number): number =>
  Math.floor(total / quantity) * pieces + Math.min(total % quantity, pieces);

/**
 * What these pieces come to, after those whose money went back before: paid back one by one, a line comes to its total
 * to the last minor unit.
 */
export const amountOfPieces = (
  order: Pick<Order, 'refunds'> & { lines: readonly Priced[] },
  lines: readonly LinePieces[],
): number =>
  order.lines.reduce((sum, line) => {
    const before = refundedOf(order, line._id);
    return sum + worthOf(line, before + piecesOf(lines, line._id)) - worthOf(line, before);
  }, 0);

type Wanted = {
  amount?: string | null | undefined;
  shipping?: boolean | null | undefined;
};

/** How much goes back: what is named, else what the pieces come to and, where it is asked for, the shipping. */
export function readAmount(order: Order, pieces: readonly LinePieces[], wanted: Wanted): number {
  const { currency, totals } = order;
  const amount =
    wanted.amount == null
      ? amountOfPieces(order, pieces) + (wanted.shipping ? totals.shipping.total : 0)
      : toMinor(wanted.amount, currency, 'amount');
  if (amount < 1 && pieces.length === 0)
    throw badInput('Say what goes back: lines, shipping or an amount above zero', 'amount');
  const left = order.paid - order.refunded;
  if (amount >= 0 && amount <= left) return amount;
  throw invalid(
    `At most ${toDecimal(left, currency)} ${currency} of this order can go back`,
    'input',
    'amount',
  );
}
