import { illegalState, invalid, notFound, serviceUnavailable, UserError } from '../../platform/errors.ts';
import { identityOf } from '../../platform/idempotency/call-identity.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { type CheckoutCart, endCheckoutTry } from '../carts/cart-checkout.ts';
import { findId } from '../catalogue/products.ts';
import type { Reservation } from '../inventory/collections.ts';
import { ifPossible } from '../inventory/if-possible.ts';
import { findReservation, releaseReservation } from '../inventory/reservation-ends.ts';
import { reserveStock } from '../inventory/reservations.ts';

/** Longer than a request may take, and not much: what a checkout leaves behind is for sale again after it. */
const HELD_MS = 60_000;
const MOST_TRIES = 3;

/**
 * Keeps what is in a cart for its order. All checkouts of a cart as it is share one reservation, whoever asks: so two at
 * once do not take each other's pieces. Never in a transaction.
 */
export async function reserveForCart(db: TenantDb, { cart, lines }: CheckoutCart): Promise<Reservation> {
  const wanted = lines.map(({ goods, line: { quantity } }) => ({
    ...{ sku: goods.variant.sku, quantity, path: ['input', 'cartId'] },
  }));
  const first = cart.checkoutTries ?? 0;
  for (let tries = first; tries < first + MOST_TRIES; tries++) {
    const owner = `cart:${cart._id}`;
    const name = { caller: owner, operation: 'checkout', key: `${cart.version} ${tries}`, input: null };
    try {
      const reservation = await reserveStock(db, {
        ...{ lines: wanted, owner, ttlMs: HELD_MS },
        call: identityOf(db, name),
      });
      if (reservation.state !== 'RELEASED') return reservation;
    } catch (error) {
      if (error instanceof UserError) await endCheckoutTry(db, cart, tries);
      throw error;
    }
    await endCheckoutTry(db, cart, tries);
  }
  throw serviceUnavailable('This cart is checked out by several at once: try again');
}

/** Takes over pieces that whoever asks has reserved before: exactly those of the cart. */
export async function takeOver(db: TenantDb, { lines }: CheckoutCart, id: string): Promise<Reservation> {
  const path = ['input', 'reservationId'];
  const key = findId(id);
  const reservation = key && (await findReservation(db, key));
  const { actor } = db.origin;
  if (!reservation || actor === null || reservation.owner !== actor) throw notFound('reservation', ...path);
  if (reservation.state === 'RELEASED')
    throw illegalState('The reservation has been given up, or its time was over', 'RELEASED', ...path);
  if (holdsCart(reservation, lines)) return reservation;
  throw invalid('This reservation is not of what is in the cart, piece by piece', ...path);
}

export const holdsCart = ({ lines }: Reservation, wanted: CheckoutCart['lines']): boolean =>
  lines.length === wanted.length &&
  wanted.every(({ line: { variantId, quantity } }) =>
    lines.some((line) => line.variantId.equals(variantId) && line.quantity === quantity),
  );

/** What no order came of is for sale again at once, rather than when its time is over. */
export async function letGo(db: TenantDb, { _id, state }: Reservation): Promise<void> {
  if (state !== 'HELD') return;
  try {
    await ifPossible(releaseReservation(db, _id));
  } catch (error) {
    // Another checkout of the same cart has just sold it.
    if (!(error instanceof UserError)) throw error;
  }
}
