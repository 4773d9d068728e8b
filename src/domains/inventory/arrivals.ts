import { ObjectId } from 'mongodb';
import { appendEvent } from '../../platform/events/event.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { recordStockFigures } from '../catalogue/category-figures.ts';
import { products } from '../catalogue/collections.ts';
import type { Product, Variant } from '../catalogue/documents.ts';
import { inventoryChanged } from '../catalogue/events.ts';
import { findCrossings, tellCrossings } from '../catalogue/low-stock.ts';
import { stockMovements } from '../catalogue/stock-movements.ts';
import { refreshRank } from './ranks.ts';

export type ReturnedLine = { productId: ObjectId; variantId: ObjectId; quantity: number };

/**
 * Pieces that were sold come back, in the transaction of what sends them back. Where a variant is gone, there is nowhere
 * for them to go.
 */
export async function returnStock(
  tx: TenantDb,
  lines: readonly ReturnedLine[],
  reason: string,
): Promise<void> {
  for (const { productId, variantId, quantity } of lines) {
    const change = { 'variants.$.inventory.quantity': quantity, 'variants.$.inventory.available': quantity };
    const after = await tx
      .collection(products)
      .findOneAndUpdate({ _id: productId, 'variants._id': variantId }, { $inc: change });
    const variant = after?.variants.find(({ _id }) => _id.equals(variantId));
    if (after && variant) await tell(tx, after, variant, { quantity, reason });
    const product = after && (await fillBackorders(tx, productId));
    const level = product?.variants.filter(({ _id }) => _id.equals(variantId)) ?? [];
    await tellCrossings(tx, productId, { ...(await findCrossings(tx, level)), fallen: [] });
  }
}

/** Sold pieces that were still to come leave again as soon as they are there. Answers the product as it then is. */
export async function fillBackorders(tx: TenantDb, productId: ObjectId): Promise<Product | null> {
  let product = await tx.collection(products).findOne({ _id: productId });
  for (const variant of product?.variants ?? []) {
    const { available, backordered } = variant.inventory;
    const filled = Math.min(available, backordered);
    if (filled === 0) continue;
    product = await tx.collection(products).findOneAndUpdate(
      { _id: productId, 'variants._id': variant._id },
      {
        $inc: {
          'variants.$.inventory.quantity': -filled,
          'variants.$.inventory.available': -filled,
          'variants.$.inventory.backordered': -filled,
        },
      },
    );
    if (product) await tell(tx, product, variant, { quantity: -filled, reason: 'backorders filled' });
  }
  if (product) await refreshRank(tx, product);
  return product;
}

async function tell(
  tx: TenantDb,
  { _id: productId }: Product,
  { _id: variantId, sku }: Variant,
  { quantity, reason }: { quantity: number; reason: string },
): Promise<void> {
  await tx.collection(stockMovements).insertOne({
    _id: new ObjectId(),
    productId,
    variantId,
    sku,
    quantity,
    reserved: 0,
    reason,
    at: tx.now(),
    actor: tx.origin.actor,
  });
  await recordStockFigures(tx, [{ productId, variantId, quantity }]);
  await appendEvent(tx, inventoryChanged, { productId, variantId, sku });
}
