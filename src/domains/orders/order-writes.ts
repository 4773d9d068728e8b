import { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { invalid } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type {
  OrderCompleteInput,
  OrderFulfillInput,
  OrderNoteAddInput,
  OrderReturnInput,
} from '../../schema.types.ts';
import { returnStock } from '../inventory/arrivals.ts';
import type { LinePieces, Order } from './documents.ts';
import { orderNamed } from './order-access.ts';
import { startCapture } from './order-captures.ts';
import { changeOrder } from './order-history.ts';
import { readPieces, readText } from './order-input.ts';
import { openOf, openPieces, sentOf } from './order-pieces.ts';
import type { GivenBack } from './order-refunds.ts';
import { checkMove } from './order-status.ts';

const MOST_NAME = 100;
export const MOST_REASON = 500;
const MOST_NOTE = 2_000;
const MOST_URL = 2_000;

export async function fulfilOrder(
  tx: TenantDb,
  input: OrderFulfillInput,
  { viewer }: Context,
): Promise<GivenBack> {
  const order = await orderNamed(tx, input, viewer);
  checkMove(order, 'fulfil');
  const lines = input.lines == null ? openPieces(order) : readPieces(order, input.lines, openOf, 'sent');
  const fulfilment = {
    _id: new ObjectId(),
    lines,
    carrier: readText(input.carrier, MOST_NAME, 'carrier'),
    trackingNumber: readText(input.trackingNumber, MOST_NAME, 'trackingNumber'),
    trackingUrl: readText(input.trackingUrl && String(input.trackingUrl), MOST_URL, 'trackingUrl'),
  };
  const after = await changeOrder(tx, order, [{ type: 'fulfilled', fulfilment }]);
  return { order: after, refundId: null, paymentId: await startCapture(tx, after) };
}

export async function completeOrder(tx: TenantDb, input: OrderCompleteInput, { viewer }: Context) {
  const order = await orderNamed(tx, input, viewer);
  checkMove(order, 'complete');
  return { order: await changeOrder(tx, order, [{ type: 'completed' }]) };
}

export async function returnPieces(tx: TenantDb, input: OrderReturnInput, { viewer }: Context) {
  const before = await orderNamed(tx, input, viewer);
  checkMove(before, 'return');
  const lines = readPieces(before, input.lines, sentOf, 'returned');
  const restock = input.restock ?? true;
  const reason = readText(input.reason, MOST_REASON, 'reason');
  const order = await changeOrder(tx, before, [{ type: 'returned', lines, restock, reason }]);
  if (restock) await putBack(tx, order, lines, `order ${order.number} returned`);
  return { order };
}

export async function addNote(tx: TenantDb, input: OrderNoteAddInput, { viewer }: Context) {
  const order = await orderNamed(tx, input, viewer);
  const text = readText(input.text, MOST_NOTE, 'text');
  if (text === null) throw invalid('A note says something', 'input', 'text');
  return { order: await changeOrder(tx, order, [{ type: 'noted', text }]) };
}

/** Pieces of an order are for sale again, in the transaction of what sends them back. `why` is for the ledger. */
export function putBack(
  tx: TenantDb,
  { lines }: Order,
  pieces: readonly LinePieces[],
  why: string,
): Promise<void> {
  const returned = lines.flatMap(({ _id, productId, variantId }) =>
    pieces
      .filter(({ lineId, quantity }) => lineId.equals(_id) && quantity > 0)
      .map(({ quantity }) => ({ productId, variantId, quantity })),
  );
  return returnStock(tx, returned, why);
}
