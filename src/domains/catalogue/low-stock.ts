import { ObjectId } from 'mongodb';

import { appendEvent, defineEvent } from '../../platform/events/event.ts';
import { defineCollection } from '../../platform/mongo/collection.ts';
import { date, id, object } from '../../platform/mongo/schema.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { USUAL_SETTINGS } from '../tenants/collections.ts';
import { readShop } from '../tenants/shop-settings.ts';
import type { Variant } from './documents.ts';

/** A variant of which so little can be bought that it has been told; gone when there is enough again. */
export type LowStock = { _id: ObjectId; tenantId: ObjectId; variantId: ObjectId; at: Date };

export const lowStock = defineCollection<LowStock>('low_stock', object({ variantId: id, at: date }), [
  { key: { variantId: 1 }, unique: true },
]);

type Low = { productId: ObjectId; variantId: ObjectId; sku: string; available: number; threshold: number };

/** Told once, when what can be bought falls to the shop's threshold. */
export const inventoryLow = defineEvent<Low>('inventory.low', ({ productId }) => `product:${productId}`);

export type Level = Pick<Variant, '_id' | 'sku' | 'inventory'>;

export type Crossings = { threshold: number; fallen: Level[]; risen: ObjectId[] };

/**
 * Which variants are low and not known as such, or the reverse. Those that are gone are not low. The threshold is looked
 * up where it is not known.
 */
export async function findCrossings(
  db: TenantDb,
  levels: readonly Level[],
  gone: readonly ObjectId[] = [],
  known?: number,
): Promise<Crossings> {
  const ids = [...levels.map(({ _id }) => _id), ...gone];
  if (ids.length === 0) return { threshold: 0, fallen: [], risen: [] };
  const told = await db.collection(lowStock).find({ variantId: { $in: ids } }, { limit: ids.length });
  const threshold = known ?? (await thresholdOf(db));
  const low = levels.filter(({ inventory }) => inventory.available <= threshold);
  const has = (all: readonly ObjectId[], one: ObjectId) => all.some((id) => id.equals(one));
  const [knownIds, lowIds] = [told.map(({ variantId }) => variantId), low.map(({ _id }) => _id)];
  return {
    threshold,
    fallen: low.filter(({ _id }) => !has(knownIds, _id)),
    risen: knownIds.filter((one) => !has(lowIds, one)),
  };
}

async function thresholdOf(db: TenantDb): Promise<number> {
  const { settings } = await readShop(db);
  return settings.lowStockThreshold ?? USUAL_SETTINGS.lowStockThreshold;
}

/** Tells of what has fallen, and is ready to tell again of what has risen. */
export async function tellCrossings(
  tx: TenantDb,
  productId: ObjectId,
  { threshold, fallen, risen }: Crossings,
): Promise<void> {
  if (risen.length > 0) await tx.collection(lowStock).deleteMany({ variantId: { $in: risen } });
  for (const { _id: variantId, sku, inventory } of fallen) {
    await tx.collection(lowStock).insertOne({ _id: new ObjectId(), variantId, at: tx.now() });
    await appendEvent(tx, inventoryLow, {
      ...{ productId, variantId, sku },
      ...{ available: inventory.available, threshold },
    });
  }
}
