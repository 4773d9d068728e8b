import type { ObjectId } from 'mongodb';
import { illegalState, notFound } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { type Reservation, type ReservationState, reservations } from './collections.ts';
import { settleAfterCommit } from './settling.ts';

/** Whoever ends a reservation settles it at once; after so long the sweeper takes it that they could not. */
export const SETTLED_BY_CALLER_MS = 5_000;

export const findReservation = (db: TenantDb, id: ObjectId): Promise<Reservation | null> =>
  db.collection(reservations).findOne({ _id: id });

/**
 * Sells what a reservation holds, in the caller's transaction, which touches no product. Only for a reservation that
 * reserveStock has answered. When the transaction is committed, call settleAfterCommit. `reason` is for the ledger.
 */
export const consumeReservation = (tx: TenantDb, id: ObjectId, reason: string): Promise<Reservation> =>
  endReservation(tx, id, 'CONSUMED', reason);

/** Gives up what a reservation holds, in the caller's transaction; call settleAfterCommit when that is committed. */
export const markReleased = (tx: TenantDb, id: ObjectId): Promise<Reservation> =>
  endReservation(tx, id, 'RELEASED', null);

/** Gives up what a reservation holds; one that was given up before is answered as it is. */
export async function releaseReservation(db: TenantDb, id: ObjectId): Promise<Reservation> {
  const released = await db.retry(() => markReleased(db, id));
  await settleAfterCommit(db, id);
  return released;
}

/** Keeps the pieces until so long from now, or longer where they are kept longer. */
export async function extendReservation(db: TenantDb, id: ObjectId, ttlMs: number): Promise<Reservation> {
  const until = new Date(db.now().getTime() + ttlMs);
  const later = { $max: { expiresAt: until, dueAt: until } };
  const extended = await db.retry(() =>
    db.collection(reservations).findOneAndUpdate({ _id: id, state: 'HELD' }, later),
  );
  return extended ?? refuseEnded(await findReservation(db, id));
}

async function endReservation(
  db: TenantDb,
  id: ObjectId,
  state: 'CONSUMED' | 'RELEASED',
  reason: string | null,
): Promise<Reservation> {
  const now = db.now();
  const end = {
    state,
    reason,
    endedAt: now,
    endedBy: db.origin.actor,
    dueAt: new Date(now.getTime() + SETTLED_BY_CALLER_MS),
  };
  const ended = await db.collection(reservations).findOneAndUpdate({ _id: id, state: 'HELD' }, { $set: end });
  if (ended) return ended;
  const found = await findReservation(db, id);
  return found?.state === 'RELEASED' && state === 'RELEASED' ? found : refuseEnded(found);
}

const ENDED: Record<ReservationState, string> = {
  HELD: 'The reservation changes just now: try again',
  CONSUMED: 'What was reserved is sold',
  RELEASED: 'The reservation has been given up, or its time was over',
};

function refuseEnded(found: Reservation | null): never {
  if (!found) throw notFound('reservation', 'input', 'reservationId');
  throw illegalState(ENDED[found.state], found.state, 'input', 'reservationId');
}
