import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, inject, it } from 'vitest';
import { products } from '../../src/domains/catalogue/collections.ts';
import { listSegments, listSnapshots } from '../../src/platform/backup/catalog.ts';
import { connectForBackup } from '../../src/platform/backup/connect.ts';
import { hashCollections } from '../../src/platform/backup/database-hash.ts';
import { type ObjectStore, openStore } from '../../src/platform/object-store/object-store.ts';
import { testApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { atEnd } from '../support/mongo.ts';
import { type RunningScript, runScript, startScript } from '../support/run-script.ts';
import { openShop, type Shop } from '../support/shop.ts';

let shop: Shop;
let other: Shop;
let name: string;
let folder: string;
let store: ObjectStore;

beforeAll(async () => {
  [shop, other] = [await openShop(), await openShop()];
  await shop.product();
  await other.product();
  name = (await testApp()).databaseName;
  folder = await mkdtemp(join(tmpdir(), 'souk-backup-'));
  store = openStore(folder);
  atEnd(async () => {
    const { db, close } = await connectForBackup(inject('mongoUri'), `${name}_copy`);
    await db.dropDatabase();
    await close();
    await rm(folder, { recursive: true });
  });
});

const tasks = (script: string, args: string[], database = name) =>
  runScript(script, args, { name: database });

const hashesOf = async (database: string) => {
  const { db, close } = await connectForBackup(inject('mongoUri'), database);
  return hashCollections(db).finally(close);
};

async function kill({ child, result }: RunningScript): Promise<void> {
  child.kill('SIGKILL');
  await result;
}

it('goes on after kill -9 of a snapshot, of the copy of the oplog and of a restore', async () => {
  const create = startScript('backup', ['create', '--to', folder], { name });
  await eventually(async () => {
    for await (const { key } of store.list('snapshots/')) return key;
    return '';
  }).toMatch('snapshots/');
  await kill(create);
  expect(await tasks('backup', ['create', '--to', folder])).toMatchObject({ code: 0, err: '' });
  const snapshots = (await listSnapshots(store)).length;

  const watching = () => startScript('backup', ['watch', '--to', folder], { name });
  const first = watching();
  await other.product();
  await eventually(async () => (await listSegments(store)).length).toBeGreaterThan(0);
  await kill(first);
  await other.product();
  const last = await shop.product();
  const { database } = await testApp();
  const now = (await database.time()).toBigInt();
  const second = watching();
  await eventually(async () => BigInt(`0x${(await listSegments(store)).at(-1)?.to}`) >= now).toBe(true);
  second.child.kill('SIGTERM');
  expect((await second.result).code).toBe(0);

  const args = ['--from', folder, '--to', 'latest'];
  const restoring = startScript('restore', args, { name: `${name}_copy` });
  await eventually(async () => (await hashesOf(`${name}_copy`)).size).toBeGreaterThan(5);
  await kill(restoring);
  expect(await tasks('restore', args, `${name}_copy`)).toMatchObject({ code: 0 });
  expect(await hashesOf(`${name}_copy`)).toEqual(await hashesOf(name));
  expect(await tasks('restore', args, `${name}_copy`)).toMatchObject({ code: 1 });
  expect(await shop.db.collection(products).findOne({ _id: last._id })).not.toBeNull();
  expect((await listSnapshots(store)).length).toBe(snapshots);
}, 120_000);

it('puts one shop back, and leaves the other as it is', async () => {
  const lost = await shop.product();
  const kept = await other.product();
  const args = ['--from', folder, '--to', 'latest', '--tenant', shop.tenant.subdomain];
  const refused = await tasks('restore', args);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('--force');
  expect(await tasks('restore', [...args, '--force'])).toMatchObject({ code: 0 });
  expect(await shop.db.collection(products).findOne({ _id: lost._id })).toBeNull();
  expect(await shop.db.collection(products).count({}, { limit: 10 })).toBe(2);
  expect(await other.db.collection(products).findOne({ _id: kept._id })).not.toBeNull();
}, 120_000);

it('is tried on a server of its own, where what was restored has to be right in itself', async () => {
  // The products of these shops were put there without stock movements.
  const wrong = await tasks('backup', ['verify', '--from', folder]);
  expect(wrong.err).toContain('not right in themselves');
  expect((await tasks('backup', ['list', '--from', folder])).out).toContain('verified never');
  await tasks('check-data', ['--repair']);
  expect(await tasks('backup', ['create', '--to', folder])).toMatchObject({ code: 0 });
  const { out } = await tasks('backup', ['verify', '--from', folder]);
  expect(out).toContain('equal by hash');
  expect((await tasks('backup', ['list', '--from', folder])).out).not.toContain('verified never');
}, 120_000);
