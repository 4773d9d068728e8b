import { createHash } from 'node:crypto';
import { MongoServerError, ObjectId } from 'mongodb';
import { idempotencyMismatch, UserError } from '../errors.ts';
import { isUnknownCommit, NotSeenYet, withRetry } from '../mongo/retry.ts';
import type { TenantDb } from '../mongo/tenant-db.ts';
import { type IdempotencyRecord, idempotencyKeys } from './collections.ts';

const KEPT_MS = 24 * 60 * 60 * 1000;
const DUPLICATE_KEY = 11000;

/** One call of a mutation. Two calls with the same caller, operation and key are one. */
export type Call = {
  caller: string;
  operation: string;
  key: string;
  /** What tells it from another call under the same key. No password: its hash is a fast one. */
  input: unknown;
};

/** A tenant's database, or the platform's. */
export type Transactional<Db> = { transaction: <R>(work: (tx: Db) => Promise<R>) => Promise<R> };

export type CallRules<Db, R> = {
  /** The tenant's database in which calls are kept. */
  callsOf: (db: Db) => TenantDb;
  /** The answer that a refusal is. */
  refuse: (error: UserError) => R;
  /** What of an answer is kept: all but its secrets. */
  keep: (answer: R) => R;
  /** What a repeat is answered, out of what was kept. */
  repeat: (kept: R) => Promise<R>;
};

/**
 * Runs `work` in a transaction that also keeps its answer, and gives the kept answer to whoever repeats the call: a
 * client that heard nothing, or ourselves after a commit whose outcome is unknown. A user error that `work` throws is
 * an answer as well and is kept. IDEMPOTENCY_MISMATCH when the same key comes with another input.
 */
export async function once<Db extends Transactional<Db>, R>(
  db: Db,
  call: Call,
  work: (tx: Db) => Promise<R>,
  rules: CallRules<Db, R>,
): Promise<R> {
  const { callsOf, refuse, keep, repeat } = rules;
  try {
    const change = async (tx: Db) => {
      const calls = callsOf(tx);
      // First of all, so that a second call waits here and changes nothing.
      const record = await calls.collection(idempotencyKeys).insertOne(newRecord(calls, call));
      const answer = await work(tx);
      await calls
        .collection(idempotencyKeys)
        .updateOne({ _id: record._id }, { $set: { answer: keep(answer) } });
      return answer;
    };
    // After a commit whose outcome is unknown, the record that the change begins with says whether it came about.
    return await withRetry(() => db.transaction(change), callsOf(db).deadline, isUnknownCommit);
  } catch (error) {
    if (isRepeat(error)) return repeat(await keptAnswer<R>(callsOf(db), call));
    if (!(error instanceof UserError)) throw error;
    return keepRefusal(callsOf(db), call, refuse(error));
  }
}

/** What a change was refused for is kept too: by then somebody else may have kept another answer. */
export async function keepRefusal<R>(calls: TenantDb, call: Call, answer: R): Promise<R> {
  try {
    await calls.retry(() =>
      calls.collection(idempotencyKeys).insertOne({ ...newRecord(calls, call), answer }),
    );
    return answer;
  } catch (error) {
    if (isRepeat(error)) return keptAnswer<R>(calls, call);
    throw error;
  }
}

const keptAnswer = <R>(calls: TenantDb, call: Call): Promise<R> =>
  calls.retry(async () => {
    const kept = await findKept<R>(calls, call);
    if (!kept) throw new NotSeenYet(`The answer under idempotency key ${call.key} is not to be found`);
    return kept.answer;
  });

/** What a call was answered before; for work that prepares something outside of its transaction. */
export async function findKept<R>(
  calls: TenantDb,
  { caller, operation, key, input }: Call,
): Promise<{ answer: R } | null> {
  const record = await calls.collection(idempotencyKeys).findOne({ caller, operation, key });
  if (record && record.inputHash !== hashOf(input)) throw idempotencyMismatch();
  return record && { answer: record.answer as R };
}

const newRecord = (calls: TenantDb, { input, ...call }: Call): Omit<IdempotencyRecord, 'tenantId'> => ({
  _id: new ObjectId(),
  ...call,
  inputHash: hashOf(input),
  answer: null,
  expiresAt: new Date(calls.now().getTime() + KEPT_MS),
});

const isRepeat = (error: unknown) =>
  error instanceof MongoServerError &&
  error.code === DUPLICATE_KEY &&
  String(error.message).includes(idempotencyKeys.name);

/** The same for two inputs that say the same. */
export const hashOf = (input: unknown) =>
  createHash('sha256').update(JSON.stringify(input, sortedKeys)).digest('hex');

/** Two inputs are the same whatever the order in which a client wrote their fields. */
const sortedKeys = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
