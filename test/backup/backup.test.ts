import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { BSON, type CommandStartedEvent, type Db, Double, Long, MongoClient, Timestamp } from 'mongodb';
import { beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { listSegments, listSnapshots, type Manifest } from '../../src/platform/backup/catalog.ts';
import { hashCollections, RESTORING } from '../../src/platform/backup/database-hash.ts';
import { databasesOf } from '../../src/platform/backup/databases.ts';
import { endsOf, tailOplog } from '../../src/platform/backup/oplog-tail.ts';
import { endOfSecond } from '../../src/platform/backup/position.ts';
import { planRestore, restoreDatabase } from '../../src/platform/backup/restore.ts';
import { keptSnapshots, prune, readKeep } from '../../src/platform/backup/retention.ts';
import { createSnapshot } from '../../src/platform/backup/snapshot.ts';
import { type ObjectStore, openStore } from '../../src/platform/object-store/object-store.ts';
import { atEnd, newDatabaseName } from '../support/mongo.ts';

const key = randomBytes(32);
let client: MongoClient;
let db: Db;
let folder: string;
let store: ObjectStore;
let beside: ObjectStore;

beforeAll(async () => {
  // With a read concern of its own, as where the driver's snapshot sessions silently are none.
  client = await MongoClient.connect(inject('mongoUri'), {
    readConcernLevel: 'majority',
    monitorCommands: true,
  });
  db = client.db(newDatabaseName());
  folder = await mkdtemp(join(tmpdir(), 'souk-backup-'));
  store = openStore(join(folder, 'one'));
  beside = openStore(join(folder, 'other'));
  atEnd(async () => {
    for (const main of [db, restored(), stranger()])
      for (const each of await databasesOf(main)) await each.dropDatabase();
    await client.close();
    await rm(folder, { recursive: true });
  });
});

const restored = () => client.db(`${db.databaseName}_restored`);
/** Of a shop that has a database for itself. */
const placed = (shop: string, main = db) => client.db(`${main.databaseName}_shop_${shop}`);
/** Its name begins as that of the installation, and it is none of its databases. */
const stranger = () => client.db(`${db.databaseName}_other`);

async function fill() {
  const items = await db.createCollection('items', {
    validator: { n: { $exists: true } },
    changeStreamPreAndPostImages: { enabled: true },
  });
  await items.createIndexes([
    { key: { n: 1 }, name: 'n', unique: true, partialFilterExpression: { n: { $gt: 0 } } },
    { key: { s: 1 }, name: 's', collation: { locale: 'de', strength: 2 } },
    { key: { at: 1 }, name: 'ttl', expireAfterSeconds: 0 },
  ]);
  await items.insertMany(
    Array.from({ length: 500 }, (_, n) => item(n + 1)),
    { bypassDocumentValidation: true },
  );
  await placed('one').createCollection('items', { validator: { n: { $exists: true } } });
  await placed('one').collection('items').createIndex({ n: 1 }, { unique: true });
  await placed('one').collection('gone').insertOne({ n: 1 });
  await stranger().collection('items').insertOne({ n: 1 });
  await db.collection('gone').insertOne({ n: 1 });
  await db.collection('before').insertMany([{ n: 1 }, { n: 2 }]);
}

/** What a plain object would change: the order of keys that look like numbers, and the types of numbers. */
const item = (n: number) =>
  new Map(
    Object.entries<unknown>({
      _id: n,
      n: Long.fromNumber(n),
      d: new Double(1),
      s: `text ${n}`,
      list: [1, 2.5, null],
    }),
  )
    .set(
      'odd',
      new Map([
        ['10', 1],
        ['9', 2],
      ]),
    )
    .set('at', new Date('2099-01-01')) as never;

/** A hook has no `expect.poll`. */
const copiedUntil = (isFar: (tail: string) => boolean) =>
  vi.waitFor(
    async () => {
      if (!isFar((await endsOf(store)).at(-1) ?? '') || !isFar((await endsOf(beside)).at(-1) ?? ''))
        throw new Error('the copy of the oplog does not come so far');
    },
    { timeout: 20_000, interval: 100 },
  );

function startWriters(round: number): () => Promise<void> {
  let stopped = false;
  const write = async (writer: number) => {
    const items = db.collection<{ _id: number; n: number; hits?: number }>('items');
    for (let i = 0; !stopped; i += 1) {
      const fresh = 100_000 * round + 10_000 * writer + i;
      await items.insertOne({ _id: fresh, n: fresh });
      await items.updateOne({ _id: 1 + (i % 500) }, {
        $inc: { hits: 1 },
        $push: { list: i },
        $unset: { d: 1 },
      } as never);
      await items.deleteOne({ _id: fresh - 3 });
      await client.withSession((session) =>
        session.withTransaction(async () => {
          await items.insertOne({ _id: -fresh, n: -fresh }, { session });
          await placed('one').collection('items').insertOne({ n: fresh }, { session });
          await stranger().collection('items').insertOne({ n: fresh }, { session });
          await db
            .collection('totals')
            .updateOne({ writer }, { $inc: { count: 1 } }, { session, upsert: true });
        }),
      );
    }
  };
  const writers = [1, 2, 3].map(write);
  return async () => {
    stopped = true;
    await Promise.all(writers);
  };
}

async function changeCollections() {
  await db.createCollection('made', { validator: { x: { $exists: true } } });
  await db.collection('made').createIndex({ x: 1 });
  await db.collection<{ _id: number; x: number }>('made').insertOne({ _id: 1, x: 1 });
  await db.collection('items').createIndex({ hits: 1 }, { name: 'hits' });
  await db.collection('items').dropIndex('s');
  await db.collection('gone').drop();
  await placed('one').collection('gone').drop();
  await placed('two')
    .collection<{ _id: number; at: Date }>('made')
    .insertOne({ _id: 1, at: new Date('2099-01-01') });
  await placed('two').collection('made').createIndex({ at: 1 }, { expireAfterSeconds: 5 });
  await db.collection('before').rename('after');
  await db.collection('after').insertOne({ n: 3 });
  await db.command({ collMod: 'made', validator: { x: { $gt: 0 } } });
  await db.command({ collMod: 'items', index: { name: 'ttl', expireAfterSeconds: 50 } });
}

/** Of all databases of an installation, by their names without its own. */
async function shapeOf(main: Db) {
  const shapes = (await databasesOf(main)).map(async (each) => ({
    database: each.databaseName.slice(main.databaseName.length),
    collections: await collectionsOf(each),
  }));
  return Promise.all(shapes);
}

async function collectionsOf(from: Db) {
  const listed = await from.listCollections({ type: 'collection' }).toArray();
  const hashes = await hashCollections(from);
  const shapes = listed
    .filter(({ name }) => !name.startsWith('system.'))
    .map(async (info) => ({
      name: info.name,
      options: 'options' in info ? info.options : {},
      indexes: await from.collection(info.name).listIndexes().toArray(),
      hash: hashes.get(info.name),
    }));
  const all = await Promise.all(shapes);
  const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);
  return all.map((shape) => ({ ...shape, indexes: shape.indexes.sort(byName) })).sort(byName);
}

describe('a backup', () => {
  let snapshot: Manifest;
  let moment: Date;
  let atMoment: Awaited<ReturnType<typeof shapeOf>>;
  let last: typeof atMoment;

  beforeAll(async () => {
    await fill();
    const finds: unknown[] = [];
    const note = ({ commandName, command }: CommandStartedEvent) => {
      if (commandName === 'find' && command.$db.startsWith(db.databaseName)) finds.push(command.readConcern);
    };
    let stop = startWriters(1);
    await sleep(300);
    client.on('commandStarted', note);
    snapshot = await createSnapshot(db, { stores: [store, beside], key });
    client.off('commandStarted', note);
    const at = new Timestamp(BigInt(`0x${snapshot.position}`));
    expect(finds.length).toBeGreaterThan(2);
    for (const concern of finds) expect(concern).toEqual({ level: 'snapshot', atClusterTime: at });
    const stopping = new AbortController();
    const options = { database: db.databaseName, key, signal: stopping.signal };
    const tails = Promise.all([store, beside].map((to) => tailOplog(client, { ...options, store: to })));
    await changeCollections();
    await stop();
    moment = new Date();
    atMoment = await shapeOf(db);
    await sleep(1_050 - (Date.now() % 1_000));
    stop = startWriters(2);
    await copiedUntil((tail) => tail > endOfSecond(moment));
    await stop();
    await db.collection('totals').insertOne({ writer: 0 });
    await placed('two').dropDatabase();
    await placed('three').collection('items').insertOne({ n: 1 });
    last = await shapeOf(db);
    const { operationTime } = await db.command({ ping: 1 });
    await copiedUntil((tail) => BigInt(`0x${tail}`) >= operationTime.toBigInt());
    stopping.abort();
    await tails;
  });

  it('restores a second in the past, with its collections and indexes, and the latest state', async () => {
    const plan = await planRestore(store, moment);
    await restoreDatabase(restored(), plan, { store, key });
    expect(await shapeOf(restored())).toEqual(atMoment);
    const fromOther = await planRestore(beside, 'latest');
    await restoreDatabase(restored(), fromOther, { store: beside, key, force: true });
    expect(await shapeOf(restored())).toEqual(last);
    expect(last).not.toEqual(atMoment);
    const names = (shape: typeof last) => shape.map(({ database }) => database);
    expect([names(atMoment), names(last)]).toEqual([
      ['', '_shop_one', '_shop_two'],
      ['', '_shop_one', '_shop_three'],
    ]);
  });

  it('does not overwrite what is there, but goes on where a restore was cut off', async () => {
    const plan = await planRestore(store, 'latest');
    await expect(restoreDatabase(restored(), plan, { store, key })).rejects.toThrow('--force');
    await restored().dropDatabase();
    const refused = restoreDatabase(restored(), plan, { store, key });
    await expect(refused).rejects.toThrow(`${placed('one', restored()).databaseName} holds 1 collections`);
    await restored().createCollection(RESTORING);
    await restoreDatabase(restored(), plan, { store, key });
    expect(await shapeOf(restored())).toEqual(last);
  });

  it('says which time it does not reach', async () => {
    await expect(planRestore(store, new Date('2001-01-01'))).rejects.toThrow('The oldest snapshot');
    await expect(planRestore(store, new Date('2099-01-01'))).rejects.toThrow('The backup reaches into');
    const [first, second] = await listSegments(store);
    const middle = second ?? first;
    if (!middle) throw new Error('there is no segment');
    const path = join(folder, 'one', middle.key);
    const held = await readFile(path);
    await rm(path);
    await expect(planRestore(store, new Date(moment.getTime() + 1_000))).rejects.toThrow(/gap|reaches into/);
    await writeFile(path, held);
  });

  it('names the file that is damaged, and says when the key is another', async () => {
    const plan = await planRestore(store, 'latest');
    const into = { store, force: true };
    await expect(restoreDatabase(restored(), plan, { ...into, key: randomBytes(32) })).rejects.toThrow(
      'another key',
    );
    await expect(restoreDatabase(restored(), plan, { ...into, key: null })).rejects.toThrow('set BACKUP_KEY');
    const { data } = snapshot.collections.find(({ name }) => name === 'items') ?? {};
    const path = join(folder, 'one', data?.key ?? '');
    const whole = await readFile(path);
    const damaged = Buffer.from(whole);
    damaged[damaged.length >> 1] = (damaged[damaged.length >> 1] ?? 0) ^ 1;
    await writeFile(path, damaged);
    await expect(restoreDatabase(restored(), plan, { ...into, key })).rejects.toThrow(
      /items\.bson\.gz\.aes cannot be used/,
    );
    expect(await shapeOf(restored())).toEqual(last);
    await writeFile(path, whole);
    await restoreDatabase(restored(), plan, { ...into, key });
  });

  it('refuses to go on where the oplog has been cut off', async () => {
    const other = openStore(join(folder, 'cut'));
    const old = { ...snapshot, position: '0000000100000001' };
    await other.put(`snapshots/${old.id}/manifest.json`, Buffer.from(JSON.stringify(old)));
    const tail = { database: db.databaseName, store: other, key, signal: new AbortController().signal };
    await expect(tailOplog(client, tail)).rejects.toThrow('The oplog no longer holds');
  });

  it('lies in folders as mongorestore reads them', async () => {
    const plain = openStore(join(folder, 'plain'));
    const { id } = await createSnapshot(db, { stores: [plain], key: null });
    const dumps = join(folder, 'plain', 'snapshots', id, 'dump');
    expect(await readdir(dumps)).toEqual((await databasesOf(db)).map(({ databaseName }) => databaseName));
    const dump = join(dumps, db.databaseName);
    expect(await readdir(dump)).toEqual(
      ['after', 'items', 'made', 'totals'].flatMap((name) => [`${name}.bson.gz`, `${name}.metadata.json.gz`]),
    );
    const made = gunzipSync(await readFile(join(dump, 'made.bson.gz')));
    expect(BSON.deserialize(made)).toEqual({ _id: 1, x: 1 });
    const metadata = BSON.EJSON.parse(
      gunzipSync(await readFile(join(dump, 'made.metadata.json.gz'))).toString(),
    );
    expect(metadata).toMatchObject({
      collectionName: 'made',
      type: 'collection',
      options: { validator: { x: { $gt: 0 } } },
      indexes: [{ name: '_id_' }, { name: 'x_1', key: { x: 1 } }],
    });
  });

  it('keeps what a kept point needs, and removes the rest', async () => {
    const on = (time: string) => ({ ...snapshot, id: time, time });
    const all = [
      '2026-01-31T01:00',
      '2026-02-27T01:00',
      '2026-03-01T01:00',
      '2026-03-02T01:00',
      '2026-03-02T09:00',
    ];
    const kept = keptSnapshots(
      all.map((time) => on(`${time}:00.000Z`)),
      readKeep('daily=2,monthly=3'),
    );
    expect([...kept].map((id) => id.slice(0, 16)).sort()).toEqual([all[0], all[1], all[2], all[4]]);
    expect(() => readKeep('yearly=1')).toThrow('daily=7');

    const before = (await listSegments(beside)).length;
    await createSnapshot(db, { stores: [beside], key });
    const pruned = await prune(beside, readKeep('daily=1'));
    expect(pruned).toMatchObject({ snapshots: [snapshot.id], segments: before });
    const plan = await planRestore(beside, 'latest');
    await restoreDatabase(restored(), plan, { store: beside, key, force: true });
    expect(await shapeOf(restored())).toEqual(last);
    expect(await listSnapshots(store)).toHaveLength(1);
  });
});
