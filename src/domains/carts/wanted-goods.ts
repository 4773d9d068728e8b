import type { ObjectId } from 'mongodb';
import { invalid, notFound } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { CartLineInput } from '../../schema.types.ts';
import type { Product, Variant } from '../catalogue/documents.ts';
import { joinProjections } from '../catalogue/product-fields.ts';
import { findId, findProducts } from '../catalogue/products.ts';
import { MAX_QUANTITY } from './cart-limits.ts';
import { CART_PARTS } from './goods.ts';

/** Pieces of a variant that somebody asks for; `place` is where in the input they stand. */
export type Wanted = { product: Product; variant: Variant; quantity: number; place: number };

const WITH_SKU = joinProjections([CART_PARTS, { sku: 1 }]);

/** What the lines name, as shoppers may buy it; one command, two when some name skus and some ids. */
export async function findWanted(
  tx: TenantDb,
  inputs: readonly CartLineInput[],
  currency: string,
): Promise<Wanted[]> {
  const named = inputs.map(readName);
  const found = await findNamed(tx, named);
  return named.map((name, place) => {
    const product = found.find((candidate) => isNamed(candidate, name));
    if (!product)
      throw notFound(`product${name.sku === undefined ? '' : ` with the sku ${name.sku}`}`, ...at(place));
    if (product.pricing.currency !== currency) {
      const message = `${product.name} has its prices in ${product.pricing.currency}; the cart is in ${currency}`;
      throw invalid(message, ...at(place));
    }
    return { product, variant: variantNamed(product, name, place), quantity: name.quantity, place };
  });
}

const at = (place: number, ...names: string[]) => ['input', 'lines', String(place), ...names];

type Name = { sku?: string; productId?: ObjectId; variantId?: string; quantity: number };

function readName({ sku, productId, variantId, quantity = 1 }: CartLineInput, place: number): Name {
  if ((sku == null) === (productId == null))
    throw invalid('Name the goods by a sku or by a productId, one of them', ...at(place));
  if (quantity < 1 || quantity > MAX_QUANTITY)
    throw invalid(`A quantity is 1 to ${MAX_QUANTITY}, not ${quantity}`, ...at(place, 'quantity'));
  if (sku != null) {
    if (variantId == null) return { sku: sku.trim(), quantity };
    throw invalid('A variantId goes with a productId; a sku needs none', ...at(place, 'variantId'));
  }
  const id = findId(productId ?? '');
  if (!id) throw notFound('product', ...at(place, 'productId'));
  return { productId: id, quantity, ...(variantId != null && { variantId }) };
}

async function findNamed(tx: TenantDb, names: Name[]): Promise<Product[]> {
  const ids = unique(names.flatMap(({ productId }) => productId ?? []));
  const skus = unique(names.flatMap(({ sku }) => sku ?? []));
  const byId = ids.length > 0 ? await findProducts(tx, '_id', ids, 'shoppers', WITH_SKU) : [];
  const bySku = skus.length > 0 ? await findProducts(tx, 'keys.skus', skus, 'shoppers', WITH_SKU) : [];
  return [...byId, ...bySku];
}

const unique = <K extends ObjectId | string>(keys: K[]): K[] => [
  ...new Map(keys.map((key) => [String(key), key])).values(),
];

const isNamed = ({ _id, sku: own, variants }: Product, { sku, productId }: Name): boolean =>
  productId ? productId.equals(_id) : own === sku || variants.some((variant) => variant.sku === sku);

function variantNamed({ name, variants }: Product, { sku, variantId }: Name, place: number): Variant {
  const exact = variants.find(({ _id, sku: own }) => own === sku || _id.toHexString() === variantId);
  if (exact) return exact;
  const [only, ...others] = variants;
  if (variantId !== undefined) throw notFound(`variant of ${name}`, ...at(place, 'variantId'));
  if (!only) throw invalid(`${name} has no variant that could be bought`, ...at(place));
  if (others.length === 0) return only;
  throw invalid(`${name} has ${variants.length} variants: say which, by its sku or its id`, ...at(place));
}
