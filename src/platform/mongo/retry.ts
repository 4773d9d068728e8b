import { setTimeout as sleep } from 'node:timers/promises';
import { MongoBulkWriteError, MongoError, MongoNetworkError, MongoServerSelectionError } from 'mongodb';
import { isFenced } from './fence.ts';

/** On the error of a transaction that may have been committed, or not. */
export const UNKNOWN_COMMIT = 'UnknownTransactionCommitResult';
const TRANSIENT_LABELS = [
  'TransientTransactionError',
  UNKNOWN_COMMIT,
  'RetryableWriteError',
  'PoolRequestedRetry',
];
/** Interrupted, not primary, shutting down, write conflict: the server may answer otherwise a moment later. */
const TRANSIENT_CODES = new Set<unknown>([11600, 11602, 10107, 13435, 91, 189, 112]);
const WRITE_CONFLICT = 112;
const MOST_RETRIES = 5;
const MOST_TRIES_FOR_A_TURN = 20;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_600;

/**
 * What was committed is not found: a node that has just become primary answers reads as of before, until it knows what a
 * majority has.
 */
export class NotSeenYet extends Error {
  override name = 'NotSeenYet';
}

/** The driver leaves some errors of a failover without a label, so its own retries do not repeat them. */
export const isTransient = (error: unknown): boolean =>
  error instanceof NotSeenYet || isTransientInDriver(causeOf(error)) || isFenced(error);

/** What kept many writes from being sent at all is hidden behind an error of theirs. */
const causeOf = (error: unknown): unknown =>
  error instanceof MongoBulkWriteError && error.errorResponse instanceof Error ? error.errorResponse : error;

const isTransientInDriver = (error: unknown): boolean =>
  error instanceof MongoError &&
  (TRANSIENT_LABELS.some((label) => error.hasErrorLabel(label)) ||
    error instanceof MongoNetworkError ||
    error instanceof MongoServerSelectionError ||
    error.name === 'MongoWaitQueueTimeoutError' ||
    TRANSIENT_CODES.has(error.code));

export const isUnknownCommit = (error: unknown): boolean =>
  error instanceof MongoError && error.hasErrorLabel(UNKNOWN_COMMIT);

/** Work whose commit may have succeeded is never run again: it would be done twice. */
export const mayRunAgain = (error: unknown): boolean => isTransient(error) && !isUnknownCommit(error);

/** Two writers of one document at once, or a shop that is moved: no fault of the database, and soon over. */
export const isContention = (error: unknown): boolean =>
  (error instanceof MongoError && error.code === WRITE_CONFLICT) || isFenced(error);

/**
 * Repeats what can be repeated without harm: at most five times when the database is at fault, more often when only
 * other writers are in the way, and never past `deadline` (ms since 1970).
 */
export async function withRetry<R>(
  attempt: () => Promise<R>,
  deadline: number,
  mayHelp: (error: unknown) => boolean = isTransient,
): Promise<R> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      const most = isContention(error) ? MOST_TRIES_FOR_A_TURN : MOST_RETRIES;
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS) * (0.5 + Math.random());
      if (!mayHelp(error) || tries >= most || Date.now() + pause > deadline) throw error;
      await sleep(pause);
    }
  }
}
