import { LRUCache } from 'lru-cache';
import type { ObjectId } from 'mongodb';
import { invalid, UserError } from '../../platform/errors.ts';
import { SharedLookup } from '../../platform/mongo/shared-lookup.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products } from '../catalogue/collections.ts';
import type { Product, Variant } from '../catalogue/documents.ts';
import type { ReservationLine } from './collections.ts';

/** Pieces that somebody wants; `path` leads to them in the input: ['input', 'lines', '0']. */
export type Wanted = { sku: string; quantity: number; path: string[] };

export type StockedVariant = Pick<Variant, '_id' | 'sku' | 'inventory' | 'backorder'>;
type StockedProduct = Pick<Product, '_id'> & { variants: StockedVariant[] };

const MAX_LINES = 250;
const MAX_QUANTITY = 1_000_000;

/** What is wanted of each variant, in one line; its place is that of the first. */
export function addUp(lines: readonly Wanted[]): Wanted[] {
  if (lines.length === 0 || lines.length > MAX_LINES)
    throw invalid(`Name 1 to ${MAX_LINES} lines, not ${lines.length}`, 'input', 'lines');
  const sums = new Map<string, Wanted>();
  for (const line of lines) {
    if (!Number.isInteger(line.quantity) || line.quantity < 1)
      throw invalid(`A quantity is at least 1, not ${line.quantity}`, ...line.path, 'quantity');
    const { quantity = 0, path: first = line.path } = sums.get(line.sku) ?? {};
    if (quantity + line.quantity > MAX_QUANTITY)
      throw invalid(`At most ${MAX_QUANTITY} pieces at once`, ...line.path, 'quantity');
    sums.set(line.sku, { sku: line.sku, quantity: quantity + line.quantity, path: first });
  }
  return [...sums.values()];
}

const shared = new SharedLookup<string, StockedProduct>(({ variants }) => variants.map(({ sku }) => sku));

const findStock = (db: TenantDb, skus: string[]) =>
  shared.find(db, 'stock', skus, (asker, asked) =>
    asker.collection(products).find<StockedProduct>(
      { isDeleted: false, 'variants.sku': { $in: asked } },
      {
        limit: asked.length,
        // A product may have a thousand other variants.
        projection: { variants: { $filter: { input: '$variants', cond: { $in: ['$$this.sku', asked] } } } },
      },
    ),
  );

type Place = { productId: ObjectId; variant: StockedVariant };

/** Where variants were found lately. Placing a hold looks at all of it again, so it may be wrong. */
const places = new LRUCache<string, Place>({ max: 50_000, ttl: 60_000 });
const keyOf = ({ tenantId }: TenantDb, sku: string) => `${tenantId} ${sku}`;
/** Where there was so much more than is wanted, it is not looked at before it is taken. */
const PLENTY = 10;

/** What it was found to be is not so any more. */
export const forgetPlace = (db: TenantDb, sku: string): void => void places.delete(keyOf(db, sku));

/**
 * The lines of a reservation of what is wanted, as things stand. NOT_FOUND or OUT_OF_STOCK where it can be seen now that
 * it cannot be had; only placing the holds shows that it can.
 */
export async function linesFor(db: TenantDb, wanted: readonly Wanted[]): Promise<ReservationLine[]> {
  const known = wanted.map(({ sku, quantity }) => {
    const place = places.get(keyOf(db, sku));
    return place && place.variant.inventory.available >= PLENTY * quantity ? place : undefined;
  });
  const asked = wanted.filter((_, i) => !known[i]).map(({ sku }) => sku);
  const rows = asked.length > 0 ? await findStock(db, asked) : null;
  const lines = wanted.map(({ sku, quantity }, i) => {
    const { productId, variant } = known[i] ?? placeIn(rows?.get(sku), sku);
    if (!known[i]) places.set(keyOf(db, sku), { productId, variant });
    return asStocked({ productId, variantId: variant._id, sku, quantity, backordered: false }, variant);
  });
  // All take their places in one order: two who want the same things do not each get a part of them.
  return lines.toSorted((a, b) => (a.productId.toHexString() < b.productId.toHexString() ? -1 : 1));
}

function placeIn(product: StockedProduct | undefined, sku: string): Place {
  const variant = product?.variants.find((candidate) => candidate.sku === sku);
  if (!product || !variant) throw noSuchVariant(sku);
  return { productId: product._id, variant };
}

/** The line from what is there, or from what is to come where the variant may be sold so. */
export function asStocked(line: ReservationLine, { inventory, backorder }: StockedVariant): ReservationLine {
  if (inventory.available >= line.quantity) return { ...line, backordered: false };
  if (backorder) return { ...line, backordered: true };
  const { sku, variantId } = line;
  const message = `Only ${inventory.available} pieces of ${sku} can be bought, not ${line.quantity}`;
  const data = { sku, variantId: variantId.toHexString(), available: inventory.available };
  throw new UserError('OUT_OF_STOCK', message, [], data);
}

export const noSuchVariant = (sku: string) =>
  new UserError('NOT_FOUND', `There is no such variant with the sku ${sku}`, [], { sku });

/** The refusal with the place in the input of what it is about. */
export function placed({ code, message, data }: UserError, wanted: readonly Wanted[]): UserError {
  const path = wanted.find(({ sku }) => sku === data.sku)?.path ?? [];
  return new UserError(code, message, code === 'NOT_FOUND' ? [...path, 'sku'] : path, data);
}
