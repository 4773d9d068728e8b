import { createHash } from 'node:crypto';
import { MongoServerError, ObjectId } from 'mongodb';
import { idempotencyMismatch, UserError } from '../errors.ts';
import type { TenantDb } from '../mongo/tenant-db.ts';
import { type IdempotencyRecord, idempotencyKeys } from './collections.ts';

const KEPT_MS = 24 * 60 * 60 * 1000;
const DUPLICATE_KEY = 11000;

/** One call of a mutation. Two calls with the same caller, operation and key are one. */
export type Call = { caller: string; operation: string; key: string; input: unknown };

/**
 * Runs `work` in a transaction that also keeps its answer, and gives the kept answer to whoever repeats the call: a
 * client that heard nothing, or ourselves after a commit whose outcome is unknown. A user error that `work` throws is
 * an answer as well and is kept. IDEMPOTENCY_MISMATCH when the same key comes with another input.
 */
export async function once<R>(
  db: TenantDb,
  call: Call,
  work: (tx: TenantDb) => Promise<R>,
  answerOf: (error: UserError) => R,
): Promise<R> {
  try {
    return await db.transaction(async (tx) => {
      // First of all, so that a second call waits here and changes nothing.
      const record = await tx.collection(idempotencyKeys).insertOne(newRecord(db, call));
      const answer = await work(tx);
      await tx.collection(idempotencyKeys).updateOne({ _id: record._id }, { $set: { answer } });
      return answer;
    });
  } catch (error) {
    if (isRepeat(error)) return keptAnswer<R>(db, call);
    if (!(error instanceof UserError)) throw error;
    return keepRefusal(db, call, answerOf(error));
  }
}

/** What the change was refused for is kept too: by then somebody else may have kept another answer. */
async function keepRefusal<R>(db: TenantDb, call: Call, answer: R): Promise<R> {
  try {
    await db.retry(() => db.collection(idempotencyKeys).insertOne({ ...newRecord(db, call), answer }));
    return answer;
  } catch (error) {
    if (isRepeat(error)) return keptAnswer<R>(db, call);
    throw error;
  }
}

async function keptAnswer<R>(db: TenantDb, { caller, operation, key, input }: Call): Promise<R> {
  const record = await db.collection(idempotencyKeys).findOne({ caller, operation, key });
  if (!record) throw new Error(`The answer under idempotency key ${key} expired while it was asked for`);
  if (record.inputHash !== hashOf(input)) throw idempotencyMismatch();
  return record.answer as R;
}

const newRecord = (db: TenantDb, { input, ...call }: Call): Omit<IdempotencyRecord, 'tenantId'> => ({
  _id: new ObjectId(),
  ...call,
  inputHash: hashOf(input),
  answer: null,
  expiresAt: new Date(db.now().getTime() + KEPT_MS),
});

const isRepeat = (error: unknown) =>
  error instanceof MongoServerError &&
  error.code === DUPLICATE_KEY &&
  String(error.message).includes(idempotencyKeys.name);

const hashOf = (input: unknown) => createHash('sha256').update(JSON.stringify(input, sortedKeys)).digest('hex');

/** Two inputs are the same whatever the order in which a client wrote their fields. */
const sortedKeys = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
