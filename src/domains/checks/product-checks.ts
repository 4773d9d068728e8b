import { isDeepStrictEqual } from 'node:util';
import { copyOf } from '../catalogue/categories.ts';
import type { Category, Product, ReviewSummary, Variant } from '../catalogue/documents.ts';
import { withKeys } from '../catalogue/product-document.ts';

export type CheckName =
  | ('category' | 'summary' | 'stock' | 'ledger' | 'keys' | 'figures' | 'reference' | 'sales')
  | ('order' | 'money');

/** What stands in one record and what should stand there, for a person to read. */
export type Difference = { check: CheckName; record: string; stands: string; should: string };

/** What a product's copies and sums are worked out from. */
export type Facts = {
  /** Its category as it is; null where it has none, or one that is gone. */
  category: Category | null;
  summary: ReviewSummary;
  /** Of each variant, by its id: what the lines of the ledger add up to. */
  ledger: ReadonlyMap<string, number>;
  at: Date;
};

/** The product with every copy, sum and key worked out again. */
export function trueProduct({ tenantId: _, ...product }: Product, { category, summary, at }: Facts) {
  const variants = product.variants.map(balanced);
  const categoryIds = category ? [...category.ancestorIds, category._id] : [];
  return withKeys(
    { ...product, category: category && copyOf(category), categoryIds, reviews: summary, variants },
    at,
  );
}

/** What is promised is known by who was promised it; what can be bought follows from it. */
function balanced(variant: Variant): Variant {
  const { quantity, reserved } = variant.inventory;
  return { ...variant, inventory: { ...variant.inventory, available: quantity - reserved } };
}

/** Where a product is not what it should be. */
export function differencesOf(product: Product, facts: Facts): Difference[] {
  const should = trueProduct(product, facts);
  const record = `product:${product._id}`;
  const compare = (check: CheckName, stands: unknown, right: unknown): Difference[] =>
    isDeepStrictEqual(stands, right)
      ? []
      : [{ check, record, stands: JSON.stringify(stands), should: JSON.stringify(right) }];
  return [
    ...compare('category', placeOf(product), placeOf(should)),
    ...compare('summary', product.reviews, should.reviews),
    ...compare('stock', stockOf(product), stockOf(should)),
    ...compare('keys', keysOf(product, facts.at), keysOf({ ...product, keys: should.keys }, facts.at)),
    ...ledgerDifferences(product, facts).map(({ sku, ledger, quantity }) => ({
      check: 'ledger' as const,
      record: `${record} ${sku}`,
      stands: `the ledger adds up to ${ledger}`,
      should: String(quantity),
    })),
  ];
}

const placeOf = ({ category, categoryIds }: Pick<Product, 'category' | 'categoryIds'>) => ({
  category: category && { ...category, _id: category._id.toHexString() },
  categoryIds: categoryIds.map(String),
});

const stockOf = ({ variants }: Pick<Product, 'variants'>) =>
  variants.map(({ sku, inventory }) => ({ sku, ...inventory }));

/** A price key that is due is brought up to date within the second, and no difference. */
function keysOf({ keys }: Product, at: Date) {
  const { price, priceChangesAt, ...rest } = keys;
  return priceChangesAt && priceChangesAt <= at ? rest : { ...rest, price, priceChangesAt };
}

/** Variants of which there is something else than the ledger says. */
export const ledgerDifferences = ({ variants }: Product, { ledger }: Facts) =>
  variants
    .map(({ _id, sku, inventory: { quantity } }) => ({
      variantId: _id,
      sku,
      quantity,
      ledger: ledger.get(String(_id)) ?? 0,
    }))
    .filter((line) => line.ledger !== line.quantity);
