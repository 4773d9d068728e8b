import type { Context } from '../../context.ts';
import { invalid } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { CartMergeInput, CartMergeMode, CartMergeOutcome, CartMergeReason } from '../../schema.types.ts';
import type { Product } from '../catalogue/documents.ts';
import { findProducts } from '../catalogue/products.ts';
import { foldCode } from '../pricing/discounts.ts';
import { expiryOf, MAX_CODES, MAX_LINES, MAX_QUANTITY } from './cart-limits.ts';
import { withQuantity } from './cart-lines.ts';
import { findOpenCartOf, openCartNamed, saveCart } from './carts.ts';
import type { Cart, CartLine } from './documents.ts';
import { CART_PARTS, soldGoods } from './goods.ts';

/** What became of one line of the source. */
export type MergedLine = {
  name: string;
  sku: string;
  wanted: number;
  quantity: number;
  outcome: CartMergeOutcome;
  reason: CartMergeReason | null;
};

/** Empties one cart into another. Without a target and without a cart of one's own, the source becomes one's own. */
export async function mergeCarts(
  tx: TenantDb,
  { sourceId, targetId, mode }: CartMergeInput,
  { viewer }: Context,
) {
  const source = await openCartNamed(tx, sourceId, viewer, {}, 'sourceId');
  const target = await targetOf(tx, targetId, viewer);
  if (target?._id === source._id) throw invalid('These two are the same cart', 'input', 'sourceId');
  if (!target)
    return {
      cart: await saveCart(tx, source, { userId: viewer.userId }),
      merge: allOf(source),
      emptied: null,
    };
  const ids = source.lines.map(({ productId }) => productId);
  const products = ids.length > 0 ? await findProducts(tx, '_id', ids, 'shoppers', CART_PARTS) : [];
  const { lines, merge } = mergedLines(source, target, products, mode ?? 'KEEP_BOTH', tx.now());
  const expiresAt = expiryOf(null, tx.now());
  const emptied = await saveCart(tx, source, { status: 'MERGED', mergedInto: target._id, expiresAt });
  return { cart: await saveCart(tx, target, { lines, ...restOf(source, target) }), merge, emptied };
}

async function targetOf(tx: TenantDb, targetId: string | null | undefined, viewer: Context['viewer']) {
  if (targetId != null) return openCartNamed(tx, targetId, viewer, {}, 'targetId');
  if (viewer.userId) return findOpenCartOf(tx, viewer.userId);
  throw invalid('Name the cart that takes it all, or sign in', 'input', 'targetId');
}

const allOf = ({ lines }: Cart): MergedLine[] =>
  lines.map(({ name, sku, quantity }) => ({
    ...{ name, sku, wanted: quantity, quantity },
    outcome: 'ADDED',
    reason: null,
  }));

/** What the target has stays; what it lacks comes from the source. */
function restOf(source: Cart, target: Cart) {
  const codes = new Map([...target.codes, ...source.codes].map((code) => [foldCode(code), code]));
  return {
    codes: [...codes.values()].slice(0, MAX_CODES),
    email: target.email ?? source.email,
    shippingMethodId: target.shippingMethodId ?? source.shippingMethodId,
    shippingAddress: target.shippingAddress ?? source.shippingAddress,
    billingAddress: target.billingAddress ?? source.billingAddress,
  };
}

type Merged = { lines: CartLine[]; merge: MergedLine[] };

const mergedLines = (
  source: Cart,
  target: Cart,
  products: Product[],
  mode: CartMergeMode,
  at: Date,
): Merged =>
  source.lines.reduce<Merged>(
    ({ lines, merge }, line) => {
      const product = products.find(({ _id }) => _id.equals(line.productId));
      const goods = soldGoods(line, product, source.currency, at);
      const there = lines.find(({ variantId }) => variantId.equals(line.variantId));
      const told = (outcome: CartMergeOutcome, quantity: number, reason: CartMergeReason | null = null) => ({
        ...{ name: line.name, sku: line.sku, wanted: line.quantity, quantity },
        ...{ outcome, reason },
      });
      const dropped = (reason: CartMergeReason) => ({
        lines,
        merge: [...merge, told('DROPPED', there?.quantity ?? 0, reason)],
      });
      if (!goods) return dropped('UNAVAILABLE');
      if (source.currency !== target.currency) return dropped('OTHER_CURRENCY');
      if (!there) {
        if (lines.length >= MAX_LINES) return dropped('CART_FULL');
        return { lines: [...lines, line], merge: [...merge, told('ADDED', line.quantity)] };
      }
      const sum = quantityOf(mode, there, line);
      const quantity = Math.min(sum, MAX_QUANTITY);
      return {
        lines: lines.map((one) => (one === there ? withQuantity(one, goods, quantity, at) : one)),
        merge: [...merge, told('MERGED', quantity, sum > quantity ? 'QUANTITY_LIMIT' : null)],
      };
    },
    { lines: target.lines, merge: [] },
  );

const quantityOf = (mode: CartMergeMode, there: CartLine, line: CartLine): number =>
  ({
    KEEP_BOTH: there.quantity + line.quantity,
    PREFER_TARGET: there.quantity,
    PREFER_SOURCE: line.quantity,
  })[mode];
