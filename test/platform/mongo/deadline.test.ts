import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import type { TenantDb } from '../../../src/platform/mongo/tenant-db.ts';
import { openFailingDatabase, withFailPoint } from '../../support/failing-mongo.ts';
import { commandsDuring } from '../../support/mongo.ts';
import { note, noteCounts, notes } from './notes.ts';

const database = await openFailingDatabase();
const tenantId = new ObjectId();
const dbUntil = (deadline: number, commandMs = 60_000) =>
  database.tenantDb(tenantId, { deadline, commandMs });

type Use = (db: TenantDb) => Promise<unknown>;
const uses: [string, Use][] = [
  ['find', (db) => db.collection(notes).find({}, { limit: 5 })],
  ['findOne', (db) => db.collection(notes).findOne({})],
  ['scan', (db) => db.collection(notes).scan({}).next()],
  ['aggregate', (db) => db.collection(notes).aggregate([{ $count: 'n' }])],
  ['count', (db) => db.collection(notes).count({}, { limit: 5 })],
  ['distinct', (db) => db.collection(notes).distinct('title', {})],
  ['insertOne', (db) => db.collection(noteCounts).insertOne({ _id: new ObjectId(), title: 'x', count: 1 })],
  ['insertMany', (db) => db.collection(notes).insertMany([note(`${new ObjectId()}`)])],
  ['updateOne', (db) => db.collection(notes).updateOne({}, { $set: { rank: 2 } })],
  ['updateMany', (db) => db.collection(notes).updateMany({}, { $set: { rank: 2 } })],
  ['findOneAndUpdate', (db) => db.collection(notes).findOneAndUpdate({}, { $set: { rank: 2 } })],
  ['findOneAndReplace', (db) => db.collection(notes).findOneAndReplace({ title: 'no' }, note('no'))],
  ['deleteOne', (db) => db.collection(notes).deleteOne({ title: 'no' })],
  ['deleteMany', (db) => db.collection(notes).deleteMany({ title: 'no' })],
  [
    'bulkWrite',
    (db) =>
      db
        .collection(notes)
        .bulkWrite([
          { insertOne: { document: note(`${new ObjectId()}`) } },
          { updateOne: { filter: {}, update: { $set: { rank: 3 } } } },
          { deleteOne: { filter: { title: 'no' } } },
        ]),
  ],
  ['transaction', (db) => db.transaction((tx) => tx.collection(notes).updateOne({}, { $inc: { rank: 1 } }))],
];

describe.each(uses)('%s', (_, use) => {
  it('tells mongod how long each of its commands may take', async () => {
    const sent = await commandsDuring(database.client, () => use(dbUntil(Date.now() + 60_000, 5_000)));
    expect(sent.length).toBeGreaterThan(0);
    for (const { command } of sent) {
      expect(command.maxTimeMS, JSON.stringify(command)).toBeGreaterThan(0);
      expect(command.maxTimeMS).toBeLessThanOrEqual(5_000);
    }
  });

  it("gives no command more time than is left of the request's", async () => {
    const sent = await commandsDuring(database.client, () => use(dbUntil(Date.now() + 20_000)));
    for (const { command } of sent) expect(command.maxTimeMS).toBeLessThanOrEqual(20_000);
  });

  it('sends nothing once the time is over', async () => {
    const sent = await commandsDuring(database.client, () =>
      expect(use(dbUntil(Date.now() - 1))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' }),
    );
    expect(sent).toEqual([]);
  });

  it('answers DEADLINE_EXCEEDED when mongod stops it for its time', async () => {
    await dbUntil(Date.now() + 60_000)
      .collection(notes)
      .insertOne(note(`${new ObjectId()}`));
    const point = { configureFailPoint: 'maxTimeAlwaysTimeOut', mode: 'alwaysOn' };
    await withFailPoint(database.client, point, () =>
      expect(use(dbUntil(Date.now() + 60_000))).rejects.toMatchObject({
        code: 'DEADLINE_EXCEEDED',
        cause: { code: 50 },
      }),
    );
  });
});

it('a job has no deadline, but each of its commands has a bound', async () => {
  const sent = await commandsDuring(database.client, () =>
    database.tenantDb(tenantId).collection(notes).findOne({}),
  );
  expect(sent[0]?.command.maxTimeMS).toBe(10 * 60_000);
});

it('counts every command where the metrics ask', async () => {
  const counted: string[] = [];
  const onCommand = (collection: string, command: string) => void counted.push(`${collection}.${command}`);
  const db = database.tenantDb(tenantId, { onCommand });
  const sent = await commandsDuring(database.client, async () => {
    for (const [name, use] of uses) if (name !== 'bulkWrite') await use(db);
  });
  const names = sent.map(({ name, command }) => `${command[name]}.${name}`);
  expect(counted).toEqual(names.filter((name) => name !== '1.commitTransaction'));
});
