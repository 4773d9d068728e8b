import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, it, vi } from 'vitest';
import { startBackup } from '../../src/backup-service.ts';
import { readConfig } from '../../src/config.ts';
import { listSnapshots } from '../../src/platform/backup/catalog.ts';
import { connectForBackup } from '../../src/platform/backup/connect.ts';
import { hashCollections } from '../../src/platform/backup/database-hash.ts';
import { endsOf, tailOplog } from '../../src/platform/backup/oplog-tail.ts';
import { positionText } from '../../src/platform/backup/position.ts';
import { planRestore, restoreDatabase } from '../../src/platform/backup/restore.ts';
import { createSnapshot } from '../../src/platform/backup/snapshot.ts';
import { locks } from '../../src/platform/jobs/collections.ts';
import { openLocks } from '../../src/platform/jobs/lock.ts';
import { createLog } from '../../src/platform/log.ts';
import { openStore } from '../../src/platform/object-store/object-store.ts';
import { eventually } from '../support/eventually.ts';
import { openFailingDatabase, whileFailing } from '../support/failing-mongo.ts';
import { atEnd, newDatabaseName, openTestDatabase } from '../support/mongo.ts';
import { startS3 } from '../support/s3.ts';

const KEEPER = fileURLToPath(new URL('keeper.ts', import.meta.url));
const LOCK_MS = 900;

async function newFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'souk-keeping-'));
  atEnd(() => rm(folder, { recursive: true, maxRetries: 5 }));
  return folder;
}

async function source(uri = inject('mongoUri'), name = newDatabaseName()) {
  const opened = await connectForBackup(uri, name);
  const restored = opened.client.db(`${name}_restored`);
  atEnd(async () => {
    await restored.dropDatabase();
    await opened.db.dropDatabase();
    await opened.close();
  });
  return { ...opened, restored };
}

it('is kept by one process, and by another once that is killed', async () => {
  const folder = await newFolder();
  const store = openStore(folder);
  const database = await openTestDatabase();
  const { db, restored } = await source(undefined, database.name);
  await db.collection('items').insertOne({ n: 1 });

  const args = [KEEPER, inject('mongoUri'), database.name, folder, String(LOCK_MS)];
  const first = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  atEnd(() => void first.kill('SIGKILL'));
  await eventually(async () => (await listSnapshots(store)).length).toBe(1);
  const fence = async () => (await db.collection(locks.name).findOne({}))?.fence;
  expect(await fence()).toBe(1);

  const second = await startBackup({
    config: readConfig({ MONGODB_DATABASE: database.name, BACKUP_TO: folder }),
    mongodbUri: inject('mongoUri'),
    log: createLog('silent'),
    withLock: openLocks(database.systemDb('who keeps the backup'), null),
    lockMs: LOCK_MS,
  });
  atEnd(() => second?.stop());
  await db.collection('items').insertOne({ n: 2 });
  first.kill('SIGKILL');
  await db.collection('items').insertOne({ n: 3 });
  const { operationTime } = await db.command({ ping: 1 });
  await eventually(async () => BigInt(`0x${(await endsOf(store)).at(-1)}`) >= operationTime.toBigInt()).toBe(
    true,
  );
  expect(await fence()).toBe(2);
  expect(await listSnapshots(store)).toHaveLength(1);
  await second?.stop();

  await restoreDatabase(restored, await planRestore(store, 'latest'), { store, key: null });
  const items = async (from: typeof db) => (await hashCollections(from)).get('items');
  expect(await items(restored)).toEqual(await items(db));
});

it('goes on in one store while the other is away, says so, and catches up there later', async () => {
  const s3 = await startS3();
  atEnd(s3.close);
  const stores = [await newFolder(), `${s3.url}/kept`];
  const [folder, bucket] = stores.map((url) => openStore(url, s3.env));
  const database = await openTestDatabase();
  const { db, restored } = await source(undefined, database.name);
  await db.collection('items').insertOne({ n: 1 });
  const log = createLog('silent');
  const told = vi.spyOn(log, 'error');
  const keeper = await startBackup({
    config: readConfig({ MONGODB_DATABASE: database.name, BACKUP_TO: stores.join(','), ...s3.env }),
    mongodbUri: inject('mongoUri'),
    log,
    withLock: openLocks(database.systemDb('who keeps the backup'), null),
    lockMs: LOCK_MS,
  });
  atEnd(() => keeper?.stop());
  const reaches = (store = folder) => eventually(async () => store && (await endsOf(store)).at(-1));
  await reaches(folder).toBeDefined();
  await reaches(bucket).toBeDefined();

  await s3.stop();
  await db.collection('items').insertOne({ n: 2 });
  const { operationTime } = await db.command({ ping: 1 });
  const position = positionText(operationTime);
  await reaches(folder).toSatisfy((end) => end >= position);
  await eventually(() => told.mock.calls.map(([what]) => JSON.stringify(what)).join()).toContain(
    `"job":"copy the oplog to ${s3.url}/kept"`,
  );
  await s3.startAgain();
  await reaches(bucket).toSatisfy((end) => end >= position);
  await keeper?.stop();

  if (!bucket) throw new Error('there is no bucket');
  await restoreDatabase(restored, await planRestore(bucket, 'latest'), { store: bucket, key: null });
  expect(await restored.collection('items').countDocuments()).toBe(2);
  expect(JSON.stringify(told.mock.calls)).not.toContain(`copy the oplog to ${stores[0]}`);
});

/** A number is taken by one document after the other, so that a copy made meanwhile may hold it twice. */
function startWriter(db: Awaited<ReturnType<typeof source>>['db']): () => Promise<void> {
  let stopped = false;
  const items = db.collection<{ _id: number; n: number; list?: number[] }>('items');
  const write = async () => {
    for (let i = 0; !stopped; i += 1) {
      const _id = (i * 37) % 3_000;
      const found = await items.findOneAndDelete({ _id });
      await items.insertOne({ _id: 10_000 + i, n: found?.n ?? 20_000 + i });
      await items.updateOne({ _id: (_id + 1) % 3_000 }, { $push: { list: i } });
      await items.updateOne({ _id: 10_000 + i }, { $set: { list: [i] } });
      if (i % 50 === 0) await db.collection(`made${i}`).insertOne({ i });
    }
  };
  const writing = write();
  return async () => {
    stopped = true;
    await writing;
  };
}

it('takes any time: where MongoDB forgets too soon, with the oplog that makes one moment of it', async () => {
  const { uri } = await openFailingDatabase();
  const { client, db, restored } = await source(uri);
  const store = openStore(await newFolder());
  const items = db.collection<{ _id: number; n: number; text: string }>('items');
  await items.createIndex({ n: 1 }, { unique: true });
  const text = 'x'.repeat(2_000);
  await items.insertMany(Array.from({ length: 3_000 }, (_, _id) => ({ _id, n: _id, text })));
  const stop = startWriter(db);
  const onMoving = vi.fn();
  const failure = { failCommands: ['getMore'], times: 1, errorCode: 239 };
  const snapshot = await whileFailing(client, failure, () =>
    createSnapshot(db, { stores: [store], key: null, onMoving }),
  ).finally(stop);
  expect(onMoving).toHaveBeenCalledTimes(1);
  expect(snapshot.oplog?.bytes).toBeGreaterThan(100);

  const { entries } = await restoreDatabase(restored, await planRestore(store, 'latest'), {
    store,
    key: null,
  });
  expect(entries).toBeGreaterThan(0);
  const stranded = await restored.collection('items').countDocuments({ n: { $exists: false } });
  expect(stranded).toBe(0);
  // Later, by the copy of the oplog, as after any snapshot.
  const stopping = new AbortController();
  const options = { database: db.databaseName, store, key: null, signal: stopping.signal };
  const tail = tailOplog(client, options);
  const { operationTime } = await db.command({ ping: 1 });
  await eventually(async () => BigInt(`0x${(await endsOf(store)).at(-1)}`) >= operationTime.toBigInt()).toBe(
    true,
  );
  stopping.abort();
  await tail;
  const plan = await planRestore(store, 'latest');
  await restoreDatabase(restored, plan, { store, key: null, force: true });
  expect(await hashCollections(restored)).toEqual(await hashCollections(db));
  expect(await restored.collection('items').indexExists('n_1')).toBe(true);
});
