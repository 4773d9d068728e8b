import { randomUUID } from 'node:crypto';
import { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { serviceUnavailable, UserError } from '../../platform/errors.ts';
import { type Answer, refusal, withUserErrors } from '../../platform/graphql/mutation.ts';
import { type Call, findKept, keepRefusal, once } from '../../platform/idempotency/once.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { CheckoutCompleteInput } from '../../schema.types.ts';
import { type CheckoutCart, closeCart } from '../carts/cart-checkout.ts';
import { findCart } from '../carts/carts.ts';
import type { Reservation } from '../inventory/collections.ts';
import { consumeReservation } from '../inventory/reservation-ends.ts';
import { settleAfterCommit } from '../inventory/settling.ts';
import { redeemCodes } from '../promotions/redemptions.ts';
import { findStoredOrder } from './archive/stored-orders.ts';
import { holdsCart, letGo, reserveForCart, takeOver } from './checkout-stock.ts';
import { buyerOf, readCheckout, readNote } from './checkout-terms.ts';
import type { Order, OrderChange } from './documents.ts';
import { countPlaced } from './figures.ts';
import { accessTokenOf } from './order-access.ts';
import { placeOrder } from './order-history.ts';
import { OrderNumbers } from './order-numbers.ts';
import { placedOrder } from './placed-order.ts';

const MOST_TRIES = 5;
const numbers = new OrderNumbers();

type Asker = Pick<Context, 'db' | 'viewer' | 'shop'>;

export type Bought = { order: Order; accessToken: string | null };

/** What a transaction needs that must not happen in it: prices, kept pieces and a number. */
type Prepared = { loaded: CheckoutCart; reservation: Reservation; number: string };

/** The cart is another than the one that was prepared for, or its pieces are no longer kept. */
class ChangedMeanwhile extends Error {}

/**
 * Makes an order of a cart, once: a key and a cart each lead to one order, whoever asks and however often. What many
 * buyers want at once, stock and numbers, is taken before the transaction; all that makes the order is in it.
 */
export const completeCheckout = (
  _: unknown,
  { input }: { input: CheckoutCompleteInput },
  context: Asker,
): Promise<Answer<Bought>> =>
  withUserErrors(async () => {
    const { idempotencyKey, ...asked } = input;
    const { db, viewer } = context;
    const call = {
      // Unknown people are not one caller: the cart tells them apart.
      caller: viewer.id ?? `cart:${input.cartId}`,
      operation: 'checkoutComplete',
      key: idempotencyKey ?? randomUUID(),
      input: asked,
    };
    const kept = idempotencyKey == null ? null : await db.retry(() => findKept<Answer<Bought>>(db, call));
    if (kept) return withToken(db, kept.answer);
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const answer = await tryOnce(db, call, input, context);
      if (answer) return answer;
    }
    throw serviceUnavailable('This cart is changed by others just now: try again');
  });

/** Null when it has to be done again from the beginning. */
async function tryOnce(
  db: TenantDb,
  call: Call,
  input: CheckoutCompleteInput,
  context: Asker,
): Promise<Answer<Bought> | null> {
  // Done twice it does no more than once: the reservation is that of the cart.
  const prepared = await db.retry(() => prepare(db, input, context));
  if (prepared instanceof UserError) return refuse(db, call, input, { ...context, reason: prepared });
  const { reservation } = prepared;
  const leave = () => (input.reservationId == null ? letGo(db, reservation) : undefined);
  try {
    const answer = await buyOnce(db, call, (tx) => buy(tx, prepared, input, context));
    const isSold = isBought(answer) && answer.order.reservationId?.equals(reservation._id);
    // A cart that others have bought meanwhile has an order with a number of theirs.
    if (isSold && answer.order.number === prepared.number) countPlaced();
    await (isSold ? settleAfterCommit(db, reservation._id) : leave());
    return answer;
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile)) throw error;
    await leave();
    return null;
  }
}

async function prepare(
  db: TenantDb,
  input: CheckoutCompleteInput,
  context: Asker,
): Promise<Prepared | UserError> {
  try {
    const loaded = await readCheckout(db, input, context);
    const { reservationId: id } = input;
    const reservation = id == null ? await reserveForCart(db, loaded) : await takeOver(db, loaded, id);
    return { loaded, reservation, number: await numbers.next(db) };
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** Unless it was refused because the cart has been bought: then its order is the answer. */
async function refuse(
  db: TenantDb,
  call: Call,
  { cartId, idempotencyKey }: CheckoutCompleteInput,
  { viewer, reason }: Pick<Asker, 'viewer'> & { reason: UserError },
): Promise<Answer<Bought>> {
  const order = await db.retry(() => orderOfCart(db, cartId, viewer));
  if (order) return buyOnce(db, call, async () => ({ order, accessToken: accessTokenOf(db, order._id) }));
  const answer: Answer<Bought> = refusal(reason);
  return idempotencyKey == null ? answer : withToken(db, await keepRefusal(db, call, answer));
}

const buyOnce = (
  db: TenantDb,
  call: Call,
  work: (tx: TenantDb) => Promise<Bought>,
): Promise<Answer<Bought>> =>
  once<TenantDb, Answer<Bought>>(db, call, async (tx) => ({ ...(await work(tx)), userErrors: [] }), {
    callsOf: (calls) => calls,
    refuse: refusal,
    keep: (answer) => (isBought(answer) ? { ...answer, accessToken: null } : answer),
    repeat: async (answer) => withToken(db, answer),
  });

const withToken = (db: TenantDb, answer: Answer<Bought>): Answer<Bought> =>
  isBought(answer) ? { ...answer, accessToken: accessTokenOf(db, answer.order._id) } : answer;

const isBought = (answer: Answer<Bought>): answer is Bought & { userErrors: never[] } =>
  answer.userErrors.length === 0;

async function buy(
  tx: TenantDb,
  prepared: Prepared,
  input: CheckoutCompleteInput,
  { viewer, shop }: Asker,
): Promise<Bought> {
  const bought = await orderOfCart(tx, input.cartId, viewer);
  if (bought) return { order: bought, accessToken: accessTokenOf(tx, bought._id) };
  const { loaded, reservation, number } = prepared;
  if (!holdsCart(reservation, loaded.lines)) throw new ChangedMeanwhile();
  const orderId = new ObjectId();
  await close(tx, loaded, orderId);
  await sell(tx, reservation, input, `order ${number}`);
  const { settings } = shop;
  const placed = placedOrder({ ...prepared, note: readNote(input), settings, at: tx.now() });
  const order = await placeOrder(tx, orderId, [
    { type: 'placed', order: placed },
    ...(placed.totals.total === 0 ? [FREE] : []),
  ]);
  const { userId, email } = order;
  // Last, for from here on others who use a counted code wait.
  await redeemCodes(
    tx,
    order.codes.map(({ code }) => code),
    { customer: { userId, email }, orderId },
  );
  return { order, accessToken: accessTokenOf(tx, orderId) };
}

/** What costs nothing is paid. */
const FREE: OrderChange = { type: 'paid', paymentId: null, amount: 0 };

async function orderOfCart(tx: TenantDb, cartId: string, viewer: Asker['viewer']): Promise<Order | null> {
  const cart = await findCart(tx, cartId, buyerOf(viewer));
  return cart?.status === 'CHECKED_OUT' ? findStoredOrder(tx, { cartId }) : null;
}

async function close(tx: TenantDb, { cart }: CheckoutCart, orderId: ObjectId): Promise<void> {
  try {
    await closeCart(tx, cart, orderId);
  } catch (error) {
    throw error instanceof UserError ? new ChangedMeanwhile() : error;
  }
}

async function sell(
  tx: TenantDb,
  { _id }: Reservation,
  { reservationId }: CheckoutCompleteInput,
  reason: string,
): Promise<void> {
  try {
    await consumeReservation(tx, _id, reason);
  } catch (error) {
    throw error instanceof UserError && reservationId == null ? new ChangedMeanwhile() : error;
  }
}
