import { isDeepStrictEqual } from 'node:util';
import type { ObjectId } from 'mongodb';
import { appendEvent } from '../../platform/events/event.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { recordChange } from '../audit/entries.ts';
import { rebuildFigures } from '../catalogue/category-figures.ts';
import { products } from '../catalogue/collections.ts';
import type { Product, VariantInventory } from '../catalogue/documents.ts';
import { inventoryChanged } from '../catalogue/events.ts';
import { stockMovements } from '../catalogue/stock-movements.ts';
import { reservations } from './collections.ts';
import { refreshRank } from './ranks.ts';
import { heldLines } from './reservation-lines.ts';
import { unbookedSales } from './unbooked.ts';

/** Where the stock of a variant is not what the ledger and its reservations add up to. */
export type WrongStock = { productId: ObjectId; sku: string; path: string; stands: number; should: number };

type Rebuilt = { wrong: WrongStock[]; inventories: VariantInventory[] };

const NUMBERS = ['quantity', 'reserved', 'available'] as const;
const MOST_FOLDED = 100_000;

/**
 * Stock that is not what the lines of the ledger add up to, or of which something else is promised than is held; with
 * `swap` it becomes that. Each product is read with its ledger in one transaction, and written in the same one: a sale
 * meanwhile writes the same document, so that one of the two begins again. Where the ledger has less than is promised,
 * nothing is swapped. What is owed (`backordered`) is in neither and stays.
 */
export async function* rebuildStock(db: TenantDb, swap: boolean): AsyncGenerator<WrongStock> {
  const sort = { createdAt: -1, _id: -1 } as const;
  const scanned = db.collection(products).scan<Pick<Product, '_id'>>({}, { sort, projection: { _id: 1 } });
  let swapped = false;
  for await (const { _id } of scanned) {
    const wrong = await rebuildProduct(db, _id, swap);
    swapped ||= swap && wrong.length > 0;
    yield* wrong;
  }
  // They may have been right or wrong together with the stock.
  if (swapped) await rebuildFigures(db, unbookedSales);
}

const rebuildProduct = (db: TenantDb, _id: ObjectId, swap: boolean): Promise<WrongStock[]> =>
  db.transaction(async (tx) => {
    const product = await tx.collection(products).findOne({ _id });
    if (!product) return [];
    const { wrong, inventories } = compare(
      product,
      await ledgerOf(tx, product),
      await promisedOf(tx, product),
    );
    const isPossible = inventories.every(({ available }) => available >= 0);
    if (swap && isPossible && wrong.length > 0) await swapStock(tx, product, inventories);
    return wrong;
  });

type Sums = Map<string, number>;

const add = (sums: Sums, id: ObjectId, more: number) =>
  void sums.set(String(id), (sums.get(String(id)) ?? 0) + more);

/** By variant. A sale is in the ledger a moment after its pieces are gone. */
async function ledgerOf(tx: TenantDb, { variants }: Product): Promise<Sums> {
  const lines = await tx
    .collection(stockMovements)
    .aggregate<{ _id: ObjectId; quantity: number }>([
      { $match: { variantId: { $in: variants.map(({ _id }) => _id) } } },
      { $group: { _id: '$variantId', quantity: { $sum: '$quantity' } } },
    ]);
  const ledger: Sums = new Map(lines.map(({ _id, quantity }) => [String(_id), quantity]));
  for (const { variantId, quantity } of await unbookedSales(tx)) add(ledger, variantId, -quantity);
  return ledger;
}

/** By variant: what is held in the product, and what was folded out of it. */
async function promisedOf(tx: TenantDb, { _id, holds }: Product): Promise<Sums> {
  const folded = await tx
    .collection(reservations)
    // The second condition is what the index is limited to.
    .find({ folded: _id, 'folded.0': { $exists: true } }, { limit: MOST_FOLDED });
  const held = [...holds, ...folded.map((reservation) => ({ lines: heldLines(reservation, _id) }))];
  const promised: Sums = new Map();
  for (const { variantId, quantity, backordered } of held.flatMap(({ lines }) => lines))
    if (!backordered) add(promised, variantId, quantity);
  return promised;
}

function compare({ _id: productId, variants }: Product, ledger: Sums, promised: Sums): Rebuilt {
  const inventories = variants.map(({ _id, inventory }) => {
    const quantity = ledger.get(String(_id)) ?? 0;
    const reserved = promised.get(String(_id)) ?? 0;
    return { ...inventory, quantity, reserved, available: quantity - reserved };
  });
  const wrong = variants.flatMap(({ sku, inventory }, i) =>
    NUMBERS.map((path) => ({ path, stands: inventory[path], should: inventories[i]?.[path] ?? 0 }))
      .filter(({ stands, should }) => stands !== should)
      .map((found) => ({ productId, sku, ...found, path: `variants.${i}.inventory.${found.path}` })),
  );
  return { wrong, inventories };
}

/** Whoever follows the stock is told, as of any other change of it. */
async function swapStock(tx: TenantDb, before: Product, inventories: VariantInventory[]): Promise<void> {
  const $set = Object.fromEntries(inventories.map((inventory, i) => [`variants.${i}.inventory`, inventory]));
  await tx.collection(products).updateOne({ _id: before._id }, { $set });
  const variants = before.variants.map((variant, i) => ({
    ...variant,
    inventory: inventories[i] ?? variant.inventory,
  }));
  await refreshRank(tx, { ...before, variants });
  await recordChange(tx, { type: 'product', id: before._id, before, after: { ...before, variants } });
  for (const [i, { _id: variantId, sku, inventory }] of variants.entries())
    if (!isDeepStrictEqual(inventory, before.variants[i]?.inventory))
      await appendEvent(tx, inventoryChanged, { productId: before._id, variantId, sku });
}
