import type { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { illegalState, versionConflict } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { findProducts } from '../catalogue/products.ts';
import { customerKeys } from '../promotions/customers.ts';
import { findPromotionsFor } from '../promotions/promotions.ts';
import { expiryOf } from './cart-limits.ts';
import { openCartNamed } from './carts.ts';
import { carts } from './collections.ts';
import type { Cart } from './documents.ts';
import { CART_PARTS, type SoldGoods } from './goods.ts';
import { type PricedCart, type PricedLine, priceCart } from './priced-cart.ts';

/** A line of which everything is known that an order copies. */
export type CheckoutLine = PricedLine & { goods: SoldGoods; unitPrice: number };

/** What an order copies of a product, beside what its price is worked out from. */
const CHECKOUT_PARTS = { ...CART_PARTS, media: 1, 'variants.attributes': 1, 'variants.media': 1 };

/** What a buyer says at the checkout, in place of what stands in the cart. */
export type CheckoutTerms = Partial<
  Pick<Cart, 'userId' | 'email' | 'shippingMethodId' | 'shippingAddress' | 'billingAddress'>
>;

export type CheckoutCart = Omit<PricedCart, 'lines'> & { cart: Cart; lines: CheckoutLine[] };

/**
 * An open cart with all that an order is made of: three commands, two when it has no codes. Refused when it is empty or
 * has something that is no longer sold; whether there is enough of everything, only a reservation can tell.
 */
export async function loadCheckoutCart(
  tx: TenantDb,
  cartId: string,
  { viewer, shop }: Pick<Context, 'viewer' | 'shop'>,
  terms: CheckoutTerms = {},
): Promise<CheckoutCart> {
  const cart = { ...(await openCartNamed(tx, cartId, viewer)), ...terms };
  if (cart.lines.length === 0)
    throw illegalState('There is nothing in this cart', 'EMPTY', 'input', 'cartId');
  const ids = cart.lines.map(({ productId }) => productId);
  const found = await findProducts(tx, '_id', ids, 'shoppers', CHECKOUT_PARTS);
  const priced = priceCart(cart, {
    products: new Map(found.map((product) => [product._id.toHexString(), product])),
    promotions: await findPromotionsFor(tx, cart.codes, customerKeys(cart)),
    settings: shop.settings,
    at: tx.now(),
  });
  const lines = priced.lines.filter(isSold);
  const gone = priced.lines.find((line) => !isSold(line));
  if (!gone) return { ...priced, cart, lines };
  const { name, sku } = gone.line;
  throw illegalState(`${name} (${sku}) is no longer sold: take it out`, 'UNAVAILABLE', 'input', 'cartId');
}

const isSold = (line: PricedLine): line is CheckoutLine => line.goods !== null && line.unitPrice !== null;

/** Ends a cart in the transaction of its order: a cart becomes one order, whoever asks twice. */
export async function closeCart(
  tx: TenantDb,
  { _id, version, userId }: Cart,
  orderId: ObjectId,
): Promise<Cart> {
  const at = tx.now();
  const closed = await tx.collection(carts).findOneAndUpdate(
    { _id, status: 'OPEN', version },
    {
      $set: { status: 'CHECKED_OUT', orderId, updatedAt: at, expiresAt: expiryOf(userId, at) },
      $inc: { version: 1 },
    },
  );
  if (!closed) throw versionConflict(version + 1);
  return closed;
}

/** Lets the next checkout of a cart reserve anew: what was reserved for this try was refused, or has ended. */
export async function endCheckoutTry(db: TenantDb, { _id }: Pick<Cart, '_id'>, tries: number): Promise<void> {
  const current = tries === 0 ? { $in: [0, null] } : tries;
  await db.retry(() =>
    db
      .collection(carts)
      .updateOne(
        { _id, status: 'OPEN', checkoutTries: current as number },
        { $set: { checkoutTries: tries + 1 } },
      ),
  );
}
