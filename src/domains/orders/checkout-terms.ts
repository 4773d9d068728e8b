import type { Context } from '../../context.ts';
import { illegalState, invalid, notFound, versionConflict } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { CheckoutCompleteInput } from '../../schema.types.ts';
import { readEmail } from '../auth/account-rules.ts';
import { findUser } from '../auth/users.ts';
import type { Viewer } from '../auth/viewer.ts';
import { type CheckoutCart, type CheckoutTerms, loadCheckoutCart } from '../carts/cart-checkout.ts';
import type { Cart } from '../carts/documents.ts';
import { methodsFor } from '../carts/shipping.ts';
import { readAddress } from '../customers/addresses.ts';
import { formatMoney, toMinor } from '../pricing/money.ts';

const MOST_NOTE = 1_000;

/** Who looks after orders may complete anybody's checkout, as a shop's own server does when it hears of a payment. */
export const buyerOf = (viewer: Viewer): Viewer =>
  viewer.may('orders:write') ? { ...viewer, owns: () => true } : viewer;

type Asker = Pick<Context, 'viewer' | 'shop'>;

/** The cart as it would be bought now, with what the buyer says. Refused where something that an order needs is missing. */
export async function readCheckout(
  db: TenantDb,
  input: CheckoutCompleteInput,
  { viewer, shop }: Asker,
): Promise<CheckoutCart> {
  readNote(input);
  const asker = { viewer: buyerOf(viewer), shop };
  const loaded = await loadCheckoutCart(db, input.cartId, asker, termsOf(input, viewer));
  const { cart } = loaded;
  if (input.expectedVersion != null && input.expectedVersion !== cart.version)
    throw versionConflict(cart.version);
  checkShipping(loaded, input, shop.settings);
  checkTotal(loaded, input, shop);
  return { ...loaded, cart: { ...cart, email: await emailOf(db, cart) } };
}

function termsOf(input: CheckoutCompleteInput, viewer: Viewer): CheckoutTerms {
  const { email, shippingMethodId, shippingAddress, billingAddress } = input;
  return {
    // An unknown person's cart that somebody buys who is signed in makes an order of theirs.
    ...(viewer.userId && !viewer.may('orders:write') && { userId: viewer.userId }),
    ...(email != null && { email: readEmail(email, 'input', 'email') }),
    ...(shippingMethodId != null && { shippingMethodId }),
    ...(shippingAddress != null && {
      shippingAddress: readAddress(shippingAddress, 'input', 'shippingAddress'),
    }),
    ...(billingAddress != null && {
      billingAddress: readAddress(billingAddress, 'input', 'billingAddress'),
    }),
  };
}

export function readNote({ note }: Pick<CheckoutCompleteInput, 'note'>): string | null {
  const text = note?.trim() ?? '';
  if (text.length > MOST_NOTE)
    throw invalid(`A note has at most ${MOST_NOTE} characters, not ${text.length}`, 'input', 'note');
  return text === '' ? null : text;
}

function checkShipping(
  { cart, shippingMethod }: CheckoutCart,
  { shippingMethodId }: CheckoutCompleteInput,
  settings: Asker['shop']['settings'],
): void {
  const methods = methodsFor(cart, settings);
  if (shippingMethodId != null && !shippingMethod)
    throw notFound('shipping method for this cart', 'input', 'shippingMethodId');
  if (methods.length === 0) return;
  if (!shippingMethod) {
    const ids = methods.map(({ id }) => id).join(', ');
    throw invalid(`Say how it is sent, by one of ${ids}`, 'input', 'shippingMethodId');
  }
  if (!cart.shippingAddress) throw invalid('Say where it is sent', 'input', 'shippingAddress');
}

/** Nobody pays another total than the one that they were shown. */
function checkTotal(
  { cart: { currency }, quote: { total } }: CheckoutCart,
  { expectedTotal }: CheckoutCompleteInput,
  { settings: { locale } }: Asker['shop'],
): void {
  if (expectedTotal == null) return;
  const expected = toMinor(expectedTotal, currency, 'expectedTotal');
  if (expected === total) return;
  const [now, then] = [total, expected].map((minor) => formatMoney(minor, currency, locale));
  const message = `It comes to ${now} now, not ${then}: show the cart again`;
  throw illegalState(message, 'TOTAL_CHANGED', 'input', 'expectedTotal');
}

async function emailOf(db: TenantDb, { email, userId }: Cart): Promise<string> {
  const known = email ?? (userId && (await findUser(db, userId))?.email);
  if (known) return known;
  throw invalid('Say who buys, by an e-mail address', 'input', 'email');
}
