import type { ChangeStream, Document } from 'mongodb';
import { ENDS } from '../../platform/events/change.ts';
import { outbox } from '../../platform/events/collections.ts';
import { isLost, nextEntry, tokenOf } from '../../platform/events/entries.ts';
import { timeOf, tokenAt } from '../../platform/events/token.ts';
import type { Log } from '../../platform/log.ts';
import type { Database } from '../../platform/mongo/client.ts';
import { withRetry } from '../../platform/mongo/retry.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import { type FeedLease, keepFeed } from './feed.ts';
import { type FedEvent, handOut, handOutSince } from './handing-out.ts';
import { holds } from './lease.ts';

const REASON = 'hand events of all shops to their webhooks';
const SILENCE_MS = 1_000;
const BATCH = 200;
const MOST_WAITING = 1_000;
const RETRY_MS = 20_000;

const PIPELINE: Document[] = [
  {
    $match: {
      $or: [{ 'ns.coll': outbox.name, operationType: 'insert' }, { operationType: { $in: ENDS } }],
    },
  },
  {
    $project: {
      operationType: 1,
      ns: 1,
      clusterTime: 1,
      fullDocument: 1,
      tenantId: '$fullDocument.tenantId',
    },
  },
];

export type Following = {
  database: Database;
  log: Log;
  signal: AbortSignal;
  leaseMs: number;
  /** There may be something to send. */
  handed: () => void;
};

/** Hands events out as they are committed, for as long as the lease holds and nothing goes wrong. */
export async function followOutbox(options: Following, lease: FeedLease): Promise<void> {
  const { database, leaseMs, log } = options;
  const db = database.systemDb(REASON);
  const progress = { handed: lease.token, kept: lease.token };
  const beat = setInterval(() => {
    const { handed, kept } = progress;
    keepFeed(db, lease, leaseMs, handed === kept ? null : handed).then(
      (held) => {
        progress.kept = handed;
        if (!held) lease.until = 0;
      },
      (error) => log.warn({ err: error }, 'the place of the webhooks in the outbox could not be kept'),
    );
  }, leaseMs / 3);
  try {
    progress.handed ??= await recover(options, lease.at);
    await follow(options, db, lease, progress as Progress).catch(async (error) => {
      if (!isLost(error)) throw error;
      log.warn({ err: error }, 'the change stream of the outbox is lost; its events are looked up instead');
      progress.handed = await recover(options, lease.at);
    });
  } finally {
    clearInterval(beat);
    if (holds(lease)) await keepFeed(db, lease, leaseMs, progress.handed).catch(() => {});
  }
}

type Progress = { handed: string };

/** Reads the outbox itself; answers where the stream goes on, which is before what it read. */
async function recover({ database, log, handed }: Following, at: Date | null): Promise<string> {
  const token = tokenAt(await database.time());
  const count = await handedOutSince(database, at);
  if (count > 0) log.info({ count }, 'events were handed to webhooks out of the outbox');
  handed();
  return token;
}

async function handedOutSince(database: Database, at: Date | null): Promise<number> {
  let count = 0;
  for (const db of database.systemDbs(REASON))
    count += await withRetry(() => handOutSince(db, at), Date.now() + RETRY_MS);
  return count;
}

async function follow(options: Following, db: SystemDb, lease: FeedLease, progress: Progress): Promise<void> {
  const { database, signal, handed } = options;
  const from = progress.handed;
  const stream = database.watch(REASON, PIPELINE, {
    maxAwaitTimeMS: SILENCE_MS,
    startAtOperationTime: timeOf(from),
  });
  const close = () => void stream.close().catch(() => {});
  signal.addEventListener('abort', close);
  const hands = handsOf(db, progress, handed);
  try {
    while (!signal.aborted && holds(lease))
      await hands.take(await nextFed(database, stream, from), tokenOf(stream));
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', close);
    await hands.done();
    await stream.close().catch(() => {});
  }
}

async function nextFed(database: Database, stream: ChangeStream, from: string): Promise<FedEvent | null> {
  const entry = await nextEntry(database, stream);
  const place = entry?._id._data;
  return entry && place > from ? { event: entry.fullDocument, place } : null;
}

/** Writes what comes while it reads on: the more comes, the more is written at once. */
function handsOf(db: SystemDb, progress: Progress, handed: () => void) {
  const waiting: FedEvent[] = [];
  let working: Promise<void> | null = null;
  let failure: { error: unknown } | undefined;
  async function work() {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH);
      const made = await withRetry(() => handOut(db, batch), Date.now() + RETRY_MS);
      progress.handed = batch.at(-1)?.place ?? progress.handed;
      if (made > 0) handed();
    }
  }
  const start = () => {
    working ??= work()
      .catch((error) => {
        failure = { error };
      })
      .finally(() => {
        working = null;
      });
    return working;
  };
  return {
    take: async (fed: FedEvent | null, reached: string | undefined) => {
      if (failure) throw failure.error;
      if (fed) waiting.push(fed);
      else if (!working && reached !== undefined && reached > progress.handed) progress.handed = reached;
      if (waiting.length > 0) void start();
      if (waiting.length >= MOST_WAITING) await working;
    },
    done: async () => {
      await working;
    },
  };
}
