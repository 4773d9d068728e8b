import { MongoServerError, ObjectId } from 'mongodb';
import { idempotencyMismatch, UserError } from '../../platform/errors.ts';
import type { CallIdentity } from '../../platform/idempotency/call-identity.ts';
import { SharedWrite } from '../../platform/mongo/shared-write.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { type NewReservation, type Reservation, type ReservationLine, reservations } from './collections.ts';
import { addUp, linesFor, placed, type Wanted } from './demand.ts';
import { placeHold } from './holds.ts';
import { ifPossible } from './if-possible.ts';
import { releaseReservation, SETTLED_BY_CALLER_MS } from './reservation-ends.ts';
import { productsOf } from './reservation-lines.ts';
import { settleAfterCommit } from './settling.ts';

export const HELD_MS = 15 * 60_000;
const DUPLICATE_KEY = 11000;

export type ReserveOptions = {
  lines: readonly Wanted[];
  /** For how long; 15 minutes when absent. */
  ttlMs?: number;
  /** Whom it is for, such as "cart:…". */
  owner?: string;
  /** Two calls with one identity are one reservation. */
  call?: CallIdentity | null;
};

const records = new SharedWrite(reservations);

/**
 * Keeps pieces for somebody: all of them, or none. Throws a UserError (OUT_OF_STOCK, NOT_FOUND, INVALID), which a repeat
 * of the call is told again. Never in a transaction: others want the same pieces at the same moment. A repeat may answer
 * a reservation that has ended since.
 */
export async function reserveStock(db: TenantDb, options: ReserveOptions): Promise<Reservation> {
  const wanted = addUp(options.lines);
  const made = await start(db, wanted, options);
  const { call } = options;
  if (call && made.inputHash !== call.inputHash) throw idempotencyMismatch();
  if (made.state !== 'HELD') return outcomeOf(made);
  try {
    return await placeAll(db, made);
  } catch (error) {
    if (error instanceof UserError) return refuse(db, made, placed(error, wanted));
    // A call without identity cannot be repeated: nobody would ever come for these pieces.
    if (!call) await ifPossible(releaseReservation(db, made._id));
    throw error;
  }
}

/** Writes the record, or finds that of the same call. */
async function start(
  db: TenantDb,
  wanted: readonly Wanted[],
  { call, ...options }: ReserveOptions,
): Promise<Reservation> {
  try {
    return await insert(db, newReservation(db, await db.retry(() => linesFor(db, wanted)), options, call));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const refusal = placed(error, wanted);
    if (!call) throw refusal;
    return insert(db, refused(db, newReservation(db, [], options, call), refusal));
  }
}

async function insert(db: TenantDb, reservation: NewReservation): Promise<Reservation> {
  try {
    await records.insert(db, reservation);
    return { ...reservation, tenantId: db.tenantId };
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== DUPLICATE_KEY) throw error;
    return find(db, reservation._id);
  }
}

function newReservation(
  db: TenantDb,
  lines: ReservationLine[],
  { ttlMs = HELD_MS, owner }: Pick<ReserveOptions, 'ttlMs' | 'owner'>,
  call: CallIdentity | null | undefined,
): NewReservation {
  const now = db.now();
  const expiresAt = new Date(now.getTime() + ttlMs);
  return {
    _id: call?.id ?? new ObjectId(),
    state: 'HELD',
    lines,
    owner: owner ?? null,
    inputHash: call?.inputHash ?? null,
    refusal: null,
    stamp: now,
    folded: [],
    createdAt: now,
    expiresAt,
    endedAt: null,
    reason: null,
    endedBy: null,
    settledAt: null,
    dueAt: expiresAt,
  };
}

/** Nothing of it was ever held, and nothing is left to do. */
function refused(db: TenantDb, reservation: NewReservation, error: UserError): NewReservation {
  const now = db.now();
  return {
    ...reservation,
    state: 'RELEASED',
    refusal: refusalOf(error),
    endedAt: now,
    endedBy: db.origin.actor,
    settledAt: now,
    dueAt: null,
  };
}

const refusalOf = ({ code, message, path, data }: UserError) => ({ code, message, path, data });

async function placeAll(db: TenantDb, made: Reservation): Promise<Reservation> {
  let current = made;
  for (const productId of productsOf(made)) {
    current = await placeHold(db, current, productId);
    if (current.state !== 'HELD') return outcomeOf(current);
  }
  const { _id, lines } = current;
  if (lines.every(({ backordered }, i) => backordered === made.lines[i]?.backordered)) return current;
  await db.retry(() => db.collection(reservations).updateOne({ _id, state: 'HELD' }, { $set: { lines } }));
  return outcomeOf(await find(db, _id));
}

/** Gives back what was held before something was missing, unless somebody else has ended it otherwise. */
async function refuse(db: TenantDb, { _id }: Reservation, error: UserError): Promise<Reservation> {
  const now = db.now();
  const end = {
    state: 'RELEASED' as const,
    refusal: refusalOf(error),
    endedAt: now,
    endedBy: db.origin.actor,
    dueAt: new Date(now.getTime() + SETTLED_BY_CALLER_MS),
  };
  const { modifiedCount } = await db.retry(() =>
    db.collection(reservations).updateOne({ _id, state: 'HELD' }, { $set: end }),
  );
  if (modifiedCount === 1) await settleAfterCommit(db, _id);
  return outcomeOf(await find(db, _id));
}

function outcomeOf(reservation: Reservation): Reservation {
  const { refusal } = reservation;
  if (refusal) throw new UserError(refusal.code, refusal.message, refusal.path, refusal.data);
  return reservation;
}

async function find(db: TenantDb, _id: ObjectId): Promise<Reservation> {
  const found = await db.retry(() => db.collection(reservations).findOne({ _id }));
  if (!found) throw new Error(`The reservation ${_id} is gone while it is made`);
  return found;
}
