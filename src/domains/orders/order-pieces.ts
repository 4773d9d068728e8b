import type { ObjectId } from 'mongodb';
import type { LinePieces, Order, OrderLine, Refund } from './documents.ts';

/** Pieces of a line that are still to be sent. */
export const openOf = ({ quantity, fulfilled, cancelled }: OrderLine): number =>
  quantity - fulfilled - cancelled;

/** Pieces of a line that were sent and have not come back. */
export const sentOf = ({ fulfilled, returned }: OrderLine): number => fulfilled - returned;

export const openPieces = ({ lines }: Pick<Order, 'lines'>): LinePieces[] =>
  lines.filter((line) => openOf(line) > 0).map((line) => ({ lineId: line._id, quantity: openOf(line) }));

export const piecesOf = (lines: readonly LinePieces[], lineId: ObjectId): number =>
  lines.reduce((sum, line) => sum + (line.lineId.equals(lineId) ? line.quantity : 0), 0);

/** Pieces of a line whose money went back, or is on its way. */
export const refundedOf = ({ refunds }: Pick<Order, 'refunds'>, lineId: ObjectId): number =>
  refunds
    .filter(({ status }) => status !== 'FAILED')
    .reduce((sum, { lines }) => sum + piecesOf(lines, lineId), 0);

/** Pieces of a line that will not be sent, and that were sent and come back. */
export type GivenUp = { lineId: ObjectId; cancelled: number; returned: number };

/**
 * What becomes of the pieces whose money goes back. Those that were cancelled or came back before, and were not paid
 * back yet, are paid back first: nothing more happens to them. Then those that are still to be sent: they will not be.
 * Of those that were sent, ones that are to be for sale again have come back.
 */
export function givenUpBy(
  order: Pick<Order, 'lines' | 'refunds'>,
  { lines, restock }: Pick<Refund, 'lines' | 'restock'>,
): GivenUp[] {
  return order.lines.map((line) => {
    const before = Math.max(0, line.cancelled + line.returned - refundedOf(order, line._id));
    const more = Math.max(0, piecesOf(lines, line._id) - before);
    const cancelled = Math.min(more, openOf(line));
    const returned = restock ? Math.min(more - cancelled, sentOf(line)) : 0;
    return { lineId: line._id, cancelled, returned };
  });
}
