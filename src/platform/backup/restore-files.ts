import { buffer } from 'node:stream/consumers';
import { BSON, type Document } from 'mongodb';
import type { ObjectStore } from '../object-store/object-store.ts';
import { BackupError } from './backup-error.ts';
import { type FileEntry, type Manifest, readSegment, type Segment } from './catalog.ts';
import { rawDocuments } from './raw-documents.ts';
import { unseal, unsealBytes } from './sealing.ts';

export type RestorePlan = { snapshot: Manifest; segments: Segment[]; until: string };

export type BackupFiles = { store: ObjectStore; key: Buffer | null };

/** All is read once before anything is dropped: a backup that is damaged must not cost what is there. */
export async function checkFiles({ snapshot, segments }: RestorePlan, files: BackupFiles): Promise<void> {
  const { store, key } = files;
  const all = snapshot.collections.flatMap(({ data, metadata }) => [data, metadata]);
  for (const file of [...all, ...(snapshot.oplog ? [snapshot.oplog] : [])])
    await naming(store, file, async () => {
      for await (const _ of unseal(await open(store, file), file.sha256, snapshot.encrypted, key));
    });
  for (const segment of segments)
    await naming(store, segment, async () => unsealBytes(await readSegment(store, segment), key));
}

export const readMetadata = (metadata: FileEntry, { store, key }: BackupFiles): Promise<Document> =>
  naming(store, metadata, async () => {
    const bytes = await buffer(await open(store, metadata));
    return BSON.EJSON.parse(unsealBytes(bytes, key).toString(), { relaxed: false }) as Document;
  });

/** The BSON documents of a file, one after the other. */
export async function forEachDocument(
  file: FileEntry,
  isSealed: boolean,
  { store, key }: BackupFiles,
  work: (raw: Buffer) => Promise<void>,
): Promise<void> {
  await naming(store, file, async () => {
    const plain = unseal(await open(store, file), file.sha256, isSealed, key);
    for await (const raw of rawDocuments(plain)) await work(raw);
  });
}

export async function forEachEntry(
  segment: Segment,
  { store, key }: BackupFiles,
  work: (raw: Buffer) => Promise<void>,
): Promise<void> {
  const plain = await naming(store, segment, async () => unsealBytes(await readSegment(store, segment), key));
  for await (const raw of rawDocuments(onlyOne(plain))) await work(raw);
}

async function* onlyOne(bytes: Buffer) {
  yield bytes;
}

async function open(store: ObjectStore, { key }: FileEntry) {
  const body = await store.get(key);
  if (body) return body;
  throw new BackupError('it is gone');
}

/** Which file it was is the first thing to know. */
export async function naming<R>(
  store: ObjectStore,
  { key }: { key: string },
  work: () => Promise<R>,
): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (!isDamage(error)) throw error;
    throw new BackupError(`${store.url}/${key} cannot be used: ${error.message}`, { cause: error });
  }
}

const isDamage = (error: unknown): error is Error =>
  error instanceof BackupError ||
  (error instanceof Error &&
    /^Z_|^ERR_|Unsupported state/.test(`${'code' in error ? error.code : ''}${error.message}`));
