import { createHash } from 'node:crypto';
import { buffer, text } from 'node:stream/consumers';
import type { ObjectStore } from '../object-store/object-store.ts';
import { BackupError } from './backup-error.ts';

export type FileEntry = { key: string; sha256: string; bytes: number };

/** What one collection held at the moment of the snapshot; `hash` does not depend on the order of documents. */
export type CollectionEntry = {
  database: string;
  name: string;
  count: number;
  hash: string;
  data: FileEntry;
  metadata: FileEntry;
};

export type Manifest = {
  format: number;
  id: string;
  /** Of the installation; a shop may have one for itself beside it. */
  database: string;
  /** The optime that the snapshot is of. */
  position: string;
  time: string;
  encrypted: boolean;
  collections: CollectionEntry[];
  /** Where documents were copied one after the other: what makes one moment of it, up to `position`. */
  oplog?: FileEntry;
};

const FORMAT = 2;

/** A stretch of the oplog: all after `from`, up to and with `to`. */
export type Segment = { key: string; bytes: number; from: string; to: string; sha256: string };

const SEGMENT = /^oplog\/([0-9a-f]{16})-([0-9a-f]{16})-([0-9a-f]{64})\.bson\.gz(?:\.aes)?$/;

export const segmentKey = (from: string, to: string, sha256: string, ending: string): string =>
  `oplog/${from}-${to}-${sha256}.bson${ending}`;

/** In the order of time. */
export async function listSegments(store: ObjectStore): Promise<Segment[]> {
  const found: Segment[] = [];
  for await (const { key, bytes } of store.list('oplog/')) {
    const [, from, to, sha256] = SEGMENT.exec(key) ?? [];
    if (from && to && sha256) found.push({ key, bytes, from, to, sha256 });
  }
  return found.sort((one, other) => (one.from < other.from ? -1 : 1));
}

export async function readSegment(store: ObjectStore, { key, sha256 }: Segment): Promise<Buffer> {
  const body = await store.get(key);
  if (!body) throw new BackupError(`${store.url}/${key} is gone`);
  const bytes = await buffer(body);
  if (createHash('sha256').update(bytes).digest('hex') === sha256) return bytes;
  throw new BackupError(`${store.url}/${key} is damaged: its SHA-256 is not the one in its name`);
}

/** Finished snapshots, oldest first; one without its manifest was never finished. */
export async function listSnapshots(store: ObjectStore): Promise<Manifest[]> {
  const found: Manifest[] = [];
  for await (const { key } of store.list('snapshots/')) {
    if (/^snapshots\/[^/]+\/manifest\.json$/.test(key)) found.push(await readManifest(store, key));
  }
  return found.sort((one, other) => (one.position < other.position ? -1 : 1));
}

async function readManifest(store: ObjectStore, key: string): Promise<Manifest> {
  const body = await store.get(key);
  if (!body) throw new BackupError(`${store.url}/${key} is gone`);
  const manifest = parsed(await text(body));
  if (!manifest) throw new BackupError(`${store.url}/${key} is damaged: it is no JSON`);
  if (manifest.format > FORMAT)
    throw new BackupError(`${store.url}/${key} was written by a later version of Souk: use that one`);
  // Format 1 knew one database only.
  const collections = manifest.collections.map((entry) => ({
    ...entry,
    database: entry.database ?? manifest.database,
  }));
  return { ...manifest, collections };
}

function parsed(text: string): Manifest | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The segments that lead on from a position without a gap, until `until` or as far as they go. */
export function chainFrom(segments: Segment[], start: string, until?: string): Segment[] {
  const chain: Segment[] = [];
  let reached = start;
  for (const segment of segments) {
    if (until !== undefined && reached >= until) break;
    if (segment.to <= reached) continue;
    if (segment.from > reached) break;
    chain.push(segment);
    reached = segment.to;
  }
  return chain;
}
