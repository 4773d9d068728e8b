import { type ClientSession, type MongoClient, MongoError, type TransactionOptions } from 'mongodb';
import { isTransient, mayRunAgain, UNKNOWN_COMMIT, withRetry } from './retry.ts';
import { type Bounds, commandOptions, inTime, type Scope } from './scope.ts';

const retries = new WeakMap<MongoClient, number>();

/** How often a transaction of this client was begun again. */
export const retriesOf = (client: MongoClient): number => retries.get(client) ?? 0;

/** Runs it again from the start when that may help, `before` each time outside of it. */
export function repeatedTransaction<R>(
  client: MongoClient,
  bounds: Bounds & Pick<Scope, 'ownWrites'>,
  work: (session: ClientSession) => Promise<R>,
  before: () => Promise<void> | void = () => {},
): Promise<R> {
  let tries = 0;
  const attempt = async () => {
    if (tries++ > 0) retries.set(client, retriesOf(client) + 1);
    await before();
    return inTransaction(client, bounds, work);
  };
  return withRetry(attempt, bounds.deadline, mayRunAgain);
}

/** One attempt at a transaction. Its commit alone is repeated: that is the same commit for mongod, never a second one. */
export async function inTransaction<R>(
  client: MongoClient,
  bounds: Bounds & Pick<Scope, 'ownWrites'>,
  work: (session: ClientSession) => Promise<R>,
): Promise<R> {
  const session = client.startSession();
  try {
    session.startTransaction(transactionOptions(bounds));
    const result = await work(session);
    await commit(session, bounds.deadline);
    bounds.ownWrites?.committed(session.operationTime);
    return result;
  } catch (error) {
    if (session.inTransaction()) await session.abortTransaction().catch(() => {});
    throw error;
  } finally {
    await session.endSession();
  }
}

const transactionOptions = (bounds: Bounds): TransactionOptions => ({
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority' },
  maxCommitTimeMS: commandOptions(bounds).maxTimeMS,
});

async function commit(session: ClientSession, deadline: number): Promise<void> {
  try {
    await inTime(withRetry(() => session.commitTransaction(), deadline, mayYetCommit));
  } catch (error) {
    // The driver leaves some of them without the label, as when no server answers any more.
    if (mayYetCommit(error)) (error as MongoError).addErrorLabel(UNKNOWN_COMMIT);
    throw error;
  }
}

/** A transaction that mongod aborted or no longer knows will not commit: only its work can be repeated. */
const mayYetCommit = (error: unknown) =>
  isTransient(error) && !(error instanceof MongoError && error.hasErrorLabel('TransientTransactionError'));
