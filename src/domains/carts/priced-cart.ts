import type { Product } from '../catalogue/documents.ts';
import type { Quote, QuotedLine } from '../pricing/quote.ts';
import { quoteOf } from '../pricing/quote.ts';
import { taxRateOf } from '../pricing/tax.ts';
import { type AppliedCode, applicableOf } from '../promotions/applicable.ts';
import type { PromotionFor } from '../promotions/promotions.ts';
import type { ShippingMethod, TenantSettings } from '../tenants/collections.ts';
import { type CodeState, codeStates } from './cart-codes.ts';
import type { Cart, CartLine } from './documents.ts';
import { priceWithCodes, type SoldGoods, soldGoods } from './goods.ts';
import { type LineWarning, warningsOf } from './line-warnings.ts';
import { chosenMethod } from './shipping.ts';

/** A line with what it comes to now; all amounts are minor units of the cart's currency. */
export type PricedLine = {
  line: CartLine;
  currency: string;
  /** Null when it is no longer sold: then it comes to nothing. */
  goods: SoldGoods | null;
  unitPrice: number | null;
  quoted: QuotedLine;
  warnings: LineWarning[];
};

export type PricedCart = {
  lines: PricedLine[];
  codes: CodeState[];
  /** The codes that an order redeems. */
  applied: AppliedCode[];
  shippingMethod: ShippingMethod | null;
  quote: Quote;
};

/** What a cart's prices are worked out from, as it is in the database at that moment. */
export type PriceSources = {
  products: ReadonlyMap<string, Product>;
  promotions: readonly PromotionFor[];
  settings: TenantSettings;
  at: Date;
};

type SoldLine = { line: CartLine; goods: SoldGoods; unitPrice: number };

/** A function of its arguments alone; what is no longer sold counts for nothing. */
export function priceCart(cart: Cart, { products, promotions, settings, at }: PriceSources): PricedCart {
  const sold = cart.lines.flatMap((line) => soldLine(cart, line, products, at));
  const codeLines = sold.map(({ line, goods: { product }, unitPrice }) => ({
    id: line._id.toHexString(),
    productId: product._id,
    categoryIds: product.categoryIds,
    tags: product.tags,
    subtotal: unitPrice * line.quantity,
  }));
  const applicable = applicableOf(cart.codes, promotions, { currency: cart.currency, lines: codeLines }, at);
  const shippingMethod = chosenMethod(cart, settings);
  const quote = quoteOf({
    lines: sold.map(quoteLine),
    discounts: applicable.applied.map(({ promotion: { _id, type, value }, lineIds }) => ({
      id: _id.toHexString(),
      type,
      value,
      lineIds,
    })),
    shipping: shippingMethod,
    taxIncluded: settings.tax?.included ?? true,
  });
  return {
    lines: cart.lines.map((line) => pricedLine(cart, line, sold, quote, at)),
    codes: codeStates(cart.codes, applicable, quote, sold, at),
    applied: applicable.applied,
    shippingMethod,
    quote,
  };
}

function soldLine(
  { currency, codes }: Cart,
  line: CartLine,
  products: PriceSources['products'],
  at: Date,
): SoldLine[] {
  const goods = soldGoods(line, products.get(line.productId.toHexString()), currency, at);
  if (!goods) return [];
  return [{ line, goods, unitPrice: priceWithCodes(goods, codes, { at, quantity: line.quantity }) }];
}

const quoteLine = ({ line, goods: { product }, unitPrice }: SoldLine) => ({
  id: line._id.toHexString(),
  unitPrice,
  quantity: line.quantity,
  taxRate: taxRateOf(product.pricing.taxRate),
});

const NOTHING = { subtotal: 0, discount: 0, discounts: [], tax: 0, total: 0 };

function pricedLine(
  { currency }: Cart,
  line: CartLine,
  sold: readonly SoldLine[],
  { lines }: Quote,
  at: Date,
): PricedLine {
  const id = line._id.toHexString();
  const found = sold.find((candidate) => candidate.line === line);
  const goods = found?.goods ?? null;
  const quoted = lines.find((candidate) => candidate.id === id) ?? { id, ...NOTHING };
  const unitPrice = found?.unitPrice ?? null;
  return { line, currency, goods, unitPrice, quoted, warnings: warningsOf(line, goods, at) };
}
