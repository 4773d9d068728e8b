import { ObjectId } from 'mongodb';
import { appendEvent } from '../../platform/events/event.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { recordStockFigures } from '../catalogue/category-figures.ts';
import { inventoryChanged } from '../catalogue/events.ts';
import { type StockMovement, stockMovements } from '../catalogue/stock-movements.ts';
import { type Reservation, reservations } from './collections.ts';
import { bookFolded } from './folding.ts';
import { followStock } from './following.ts';
import { takeHoldOut } from './holds.ts';
import { ifPossible } from './if-possible.ts';
import { isFolded, productsOf } from './reservation-lines.ts';

/**
 * Brings the end of a reservation into the stock, the ledger and the outbox: once, whoever does it and however often.
 * To be called when the transaction that consumed or released it is committed; the sweeper does what is left undone.
 */
export async function settleReservation(db: TenantDb, id: ObjectId): Promise<void> {
  const reservation = await db.retry(() => db.collection(reservations).findOne({ _id: id }));
  if (!reservation || reservation.state === 'HELD' || reservation.settledAt) return;
  for (const productId of productsOf(reservation)) {
    if (isFolded(reservation, productId)) await bookFolded(db, productId);
    else await takeHoldOut(db, reservation, productId);
  }
  // Before it is closed, so that what is interrupted is done by the sweeper.
  await followStock(db, reservation);
  await close(db, reservation);
}

/** Settles what a committed change has ended; where that cannot be done now, the sweeper does it. */
export const settleAfterCommit = (db: TenantDb, id: ObjectId): Promise<void> =>
  ifPossible(db.retry(() => settleReservation(db, id)));

const close = (db: TenantDb, reservation: Reservation) =>
  db.transaction(async (tx) => {
    const open = { _id: reservation._id, settledAt: null, folded: [] };
    const settled = { $set: { settledAt: tx.now(), dueAt: null } };
    const { modifiedCount } = await tx.collection(reservations).updateOne(open, settled);
    // Somebody else has done so, and told of it. And of what was refused there is nothing to tell.
    if (modifiedCount === 0 || reservation.refusal) return;
    const lines = reservation.state === 'CONSUMED' ? movementsOf(reservation, tx.now()) : [];
    if (lines.length > 0) await tx.collection(stockMovements).insertMany(lines);
    await recordStockFigures(tx, lines);
    for (const { productId, variantId, sku } of reservation.lines)
      await appendEvent(tx, inventoryChanged, { productId, variantId, sku });
  });

/** The ledger is of pieces on hand: one line for what is sold of them, none for what is only promised or still to come. */
const movementsOf = ({ lines, reason, endedBy }: Reservation, at: Date): Omit<StockMovement, 'tenantId'>[] =>
  lines
    .filter(({ backordered }) => !backordered)
    .map(({ productId, variantId, sku, quantity }) => ({
      _id: new ObjectId(),
      productId,
      variantId,
      sku,
      quantity: -quantity,
      reserved: 0,
      reason: reason ?? 'sold',
      at,
      actor: endedBy,
    }));
