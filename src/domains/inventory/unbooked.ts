import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { StockMove } from '../catalogue/category-figures.ts';
import { products } from '../catalogue/collections.ts';
import { type Reservation, reservations } from './collections.ts';
import { isFolded, productsOf } from './reservation-lines.ts';

/** More sales than are ever on their way at one moment. */
const MOST = 100_000;

type Sold = Pick<Reservation, '_id' | 'lines' | 'folded'>;
type Holding = { _id: ObjectId; holds: { _id: ObjectId }[] };

/**
 * Pieces that sales have taken out of their products and not yet brought into the ledger and the figures of categories.
 * To be read in a transaction, together with what they are missing in.
 */
export async function unbookedSales(tx: TenantDb): Promise<StockMove[]> {
  const sold = await tx
    .collection(reservations)
    .find<Sold>(
      { dueAt: { $type: 'date' }, state: 'CONSUMED' },
      { limit: MOST, projection: { lines: 1, folded: 1 } },
    );
  const ids = sold.flatMap(productsOf);
  const holding = await tx
    .collection(products)
    .find<Holding>({ _id: { $in: ids } }, { limit: ids.length, projection: { 'holds._id': 1 } });
  const held = new Set(holding.flatMap(({ _id, holds }) => holds.map((hold) => `${_id} ${hold._id}`)));
  return sold.flatMap((reservation) =>
    reservation.lines
      .filter(({ backordered }) => !backordered)
      .filter(({ productId }) => !isFolded(reservation, productId))
      .filter(({ productId }) => !held.has(`${productId} ${reservation._id}`))
      .map(({ productId, variantId, quantity }) => ({ productId, variantId, quantity })),
  );
}
