import type { Document, ObjectId } from 'mongodb';
import type { HeldLine, VariantInventory } from '../catalogue/documents.ts';

/** By how much the numbers of one variant become more or fewer. */
export type StockChange = { variantId: ObjectId } & Partial<VariantInventory>;

/** Promised to somebody. */
export const held = ({ variantId, quantity, backordered }: HeldLine): StockChange =>
  backordered ? { variantId } : { variantId, reserved: quantity, available: -quantity };

/** Promised no longer, and for sale again. */
export const freed = ({ variantId, quantity, backordered }: HeldLine): StockChange =>
  backordered ? { variantId } : { variantId, reserved: -quantity, available: quantity };

/** No longer ours: gone from what is on hand, or owed. */
export const sold = ({ variantId, quantity, backordered }: HeldLine): StockChange =>
  backordered
    ? { variantId, backordered: quantity }
    : { variantId, reserved: -quantity, quantity: -quantity };

/** All changes of one product in one update, with the options it needs; each variant stands once. */
export function stockUpdate(changes: readonly StockChange[]) {
  const $inc: Record<string, number> = {};
  const arrayFilters: Document[] = [];
  changes.forEach(({ variantId, ...numbers }, i) => {
    const moved = Object.entries(numbers).filter(([, by]) => by !== 0);
    if (moved.length > 0) arrayFilters.push({ [`v${i}._id`]: variantId });
    for (const [name, by] of moved) $inc[`variants.$[v${i}].inventory.${name}`] = by;
  });
  return arrayFilters.length > 0
    ? { update: { $inc }, options: { arrayFilters } }
    : { update: {}, options: {} };
}

/** One change for each variant. */
export function addedUp(changes: readonly StockChange[]): StockChange[] {
  const sums = new Map<string, StockChange>();
  for (const change of changes) {
    const key = change.variantId.toHexString();
    const sum = sums.get(key);
    sums.set(key, sum ? added(sum, change) : change);
  }
  return [...sums.values()];
}

const added = (a: StockChange, b: StockChange): StockChange => ({
  variantId: a.variantId,
  quantity: (a.quantity ?? 0) + (b.quantity ?? 0),
  reserved: (a.reserved ?? 0) + (b.reserved ?? 0),
  available: (a.available ?? 0) + (b.available ?? 0),
  backordered: (a.backordered ?? 0) + (b.backordered ?? 0),
});
