import { setTimeout as sleep } from 'node:timers/promises';
import type { MongoClient } from 'mongodb';
import type { ObjectStore } from '../object-store/object-store.ts';
import { BackupError } from './backup-error.ts';
import { chainFrom, listSegments, listSnapshots, segmentKey } from './catalog.ts';
import { entriesAfter, gapAfter, isInOplog } from './oplog.ts';
import { endingOf, sealBytes } from './sealing.ts';

export type TailOptions = {
  /** Of the installation: those of shops that have one for themselves come with it. */
  database: string;
  store: ObjectStore;
  key: Buffer | null;
  signal: AbortSignal;
  onSegment?: (to: string, entries: number) => void;
};

/** Together with what a store needs, at most five seconds of changes are not yet kept. */
const FLUSH_MS = 1_000;
/** Where nothing happens, how far the copy reaches is written down so often. */
const IDLE_MS = 10_000;
const SEGMENT_BYTES = 8 * 1024 * 1024;

/** Ends of what is copied without a gap, one behind each snapshot or more; the last is how far the backup reaches. */
export async function endsOf(store: ObjectStore): Promise<string[]> {
  const [snapshots, segments] = await Promise.all([listSnapshots(store), listSegments(store)]);
  const ends = snapshots.map(({ position }) => chainFrom(segments, position).at(-1)?.to ?? position);
  return [...new Set(ends)].sort();
}

/** The earliest end that the oplog still leads on from: what was missed before a later snapshot is made up for. */
async function findStart(client: MongoClient, store: ObjectStore): Promise<string> {
  const ends = await endsOf(store);
  const last = ends.at(-1);
  if (!last) throw new BackupError(`${store.url} holds no snapshot: npm run backup -- create makes one`);
  for (const end of ends) if (await isInOplog(client, end)) return end;
  throw gapAfter(last);
}

/** Copies the oplog as it grows, until the signal; each segment goes on where the one before it ends. */
export async function tailOplog(client: MongoClient, options: TailOptions): Promise<void> {
  let from = await findStart(client, options.store);
  while (!options.signal.aborted) {
    from = await follow(client, from, options);
    await sleep(FLUSH_MS, undefined, { signal: options.signal }).catch(() => {});
  }
}

/** All that is there by now; what is left is few, as the loop asks each second. Answers how far it came. */
async function follow(client: MongoClient, start: string, options: TailOptions): Promise<string> {
  let from = start;
  let to = start;
  let held: Uint8Array[] = [];
  let bytes = 0;
  const flush = async () => {
    await putSegment(options, from, to, held);
    [from, held, bytes] = [to, [], 0];
  };
  for await (const { position, raw, isKept } of entriesAfter(client, start, options.database)) {
    if (options.signal.aborted) break;
    to = position;
    if (isKept) {
      held.push(Buffer.from(raw));
      bytes += raw.length;
    }
    if (bytes >= SEGMENT_BYTES) await flush();
  }
  const idle = Number.parseInt(to.slice(0, 8), 16) - Number.parseInt(from.slice(0, 8), 16) >= IDLE_MS / 1000;
  if (held.length > 0 || idle) await flush();
  return from;
}

async function putSegment(
  { store, key, onSegment }: TailOptions,
  from: string,
  to: string,
  entries: Uint8Array[],
): Promise<void> {
  const { body, sha256 } = sealBytes(Buffer.concat(entries), key);
  const name = segmentKey(from, to, sha256, endingOf(key));
  await store.put(name, body);
  onSegment?.(to, entries.length);
}
