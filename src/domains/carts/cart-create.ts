import type { Context } from '../../context.ts';
import { invalid } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { CartCreateInput } from '../../schema.types.ts';
import { readEmail } from '../auth/account-rules.ts';
import { expiryOf } from './cart-limits.ts';
import { withWanted } from './cart-lines.ts';
import { checkLength, readCodes } from './cart-writes.ts';
import { findOpenCartOf, newCartId, saveCart } from './carts.ts';
import { carts } from './collections.ts';
import type { Cart, NewCart } from './documents.ts';
import { findWanted } from './wanted-goods.ts';

const LEAST_KEY = 16;

/**
 * All who are not signed in are one caller, and a repeat is answered the first one's cart: with a key that others
 * could think of, somebody else's.
 */
export function checkCartKey({ idempotencyKey }: CartCreateInput, { viewer }: Context): void {
  if (viewer.id !== null || idempotencyKey == null || idempotencyKey.length >= LEAST_KEY) return;
  throw invalid(
    `Without an account, a key has ${LEAST_KEY} characters or more that nobody can guess: a UUID`,
    'input',
    'idempotencyKey',
  );
}

/** Somebody's second cart is their first one, with what is asked for added. */
export async function createCart(tx: TenantDb, input: CartCreateInput, { viewer, shop }: Context) {
  const own = viewer.userId && (await findOpenCartOf(tx, viewer.userId));
  const currency = readCurrency(input.currency ?? own?.currency ?? shop.settings.currency, own);
  checkLength(input.lines ?? []);
  const wanted = await findWanted(tx, input.lines ?? [], currency);
  const email = input.email == null ? null : readEmail(input.email, 'input', 'email');
  const stated = {
    lines: withWanted(own?.lines ?? [], wanted, tx.now()),
    codes: readCodes([...(own?.codes ?? []), ...(input.discountCodes ?? [])], 'discountCodes'),
    email: email ?? own?.email ?? null,
  };
  if (own) return { cart: await saveCart(tx, own, stated) };
  const cart = newCart(viewer.userId, currency, tx.now());
  return { cart: await tx.collection(carts).insertOne({ ...cart, ...stated }) };
}

function readCurrency(currency: string, own: Cart | null): string {
  if (!own || own.currency === currency) return currency;
  throw invalid(`Your open cart is in ${own.currency}: buy or abandon it first`, 'input', 'currency');
}

const newCart = (userId: Cart['userId'], currency: string, at: Date): NewCart => ({
  _id: newCartId(),
  userId,
  status: 'OPEN',
  lines: [],
  codes: [],
  currency,
  email: null,
  shippingMethodId: null,
  shippingAddress: null,
  billingAddress: null,
  orderId: null,
  mergedInto: null,
  version: 1,
  createdAt: at,
  updatedAt: at,
  expiresAt: expiryOf(userId, at),
});
