import { setTimeout as sleep } from 'node:timers/promises';
import { BSON, type MongoClient, type Timestamp } from 'mongodb';
import type { ObjectStore } from '../object-store/object-store.ts';
import { BackupError, OplogGap } from './backup-error.ts';
import { chainFrom, listSegments, listSnapshots, segmentKey } from './catalog.ts';
import { positionOf, positionText } from './position.ts';
import { endingOf, sealBytes } from './sealing.ts';

export type TailOptions = {
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

const isInOplog = async (client: MongoClient, position: string) =>
  (await client
    .db('local')
    .collection('oplog.rs')
    .findOne({ ts: positionOf(position) })) !== null;

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
  let isFirst = true;
  const flush = async () => {
    await putSegment(options, from, to, held);
    [from, held, bytes] = [to, [], 0];
  };
  for await (const raw of entriesSince(client, start)) {
    const entry = headOf(raw);
    const position = positionText(entry.ts);
    if (isFirst) {
      refuseGap(position, start);
      isFirst = false;
      continue;
    }
    to = position;
    if (isKept(entry.ns, options.database)) {
      held.push(Buffer.from(raw));
      bytes += raw.length;
    }
    if (bytes >= SEGMENT_BYTES) await flush();
  }
  if (isFirst) refuseGap('', start);
  const idle = Number.parseInt(to.slice(0, 8), 16) - Number.parseInt(from.slice(0, 8), 16) >= IDLE_MS / 1000;
  if (held.length > 0 || idle) await flush();
  return from;
}

function refuseGap(found: string, start: string): void {
  if (found !== start) throw gapAfter(start);
}

const gapAfter = (start: string) =>
  new OplogGap(
    `The oplog no longer holds what follows ${positionOf(start).toString()} (${start}), where the backup ends: it was ` +
      'cut off, or another set answers. Make a new snapshot (npm run backup -- create) and a larger oplog; ' +
      'points in time from there to the new snapshot cannot be restored',
  );

/** Only what a majority has: an entry that is rolled back must not be in a backup. */
function entriesSince(client: MongoClient, position: string): AsyncIterable<Buffer> {
  const oplog = client.db('local').collection('oplog.rs');
  return oplog.find(
    { ts: { $gte: positionOf(position) } },
    { raw: true, readConcern: { level: 'majority' }, comment: 'system: backup' },
  ) as unknown as AsyncIterable<Buffer>;
}

/** Only what is needed of it is read. */
function headOf(raw: Buffer): { ts: Timestamp; ns: string } {
  const { ts, ns } = BSON.deserialize(raw, { promoteValues: false }) as { ts: Timestamp; ns: string };
  return { ts, ns };
}

/** Transactions are under `admin`, whatever they change. */
const isKept = (ns: string, database: string) => ns === 'admin.$cmd' || ns.startsWith(`${database}.`);

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
