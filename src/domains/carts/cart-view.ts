import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import { perExecution } from '../../platform/graphql/loader.ts';
import { selectedFields } from '../../platform/graphql/selection.ts';
import type { Product } from '../catalogue/documents.ts';
import { productBy } from '../catalogue/loaders.ts';
import { productProjection } from '../catalogue/product-fields.ts';
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

/** The lines; what a client asks of their products is read in the command that reads their prices. */
export async function pricedLines(
  cart: Cart,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<PricedLine[]> {
  const priced = pricedCart(cart, context);
  const wanted = selectedFields(info);
  const keys = cart.lines.flatMap(({ productId: key }) => [
    ...(wanted.has('product') ? [{ key, projection: productProjection(info, 'product') }] : []),
    ...(wanted.has('variant') ? [{ key, projection: VARIANT_PARTS }] : []),
  ]);
  // What fails here fails again where the field is answered.
  void productBy._id(context).loadMany(keys);
  return (await priced).lines;
}

export const productOf = async (
  { line, goods }: PricedLine,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Product | null> => (goods ? product(context, line.productId, productProjection(info)) : null);

export async function variantOf({ line, goods }: PricedLine, context: Context) {
  const whole = goods && (await product(context, line.productId, VARIANT_PARTS));
  const variant = whole?.variants.find(({ _id }) => _id.equals(line.variantId));
  return whole && variant ? { product: whole, variant } : null;
}

const product = (context: Context, key: Cart['lines'][number]['productId'], projection: object) =>
  productBy._id(context).load({ key, projection });
