import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoMemoryReplSet } from 'mongodb-memory-server';
import { beforeAll, expect, inject, it } from 'vitest';
import { type BackupDatabase, connectForBackup } from '../../src/platform/backup/connect.ts';
import { collectionNames, hashCollections } from '../../src/platform/backup/database-hash.ts';
import { endsOf, tailOplog } from '../../src/platform/backup/oplog-tail.ts';
import { planRestore, restoreDatabase } from '../../src/platform/backup/restore.ts';
import { createSnapshot } from '../../src/platform/backup/snapshot.ts';
import { openStore } from '../../src/platform/object-store/object-store.ts';
import { QUICK_JOURNAL } from '../../src/platform/servers/mongod-process.ts';
import { eventually } from '../support/eventually.ts';
import { atEnd } from '../support/mongo.ts';
import { runScript } from '../support/run-script.ts';

const key = null;
const NAME = 'souk';
const ROLES = {
  api: [{ role: 'readWrite', db: NAME }],
  backup: ['backup'],
  restore: ['restore'],
  full: ['restore', 'readWriteAnyDatabase'],
};

let folder: string;
let uriOf: (user: string) => string;
let root: BackupDatabase;

/** A mongod with access control, and who may do what there. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-rights-'));
  atEnd(() => rm(folder, { recursive: true, maxRetries: 5 }));
  const server = await MongoMemoryReplSet.create({
    binary: { systemBinary: inject('mongodBinary') },
    instanceOpts: [{ launchTimeout: 60_000, dbPath: await mkdtemp(join(inject('runFolder'), 'rights-')) }],
    replSet: {
      storageEngine: 'wiredTiger',
      args: QUICK_JOURNAL,
      auth: { enable: true, customRootName: 'root', customRootPwd: 'root' },
    },
  });
  atEnd(() => server.stop());
  uriOf = (user) => server.getUri().replace('mongodb://', `mongodb://${user}:${user}@`);
  root = await as('root');
  for (const [user, roles] of Object.entries(ROLES))
    await root.client.db('admin').command({ createUser: user, pwd: user, roles });
  await root.db.collection<{ _id: number; n: number }>('items').insertOne({ _id: 1, n: 1 });
}, 60_000);

async function as(user: string, name = NAME): Promise<BackupDatabase> {
  const opened = await connectForBackup(uriOf(user), name);
  atEnd(opened.close);
  return opened;
}

it('is made by the role backup, and refused to a user that may not see all databases', async () => {
  const made = await runScript('backup', ['create', '--to', folder], { name: NAME, uri: uriOf('backup') });
  expect(made).toMatchObject({ code: 0, err: '' });
  const refused = await runScript('backup', ['create', '--to', folder], { name: NAME, uri: uriOf('api') });
  expect(refused.err).toBe(
    '✖ MongoDB refuses it: Insufficient permissions to list all databases. ' +
      'docs/operations.md says which roles a user needs\n',
  );
});

it('is restored by restore and readWriteAnyDatabase, and the database left as it is for less', async () => {
  const { client, db } = await as('backup');
  const store = openStore(join(folder, 'one'));
  await createSnapshot(db, { stores: [store], key });
  const items = root.db.collection<{ _id: number; n: number }>('items');
  await items.updateOne({ _id: 1 }, { $inc: { n: 1 } });
  const { operationTime } = await root.db.command({ ping: 1 });
  const stopping = new AbortController();
  const tail = tailOplog(client, { database: NAME, store, key, signal: stopping.signal });
  const reached = async () => BigInt(`0x${(await endsOf(store)).at(-1)}`) >= operationTime.toBigInt();
  await eventually(reached).toBe(true);
  stopping.abort();
  await tail;
  const held = await hashCollections(root.db);
  await items.insertOne({ _id: 2, n: 2 });

  const options = { store, key, force: true };
  const plan = await planRestore(store, 'latest');
  const less = await as('restore');
  await expect(restoreDatabase(less.db, plan, options)).rejects.toThrow('readWriteAnyDatabase');
  expect(await root.db.listCollections({}, { nameOnly: true }).toArray()).toHaveLength(1);
  expect(await items.countDocuments()).toBe(2);
  const full = await as('full');
  await restoreDatabase(full.db, plan, options);
  expect(await hashCollections(root.db)).toEqual(held);
  expect(await collectionNames(root.db)).toEqual(['items']);
});
