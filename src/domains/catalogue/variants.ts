import { badInput } from '../../platform/errors.ts';
import type { Amount } from '../pricing/amount.ts';
import type { Discount, PriceTerms } from '../pricing/discounts.ts';
import { effectivePrice } from '../pricing/effective-price.ts';
import { toDecimal } from '../pricing/money.ts';
import type { Product, Variant, VariantInventory } from './documents.ts';

/** A variant with the product that its prices fall back to. */
export type VariantOf = { product: Product; variant: Variant };

/** A discount with the currency of its product, in which a fixed amount is written. */
export type DiscountOf = { discount: Discount; currency: string };

export type VariantLookup = { id?: string | null | undefined; sku?: string | null | undefined };

export const variantsOf = (product: Product): VariantOf[] =>
  product.variants.map((variant) => ({ product, variant }));

export function findVariant(product: Product, { id, sku }: VariantLookup): VariantOf | null {
  if ((id == null) === (sku == null)) throw badInput('Name the variant by exactly one of id and sku', 'id');
  const variant = product.variants.find(
    (candidate) => candidate._id.toHexString() === id || candidate.sku === sku,
  );
  return variant ? { product, variant } : null;
}

/** An amount in the currency of the product. */
export const amountOf = ({ pricing }: Product, minor: number): Amount => ({
  minor,
  currency: pricing.currency,
});

export const productPrice = (product: Product, terms: PriceTerms): Amount =>
  amountOf(product, effectivePrice(product.pricing, null, terms));

export const variantPrice = ({ product, variant }: VariantOf, terms: PriceTerms): Amount =>
  amountOf(product, effectivePrice(product.pricing, variant.pricing, terms));

export const variantBasePrice = ({ product, variant }: VariantOf): Amount =>
  amountOf(product, variant.pricing.basePrice ?? product.pricing.basePrice);

/** A variant with a base price of its own is not on sale because its product is. */
export function variantSalePrice({ product, variant }: VariantOf): Amount | null {
  const inherited = variant.pricing.basePrice === null ? product.pricing.salePrice : null;
  const sale = variant.pricing.salePrice ?? inherited;
  return sale === null ? null : amountOf(product, sale);
}

/** Each option with the values that occur, both in the order of the variants. */
export function optionsOf({ variants }: Product) {
  const values = new Map<string, Set<string>>();
  for (const { attributes } of variants) {
    for (const [name, value] of Object.entries(attributes)) {
      const known = values.get(name) ?? new Set();
      values.set(name, known.add(value));
    }
  }
  return [...values].map(([name, seen]) => ({ name, values: [...seen] }));
}

/** Can be bought: some pieces are free, or it may be sold although it is not there. */
export const isInStock = ({ available, backorder }: Stock): boolean => available > 0 || backorder;

export type Stock = VariantInventory & Pick<Variant, 'backorder'>;

export const stockOf = ({ inventory, backorder }: Variant): Stock => ({ ...inventory, backorder });

export function availabilityOf({ variants }: Pick<Product, 'variants'>) {
  const available = variants.reduce((sum, { inventory }) => sum + inventory.available, 0);
  return { available, inStock: variants.some((variant) => isInStock(stockOf(variant))) };
}

export const attributesOf = ({ attributes }: Variant) =>
  Object.entries(attributes).map(([name, value]) => ({ name, value }));

/** A percentage is stored in basis points: 1550 is "15.5". */
export const discountValue = ({ type, value }: Discount, currency: string) =>
  type === 'PERCENTAGE' ? String(value / 100) : toDecimal(value, currency);
