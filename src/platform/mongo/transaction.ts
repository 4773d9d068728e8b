import { type ClientSession, type MongoClient, MongoError } from 'mongodb';
import { isTransient, withRetry } from './retry.ts';

/** One attempt at a transaction. Its commit alone is repeated: that is the same commit for mongod, never a second one. */
export async function inTransaction<R>(
  client: MongoClient,
  deadline: number,
  work: (session: ClientSession) => Promise<R>,
): Promise<R> {
  const session = client.startSession();
  try {
    session.startTransaction({ readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } });
    const result = await work(session);
    await withRetry(() => session.commitTransaction(), deadline, mayYetCommit);
    return result;
  } catch (error) {
    if (session.inTransaction()) await session.abortTransaction().catch(() => {});
    throw error;
  } finally {
    await session.endSession();
  }
}

/** A transaction that mongod aborted or no longer knows will not commit: only its work can be repeated. */
const mayYetCommit = (error: unknown) =>
  isTransient(error) && !(error instanceof MongoError && error.hasErrorLabel('TransientTransactionError'));
