import type { ObjectId } from 'mongodb';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { type Reservation, reservations } from './collections.ts';
import { settleReservation } from './settling.ts';

const BATCH = 200;
/** What is left is swept in the next round. */
const MOST_BATCHES = 100;
const AT_ONCE = 8;
const POSTPONED_MS = 30_000;

type Due = Pick<Reservation, '_id' | 'tenantId' | 'state'>;

/**
 * Ends the reservations whose time is over, and settles those that nobody has settled; called on a clock, by as many
 * processes as like to. What fails is put off, and told when the rest is done. Answers how many were seen to.
 */
export async function sweepReservations(db: SystemDb): Promise<number> {
  const failures: unknown[] = [];
  let swept = 0;
  for (let batches = 0; batches < MOST_BATCHES; batches++) {
    const due = await findDue(db);
    for (let i = 0; i < due.length; i += AT_ONCE) {
      const outcomes = await Promise.all(due.slice(i, i + AT_ONCE).map((one) => endDue(db, one)));
      failures.push(...outcomes.filter((outcome) => outcome !== undefined));
    }
    swept += due.length;
    if (due.length < BATCH) break;
  }
  if (failures.length === 0) return swept;
  throw new AggregateError(failures, `${failures.length} reservations could not be brought to their end`);
}

const findDue = (db: SystemDb): Promise<Due[]> =>
  db
    .collection(reservations)
    .find<Due>(
      // The type is what the index is limited to, and so must be said.
      { dueAt: { $type: 'date', $lte: db.now() }, ...db.here },
      {
        sort: { dueAt: 1 },
        limit: BATCH,
        projection: { tenantId: 1, state: 1 },
        ...db.options,
        ...db.because,
      },
    )
    .toArray();

/** The error, where there was one. */
async function endDue(system: SystemDb, { _id, tenantId, state }: Due): Promise<unknown> {
  const db = system.forTenant(tenantId);
  try {
    if (state === 'HELD') await releaseOver(db, _id);
    await settleReservation(db, _id);
    return undefined;
  } catch (error) {
    await postpone(db, _id);
    return error;
  }
}

/** Unless it has been extended, consumed or released meanwhile. */
function releaseOver(db: TenantDb, _id: ObjectId) {
  const now = db.now();
  const over = { _id, state: 'HELD' as const, expiresAt: { $lte: now } };
  return db.retry(() =>
    db.collection(reservations).updateOne(over, { $set: { state: 'RELEASED', endedAt: now, dueAt: now } }),
  );
}

/** Not one that was extended meanwhile, and so is due later anyway. */
function postpone(db: TenantDb, _id: ObjectId) {
  const now = db.now();
  const later = { $set: { dueAt: new Date(now.getTime() + POSTPONED_MS) } };
  return db.collection(reservations).updateOne({ _id, dueAt: { $type: 'date', $lte: now } }, later);
}
