import type { Context } from '../../context.ts';
import { illegalState, invalid, notFound, UserError } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/event.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { InventoryAdjustInput } from '../../schema.types.ts';
import { recordChange } from '../audit/entries.ts';
import { recordFigures } from '../catalogue/category-figures.ts';
import { products } from '../catalogue/collections.ts';
import type { Product, Variant, VariantInventory } from '../catalogue/documents.ts';
import { inventoryChanged } from '../catalogue/events.ts';
import { findCrossings, tellCrossings } from '../catalogue/low-stock.ts';
import { movementsBetween, stockMovements } from '../catalogue/stock-movements.ts';
import { stockOf } from '../catalogue/variants.ts';
import { USUAL_SETTINGS } from '../tenants/collections.ts';
import { fillBackorders } from './arrivals.ts';
import { refreshRank } from './ranks.ts';

const MAX_QUANTITY = 1_000_000_000;
const MAX_REASON = 200;

/** Counts pieces in or out, or sets how many there are; the ledger says why. Pieces promised to somebody stay. */
export async function adjustInventory(tx: TenantDb, input: InventoryAdjustInput, { shop }: Shop) {
  const reason = readReason(input.reason);
  const before = await variantWith(tx, input.sku);
  checkExpected(before.variant.inventory, input.expectedQuantity);
  const delta = readDelta(input, before.variant.inventory);
  if (delta === 0) return { product: before.product, variant: before, inventory: stockOf(before.variant) };
  const moved = await move(tx, before.variant, delta);
  await told(tx, before, { product: moved, variant: variantOf(moved, before.variant.sku) }, reason);
  const owed = delta > 0 && before.variant.inventory.backordered > 0;
  const product = (owed && (await fillBackorders(tx, moved._id))) || moved;
  if (!owed) await refreshRank(tx, product);
  const variant = variantOf(product, before.variant.sku);
  const threshold = shop.settings.lowStockThreshold ?? USUAL_SETTINGS.lowStockThreshold;
  // Others want this product too, and wait for the end of this: nothing is looked up that cannot have changed.
  const near = delta < 0 ? variant : before.variant;
  if (near.inventory.available <= threshold) {
    const crossings = await findCrossings(tx, [variant], [], threshold);
    await tellCrossings(tx, product._id, delta < 0 ? crossings : { ...crossings, fallen: [] });
  }
  return { product, variant: { product, variant }, inventory: stockOf(variant) };
}

type Shop = Pick<Context, 'shop'>;
type Found = { product: Product; variant: Variant };

function readReason(reason: string): string {
  const trimmed = reason.trim();
  if (trimmed !== '' && trimmed.length <= MAX_REASON) return trimmed;
  throw invalid(`Say why, in 1 to ${MAX_REASON} characters: delivery, count, damage`, 'input', 'reason');
}

function readDelta({ delta, setTo }: InventoryAdjustInput, { quantity }: VariantInventory): number {
  if ((delta == null) === (setTo == null))
    throw invalid('Give exactly one of delta and setTo', 'input', 'delta');
  const name = setTo == null ? 'delta' : 'setTo';
  const change = setTo == null ? (delta ?? 0) : setTo - quantity;
  if ((setTo ?? 0) < 0) throw invalid('There cannot be fewer pieces than none', 'input', 'setTo');
  if (Math.abs(change) > MAX_QUANTITY) throw invalid(`At most ${MAX_QUANTITY} pieces at once`, 'input', name);
  return change;
}

/** A count that was made while pieces were sold must not undo the sale. */
function checkExpected({ quantity }: VariantInventory, expected: number | null | undefined) {
  if (expected == null || expected === quantity) return;
  const message = `There are ${quantity} pieces, not ${expected}: count again`;
  throw illegalState(message, `QUANTITY_${quantity}`, 'input', 'expectedQuantity');
}

async function variantWith(tx: TenantDb, sku: string): Promise<Found> {
  const product = await tx.collection(products).findOne({ 'variants.sku': sku, isDeleted: false });
  if (!product) throw notFound(`variant with the sku ${sku}`, 'input', 'sku');
  return { product, variant: variantOf(product, sku) };
}

function variantOf({ variants }: Product, sku: string): Variant {
  const variant = variants.find((candidate) => candidate.sku === sku);
  if (!variant) throw new Error(`The variant ${sku} is gone from the product that was found by it`);
  return variant;
}

/** The filter is the check: no two takers can both have the last piece. */
async function move(tx: TenantDb, { _id, sku, inventory }: Variant, delta: number): Promise<Product> {
  const enough = { variants: { $elemMatch: { _id, 'inventory.available': { $gte: -delta } } } };
  const change = { 'variants.$.inventory.quantity': delta, 'variants.$.inventory.available': delta };
  const product = await tx
    .collection(products)
    .findOneAndUpdate({ ...enough, isDeleted: false }, { $inc: change });
  if (product) return product;
  const data = { variantId: _id.toHexString(), sku, available: inventory.available };
  throw new UserError(
    'OUT_OF_STOCK',
    `Only ${inventory.available} pieces of ${sku} are free to be taken out`,
    ['input'],
    data,
  );
}

async function told(tx: TenantDb, before: Found, after: Found, reason: string): Promise<void> {
  const [line] = movementsBetween(before.product, after.product, reason, {
    now: tx.now(),
    actor: tx.origin.actor,
  });
  if (line) await tx.collection(stockMovements).insertOne(line);
  await recordFigures(tx, [{ before: before.product, after: after.product }]);
  await recordChange(tx, {
    type: 'inventory',
    id: after.variant._id,
    before: before.variant.inventory,
    after: after.variant.inventory,
  });
  const { _id: variantId, sku } = after.variant;
  await appendEvent(tx, inventoryChanged, { productId: after.product._id, variantId, sku });
}
