import { products } from '../../src/domains/catalogue/collections.ts';
import type { Product, Variant } from '../../src/domains/catalogue/documents.ts';
import { stockMovements } from '../../src/domains/catalogue/stock-movements.ts';
import { type Reservation, reservations } from '../../src/domains/inventory/collections.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';

const MOST = 100_000;

/**
 * What is not as it must be in a shop's stock, one line each. `stocked` is how many pieces each variant was made with:
 * products that tests put in have no first line in the ledger.
 */
export async function stockFaults(db: TenantDb, stocked: number): Promise<string[]> {
  const records = await db.collection(reservations).find({}, { limit: MOST });
  const lines = await db.collection(stockMovements).find({}, { limit: MOST });
  const all = await db.collection(products).find({}, { limit: MOST });
  return all.flatMap((product) => [
    ...holdFaults(product, records),
    ...product.variants.flatMap((variant) => {
      const { quantity, reserved, available, backordered } = variant.inventory;
      const promised = promisedOf(product, variant, records);
      const ledger = lines
        .filter(({ variantId }) => variantId.equals(variant._id))
        .reduce((sum, line) => sum + line.quantity, stocked);
      return [
        ...(quantity === reserved + available
          ? []
          : [`${variant.sku}: ${quantity} ≠ ${reserved} + ${available}`]),
        ...(reserved === promised ? [] : [`${variant.sku}: ${reserved} reserved, ${promised} promised`]),
        ...(quantity === ledger ? [] : [`${variant.sku}: ${quantity} there, ${ledger} in the ledger`]),
        ...(backordered < 0 || available < 0 ? [`${variant.sku}: fewer than none`] : []),
      ];
    }),
  ]);
}

const promisedOf = (product: Product, { _id }: Variant, records: Reservation[]) =>
  [
    ...product.holds.flatMap((hold) => hold.lines),
    ...records
      .filter(({ folded }) => folded.some((id) => id.equals(product._id)))
      .flatMap((record) => record.lines),
  ]
    .filter(({ variantId, backordered }) => variantId.equals(_id) && !backordered)
    .reduce((sum, { quantity }) => sum + quantity, 0);

function holdFaults(product: Product, records: Reservation[]): string[] {
  const open = new Map(
    records.filter(({ settledAt }) => !settledAt).map((record) => [String(record._id), record]),
  );
  const ids = product.holds.map(({ _id }) => String(_id));
  return [
    ...ids
      .filter((id) => !open.has(id))
      .map((id) => `${product.sku}: the hold ${id} has no open reservation`),
    ...(new Set(ids).size < ids.length ? [`${product.sku}: a hold stands twice`] : []),
  ];
}

/** Reservations that have ended and are not settled. */
export const unsettled = (db: TenantDb) =>
  db.collection(reservations).find({ state: { $ne: 'HELD' }, settledAt: null }, { limit: MOST });

export async function inventoryOf(db: TenantDb, sku: string) {
  const product = await db.collection(products).findOne({ 'variants.sku': sku, isDeleted: false });
  const variant = product?.variants.find((candidate) => candidate.sku === sku);
  if (!variant) throw new Error(`There is no variant ${sku}`);
  return variant.inventory;
}
