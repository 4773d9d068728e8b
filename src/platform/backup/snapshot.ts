import { PassThrough } from 'node:stream';
import { BSON, type Db, type Document, MongoServerError, type Timestamp } from 'mongodb';
import type { ObjectStore } from '../object-store/object-store.ts';
import { BackupError } from './backup-error.ts';
import type { CollectionEntry, FileEntry, Manifest } from './catalog.ts';
import { collectionNames, SetHash } from './database-hash.ts';
import { positionText, secondsOf } from './position.ts';
import { endingOf, seal, sealBytes } from './sealing.ts';
import { Targets } from './targets.ts';

export type SnapshotOptions = {
  stores: ObjectStore[];
  key: Buffer | null;
  onProgress?: (documents: number, total: number) => void;
  /** A store that fails is told of, and the others get the snapshot. */
  onFailure?: (store: ObjectStore, error: Error) => void;
};

type Metadata = {
  options: Document;
  indexes: Document[];
  uuid: string;
  collectionName: string;
  type: string;
};

const TRIES = 5;
const [SNAPSHOT_TOO_OLD, SNAPSHOT_UNAVAILABLE] = [239, 246];

/**
 * Copies the database as it was at one moment, while it is written to. Where a collection or an index is made or dropped
 * meanwhile, it begins again: mongod tells of those as they are now and not as they were.
 */
export async function createSnapshot(db: Db, options: SnapshotOptions): Promise<Manifest> {
  const targets = new Targets(options);
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const before = await metadataOf(db);
    const at = (await db.command({ ping: 1 })).operationTime as Timestamp;
    const collections = await copyAll(db, at, before, options, targets).catch(ifChanged);
    if (!collections || !isSame(before, await metadataOf(db))) continue;
    return finish(manifestOf(db, at, collections, options), targets);
  }
  throw new BackupError(
    `Collections or indexes changed during each of ${TRIES} tries: try when that is over`,
  );
}

const isSame = (one: Metadata[], other: Metadata[]) =>
  BSON.EJSON.stringify(one) === BSON.EJSON.stringify(other);

function ifChanged(error: unknown): undefined {
  const code = error instanceof MongoServerError ? error.code : undefined;
  if (code === SNAPSHOT_UNAVAILABLE) return undefined;
  if (code !== SNAPSHOT_TOO_OLD) throw error;
  throw new BackupError(
    'The copy took longer than MongoDB keeps the past (minSnapshotHistoryWindowInSeconds, 300 when not set). ' +
      'On each node: db.adminCommand({setParameter: 1, minSnapshotHistoryWindowInSeconds: 7200})',
  );
}

const folderOf = (at: Timestamp) =>
  `snapshots/${secondsOf(positionText(at)).toISOString().slice(0, 19).replaceAll(':', '')}Z-${positionText(at)}`;

const manifestOf = (
  db: Db,
  at: Timestamp,
  collections: CollectionEntry[],
  { key }: SnapshotOptions,
): Manifest => ({
  format: 1,
  id: folderOf(at).slice('snapshots/'.length),
  database: db.databaseName,
  position: positionText(at),
  time: secondsOf(positionText(at)).toISOString(),
  encrypted: key !== null,
  collections,
});

/** Last: a snapshot without a manifest is none. */
async function finish(manifest: Manifest, targets: Targets): Promise<Manifest> {
  const body = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  await targets.put(`snapshots/${manifest.id}/manifest.json`, () => body);
  return manifest;
}

async function metadataOf(db: Db): Promise<Metadata[]> {
  const listed = await db.listCollections({ type: 'collection' }).toArray();
  const found = new Map(listed.map((info) => [info.name, info as Document]));
  return Promise.all(
    (await collectionNames(db)).map(async (name) => ({
      options: found.get(name)?.options ?? {},
      indexes: await db.collection(name).listIndexes().toArray(),
      uuid: found.get(name)?.info?.uuid?.toString('hex') ?? '',
      collectionName: name,
      type: 'collection',
    })),
  );
}

async function copyAll(db: Db, at: Timestamp, all: Metadata[], options: SnapshotOptions, targets: Targets) {
  const counts = await Promise.all(
    all.map(({ collectionName }) => db.collection(collectionName).estimatedDocumentCount()),
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  const entries: CollectionEntry[] = [];
  let done = 0;
  for (const metadata of all) {
    entries.push(
      await copyCollection(db, at, metadata, options, targets, () => {
        done += 1;
        if (done % 1_000 === 0) options.onProgress?.(done, total);
      }),
    );
  }
  return entries;
}

async function copyCollection(
  db: Db,
  at: Timestamp,
  metadata: Metadata,
  { key }: SnapshotOptions,
  targets: Targets,
  onDocument: () => void,
): Promise<CollectionEntry> {
  const { collectionName: name } = metadata;
  const path = `${folderOf(at)}/dump/${db.databaseName}/${name}`;
  const sum = new SetHash();
  const data = await putStream(
    targets,
    `${path}.bson${endingOf(key)}`,
    chunks(db, at, name, sum, onDocument),
    key,
  );
  const { body, sha256 } = sealBytes(Buffer.from(BSON.EJSON.stringify(metadata, { relaxed: false })), key);
  const file = { key: `${path}.metadata.json${endingOf(key)}`, sha256, bytes: body.length };
  await targets.put(file.key, () => body);
  return { name, count: sum.count, hash: sum.hex, data, metadata: file };
}

/** The driver would leave `atClusterTime` out of a read concern of its own: it is sent as a command. */
async function* chunks(db: Db, at: Timestamp, name: string, sum: SetHash, onDocument: () => void) {
  const readConcern = { level: 'snapshot', atClusterTime: at };
  const find = { find: name, readConcern, noCursorTimeout: true, comment: 'system: backup' };
  let held: Uint8Array[] = [];
  let bytes = 0;
  for await (const raw of db.runCursorCommand(find, { raw: true } as Document)) {
    const document = raw as unknown as Uint8Array;
    sum.add(document);
    onDocument();
    held.push(document);
    bytes += document.length;
    if (bytes < 1024 * 1024) continue;
    yield Buffer.concat(held);
    [held, bytes] = [[], 0];
  }
  if (held.length > 0) yield Buffer.concat(held);
}

/** To all stores at once, at the pace of the slowest; one that fails is left out from then on. */
async function putStream(
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
    // Whoever gives up must not keep the others waiting.
    copy.once('close', () => sealed.body.unpipe(copy));
    return sealed.body.pipe(copy);
  };
  await targets.put(key, copyOf, () => fault);
  return { key, ...sealed.facts() };
}
