import { setTimeout as sleep } from 'node:timers/promises';
import { type ChangeStream, type Document, MongoError } from 'mongodb';
import type { Log } from '../log.ts';
import type { Database } from '../mongo/client.ts';
import { changePipeline, isEnd } from './change.ts';
import { timeOf } from './token.ts';

const REASON = 'tell subscribers what happens in their shop';
/** How long mongod holds back an answer when nothing happens; so often one hears that it is still there. */
const SILENCE_MS = 1_000;
/** The same where somebody has to know within moments that nothing has happened. */
const BRIEF_SILENCE_MS = 50;
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

/**
 * The next entry; null when nothing happens. Throws when the stream is closed: the driver would answer at once that
 * nothing happens, for ever, and whoever goes on asking would let nobody else have a turn.
 */
export async function nextEntry(database: Database, stream: ChangeStream): Promise<Document | null> {
  const entry: Document | null = await stream.tryNext();
  if (entry && isEnd(entry) && isOfMain(database, entry)) throw new StreamEnd();
  if (!entry && stream.closed) throw new Error('The change stream was closed');
  return entry;
}

const isOfMain = ({ places }: Database, { ns }: Document) => !ns || ns.db === places.main.databaseName;

/** Sees every change of some collections, before anybody is told of it. */
export type StreamObserver = {
  collections: readonly string[];
  entry: (entry: Document) => void;
  /** All that was acknowledged before `askedAt`, a time of `performance.now()`, has been shown; the token is behind it. */
  upTo: (token: string, askedAt: number) => void;
  /** What happened before now cannot be told any more. */
  lost: () => void;
};

/** Opened at the time of a token, or from now on. What has the token itself or an earlier one is to be skipped. */
export const openEntries = (
  database: Database,
  after: string | null,
  observed?: readonly string[],
): ChangeStream =>
  database.watch(REASON, changePipeline(observed), {
    maxAwaitTimeMS: observed ? BRIEF_SILENCE_MS : SILENCE_MS,
    batchSize: BATCH,
    ...(after !== null && { startAtOperationTime: timeOf(after) }),
  });

export const tokenOf = (stream: ChangeStream): string | undefined =>
  (stream.resumeToken as { _data?: string } | undefined)?._data;

type Heard = {
  observer: StreamObserver | null;
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
    const stream = openEntries(database, after, heard.observer?.collections);
    const batches = new Batches(stream);
    const close = () => void stream.close().catch(() => {});
    signal.addEventListener('abort', close);
    try {
      for (;;) {
        batches.ask();
        const entry = await nextEntry(database, stream);
        batches.answered(entry);
        failures = 0;
        const reached = tokenOf(stream);
        if (entry && (after === null || entry._id._data > after) && (await database.places.isOwn(entry))) {
          heard.observer?.entry(entry);
          heard.entry(entry);
        }
        if (batches.areThrough && reached !== undefined) heard.observer?.upTo(reached, batches.askedAt);
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
        heard.observer?.lost();
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

/**
 * When mongod was last asked for more. What it then answers is all that there is, unless it fills a whole batch; once
 * that is read to its end, everything has been heard that was acknowledged before it was asked.
 */
class Batches {
  askedAt = 0;
  areThrough = false;
  readonly #stream: ChangeStream;
  #isFirst = false;
  #isWhole = false;

  constructor(stream: ChangeStream) {
    this.#stream = stream;
  }

  ask(): void {
    this.#isFirst = this.#stream.bufferedCount() === 0;
    if (this.#isFirst) this.askedAt = performance.now();
  }

  answered(entry: Document | null): void {
    const left = this.#stream.bufferedCount();
    if (this.#isFirst) this.#isWhole = left + (entry ? 1 : 0) < BATCH;
    this.areThrough = this.#isWhole && left === 0;
  }
}
