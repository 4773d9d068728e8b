import { randomUUID } from 'node:crypto';
import { openShop } from './client.ts';
import { operation } from './operations.ts';

type Money = { minor: number; currency: string; formatted: string };
type Product = { name: string; slug: string; variants: { sku: string; inventory: { available: number } }[] };
type Problem = { code: string; message: string; sku?: string; available?: number; reason?: string };
type Cart = { id: string; shippingMethods: { id: string }[]; totals: { total: Money & { amount: string } } };
type Order = { id: string; number: string; status: string; totals: { total: Money } };

/** An outcome that a shop has to expect, such as too few pieces: nothing was done. Show it, do not repeat it. */
class Refused extends Error {
  readonly problems: Problem[];
  constructor(problems: Problem[]) {
    super(problems.map(({ code, message }) => `${code}: ${message}`).join('; '));
    this.problems = problems;
  }
}

function done<P extends { userErrors: Problem[] }>(payload: P): P {
  if (payload.userErrors.length > 0) throw new Refused(payload.userErrors);
  return payload;
}

/** From a product page to a paid order. */
export async function buy(
  url: string,
  tenant: string,
  slug: string,
): Promise<Order & { accessToken: string }> {
  const ask = openShop({ url, tenant });
  // A change under one key is done once. Keep the key of what is under way (in a page: sessionStorage).
  const change = async <P extends { userErrors: Problem[] }>(name: string, input: object) => {
    const answer = await ask<Record<string, P>>(operation(name), {
      input: { ...input, idempotencyKey: randomUUID() },
    });
    return done(Object.values(answer)[0] as P);
  };

  const { product } = await ask<{ product: Product | null }>(operation('ProductPage'), { slug });
  if (!product) throw new Error(`There is no product "${slug}"`);
  const variant = product.variants.find(({ inventory }) => inventory.available > 0);
  if (!variant) throw new Error(`${product.name} is sold out`);

  type Carts = { cart: Cart; userErrors: Problem[] };
  const opened = await change<Carts>('CartOpen', { lines: [{ sku: variant.sku, quantity: 1 }] });
  const { cart } = await change<Carts>('CartDelivery', {
    cartId: opened.cart.id,
    email: 'ada@example.com',
    shippingMethodId: opened.cart.shippingMethods[0]?.id,
    shippingAddress: { name: 'Ada Lovelace', line1: '12 Harbor Street', city: 'Portland', country: 'US' },
  });

  type Orders = { order: Order; accessToken: string; userErrors: Problem[] };
  const { order, accessToken } = await change<Orders>('Checkout', {
    cartId: cart.id,
    // What the buyer was shown: when prices have changed meanwhile, nothing is bought.
    expectedTotal: cart.totals.total.amount,
  });
  // In a shop of your own, the token is what the form of the payment provider has made.
  await change<Orders>('Pay', { orderId: order.id, accessToken, provider: 'test', token: 'approve' });

  const read = await ask<{ order: Order }>(operation('OrderByToken'), { id: order.id, accessToken });
  return { ...read.order, accessToken };
}

if (import.meta.main) {
  const [url = 'http://127.0.0.1:4000/graphql', tenant = 'demo', slug = 'storm-lantern'] =
    process.argv.slice(2);
  const { number, status, totals } = await buy(url, tenant, slug);
  console.log(`Order ${number}: ${status}, ${totals.total.formatted}`);
}
