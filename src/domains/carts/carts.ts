import { randomBytes } from 'node:crypto';
import type { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { illegalState, notFound, versionConflict } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { Viewer } from '../auth/viewer.ts';
import { expiryOf } from './cart-limits.ts';
import { carts, hasOwner } from './collections.ts';
import type { Cart, CartStatus, NewCart } from './documents.ts';

const ID_BYTES = 16;

export const newCartId = (): string => randomBytes(ID_BYTES).toString('base64url');

/** Somebody's own cart is there for them alone; to all others it is as if there were none. */
export async function findCart(db: TenantDb, id: string, viewer: Viewer): Promise<Cart | null> {
  return shownTo(viewer, await db.collection(carts).findOne({ _id: id }));
}

/** For a look at it alone: a change begins with the cart itself. */
export const findCartToShow = async ({ carts: copies, db, viewer }: Context, id: string) =>
  shownTo(viewer, await copies.find(db, id));

const shownTo = (viewer: Viewer, cart: Cart | null): Cart | null =>
  cart && (cart.userId === null || viewer.owns(cart)) ? cart : null;

export const findOpenCartOf = (db: TenantDb, userId: ObjectId): Promise<Cart | null> =>
  db.collection(carts).findOne({ $and: [{ userId, status: 'OPEN' }, hasOwner] });

type Expected = { expectedVersion?: number | null | undefined };

/** The cart that a change is for. `name` is what of the input names it. */
export async function openCartNamed(
  tx: TenantDb,
  id: string,
  viewer: Viewer,
  { expectedVersion }: Expected = {},
  name = 'cartId',
): Promise<Cart> {
  const cart = await findCart(tx, id, viewer);
  if (!cart) throw notFound('cart', 'input', name);
  if (cart.status !== 'OPEN') throw illegalState(CLOSED[cart.status], cart.status, 'input', name);
  if (expectedVersion != null && expectedVersion !== cart.version) throw versionConflict(cart.version);
  return cart;
}

const CLOSED: Record<Exclude<CartStatus, 'OPEN'>, string> = {
  CHECKED_OUT: 'This cart was bought: open another',
  ABANDONED: 'This cart was given up: open another',
  MERGED: 'What was in this cart is in another one now',
};

/** Each change keeps a cart for longer. A cart is nobody's record but its owner's: no audit, and no event. */
export async function saveCart(tx: TenantDb, before: Cart, set: Partial<NewCart>): Promise<Cart> {
  const at = tx.now();
  const expiresAt = expiryOf(set.userId ?? before.userId, at);
  const cart = await tx
    .collection(carts)
    .findOneAndUpdate(
      { _id: before._id, status: 'OPEN', version: before.version },
      { $set: { expiresAt, ...set, updatedAt: at }, $inc: { version: 1 } },
    );
  if (!cart) throw versionConflict(before.version + 1);
  return cart;
}
