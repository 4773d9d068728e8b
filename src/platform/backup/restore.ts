import type { Db, Timestamp } from 'mongodb';
import type { ObjectStore } from '../object-store/object-store.ts';
import { BackupError } from './backup-error.ts';
import { chainFrom, listSegments, listSnapshots, type Manifest } from './catalog.ts';
import { collectionNames, RESTORING } from './database-hash.ts';
import { databasesOf } from './databases.ts';
import { Inserting } from './inserting.ts';
import { endOfSecond, positionText, secondsOf } from './position.ts';
import { toMap } from './raw-documents.ts';
import { Replay } from './replay.ts';
import {
  type BackupFiles,
  checkFiles,
  forEachDocument,
  forEachEntry,
  naming,
  type RestorePlan,
  readMetadata,
} from './restore-files.ts';
import { refuseWithoutRights } from './rights.ts';

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

export type RestoreOptions = BackupFiles & {
  force?: boolean;
  onProgress?: (done: number, total: number, what: string) => void;
  /** Called when the documents of the snapshot are there and no entry is applied yet. */
  onSnapshot?: () => Promise<void>;
};

export type Restored = { documents: number; entries: number; until: string };

/**
 * Makes the installation whose own database is `main` what it was, with the databases of shops beside it. Killed in the
 * middle, the next try begins anew without being told to overwrite.
 */
export async function restoreDatabase(
  main: Db,
  plan: RestorePlan,
  options: RestoreOptions,
): Promise<Restored> {
  const { snapshot } = plan;
  await refuseFull(main, options.force ?? false);
  await checkFiles(plan, options);
  await mark(main);
  await clear(main);
  const isMoving = snapshot.oplog !== undefined;
  const replay = new Replay(main, { database: snapshot.database, isMoving });
  const documents = await restoreSnapshot(snapshot, replay, options);
  await options.onSnapshot?.();
  await replayMeanwhile(snapshot, replay, options);
  for (const [at, segment] of plan.segments.entries()) {
    await forEachEntry(segment, options, (raw) => replayEntry(replay, raw, plan));
    options.onProgress?.(at + 1, plan.segments.length, 'oplog');
  }
  await replay.finish();
  await main.collection(RESTORING).drop();
  return { documents, entries: replay.entries, until: plan.until };
}

const isUnfinished = (main: Db) => main.listCollections({ name: RESTORING }).hasNext();

async function refuseFull(main: Db, force: boolean): Promise<void> {
  if (force || (await isUnfinished(main))) return;
  for (const db of await databasesOf(main)) {
    const names = await collectionNames(db);
    if (names.length > 0)
      throw new BackupError(
        `The database ${db.databaseName} holds ${names.length} collections: --force overwrites them, --into URI and ` +
          'MONGODB_DATABASE name another database',
      );
  }
}

/** From here on the database counts as one that is being restored. */
async function mark(main: Db): Promise<void> {
  const isNew = !(await isUnfinished(main));
  if (isNew) await main.createCollection(RESTORING);
  await refuseWithoutRights(main).catch(async (error) => {
    if (isNew) await main.collection(RESTORING).drop();
    throw error;
  });
}

async function clear(main: Db): Promise<void> {
  for (const db of await databasesOf(main))
    for (const name of await collectionNames(db)) await db.collection(name).drop();
}

async function restoreSnapshot(snapshot: Manifest, replay: Replay, options: RestoreOptions) {
  const total = snapshot.collections.reduce((sum, { count }) => sum + count, 0);
  let documents = 0;
  for (const { database, name, data, metadata, count } of snapshot.collections) {
    const db = replay.databaseFor(database);
    const { options: declared, indexes } = await readMetadata(metadata, options);
    await db.command({ create: name, ...declared });
    const inserting = new Inserting(db, name, (added) => {
      documents += added;
      options.onProgress?.(documents, total, 'documents');
    });
    await forEachDocument(data, snapshot.encrypted, options, (raw) => inserting.add(raw));
    await inserting.flush();
    await naming(options.store, data, async () => refuseOther(inserting.count, count));
    await replay.index(db, name, indexes);
  }
  return documents;
}

function refuseOther(found: number, count: number): void {
  if (found !== count) throw new BackupError(`it holds ${found} documents in place of ${count}`);
}

/** Documents that were copied one after the other are of one moment with what was done in the meantime. */
async function replayMeanwhile(snapshot: Manifest, replay: Replay, options: RestoreOptions): Promise<void> {
  if (!snapshot.oplog) return;
  await forEachDocument(snapshot.oplog, snapshot.encrypted, options, (raw) =>
    replay.add(toMap(raw), raw.length),
  );
  await replay.settle();
}

async function replayEntry(replay: Replay, raw: Buffer, { snapshot, until }: RestorePlan): Promise<void> {
  const entry = toMap(raw);
  const position = positionText(entry.get('ts') as Timestamp);
  if (position <= snapshot.position || position > until || position <= replay.reached) return;
  replay.reached = position;
  await replay.add(entry, raw.length);
}
