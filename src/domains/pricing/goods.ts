import { percentageOf, splitAmount } from './money.ts';
import type { DiscountShare, QuoteDiscount, QuoteLine } from './quote.ts';
import { type TaxedAmount, taxOn } from './tax.ts';

/** A line of a quote on its way: what is left of it, and what each discount has taken. */
export type Goods = { id: string; rate: number; subtotal: number; left: number; taken: DiscountShare[] };

/** The most that one line may come to: 200 of them with all their taxes are still exact. */
export const MAX_LINE_AMOUNT = 10 ** 13;

/** In the order of their ids, which decide between equals. */
export function goodsAfter(lines: readonly QuoteLine[], discounts: readonly QuoteDiscount[]): Goods[] {
  const goods = lines.map(wholeLine).sort(byId);
  return discounts.toSorted(percentagesFirst).reduce(takeOff, goods);
}

function wholeLine({ id, unitPrice, quantity, taxRate }: QuoteLine): Goods {
  const subtotal = unitPrice * quantity;
  if (!Number.isSafeInteger(subtotal) || subtotal < 0 || subtotal > MAX_LINE_AMOUNT)
    throw new RangeError(`A line comes to 0 to ${MAX_LINE_AMOUNT} minor units, not ${subtotal}`);
  return { id, rate: taxRate, subtotal, left: subtotal, taken: [] };
}

export const byId = (a: { id: string }, b: { id: string }) => Number(a.id > b.id) - Number(a.id < b.id);

const percentagesFirst = (a: QuoteDiscount, b: QuoteDiscount) =>
  Number(b.type === 'PERCENTAGE') - Number(a.type === 'PERCENTAGE') || byId(a, b);

function takeOff(goods: Goods[], { id, type, value, lineIds }: QuoteDiscount): Goods[] {
  const meant = goods.filter((line) => line.left > 0 && (lineIds === null || lineIds.has(line.id)));
  if (type === 'FREE_SHIPPING' || meant.length === 0) return goods;
  const weights = meant.map(({ left }) => left);
  const whole = sumOf(weights);
  const amount = Math.min(whole, type === 'PERCENTAGE' ? percentageOf(whole, value) : value);
  const shares = new Map(splitAmount(amount, weights).map((share, place) => [meant[place], share]));
  return goods.map((line) => {
    const share = shares.get(line);
    if (share === undefined) return line;
    return { ...line, left: line.left - share, taken: [...line.taken, { id, amount: share }] };
  });
}

/** An amount at the rates of the goods, in proportion to their amounts: what is sent is taxed as what is in it. */
export function atRatesOf(goods: readonly Goods[], amount: number): TaxedAmount[] {
  if (amount === 0) return [];
  const byRate = Map.groupBy(goods, ({ rate }) => rate);
  const rates = [...byRate.keys()].sort((a, b) => a - b);
  const weights = rates.map((rate) => sumOf((byRate.get(rate) ?? []).map(({ left }) => left)));
  const parts = splitAmount(amount, weights);
  return rates.map((rate, place) => ({ rate, amount: parts[place] ?? 0 }));
}

export const taxOfAll = (amounts: readonly TaxedAmount[], included: boolean): number =>
  sumOf(amounts.map(({ amount, rate }) => taxOn(amount, rate, included)));

export const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
