import { atRatesOf, byId, type Goods, goodsAfter, sumOf, taxOfAll } from './goods.ts';
import { type TaxShare, taxesOn, taxOn } from './tax.ts';

/** Amounts are minor units of one currency. `unitPrice` is the effective price; `taxRate` is in millionths. */
export type QuoteLine = { id: string; unitPrice: number; quantity: number; taxRate: number };

/** A percentage is in basis points, a fixed amount in minor units; free shipping has no value. */
export type QuoteDiscount = {
  id: string;
  type: 'PERCENTAGE' | 'FIXED_AMOUNT' | 'FREE_SHIPPING';
  value: number;
  /** The lines that it is for; null for all. */
  lineIds: ReadonlySet<string> | null;
};

/** Free from a value of the goods on, after discounts; null: never. */
export type QuoteShipping = { price: number; freeFrom: number | null };

export type QuoteTerms = {
  lines: readonly QuoteLine[];
  discounts: readonly QuoteDiscount[];
  shipping: QuoteShipping | null;
  /** Whether prices, of goods and of shipping, have the tax in them; else it comes on top. */
  taxIncluded: boolean;
};

export type DiscountShare = { id: string; amount: number };

/** `total` is what the line adds to what is paid: discounted, with its tax. */
export type QuotedLine = {
  id: string;
  subtotal: number;
  discount: number;
  discounts: DiscountShare[];
  tax: number;
  total: number;
};

export type QuotedShipping = { price: number; discount: number; tax: number; total: number };

/** Sums of a quote. `discount` is what is taken off the goods; each discount's amount counts free shipping too. */
export type QuoteTotals = {
  subtotal: number;
  discount: number;
  discounts: DiscountShare[];
  shipping: QuotedShipping;
  taxIncluded: boolean;
  taxes: TaxShare[];
  tax: number;
  total: number;
};

export type Quote = QuoteTotals & { lines: QuotedLine[] };

/**
 * What a list of goods comes to. Sums are sums of the lines, to the last minor unit: a discount on several lines is
 * split over them by largest remainder, and each line's tax is rounded on its own, from its discounted amount.
 * Shipping is taxed as the goods are, in proportion to their amounts.
 *
 * Percentages are taken first, each of what the one before it left, then fixed amounts. Neither the order of the lines
 * nor that of the discounts changes anything: where a unit has to go to one of two equals, their ids decide.
 */
export function quoteOf({ lines: asked, discounts, shipping: sent, taxIncluded }: QuoteTerms): Quote {
  const goods = goodsAfter(asked, discounts);
  const lines = inOrderOf(
    asked,
    goods.map((line) => quotedLine(line, taxIncluded)),
  );
  const price = shippingPrice(goods, sent);
  const freedBy = discounts.filter(({ type }) => type === 'FREE_SHIPPING').sort(byId)[0]?.id;
  const parts = atRatesOf(goods, freedBy === undefined ? price : 0);
  const shipping = quotedShipping(price, taxOfAll(parts, taxIncluded), freedBy !== undefined, taxIncluded);
  const amounts = goods.map(({ rate, left }) => ({ rate, amount: left }));
  return {
    lines,
    subtotal: sumOf(lines.map(({ subtotal }) => subtotal)),
    discount: sumOf(lines.map(({ discount }) => discount)),
    discounts: discounts.map(({ id }) => ({
      id,
      amount: takenBy(id, goods) + (id === freedBy ? shipping.discount : 0),
    })),
    shipping,
    taxIncluded,
    taxes: taxesOn([...amounts, ...parts], taxIncluded),
    tax: sumOf(lines.map(({ tax }) => tax)) + shipping.tax,
    total: sumOf(lines.map(({ total }) => total)) + shipping.total,
  };
}

function quotedLine({ id, subtotal, left, taken, rate }: Goods, taxIncluded: boolean): QuotedLine {
  const tax = taxOn(left, rate, taxIncluded);
  const total = taxIncluded ? left : left + tax;
  return { id, subtotal, discount: subtotal - left, discounts: taken, tax, total };
}

function shippingPrice(goods: readonly Goods[], sent: QuoteShipping | null): number {
  if (!sent || goods.length === 0) return 0;
  const worth = sumOf(goods.map(({ left }) => left));
  return sent.freeFrom !== null && worth >= sent.freeFrom ? 0 : sent.price;
}

function quotedShipping(price: number, tax: number, isFree: boolean, taxIncluded: boolean): QuotedShipping {
  const discount = isFree ? price : 0;
  return { price, discount, tax, total: price - discount + (taxIncluded ? 0 : tax) };
}

const takenBy = (id: string, goods: readonly Goods[]): number =>
  sumOf(goods.flatMap(({ taken }) => taken.filter((share) => share.id === id).map(({ amount }) => amount)));

function inOrderOf(asked: readonly QuoteLine[], lines: QuotedLine[]): QuotedLine[] {
  const byLine = new Map(lines.map((line) => [line.id, line]));
  return asked.flatMap(({ id }) => byLine.get(id) ?? []);
}
