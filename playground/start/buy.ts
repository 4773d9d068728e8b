import { ask, type Stock } from './shop-query.ts';

const CART = `
  mutation StartPageCart($sku: String!) {
    cartCreate(input: { lines: [{ sku: $sku, quantity: 1 }] }) {
      cart { id shippingMethods { id } }
      userErrors { message }
    }
  }`;

const CHECKOUT = `
  mutation StartPageCheckout($input: CheckoutCompleteInput!) {
    checkoutComplete(input: $input) {
      order { id number }
      accessToken
      userErrors { message }
    }
  }`;

const METHODS = '{ shop { paymentMethods { provider } } }';

const PAY = `
  mutation StartPagePay($input: OrderPayInput!) {
    orderPay(input: $input) { order { status } userErrors { message } }
  }`;

/** A guest of a demo shop; nothing is sent there. */
const GUEST = {
  email: 'guest@example.com',
  shippingAddress: {
    ...{ name: 'Ada Lovelace', line1: '12 Harbor Street', city: 'Portland', region: 'ME' },
    ...{ postalCode: '04101', country: 'US' },
  },
};

type UserErrors = { userErrors: { message: string }[] };
type Cart = UserErrors & { cart: { id: string; shippingMethods: { id: string }[] } | null };
type Placed = { order: { id: string; number: string }; accessToken: string | null };
type Checkout = UserErrors & ({ order: null } | Placed);

export type Bought = { number: string; paid: boolean };

/**
 * Buys one piece of the first variant that is there, as any guest does: a cart, its checkout, and its payment where the shop
 * takes play money. Throws what stands in the way.
 */
export async function buyOne(tenant: string, { variants }: Stock): Promise<Bought> {
  const variant = variants.find(({ inventory }) => inventory.available > 0);
  if (!variant) throw new Error('Sold out');
  const { cartCreate } = await ask<{ cartCreate: Cart }>(tenant, CART, { sku: variant.sku });
  const placed = await checkOut(tenant, orRefused(cartCreate, cartCreate.cart));
  return { number: placed.order.number, paid: await pay(tenant, placed) };
}

async function checkOut(tenant: string, { id, shippingMethods }: NonNullable<Cart['cart']>): Promise<Placed> {
  const input = { ...GUEST, cartId: id, shippingMethodId: shippingMethods[0]?.id };
  const { checkoutComplete } = await ask<{ checkoutComplete: Checkout }>(tenant, CHECKOUT, { input });
  return orRefused(checkoutComplete, checkoutComplete.order === null ? null : checkoutComplete);
}

type Methods = { shop: { paymentMethods: { provider: string }[] } };

async function pay(tenant: string, { order, accessToken }: Placed): Promise<boolean> {
  const { shop } = await ask<Methods>(tenant, METHODS);
  if (!shop.paymentMethods.some(({ provider }) => provider === 'test')) return false;
  const input = { orderId: order.id, accessToken, provider: 'test', token: 'approve' };
  const { orderPay } = await ask<{ orderPay: UserErrors }>(tenant, PAY, { input });
  orRefused(orderPay, order);
  return true;
}

function orRefused<T>({ userErrors: [problem] }: UserErrors, made: T | null): T {
  if (problem || made === null) throw new Error(problem?.message ?? 'Nothing was bought');
  return made;
}
