import { buffer } from 'node:stream/consumers';
import { BSON, type Db, type Document, type ObjectId, type Timestamp } from 'mongodb';
import type { ObjectStore } from '../object-store/object-store.ts';
import { BackupError } from './backup-error.ts';
import {
  type CollectionEntry,
  chainFrom,
  type FileEntry,
  listSegments,
  listSnapshots,
  type Manifest,
  readSegment,
  type Segment,
} from './catalog.ts';
import { collectionNames, RESTORING } from './database-hash.ts';
import { endOfSecond, positionText, secondsOf } from './position.ts';
import { type RawMap, rawDocuments, toMap } from './raw-documents.ts';
import { Replay } from './replay.ts';
import { unseal, unsealBytes } from './sealing.ts';

export type RestorePlan = { snapshot: Manifest; segments: Segment[]; until: string };

/** Which snapshot and which stretch of the oplog lead to a moment; says why when nothing does. */
export async function planRestore(store: ObjectStore, to: Date | 'latest'): Promise<RestorePlan> {
  const until = to === 'latest' ? 'f'.repeat(16) : endOfSecond(to);
  const [snapshots, segments] = await Promise.all([listSnapshots(store), listSegments(store)]);
  const snapshot = snapshots.filter(({ position }) => position <= until).at(-1);
  if (!snapshot) throw nothingBefore(store, snapshots);
  const chain = chainFrom(segments, snapshot.position, until);
  const reached = chain.at(-1)?.to ?? snapshot.position;
  if (to === 'latest') return { snapshot, segments: chain, until: reached };
  // Of the second that it ends in, something may still be missing.
  if (reached > until) return { snapshot, segments: chain, until };
  const next = segments.find(({ from }) => from > reached);
  throw new BackupError(
    next
      ? `The oplog has a gap after ${secondsOf(reached).toISOString()}: from there to the next snapshot nothing can be restored`
      : `The backup reaches into ${secondsOf(reached).toISOString()}: give a second before that, or latest`,
  );
}

const nothingBefore = ({ url }: ObjectStore, [oldest]: Manifest[]) =>
  new BackupError(
    oldest ? `The oldest snapshot in ${url} is of ${oldest.time}` : `${url} holds no finished snapshot`,
  );

export type RestoreOptions = {
  store: ObjectStore;
  key: Buffer | null;
  force?: boolean;
  onProgress?: (done: number, total: number, what: string) => void;
  /** Called when the snapshot is there and no entry is applied yet. */
  onSnapshot?: () => Promise<void>;
};

export type Restored = { documents: number; entries: number; until: string };

/** Makes `db` what it was. Killed in the middle, the next try begins anew without being told to overwrite. */
export async function restoreDatabase(db: Db, plan: RestorePlan, options: RestoreOptions): Promise<Restored> {
  await refuseFull(db, options.force ?? false);
  await checkFiles(plan, options);
  await clear(db);
  const replay = new Replay(db, plan.snapshot.database);
  const documents = await restoreSnapshot(db, plan.snapshot, replay, options);
  await options.onSnapshot?.();
  for (const [at, segment] of plan.segments.entries()) {
    await replaySegment(replay, segment, plan, options);
    options.onProgress?.(at + 1, plan.segments.length, 'oplog');
  }
  await replay.finish();
  await db.collection(RESTORING).drop();
  return { documents, entries: replay.entries, until: plan.until };
}

const isUnfinished = (db: Db) => db.listCollections({ name: RESTORING }).hasNext();

async function refuseFull(db: Db, force: boolean): Promise<void> {
  const names = await collectionNames(db);
  if (names.length > 0 && !force && !(await isUnfinished(db)))
    throw new BackupError(
      `The database ${db.databaseName} holds ${names.length} collections: --force overwrites them, --into URI and ` +
        'MONGODB_DATABASE name another database',
    );
}

/** All is read once before anything is dropped: a backup that is damaged must not cost what is there. */
async function checkFiles(
  { snapshot, segments }: RestorePlan,
  { store, key }: RestoreOptions,
): Promise<void> {
  const files = snapshot.collections.flatMap(({ data, metadata }) => [data, metadata]);
  for (const file of files)
    await naming(store, file, async () => {
      for await (const _ of unseal(await open(store, file), file.sha256, snapshot.encrypted, key));
    });
  for (const segment of segments)
    await naming(store, segment, async () => unsealBytes(await readSegment(store, segment), key));
}

async function clear(db: Db): Promise<void> {
  if (!(await isUnfinished(db))) await db.createCollection(RESTORING);
  for (const name of await collectionNames(db)) await db.collection(name).drop();
}

async function restoreSnapshot(db: Db, snapshot: Manifest, replay: Replay, options: RestoreOptions) {
  const total = snapshot.collections.reduce((sum, { count }) => sum + count, 0);
  let documents = 0;
  for (const entry of snapshot.collections) {
    const metadata = await readMetadata(entry, options);
    await db.command({ create: entry.name, ...metadata.options });
    const onBatch = (count: number) => {
      documents += count;
      options.onProgress?.(documents, total, 'documents');
    };
    await naming(options.store, entry.data, () => insertAll(db, entry, snapshot.encrypted, options, onBatch));
    await replay.index(entry.name, metadata.indexes);
  }
  return documents;
}

async function readMetadata({ metadata }: CollectionEntry, options: RestoreOptions): Promise<Document> {
  return naming(options.store, metadata, async () => {
    const bytes = await buffer(await open(options.store, metadata));
    return BSON.EJSON.parse(unsealBytes(bytes, options.key).toString(), { relaxed: false }) as Document;
  });
}

async function open(store: ObjectStore, { key }: FileEntry) {
  const body = await store.get(key);
  if (body) return body;
  throw new BackupError('it is gone');
}

/** Which file it was is the first thing to know. */
async function naming<R>(store: ObjectStore, { key }: { key: string }, work: () => Promise<R>): Promise<R> {
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

const [BATCH_BYTES, BATCH_DOCUMENTS] = [8 * 1024 * 1024, 5_000];

async function insertAll(
  db: Db,
  { name, data, count }: CollectionEntry,
  isSealed: boolean,
  { store, key }: RestoreOptions,
  onBatch: (count: number) => void,
): Promise<void> {
  let batch: RawMap[] = [];
  let bytes = 0;
  let done = 0;
  const insert = async () => {
    if (batch.length > 0) await insertRaw(db, name, batch);
    done += batch.length;
    onBatch(batch.length);
    [batch, bytes] = [[], 0];
  };
  for await (const raw of rawDocuments(unseal(await open(store, data), data.sha256, isSealed, key))) {
    batch.push(toMap(raw));
    bytes += raw.length;
    if (batch.length >= BATCH_DOCUMENTS || bytes >= BATCH_BYTES) await insert();
  }
  await insert();
  if (done !== count) throw new BackupError(`it holds ${done} documents in place of ${count}`);
}

/** What stood there may be older than its validator. */
export async function insertRaw(db: Db, name: string, documents: RawMap[]): Promise<void> {
  const { writeErrors } = await db.command({
    insert: name,
    documents,
    ordered: true,
    bypassDocumentValidation: true,
    comment: 'system: restore',
  });
  if (writeErrors?.length) throw new Error(`${name}: ${writeErrors[0].errmsg}`);
}

async function replaySegment(replay: Replay, segment: Segment, plan: RestorePlan, options: RestoreOptions) {
  const plain = await naming(options.store, segment, async () =>
    unsealBytes(await readSegment(options.store, segment), options.key),
  );
  for await (const raw of rawDocuments(onlyOne(plain))) {
    const entry = toMap(raw);
    const position = positionText(entry.get('ts') as Timestamp);
    if (position <= plan.snapshot.position || position > plan.until) continue;
    if (position <= replay.reached) continue;
    replay.reached = position;
    await replay.add(entry, raw.length);
  }
}

async function* onlyOne(bytes: Buffer) {
  yield bytes;
}

export type TenantRestored = { documents: number; collections: number };

/** Puts one shop, as it is in `source`, into `target`; only where nothing of it is there, or with `force` instead of it. */
export async function copyTenant(
  source: Db,
  target: Db,
  { tenantId, isTenantCollection, force }: TenantCopy,
): Promise<TenantRestored> {
  const names = (await collectionNames(source)).filter(isTenantCollection);
  const result = { documents: 0, collections: 0 };
  if (!force) await refuseTenant(target, names, tenantId);
  for (const name of names) {
    const copied = await copyOf(source, target, name, { tenantId });
    result.documents += copied;
    if (copied > 0) result.collections += 1;
  }
  await copyOf(source, target, 'tenants', { _id: tenantId });
  return result;
}

export type TenantCopy = {
  tenantId: ObjectId;
  isTenantCollection: (name: string) => boolean;
  force: boolean;
};

async function refuseTenant(target: Db, names: string[], tenantId: ObjectId): Promise<void> {
  for (const name of names) {
    const found = await target.collection(name).countDocuments({ tenantId }, { limit: 1 });
    if (found > 0)
      throw new BackupError(
        `The shop is there already (${name}): --force puts the restored one in its place`,
      );
  }
}

async function copyOf(source: Db, target: Db, name: string, filter: Document): Promise<number> {
  const comment = 'system: restore a shop';
  await target.collection(name).deleteMany(filter, { comment });
  let batch: RawMap[] = [];
  let count = 0;
  const insert = async () => {
    if (batch.length > 0) await insertRaw(target, name, batch);
    count += batch.length;
    batch = [];
  };
  for await (const raw of source.collection(name).find(filter, { raw: true, comment })) {
    batch.push(toMap(raw as unknown as Buffer));
    if (batch.length >= 500) await insert();
  }
  await insert();
  return count;
}
