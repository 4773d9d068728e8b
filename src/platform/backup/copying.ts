import { PassThrough } from 'node:stream';
import { BSON, type Db, type Document } from 'mongodb';
import type { CollectionEntry, FileEntry } from './catalog.ts';
import { SetHash } from './database-hash.ts';
import type { Described } from './metadata.ts';
import { idOf } from './raw-documents.ts';
import { endingOf, seal, sealBytes } from './sealing.ts';
import type { Targets } from './targets.ts';

export type Copying = {
  targets: Targets;
  key: Buffer | null;
  /** Where mongodump's layout begins. */
  dump: string;
  /** What each `find` says beside the name: its read concern at least. */
  reads: Document;
  signal?: AbortSignal | undefined;
  onProgress?: ((documents: number, total: number) => void) | undefined;
};

export async function copyCollections(all: Described[], copying: Copying): Promise<CollectionEntry[]> {
  const counts = await Promise.all(
    all.map(({ db, metadata }) => db.collection(metadata.collectionName).estimatedDocumentCount()),
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  const entries: CollectionEntry[] = [];
  let done = 0;
  const onDocument = () => {
    done += 1;
    if (done % 1_000 === 0) copying.onProgress?.(done, total);
  };
  for (const described of all) entries.push(await copyCollection(described, copying, onDocument));
  return entries;
}

async function copyCollection(
  { db, metadata }: Described,
  copying: Copying,
  onDocument: () => void,
): Promise<CollectionEntry> {
  const { targets, key, dump } = copying;
  const { collectionName: name } = metadata;
  const database = db.databaseName;
  const path = `${dump}/${database}/${name}`;
  const sum = new SetHash();
  const documents = documentsOf(db, name, copying, (raw) => {
    sum.add(raw);
    onDocument();
  });
  const data = await putStream(targets, `${path}.bson${endingOf(key)}`, inChunks(documents), key);
  const { body, sha256 } = sealBytes(Buffer.from(BSON.EJSON.stringify(metadata, { relaxed: false })), key);
  const file = { key: `${path}.metadata.json${endingOf(key)}`, sha256, bytes: body.length };
  await targets.put(file.key, () => body);
  return { database, name, count: sum.count, hash: sum.hex, data, metadata: file };
}

/**
 * The driver would leave `atClusterTime` out of a read concern of its own: it is sent as a command. Read by _id while it
 * is written to, a document that is removed and put back may come twice.
 */
async function* documentsOf(
  db: Db,
  name: string,
  { reads, signal }: Copying,
  onDocument: (raw: Buffer) => void,
) {
  const find = { find: name, ...reads, noCursorTimeout: true, comment: 'system: backup' };
  let last: Buffer = Buffer.alloc(0);
  for await (const document of db.runCursorCommand(find, { raw: true } as Document)) {
    signal?.throwIfAborted();
    const raw = document as unknown as Buffer;
    const id = idOf(raw);
    if (id.equals(last)) continue;
    last = id;
    onDocument(raw);
    yield raw;
  }
}

const CHUNK_BYTES = 1024 * 1024;

async function* inChunks(documents: AsyncIterable<Buffer>) {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const document of documents) {
    held.push(document);
    bytes += document.length;
    if (bytes < CHUNK_BYTES) continue;
    yield Buffer.concat(held);
    [held, bytes] = [[], 0];
  }
  if (held.length > 0) yield Buffer.concat(held);
}

/** To all stores at once, at the pace of the slowest; one that fails is left out from then on. */
export async function putStream(
  targets: Targets,
  key: string,
  plain: AsyncIterable<Uint8Array>,
  secret: Buffer | null,
): Promise<FileEntry> {
  const sealed = seal(plain, secret);
  const copies: PassThrough[] = [];
  let fault: Error | undefined;
  sealed.body.once('error', (error) => {
    fault = error;
    for (const copy of copies) copy.destroy(error);
  });
  const copyOf = () => {
    const copy = new PassThrough();
    copies.push(copy);
    // It may fail before the store has begun to read it; `fault` tells.
    copy.on('error', () => {});
    // Whoever gives up must not keep the others waiting.
    copy.once('close', () => sealed.body.unpipe(copy));
    return sealed.body.pipe(copy);
  };
  await targets.put(key, copyOf, () => fault);
  return { key, ...sealed.facts() };
}
