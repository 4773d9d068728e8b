import { randomUUID } from 'node:crypto';
import { type Call, Client } from './client.ts';
import type { Shop } from './shop.ts';

/** An order as the API told its buyer of it. */
export type ToldOrder = {
  cartId: string;
  orderId: string;
  number: string;
  total: number;
  lines: { sku: string; quantity: number }[];
  /** What orderPay said last; null when it never answered. */
  paymentStatus: string | null;
};

/** What buyers have done and heard in one shop. */
export type Ledger = {
  calls: Call[];
  orders: ToldOrder[];
  /** Refusals for want of stock, which are right where there is none. */
  outOfStock: number;
  /** Other refusals, one line each; there is no reason for any. */
  refused: string[];
};

export const newLedger = (): Ledger => ({ calls: [], orders: [], outOfStock: 0, refused: [] });

type Line = { sku: string; quantity: number };
type Cart = { cart: { id: string } | null };
type Placed = {
  order: { id: string; number: string; totals: { total: { minor: number } }; lines: Line[] } | null;
  accessToken: string | null;
};
type Paid = { order: { paymentStatus: string } | null };

const ORDER = 'order { id number totals { total { minor } } lines { sku quantity } } accessToken';

/** Most are approved at once; some are told twice, and of some the answer is lost and has to be found out. */
const TOKENS = ['approve', 'approve', 'approve', 'approve', 'approve', 'duplicate-notice', 'lost-answer'];

/** From an empty cart to a paid order, in four calls; each is repeated with its key until it is answered. */
export async function buy(shop: Shop, ledger: Ledger, lines: Line[]): Promise<void> {
  const client = new Client(shop, ledger.calls);
  const cartId = await fillCart(client, ledger, lines);
  if (cartId) await checkOut(client, ledger, cartId);
}

async function fillCart(client: Client, ledger: Ledger, lines: Line[]): Promise<string | null> {
  const cartId = await makeCart(client, ledger, []);
  if (!cartId) return null;
  const filled = await client.ask<Cart>('cartLinesAdd', 'cart { id }', {
    ...{ cartId, lines, idempotencyKey: randomUUID() },
  });
  return filled?.cart ? cartId : refused(ledger, 'cartLinesAdd', filled);
}

export async function makeCart(client: Client, ledger: Ledger, lines: Line[]): Promise<string | null> {
  const made = await client.ask<Cart>('cartCreate', 'cart { id }', { lines, idempotencyKey: randomUUID() });
  return made?.cart?.id ?? refused(ledger, 'cartCreate', made);
}

export async function checkOut(client: Client, ledger: Ledger, cartId: string): Promise<void> {
  const placed = await client.ask<Placed>('checkoutComplete', ORDER, {
    ...{ cartId, email: 'ada@example.com', idempotencyKey: randomUUID() },
  });
  const order = placed?.order;
  if (!order) return void refused(ledger, 'checkoutComplete', placed);
  const { id: orderId, number, totals, lines } = order;
  const told: ToldOrder = {
    ...{ cartId, orderId, number, lines, total: totals.total.minor, paymentStatus: null },
  };
  ledger.orders.push(told);
  const paid = await client.ask<Paid>('orderPay', 'order { paymentStatus }', {
    ...{ orderId, accessToken: placed.accessToken, provider: 'test', idempotencyKey: randomUUID() },
    token: oneOf(TOKENS),
  });
  told.paymentStatus = paid?.order?.paymentStatus ?? null;
  if (paid && paid.userErrors.length > 0) refused(ledger, 'orderPay', paid);
}

function refused(
  ledger: Ledger,
  name: string,
  answer: { userErrors: { code: string; message: string }[] } | null,
): null {
  const [error] = answer?.userErrors ?? [];
  if (error?.code === 'OUT_OF_STOCK') ledger.outOfStock += 1;
  else if (error) ledger.refused.push(`${name}: ${error.code} ${error.message}`);
  return null;
}

export function oneOf<T>(values: readonly T[]): T {
  const value = values[Math.floor(Math.random() * values.length)];
  if (value === undefined) throw new Error('There is nothing to choose from');
  return value;
}
