import type { Context } from '../../context.ts';
import { invalid, notFound } from '../../platform/errors.ts';
import type { CallIdentity } from '../../platform/idempotency/call-identity.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { InventoryReleaseInput, InventoryReserveInput } from '../../schema.types.ts';
import { findId } from '../catalogue/products.ts';
import type { Reservation } from './collections.ts';
import { findReservation, markReleased } from './reservation-ends.ts';
import { HELD_MS, reserveStock } from './reservations.ts';
import { settleAfterCommit } from './settling.ts';

const SECOND_MS = 1_000;
const SHORTEST_SECONDS = 60;
const LONGEST_SECONDS = 24 * 60 * 60;

export async function reserve(
  db: TenantDb,
  { lines, ttlSeconds }: InventoryReserveInput,
  _: Context,
  call: CallIdentity | null,
) {
  const wanted = lines.map(({ sku, quantity }, i) => ({
    sku: sku.trim(),
    quantity,
    path: ['input', 'lines', String(i)],
  }));
  const { actor } = db.origin;
  const reservation = await reserveStock(db, {
    lines: wanted,
    ttlMs: readTtl(ttlSeconds),
    ...(actor !== null && { owner: actor }),
    call,
  });
  return { reservation };
}

function readTtl(seconds: number | null | undefined): number {
  if (seconds == null) return HELD_MS;
  if (seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS) return seconds * SECOND_MS;
  const message = `A reservation is for ${SHORTEST_SECONDS} to ${LONGEST_SECONDS} seconds, not ${seconds}`;
  throw invalid(message, 'input', 'ttlSeconds');
}

/** In a transaction, which touches no product; `settle` follows it. */
export async function release(tx: TenantDb, { reservationId }: InventoryReleaseInput) {
  const id = findId(reservationId);
  if (!id) throw notFound('reservation', 'input', 'reservationId');
  return { reservation: await markReleased(tx, id) };
}

export const settle = ({ reservation }: { reservation: Reservation }, { db }: Context) =>
  settleAfterCommit(db, reservation._id);

export function reservationNamed(db: TenantDb, id: string): Promise<Reservation | null> | null {
  const key = findId(id);
  return key && findReservation(db, key);
}
