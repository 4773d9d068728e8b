import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from 'mongodb';
import { beforeAll, expect, inject, it, vi } from 'vitest';
import { listSegments, listSnapshots } from '../../src/platform/backup/catalog.ts';
import { type BackupDatabase, connectForBackup } from '../../src/platform/backup/connect.ts';
import { hashCollections } from '../../src/platform/backup/database-hash.ts';
import { mergeSegments } from '../../src/platform/backup/merging.ts';
import { endsOf, tailOplog } from '../../src/platform/backup/oplog-tail.ts';
import { planRestore, restoreDatabase } from '../../src/platform/backup/restore.ts';
import { prune, readKeep } from '../../src/platform/backup/retention.ts';
import { createSnapshot } from '../../src/platform/backup/snapshot.ts';
import { backupStatus, verifyBackup } from '../../src/platform/backup/verify.ts';
import { type ObjectStore, openStore } from '../../src/platform/object-store/object-store.ts';
import { atEnd, newDatabaseName } from '../support/mongo.ts';
import { startS3 } from '../support/s3.ts';

const key = null;
let source: BackupDatabase;
let store: ObjectStore;

beforeAll(async () => {
  source = await connectForBackup(inject('mongoUri'), newDatabaseName());
  const folder = await mkdtemp(join(tmpdir(), 'souk-copying-'));
  store = openStore(folder);
  await source.db.createCollection('items', { validator: { never: { $exists: true } } });
  atEnd(async () => {
    await source.db.dropDatabase();
    await restored().dropDatabase();
    await source.close();
    await rm(folder, { recursive: true });
  });
});

const restored = (): Db => source.client.db(`${source.db.databaseName}_restored`);

/** Copies until all that was done by now is there. */
async function copy(to = store): Promise<void> {
  const { operationTime } = await source.db.command({ ping: 1 });
  const stopping = new AbortController();
  const options = { database: source.db.databaseName, store: to, key, signal: stopping.signal };
  const tail = tailOplog(source.client, options);
  const isThere = async () => BigInt(`0x${(await endsOf(to)).at(-1)}`) >= operationTime.toBigInt();
  const check = async () => {
    if (!(await isThere())) throw new Error('the copy of the oplog does not come so far');
  };
  await vi.waitFor(check, { timeout: 20_000, interval: 50 }).finally(() => stopping.abort());
  await tail;
}

/** Some stand there that the validator would not take. */
const change = (n: number) =>
  source.db.collection<{ _id: number }>('items').insertOne({ _id: n }, { bypassDocumentValidation: true });

it('does the same in a bucket', async () => {
  const s3 = await startS3();
  atEnd(s3.close);
  const bucket = openStore(`${s3.url}/backup`, s3.env);
  await change(0);
  const { id: first } = await createSnapshot(source.db, { stores: [bucket], key });
  await source.db
    .collection<{ _id: number }>('items')
    .updateOne({ _id: 0 }, { $set: { name: 'Mug' } }, { bypassDocumentValidation: true });
  await copy(bucket);

  const restore = async () => {
    await restoreDatabase(restored(), await planRestore(bucket, 'latest'), { store: bucket, key });
    expect(await hashCollections(restored())).toEqual(await hashCollections(source.db));
    await restored().dropDatabase();
  };
  await restore();
  const trial = { store: bucket, key, mongod: inject('mongodBinary'), now: () => new Date(), check };
  expect(await verifyBackup(trial)).toMatchObject({ documents: 1, entries: 1 });
  expect((await backupStatus(bucket)).lastVerified).not.toBeNull();

  const { id } = await createSnapshot(source.db, { stores: [bucket], key });
  expect(await prune(bucket, readKeep('daily=1'))).toMatchObject({ snapshots: [first], segments: 1 });
  expect((await listSnapshots(bucket)).map((snapshot) => snapshot.id)).toEqual([id]);
  await restore();
});

const check = async () => [];

it('makes the snapshot in the store that answers, and tells of the one that does not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'souk-beside-'));
  atEnd(() => rm(folder, { recursive: true }));
  const [file, live] = [join(folder, 'file'), openStore(join(folder, 'live'))];
  await writeFile(file, 'this is no folder');
  const failures: string[] = [];
  const stores = [openStore(file), live];
  const { id } = await createSnapshot(source.db, { stores, key, onFailure: ({ url }) => failures.push(url) });
  expect(failures).toEqual([file]);
  expect((await listSnapshots(live)).map((snapshot) => snapshot.id)).toEqual([id]);
  await expect(createSnapshot(source.db, { stores: [openStore(file)], key })).rejects.toThrow('ENOTDIR');
});

it('makes up for what it missed before a later snapshot', async () => {
  await change(1);
  await createSnapshot(source.db, { stores: [store], key });
  await change(2);
  await copy();
  const before = (await endsOf(store)).at(-1);
  await change(3);
  const { position } = await createSnapshot(source.db, { stores: [store], key });
  await change(4);
  await copy();
  const [first] = await endsOf(store);
  expect(before && before < position).toBe(true);
  expect(await endsOf(store)).toEqual([first]);
});

it('makes one file of many, from which the same is restored', async () => {
  for (const n of [5, 6, 7]) {
    await change(n);
    await source.db
      .collection<{ _id: number }>('items')
      .updateOne({ _id: n }, { $inc: { count: 1 } }, { bypassDocumentValidation: true });
    await copy();
  }
  const held = await hashCollections(source.db);
  const parts = await listSegments(store);
  const end = (await endsOf(store)).at(-1);
  expect(await mergeSegments(store, key, 'f'.repeat(16))).toBe(parts.length);
  expect(await listSegments(store)).toHaveLength(1);
  expect((await endsOf(store)).at(-1)).toBe(end);

  await restoreDatabase(restored(), await planRestore(store, 'latest'), { store, key });
  expect(await hashCollections(restored())).toEqual(held);
});

it('applies once what is in two files', async () => {
  const [whole] = await listSegments(store);
  if (!whole) throw new Error('there is no segment');
  await change(8);
  await copy();
  const again = await planRestore(store, 'latest');
  const overlapping = { ...again, segments: [whole, ...again.segments] };
  const result = await restoreDatabase(restored(), overlapping, { store, key, force: true });
  const once = await restoreDatabase(restored(), again, { store, key, force: true });
  expect(result.entries).toBe(once.entries);
  expect(await hashCollections(restored())).toEqual(await hashCollections(source.db));
});

it('brings back a transaction that fills several entries, whole', async () => {
  const large = source.db.collection<{ _id: number; text: string }>('large');
  await source.client.withSession((session) =>
    session.withTransaction(async () => {
      for (const _id of [1, 2]) await large.insertOne({ _id, text: 'x'.repeat(9_000_000) }, { session });
      await large.updateOne({ _id: 1 }, { $set: { text: 'y' } }, { session });
    }),
  );
  await copy();
  const parts = source.client.db('local').collection('oplog.rs').find({ 'o.partialTxn': true });
  expect(await parts.hasNext()).toBe(true);
  await parts.close();
  await restoreDatabase(restored(), await planRestore(store, 'latest'), { store, key, force: true });
  expect(await hashCollections(restored())).toEqual(await hashCollections(source.db));
  await large.drop();
});
