import type { ObjectId } from 'mongodb';
import { invalid, limitExceeded, notFound } from '../../platform/errors.ts';
import type { LinePiecesInput } from '../../schema.types.ts';
import { findId } from '../catalogue/products.ts';
import type { LinePieces, Order, OrderLine } from './documents.ts';

const MOST_LINES = 200;

/** Null for an empty text. */
export function readText(given: string | null | undefined, most: number, name: string): string | null {
  const text = given?.trim() ?? '';
  if (text.length > most) throw invalid(`At most ${most} characters, not ${text.length}`, 'input', name);
  return text === '' ? null : text;
}

/** Pieces of an order's lines, of each line once. `mostOf` says how many there can be, `what` what they would be then. */
export function readPieces(
  { lines }: Order,
  inputs: readonly LinePiecesInput[],
  mostOf: (line: OrderLine) => number,
  what: string,
): LinePieces[] {
  if (inputs.length === 0) throw invalid('Name one line or more', 'input', 'lines');
  if (inputs.length > MOST_LINES)
    throw limitExceeded(`At most ${MOST_LINES} lines at once`, MOST_LINES, 'input', 'lines');
  const read = new Map<ObjectId, number>();
  for (const [i, { lineId, quantity }] of inputs.entries()) {
    const path = ['input', 'lines', String(i)];
    const id = findId(lineId);
    const line = id && lines.find(({ _id }) => _id.equals(id));
    if (!line) throw notFound('line in this order', ...path, 'lineId');
    if (quantity < 1) throw invalid(`A quantity is at least 1, not ${quantity}`, ...path, 'quantity');
    const sum = (read.get(line._id) ?? 0) + quantity;
    const most = mostOf(line);
    if (sum > most) throw invalid(`${most} of ${line.sku} can be ${what}, not ${sum}`, ...path, 'quantity');
    read.set(line._id, sum);
  }
  return [...read].map(([lineId, quantity]) => ({ lineId, quantity }));
}
