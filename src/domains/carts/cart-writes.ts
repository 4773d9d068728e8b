import type { Context } from '../../context.ts';
import { invalid, limitExceeded, notFound } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type {
  CartAbandonInput,
  CartDiscountCodesSetInput,
  CartLinesAddInput,
  CartLinesRemoveInput,
  CartLinesUpdateInput,
  CartUpdateInput,
} from '../../schema.types.ts';
import { readEmail } from '../auth/account-rules.ts';
import { findProducts } from '../catalogue/products.ts';
import { readAddress } from '../customers/addresses.ts';
import { foldCode } from '../pricing/discounts.ts';
import { expiryOf, MAX_CODES, MAX_LINES, MAX_QUANTITY } from './cart-limits.ts';
import { accepted, withWanted } from './cart-lines.ts';
import { openCartNamed, saveCart } from './carts.ts';
import type { Cart, CartLine, NewCart } from './documents.ts';
import { CART_PARTS, soldGoods } from './goods.ts';
import { methodsFor } from './shipping.ts';
import { findWanted } from './wanted-goods.ts';

export async function addCartLines(tx: TenantDb, input: CartLinesAddInput, { viewer }: Context) {
  const cart = await openCartNamed(tx, input.cartId, viewer, input);
  checkLength(input.lines);
  const wanted = await findWanted(tx, input.lines, cart.currency);
  return { cart: await saveCart(tx, cart, { lines: withWanted(cart.lines, wanted, tx.now()) }) };
}

/** What is no longer sold can be taken out, and not be wanted in another number. */
export async function updateCartLines(tx: TenantDb, input: CartLinesUpdateInput, { viewer }: Context) {
  const cart = await openCartNamed(tx, input.cartId, viewer, input);
  checkLength(input.lines);
  const quantities = new Map(input.lines.map((asked, place) => [readLineId(cart, asked, place), asked]));
  const ids = cart.lines.filter((line) => quantities.get(line)?.quantity).map(({ productId }) => productId);
  const found = ids.length > 0 ? await findProducts(tx, '_id', ids, 'shoppers', CART_PARTS) : [];
  const at = tx.now();
  const lines = cart.lines.flatMap((line): CartLine[] => {
    const asked = quantities.get(line);
    if (!asked) return [line];
    if (asked.quantity === 0) return [];
    const product = found.find(({ _id }) => _id.equals(line.productId));
    const goods = soldGoods({ ...line, quantity: asked.quantity }, product, cart.currency, at);
    if (goods) return [accepted(line, goods, asked.quantity, at)];
    throw notFound(`product: ${line.name} is no longer sold`, ...path(input.lines.indexOf(asked), 'lineId'));
  });
  return { cart: await saveCart(tx, cart, { lines }) };
}

const path = (place: number, name: string) => ['input', 'lines', String(place), name];

function readLineId(cart: Cart, { lineId, quantity }: { lineId: string; quantity: number }, place: number) {
  const line = cart.lines.find(({ _id }) => _id.toHexString() === lineId);
  if (!line) throw notFound('line in this cart', ...path(place, 'lineId'));
  if (quantity >= 0 && quantity <= MAX_QUANTITY) return line;
  throw invalid(`A quantity is 0 to ${MAX_QUANTITY}, not ${quantity}`, ...path(place, 'quantity'));
}

export async function removeCartLines(tx: TenantDb, input: CartLinesRemoveInput, { viewer }: Context) {
  const cart = await openCartNamed(tx, input.cartId, viewer, input);
  const lines = cart.lines.filter(({ _id }) => !input.lineIds.includes(_id.toHexString()));
  return { cart: await saveCart(tx, cart, { lines }) };
}

export async function setCartCodes(tx: TenantDb, input: CartDiscountCodesSetInput, { viewer }: Context) {
  const cart = await openCartNamed(tx, input.cartId, viewer, input);
  return { cart: await saveCart(tx, cart, { codes: readCodes(input.codes, 'codes') }) };
}

export async function updateCart(tx: TenantDb, input: CartUpdateInput, { viewer, shop }: Context) {
  const cart = await openCartNamed(tx, input.cartId, viewer, input);
  const { email, shippingMethodId, shippingAddress, billingAddress } = input;
  const set: Partial<NewCart> = {};
  if (email !== undefined) set.email = email && readEmail(email, 'input', 'email');
  if (shippingMethodId !== undefined) set.shippingMethodId = shippingMethodId;
  if (shippingMethodId != null && !methodsFor(cart, shop.settings).some(({ id }) => id === shippingMethodId))
    throw notFound('shipping method for this cart', 'input', 'shippingMethodId');
  if (shippingAddress !== undefined)
    set.shippingAddress = shippingAddress && readAddress(shippingAddress, 'input', 'shippingAddress');
  if (billingAddress !== undefined)
    set.billingAddress = billingAddress && readAddress(billingAddress, 'input', 'billingAddress');
  return { cart: await saveCart(tx, cart, set) };
}

export async function abandonCart(tx: TenantDb, input: CartAbandonInput, { viewer }: Context) {
  const cart = await openCartNamed(tx, input.cartId, viewer, input);
  const expiresAt = expiryOf(null, tx.now());
  return { cart: await saveCart(tx, cart, { status: 'ABANDONED', expiresAt }) };
}

export function checkLength(lines: readonly unknown[]): void {
  if (lines.length > MAX_LINES)
    throw limitExceeded(
      `At most ${MAX_LINES} lines at once, not ${lines.length}`,
      MAX_LINES,
      'input',
      'lines',
    );
}

const MOST_CODE = 50;

/** As they were written, each once however it is written. */
export function readCodes(given: readonly string[], name: string): string[] {
  const codes = new Map(given.map((code) => [foldCode(code), code.trim()]));
  codes.delete('');
  const long = given.findIndex((code) => code.trim().length > MOST_CODE);
  if (long >= 0) throw invalid(`A code has at most ${MOST_CODE} characters`, 'input', name, String(long));
  if (codes.size <= MAX_CODES) return [...codes.values()];
  throw limitExceeded(`A cart has at most ${MAX_CODES} codes, not ${codes.size}`, MAX_CODES, 'input', name);
}
