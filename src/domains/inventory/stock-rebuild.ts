import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { recordChange } from '../audit/entries.ts';
import { products } from '../catalogue/collections.ts';
import type { Product, VariantInventory } from '../catalogue/documents.ts';
import { stockMovements } from '../catalogue/stock-movements.ts';
import { unbookedSales } from './unbooked.ts';

/** Where the stock of a variant is not what the ledger adds up to. */
export type WrongStock = { productId: ObjectId; sku: string; path: string; stands: number; should: number };

type Rebuilt = { wrong: WrongStock[]; inventories: VariantInventory[] };

/**
 * Stock that is not what the lines of the ledger add up to; with `swap` it becomes it. Each product is read with its
 * ledger in one transaction, and written in the same one: a sale meanwhile writes the same document, so that one of the
 * two begins again. What is promised is known by reservations and stays; where the ledger has less than that, nothing is
 * swapped.
 */
export async function* rebuildStock(db: TenantDb, swap: boolean): AsyncGenerator<WrongStock> {
  const sort = { createdAt: -1, _id: -1 } as const;
  const scanned = db.collection(products).scan<Pick<Product, '_id'>>({}, { sort, projection: { _id: 1 } });
  for await (const { _id } of scanned) yield* await rebuildProduct(db, _id, swap);
}

const rebuildProduct = (db: TenantDb, _id: ObjectId, swap: boolean): Promise<WrongStock[]> =>
  db.transaction(async (tx) => {
    const product = await tx.collection(products).findOne({ _id });
    if (!product) return [];
    const { wrong, inventories } = compare(product, await ledgerOf(tx, product));
    const isPossible = inventories.every(({ available }) => available >= 0);
    if (swap && isPossible && wrong.length > 0) await swapStock(tx, product, inventories);
    return wrong;
  });

/** By variant. A sale is in the ledger a moment after its pieces are gone. */
async function ledgerOf(tx: TenantDb, { variants }: Product): Promise<Map<string, number>> {
  const lines = await tx
    .collection(stockMovements)
    .aggregate<{ _id: ObjectId; quantity: number }>([
      { $match: { variantId: { $in: variants.map(({ _id }) => _id) } } },
      { $group: { _id: '$variantId', quantity: { $sum: '$quantity' } } },
    ]);
  const ledger = new Map(lines.map(({ _id, quantity }) => [String(_id), quantity]));
  for (const { variantId, quantity } of await unbookedSales(tx))
    ledger.set(String(variantId), (ledger.get(String(variantId)) ?? 0) - quantity);
  return ledger;
}

function compare({ _id: productId, variants }: Product, ledger: ReadonlyMap<string, number>): Rebuilt {
  const inventories = variants.map(({ _id, inventory }) => {
    const quantity = ledger.get(String(_id)) ?? 0;
    return { ...inventory, quantity, available: quantity - inventory.reserved };
  });
  const wrong = variants.flatMap(({ sku, inventory }, i) =>
    (['quantity', 'available'] as const)
      .map((path) => ({ path, stands: inventory[path], should: inventories[i]?.[path] ?? 0 }))
      .filter(({ stands, should }) => stands !== should)
      .map((found) => ({ productId, sku, ...found, path: `variants.${i}.inventory.${found.path}` })),
  );
  return { wrong, inventories };
}

async function swapStock(tx: TenantDb, before: Product, inventories: VariantInventory[]): Promise<void> {
  const $set = Object.fromEntries(inventories.map((inventory, i) => [`variants.${i}.inventory`, inventory]));
  await tx.collection(products).updateOne({ _id: before._id }, { $set });
  const variants = before.variants.map((variant, i) => ({
    ...variant,
    inventory: inventories[i] ?? variant.inventory,
  }));
  await recordChange(tx, { type: 'product', id: before._id, before, after: { ...before, variants } });
}
