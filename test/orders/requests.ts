import type { Answer, Shop } from '../support/shop.ts';

export type Json = Answer['data'];

const MONEY = '{ amount currency }';
export const ORDER = `id number status paymentStatus actions email currency totalQuantity note cancelReason version
  lines { id name sku productId quantity isBackordered unitPrice ${MONEY} subtotal ${MONEY} discount ${MONEY} tax ${MONEY}
    total ${MONEY} openQuantity fulfilledQuantity cancelledQuantity returnedQuantity attributes { name value } imageUrl }
  totals { subtotal ${MONEY} discount ${MONEY} shipping ${MONEY} tax ${MONEY} total ${MONEY} }
  paid ${MONEY} refunded ${MONEY} discountCodes { code amount ${MONEY} } shippingMethod
  shippingAddress { name city } billingAddress { name }
  fulfillments { id carrier trackingNumber trackingUrl lines { lineId quantity } } refunds { id status amount ${MONEY} }
  placedAt payBy paidAt fulfilledAt completedAt cancelledAt`;

const PAYLOAD = `order { ${ORDER} } accessToken userErrors { __typename code message path
  ... on IllegalStateError { state } ... on VersionConflictError { currentVersion }
  ... on OutOfStockError { sku available } }`;

const mutationOf = (name: string, input: string) =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { ${PAYLOAD} } }`;

const MUTATIONS = {
  checkoutComplete: mutationOf('checkoutComplete', 'CheckoutCompleteInput'),
  orderCancel: mutationOf('orderCancel', 'OrderCancelInput'),
  orderFulfill: mutationOf('orderFulfill', 'OrderFulfillInput'),
  orderComplete: mutationOf('orderComplete', 'OrderCompleteInput'),
  orderReturn: mutationOf('orderReturn', 'OrderReturnInput'),
  orderNoteAdd: mutationOf('orderNoteAdd', 'OrderNoteAddInput'),
};

export type OrderMutation = keyof typeof MUTATIONS;

/** The payload of a mutation, asked over HTTP; top-level errors fail the test. */
export async function ask(
  shop: Shop,
  name: OrderMutation,
  input: object,
  headers: Record<string, string> = {},
): Promise<Json> {
  const { data, errors } = await shop.request(MUTATIONS[name], { input }, headers);
  if (errors) throw new Error(JSON.stringify(errors));
  return data[name];
}

/** The payload of a change that has to go well. */
export async function done(...args: Parameters<typeof ask>): Promise<Json> {
  const payload = await ask(...args);
  if (payload.userErrors.length > 0) throw new Error(JSON.stringify(payload.userErrors));
  return payload;
}

/** The only error of a change that has to be refused. */
export async function refusalOf(...args: Parameters<typeof ask>): Promise<Json> {
  const { order, userErrors } = await ask(...args);
  if (order !== null || userErrors.length !== 1)
    throw new Error(`Not refused: ${JSON.stringify(userErrors)}`);
  return userErrors[0];
}

export async function readOrder(
  shop: Shop,
  asked: { id?: string; number?: string; accessToken?: string },
  headers: Record<string, string> = {},
  fields = ORDER,
): Promise<Json> {
  const query = `query ($id: ID, $number: String, $accessToken: String) {
    order(id: $id, number: $number, accessToken: $accessToken) { ${fields} } }`;
  const { data, errors } = await shop.request(query, asked, headers);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.order;
}

const CREATE = `mutation ($input: CartCreateInput!) { cartCreate(input: $input) { cart { id version } userErrors { message } } }`;

/** A cart with these pieces. */
export async function newCart(
  shop: Shop,
  lines: { sku: string; quantity?: number }[],
  { codes = [] as string[], headers = {} as Record<string, string> } = {},
): Promise<{ id: string; version: number }> {
  const { data, errors } = await shop.request(CREATE, { input: { lines, discountCodes: codes } }, headers);
  if (errors || data.cartCreate.userErrors.length > 0) throw new Error(JSON.stringify(errors ?? data));
  return data.cartCreate.cart;
}

export const ADDRESS = {
  name: 'Ada Lovelace',
  line1: '12 St James’s Square',
  city: 'London',
  postalCode: 'SW1Y 4JH',
  country: 'GB',
};

/** An order of one or more pieces, by somebody without an account. */
export async function buy(
  shop: Shop,
  lines: { sku: string; quantity?: number }[],
  { codes = [] as string[], email = 'ada@example.com' } = {},
): Promise<Json> {
  const { id: cartId } = await newCart(shop, lines, { codes });
  return done(shop, 'checkoutComplete', { cartId, email });
}
