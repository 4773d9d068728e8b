import { setTimeout as sleep } from 'node:timers/promises';
import { MongoServerError } from 'mongodb';

const WRITE_CONFLICT = 112;
const PAUSE_MS = 500;

/** A process that was killed leaves its transaction behind, which mongod keeps for 60 s: an import waits it out. */
export const PATIENCE_MS = 75_000;

export const isWriteConflict = (error: unknown) =>
  error instanceof MongoServerError && error.code === WRITE_CONFLICT;

/** Tries again while somebody else is writing the same documents, until `deadline` (ms since 1970). */
export async function patiently<R>(work: () => Promise<R>, deadline = Date.now() + PATIENCE_MS): Promise<R> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isWriteConflict(error) || Date.now() + PAUSE_MS > deadline) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
