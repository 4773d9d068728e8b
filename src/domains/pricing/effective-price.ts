import { changeMoments, type Discount, discounted, discountHolds, type PriceTerms } from './discounts.ts';

/** What a price is worked out from, in minor units; a product's `pricing` is one. */
export type ProductPrices = { basePrice: number; salePrice: number | null; discounts: readonly Discount[] };

/** A null price means: as the product. */
export type VariantPrices = { basePrice: number | null; salePrice: number | null };

/** The variants of a product, or just their prices. */
export type PricedVariants = readonly { pricing: VariantPrices }[];

const AS_PRODUCT: VariantPrices = { basePrice: null, salePrice: null };

/**
 * What one unit costs.
 *
 * It starts from the first of these that is set: the variant's sale price, the variant's base price, the product's
 * sale price, the product's base price. So a variant with a base price of its own is not on sale because its product
 * is: the product's sale price answers the product's base price, and could even be above what this variant costs.
 *
 * From there, the one discount that leaves the lowest price is taken; discounts never add up. In question are those
 * that hold at that time for that quantity, and need no code or the code that was given.
 *
 * It is a function of its arguments alone: a sale starts because time passes, and no job makes it start.
 */
export function effectivePrice(
  product: ProductPrices,
  variant: VariantPrices | null,
  terms: PriceTerms,
): number {
  return bestPrice(startPrice(product, variant ?? AS_PRODUCT), product.discounts, terms);
}

const startPrice = (product: ProductPrices, variant: VariantPrices) =>
  variant.salePrice ?? variant.basePrice ?? product.salePrice ?? product.basePrice;

function bestPrice(start: number, discounts: readonly Discount[], terms: PriceTerms): number {
  let best = start;
  for (const discount of discounts) {
    if (discountHolds(discount, terms)) best = Math.min(best, discounted(start, discount));
  }
  return best;
}

/** The lowest and the highest price of one unit over the variants, without a code; of the product when it has none. */
export function priceRange(product: ProductPrices, variants: PricedVariants, at: Date) {
  const starts = startPrices(product, variants);
  // A discount never turns two prices around, so the cheapest variant before it is the cheapest after it.
  return {
    min: bestPrice(Math.min(...starts), product.discounts, { at }),
    max: bestPrice(Math.max(...starts), product.discounts, { at }),
  };
}

const startPrices = (product: ProductPrices, variants: PricedVariants) =>
  variants.length === 0
    ? [startPrice(product, AS_PRODUCT)]
    : variants.map(({ pricing }) => startPrice(product, pricing));

export const lowestEffectivePrice = (product: ProductPrices, variants: PricedVariants, at: Date) =>
  priceRange(product, variants, at).min;

/** When the next discount that needs no code starts or ends: until then every price stays as it is. */
export function nextPriceChange({ discounts }: ProductPrices, at: Date): Date | null {
  return changeMoments(discounts).find((moment) => moment > at) ?? null;
}

/** The part of a product's stored keys that lists sort and filter by; true until `priceChangesAt`. */
export const priceKeys = (product: ProductPrices, variants: PricedVariants, at: Date) => ({
  price: lowestEffectivePrice(product, variants, at),
  priceChangesAt: nextPriceChange(product, at),
});
