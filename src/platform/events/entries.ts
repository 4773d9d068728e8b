import { setTimeout as sleep } from 'node:timers/promises';
import { type ChangeStream, type Document, MongoError } from 'mongodb';
import type { Log } from '../log.ts';
import type { Database } from '../mongo/client.ts';
import { changePipeline, isEnd } from './change.ts';
import { timeOf } from './token.ts';

const REASON = 'tell subscribers what happens in their shop';
/** How long mongod holds back an answer when nothing happens; so often one hears that it is still there. */
const SILENCE_MS = 1_000;
const BATCH = 1_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/** The place is not in the oplog any more, or of another database's time. */
const LOST = new Set<unknown>([286, 280, 260, 136]);

export const isLost = (error: unknown): boolean =>
  error instanceof StreamEnd || (error instanceof MongoError && LOST.has(error.code));

class StreamEnd extends Error {
  override message = 'The database was dropped';
}

/** The next entry; null when nothing happens. */
export async function nextEntry(stream: ChangeStream): Promise<Document | null> {
  const entry: Document | null = await stream.tryNext();
  if (entry && isEnd(entry)) throw new StreamEnd();
  return entry;
}

/** Opened at the time of a token, or from now on. What has the token itself or an earlier one is to be skipped. */
export const openEntries = (database: Database, after: string | null): ChangeStream =>
  database.watch(REASON, changePipeline(), {
    maxAwaitTimeMS: SILENCE_MS,
    batchSize: BATCH,
    ...(after !== null && { startAtOperationTime: timeOf(after) }),
  });

export const tokenOf = (stream: ChangeStream): string | undefined =>
  (stream.resumeToken as { _data?: string } | undefined)?._data;

type Heard = {
  /** After each answer of mongod: how far everything has been heard. */
  reached: (token: string) => void;
  entry: (entry: Document) => void;
  /** What happened before now cannot be told any more. */
  lost: () => void;
};

/** Reads the stream until it is stopped: behind what was reached again after each failure, however long that takes. */
export async function followEntries(
  { database, log, signal }: { database: Database; log: Log; signal: AbortSignal },
  from: string,
  heard: Heard,
): Promise<void> {
  let after: string | null = from;
  for (let failures = 0; !signal.aborted; failures++) {
    const stream = openEntries(database, after);
    const close = () => void stream.close().catch(() => {});
    signal.addEventListener('abort', close);
    try {
      for (;;) {
        const entry = await nextEntry(stream);
        failures = 0;
        const reached = tokenOf(stream);
        if (entry && (after === null || entry._id._data > after)) heard.entry(entry);
        if (reached !== undefined && (after === null || reached > after)) {
          after = reached;
          heard.reached(reached);
        } else if (!entry && after !== null) heard.reached(after);
      }
    } catch (error) {
      if (signal.aborted) return;
      log.warn({ err: error }, 'the change stream broke off, and is opened again');
      if (isLost(error)) {
        after = null;
        heard.lost();
      }
      const pause = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
      await sleep(pause, undefined, { signal }).catch(() => {});
    } finally {
      signal.removeEventListener('abort', close);
      await stream.close().catch(() => {});
    }
  }
}
