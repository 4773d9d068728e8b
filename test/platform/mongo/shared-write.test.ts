import { ObjectId } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { SharedWrite } from '../../../src/platform/mongo/shared-write.ts';
import { commandsDuring, openTestDatabase, type TestDatabase } from '../../support/mongo.ts';
import { note, notes, titles } from './notes.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});

const newTenant = () => database.tenantDb(new ObjectId());
const writes = () => new SharedWrite(notes);
const commands = async (work: () => Promise<unknown>) =>
  (await commandsDuring(database.client, work)).map(({ name }) => name);

const rename = (_id: ObjectId, from: string, to: string) => ({
  filter: { _id, title: from },
  update: { $set: { title: to } },
});
async function tenantWith(...texts: string[]) {
  const db = newTenant();
  const [a, b] = (await db.collection(notes).insertMany(texts.map((text) => note(text)))).map(
    ({ _id }) => _id,
  ) as [ObjectId, ObjectId];
  return { db, a, b };
}

describe('inserts that the requests of a tenant share', () => {
  it('are one command when they come at once', async () => {
    const [db, shared] = [newTenant(), writes()];
    const sent = await commands(() =>
      Promise.all(['a', 'b', 'c'].map((text) => shared.insert(db, note(text)))),
    );
    expect(sent).toEqual(['insert']);
    expect(await titles(db)).toEqual(['a', 'b', 'c']);
  });

  it('fail for the one that is at fault alone', async () => {
    const [db, shared] = [newTenant(), writes()];
    const known = note('known');
    await shared.insert(db, known);
    const done = await Promise.allSettled([known, note('new')].map((one) => shared.insert(db, one)));
    expect(done.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(await titles(db)).toEqual(['known', 'new']);
  });
});

describe('updates that the requests of a tenant share', () => {
  it('are one command, and each is told that its change is made', async () => {
    const { db, a, b } = await tenantWith('a', 'b');
    const shared = writes();
    let told: boolean[] = [];
    const sent = await commands(async () => {
      told = await Promise.all([
        shared.update(db, rename(a, 'a', 'A')),
        shared.update(db, rename(b, 'b', 'B')),
      ]);
    });
    expect([sent, told, await titles(db)]).toEqual([['update'], [true, true], ['A', 'B']]);
  });

  it('say of none that it is made where the filter of one does not hold', async () => {
    const { db, a, b } = await tenantWith('a', 'b');
    const shared = writes();
    const told = await Promise.all([
      shared.update(db, rename(a, 'a', 'A')),
      shared.update(db, rename(b, 'another', 'B')),
    ]);
    expect([told, await titles(db)]).toEqual([
      [false, false],
      ['A', 'b'],
    ]);
  });

  it('fail for the one that is at fault alone', async () => {
    const { db, a, b } = await tenantWith('a', 'b');
    const shared = writes();
    const done = await Promise.allSettled([
      shared.update(db, { filter: { _id: a }, update: { $set: { _id: new ObjectId() } } }),
      shared.update(db, rename(b, 'b', 'B')),
    ]);
    expect(done.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(await titles(db)).toEqual(['B', 'a']);
  });

  it('of one document wait for each other, and those of others do not', async () => {
    const { db, a, b } = await tenantWith('a', 'b');
    const shared = writes();
    const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
    const told = [shared.update(db, rename(a, 'a', 'A'))];
    await nextTurn();
    told.push(shared.update(db, rename(a, 'A', 'AA')), shared.update(db, rename(b, 'b', 'B')));
    expect([await Promise.all(told), await titles(db)]).toEqual([
      [true, true, true],
      ['AA', 'B'],
    ]);
  });

  it('of two tenants are never in one command', async () => {
    const [one, other] = [await tenantWith('a'), await tenantWith('a')];
    const shared = writes();
    const sent = await commands(() =>
      Promise.all([one, other].map(({ db, a }) => shared.update(db, rename(a, 'a', 'A')))),
    );
    expect(sent).toEqual(['update', 'update']);
  });
});
