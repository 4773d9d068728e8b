import type { TenantSettings } from '../../src/domains/tenants/collections.ts';
import { tenants } from '../../src/domains/tenants/collections.ts';
import { testApp } from '../support/app.ts';
import type { Answer, Shop } from '../support/shop.ts';

export type Json = Answer['data'];

const MONEY = '{ amount currency }';
export const CART = `id status isPersonal version currency email totalQuantity expiresAt hasWarnings
  lines { id name sku productId variantId quantity unitPrice ${MONEY} subtotal ${MONEY} discount ${MONEY}
    tax ${MONEY} total ${MONEY} warnings { code message was ${MONEY} now ${MONEY} available } }
  discountCodes { code isApplied amount ${MONEY} problem message }
  totals { subtotal ${MONEY} discount ${MONEY} shipping ${MONEY} tax ${MONEY} taxIncluded
    taxes { rate net ${MONEY} tax ${MONEY} } total ${MONEY} }`;

const PAYLOAD = `cart { ${CART} } merge { name sku wanted quantity outcome reason }
  userErrors { __typename code message path ... on IllegalStateError { state }
    ... on VersionConflictError { currentVersion } ... on PlanLimitError { limit } }`;

const mutationOf = (name: string, input: string) =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { ${PAYLOAD} } }`;

const MUTATIONS = {
  cartCreate: mutationOf('cartCreate', 'CartCreateInput'),
  cartLinesAdd: mutationOf('cartLinesAdd', 'CartLinesAddInput'),
  cartLinesUpdate: mutationOf('cartLinesUpdate', 'CartLinesUpdateInput'),
  cartLinesRemove: mutationOf('cartLinesRemove', 'CartLinesRemoveInput'),
  cartDiscountCodesSet: mutationOf('cartDiscountCodesSet', 'CartDiscountCodesSetInput'),
  cartUpdate: mutationOf('cartUpdate', 'CartUpdateInput'),
  cartMerge: mutationOf('cartMerge', 'CartMergeInput'),
  cartAbandon: mutationOf('cartAbandon', 'CartAbandonInput'),
  promotionCreate: `mutation ($input: PromotionCreateInput!) {
    promotionCreate(input: $input) { promotion { id } userErrors { message } } }`,
};

/** The payload of a mutation, asked over HTTP; top-level errors fail the test. */
export async function change(
  shop: Shop,
  name: keyof typeof MUTATIONS,
  input: object,
  headers: Record<string, string> = {},
): Promise<Json> {
  const { data, errors } = await shop.request(MUTATIONS[name], { input }, headers);
  if (errors) throw new Error(JSON.stringify(errors));
  return data[name];
}

/** The cart after a change that has to go well. */
export async function changed(...args: Parameters<typeof change>): Promise<Json> {
  const { cart, userErrors } = await change(...args);
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return cart;
}

export async function readCart(shop: Shop, id: string, headers: Record<string, string> = {}): Promise<Json> {
  const { data, errors } = await shop.request(
    `query ($id: ID!) { cart(id: $id) { ${CART} } }`,
    { id },
    headers,
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data.cart;
}

/** A code of the shop, made by its staff. */
export async function addCode(shop: Shop, input: object): Promise<void> {
  const headers = await shop.staff('promotions:write');
  const { userErrors } = await change(
    shop,
    'promotionCreate',
    { type: 'PERCENTAGE', value: '10', ...input },
    headers,
  );
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
}

/** Before the first request to a shop: settings are remembered for some seconds. */
export async function setUp(shop: Shop, settings: Partial<TenantSettings>): Promise<void> {
  const { database } = await testApp();
  const set = Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [`settings.${name}`, value]),
  );
  await database
    .systemDb('settings of a shop for a test')
    .collection(tenants)
    .updateOne({ _id: shop.tenant._id }, { $set: set });
}
