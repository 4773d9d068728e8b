import type { GraphQLResolveInfo } from 'graphql';
import type { Document, ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { perExecution } from '../../platform/graphql/loader.ts';
import { selectedFields } from '../../platform/graphql/selection.ts';
import type { Product } from '../catalogue/documents.ts';
import { productBy } from '../catalogue/loaders.ts';
import { joinProjections, productProjection } from '../catalogue/product-fields.ts';
import type { VariantOf } from '../catalogue/variants.ts';
import { customerKeys } from '../promotions/customers.ts';
import { findPromotionsFor } from '../promotions/promotions.ts';
import type { Cart } from './documents.ts';
import { CART_PARTS } from './goods.ts';
import { type PricedCart, type PricedLine, priceCart } from './priced-cart.ts';

/** What all of a variant is answered from. */
const VARIANT_PARTS = { status: 1, pricing: 1, variants: 1 };

/** A cart with its prices, worked out once however many fields ask. */
export const pricedCart = (cart: Cart, context: Context): Promise<PricedCart> =>
  perExecution(context, cart, () => price(cart, context));

async function price(cart: Cart, context: Context): Promise<PricedCart> {
  const { db, shop } = context;
  const [found, promotions] = await Promise.all([
    Promise.all(cart.lines.map(({ productId }) => product(context, productId, CART_PARTS))),
    findPromotionsFor(db, cart.codes, customerKeys(cart)),
  ]);
  const products = new Map(found.flatMap((one) => (one ? [[one._id.toHexString(), one] as const] : [])));
  return priceCart(cart, { products, promotions, settings: shop.settings, at: db.now() });
}

/** A line with as much of its product as a client asks for; null when it is no longer sold, or not asked for. */
export type ShownLine = PricedLine & { product: Product | null };

/** The lines; what a client asks of their products is read in the command that reads their prices. */
export async function shownLines(
  cart: Cart,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<ShownLine[]> {
  const parts = partsAskedFor(info);
  const [{ lines }, ...products] = await Promise.all([
    pricedCart(cart, context),
    ...cart.lines.map(({ productId }) => (parts ? product(context, productId, parts) : null)),
  ]);
  return lines.map((line, place) => ({ ...line, product: (line.goods && products[place]) ?? null }));
}

function partsAskedFor(info: GraphQLResolveInfo): Document | null {
  const wanted = selectedFields(info);
  const parts = [
    ...(wanted.has('product') ? [productProjection(info, 'product')] : []),
    ...(wanted.has('variant') ? [VARIANT_PARTS] : []),
  ];
  return parts.length > 0 ? joinProjections(parts) : null;
}

export function variantOf({ line, product }: ShownLine): VariantOf | null {
  const variant = product?.variants.find(({ _id }) => _id.equals(line.variantId));
  return product && variant ? { product, variant } : null;
}

const product = (context: Context, key: ObjectId, projection: Document) =>
  productBy._id(context).load({ key, projection });
