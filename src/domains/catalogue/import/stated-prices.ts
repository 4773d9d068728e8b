import type { VariantPricing } from '../documents.ts';

/** What a file says of one variant, in minor units. */
export type StatedPrice = { basePrice: number; salePrice: number | null };

/** The price of most variants, the first of equals: it becomes the product's, and theirs follow it. */
export function commonPrice(prices: StatedPrice[]): StatedPrice {
  const counts = new Map<string, { price: StatedPrice; count: number }>();
  for (const price of prices) {
    const key = `${price.basePrice} ${price.salePrice}`;
    const known = counts.get(key);
    counts.set(key, { price, count: (known?.count ?? 0) + 1 });
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  return most?.price ?? { basePrice: 0, salePrice: null };
}

/**
 * A variant that costs what its product costs says nothing. One that is not on sale while its product is states its
 * base price, even an equal one: a base price of its own is what keeps the product's sale price away from it.
 */
export function variantPricing(price: StatedPrice, product: StatedPrice): VariantPricing {
  const sameBase = price.basePrice === product.basePrice;
  if (sameBase && price.salePrice === product.salePrice) return { basePrice: null, salePrice: null };
  return {
    basePrice: sameBase && price.salePrice !== null ? null : price.basePrice,
    salePrice: price.salePrice,
  };
}
