import { ObjectId } from 'mongodb';
import { limitExceeded } from '../../platform/errors.ts';
import { MAX_LINES, MAX_QUANTITY } from './cart-limits.ts';
import type { CartLine } from './documents.ts';
import { priceOf, type SoldGoods } from './goods.ts';
import type { Wanted } from './wanted-goods.ts';

/** The lines with what is wanted: more of a variant goes to the line that it has. */
export function withWanted(lines: readonly CartLine[], wanted: readonly Wanted[], at: Date): CartLine[] {
  return wanted.reduce<CartLine[]>(
    (so, { quantity, place, ...goods }) => withMore(so, goods, quantity, at, place),
    [...lines],
  );
}

function withMore(
  lines: CartLine[],
  goods: SoldGoods,
  quantity: number,
  at: Date,
  place: number,
): CartLine[] {
  const path = ['input', 'lines', String(place)];
  const known = lines.find((line) => line.variantId.equals(goods.variant._id));
  if (!known) {
    if (lines.length < MAX_LINES) return [...lines, newLine(goods, quantity, at)];
    throw limitExceeded(`A cart has at most ${MAX_LINES} lines`, MAX_LINES, ...path);
  }
  const sum = known.quantity + quantity;
  if (sum > MAX_QUANTITY) {
    const message = `A cart has at most ${MAX_QUANTITY} pieces of a variant; there are ${known.quantity} of ${known.sku}`;
    throw limitExceeded(message, MAX_QUANTITY, ...path, 'quantity');
  }
  return lines.map((line) => (line === known ? withQuantity(known, goods, sum, at) : line));
}

function newLine(goods: SoldGoods, quantity: number, at: Date): CartLine {
  const { product, variant } = goods;
  return {
    _id: new ObjectId(),
    productId: product._id,
    variantId: variant._id,
    name: product.name,
    sku: variant.sku,
    quantity,
    seenPrice: priceOf(goods, { at, quantity }),
    addedAt: at,
  };
}

/**
 * Another quantity may have another price, which nobody needs to be warned of. But a price that changed before, and
 * that the buyer has not accepted, is still to be told.
 */
export function withQuantity(line: CartLine, goods: SoldGoods, quantity: number, at: Date): CartLine {
  const isAccepted = priceOf(goods, { at, quantity: line.quantity }) === line.seenPrice;
  const seenPrice = isAccepted ? priceOf(goods, { at, quantity }) : line.seenPrice;
  return { ...line, quantity, seenPrice };
}

/** The buyer says how many they want, at the price as it is. */
export const accepted = (line: CartLine, goods: SoldGoods, quantity: number, at: Date): CartLine => ({
  ...line,
  quantity,
  seenPrice: priceOf(goods, { at, quantity }),
});
