import type { Product, Variant } from '../catalogue/documents.ts';
import { discountHolds, type PriceTerms } from '../pricing/discounts.ts';
import { effectivePrice } from '../pricing/effective-price.ts';
import { MAX_LINE_AMOUNT } from '../pricing/goods.ts';
import type { CartLine } from './documents.ts';

/** What of a product a cart needs to know. */
export const CART_PARTS = {
  tenantId: 1,
  status: 1,
  name: 1,
  pricing: 1,
  categoryIds: 1,
  tags: 1,
  'variants._id': 1,
  'variants.sku': 1,
  'variants.pricing': 1,
  'variants.inventory': 1,
  'variants.backorder': 1,
};

/** A product that is sold, with the variant of it that a line is about. */
export type SoldGoods = { product: Product; variant: Variant };

/** Null when it is no longer sold, or not in this currency. `product` is what was found by the line's id. */
export function soldGoods(
  { variantId, quantity }: Pick<CartLine, 'variantId' | 'quantity'>,
  product: Product | null | undefined,
  currency: string,
  at: Date,
): SoldGoods | null {
  if (product?.status !== 'ACTIVE' || product.pricing.currency !== currency) return null;
  const variant = product.variants.find(({ _id }) => _id.equals(variantId));
  if (!variant) return null;
  const goods = { product, variant };
  // A line that cannot be counted exactly is not sold, rather than counted wrong.
  return priceOf(goods, { at, quantity }) * quantity <= MAX_LINE_AMOUNT ? goods : null;
}

/** What a piece costs, without a code or with one. */
export const priceOf = ({ product, variant }: SoldGoods, terms: PriceTerms): number =>
  effectivePrice(product.pricing, variant.pricing, terms);

/** What a piece costs with the best of the codes that stand in the product's own prices. */
export const priceWithCodes = (goods: SoldGoods, codes: readonly string[], terms: PriceTerms): number =>
  Math.min(priceOf(goods, terms), ...codes.map((code) => priceOf(goods, { ...terms, code })));

/** Whether a code stands in the product's own prices, and holds. */
export const hasCodedPrice = ({ product }: SoldGoods, code: string, terms: PriceTerms): boolean =>
  product.pricing.discounts.some(
    (discount) => discount.code !== null && discountHolds(discount, { ...terms, code }),
  );
