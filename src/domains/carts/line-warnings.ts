import type { CartLine } from './documents.ts';
import { priceOf, type SoldGoods } from './goods.ts';

/** What to tell a buyer of a line; amounts are minor units of the cart's currency. */
export type LineWarning =
  | { code: 'PRICE_CHANGED'; message: string; was: number; now: number }
  | { code: 'UNAVAILABLE'; message: string }
  | { code: 'LOW_STOCK'; message: string; available: number };

export type LineWarningOf = { warning: LineWarning; currency: string };

export function warningsOf(line: CartLine, goods: SoldGoods | null, at: Date): LineWarning[] {
  if (!goods) return [{ code: 'UNAVAILABLE', message: `${line.name} (${line.sku}) is no longer sold` }];
  return [...priceWarning(line, goods, at), ...stockWarning(line, goods)];
}

function priceWarning(line: CartLine, goods: SoldGoods, at: Date): LineWarning[] {
  const { seenPrice: was, quantity, sku } = line;
  const now = priceOf(goods, { at, quantity });
  if (now === was) return [];
  return [
    { code: 'PRICE_CHANGED', message: `${sku} costs ${now > was ? 'more' : 'less'} than before`, was, now },
  ];
}

function stockWarning({ quantity, sku }: CartLine, { variant }: SoldGoods): LineWarning[] {
  const { available } = variant.inventory;
  if (available >= quantity || variant.backorder) return [];
  return [
    { code: 'LOW_STOCK', message: `${available} of ${sku} are left, ${quantity} are wanted`, available },
  ];
}
