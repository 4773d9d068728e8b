import { setTimeout as sleep } from 'node:timers/promises';
import { ObjectId } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { SharedLookup } from '../../../src/platform/mongo/shared-lookup.ts';
import type { TenantDb } from '../../../src/platform/mongo/tenant-db.ts';
import { commandsDuring, openTestDatabase, type TestDatabase } from '../../support/mongo.ts';
import { type Note, note, notes } from './notes.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});

const findNotes = (db: TenantDb, texts: string[]) =>
  db.collection(notes).find<Note>({ title: { $in: texts } }, { limit: texts.length });

/** A tenant with notes of these texts. */
async function tenantWith(...texts: string[]) {
  const tenantId = new ObjectId();
  const db = database.tenantDb(tenantId);
  await db.collection(notes).insertMany(texts.map((text) => note(text)));
  return { tenantId, request: (scope = {}) => database.tenantDb(tenantId, scope) };
}

const lookup = () => new SharedLookup<string, Note>(({ title }) => [title]);
const finds = async (work: () => Promise<unknown>) =>
  (await commandsDuring(database.client, work))
    .filter(({ name }) => name === 'find')
    .map(({ command }) => command);
const textOf = (rows: ReadonlyMap<string, Note>, text: string) => rows.get(text)?.title;

describe('requests of one tenant', () => {
  it('share one command for what arrives in one turn, each key once', async () => {
    const { request } = await tenantWith('a', 'b', 'c');
    const shared = lookup();
    const sent = await finds(async () => {
      const rows = await Promise.all([
        shared.find(request(), '', ['a', 'b'], findNotes),
        shared.find(request(), '', ['b', 'c'], findNotes),
        shared.find(request(), '', ['nothing'], findNotes),
      ]);
      expect([textOf(rows[0], 'a'), textOf(rows[1], 'c'), textOf(rows[2], 'nothing')]).toEqual([
        'a',
        'c',
        undefined,
      ]);
    });
    expect(sent.map(({ filter }) => filter.title.$in)).toEqual([['a', 'b', 'c', 'nothing']]);
  });

  it('do not wait when nothing is under way', async () => {
    const { request } = await tenantWith('a');
    const shared = lookup();
    const begun: string[] = [];
    const found = shared.find(request(), '', ['a'], async (db, keys) => {
      begun.push('found');
      return findNotes(db, keys);
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toEqual(['found']);
    await found;
  });

  it('wait for one of two commands under way, and then go on together', async () => {
    const { request } = await tenantWith('a', 'b', 'c', 'd');
    const shared = lookup();
    const asked: string[][] = [];
    const held = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const find = async (db: TenantDb, keys: string[]) => {
      asked.push(keys);
      await held[asked.length - 1]?.promise;
      return findNotes(db, keys);
    };
    const ask = async (key: string) => textOf(await shared.find(request(), '', [key], find), key);
    const first = ask('a');
    await sleep(5);
    const second = ask('b');
    await sleep(5);
    const others = [ask('c'), ask('d')];
    await sleep(5);
    expect(asked).toEqual([['a'], ['b']]);
    held[1]?.resolve();
    expect(await Promise.all([second, ...others])).toEqual(['b', 'c', 'd']);
    expect(asked).toEqual([['a'], ['b'], ['c', 'd']]);
    held[0]?.resolve();
    expect(await first).toBe('a');
  });

  it('ask for 250 keys at once and no more', async () => {
    const { request } = await tenantWith('a');
    const shared = lookup();
    const keys = (from: number, count: number) => Array.from({ length: count }, (_, i) => `k${from + i}`);
    const sent = await finds(() =>
      Promise.all([
        shared.find(request(), '', keys(0, 150), findNotes),
        shared.find(request(), '', keys(150, 150), findNotes),
        shared.find(request(), '', keys(300, 75), findNotes),
      ]),
    );
    expect(sent.map(({ filter }) => filter.title.$in.length).sort()).toEqual([150, 225]);
  });

  it('read what they have written, also while the same is being looked for', async () => {
    const { request } = await tenantWith('a');
    const shared = lookup();
    const held = Promise.withResolvers<void>();
    const before = shared.find(request(), '', ['new'], async (db, keys) => {
      const rows = await findNotes(db, keys);
      await held.promise;
      return rows;
    });
    await sleep(20);
    const db = request();
    await db.collection(notes).insertOne(note('new'));
    expect(textOf(await shared.find(db, '', ['new'], findNotes), 'new')).toBe('new');
    held.resolve();
    expect(textOf(await before, 'new')).toBeUndefined();
  });
});

describe('never together are', () => {
  it('tenants', async () => {
    const [one, other] = [await tenantWith('a'), await tenantWith('a')];
    const shared = lookup();
    const sent = await finds(async () => {
      const [mine, theirs] = await Promise.all([
        shared.find(one.request(), '', ['a'], findNotes),
        shared.find(other.request(), '', ['a'], findNotes),
      ]);
      expect(mine.get('a')?.tenantId).toEqual(one.tenantId);
      expect(theirs.get('a')?.tenantId).toEqual(other.tenantId);
    });
    expect(sent).toHaveLength(2);
  });

  it('kinds', async () => {
    const { request } = await tenantWith('a');
    const shared = lookup();
    const nothing = async () => [];
    const [mine, theirs] = await Promise.all([
      shared.find(request(), 'staff', ['a'], findNotes),
      shared.find(request(), 'shoppers', ['a'], nothing),
    ]);
    expect([mine.size, theirs.size]).toEqual([1, 0]);
  });

  it('databases, though their tenants have the same id', async () => {
    const { tenantId, request } = await tenantWith('a');
    const elsewhere = await openTestDatabase();
    const shared = lookup();
    const [here, there] = await Promise.all([
      shared.find(request(), '', ['a'], findNotes),
      shared.find(elsewhere.tenantDb(tenantId), '', ['a'], findNotes),
    ]);
    expect([here.size, there.size]).toEqual([1, 0]);
  });

  it('a transaction and others', async () => {
    const { request } = await tenantWith('a');
    const shared = lookup();
    await request().transaction(async (tx) => {
      await tx.collection(notes).insertOne(note('inside'));
      const [inside, outside] = await Promise.all([
        shared.find(tx, '', ['inside'], findNotes),
        shared.find(request(), '', ['inside'], findNotes),
      ]);
      expect([inside.size, outside.size]).toEqual([1, 0]);
    });
  });
});

describe('of what goes wrong', () => {
  it('a fault reaches the request that made it, and no other', async () => {
    const { request } = await tenantWith('a', 'b');
    const shared = lookup();
    const find = async (db: TenantDb, keys: string[]) => {
      if (keys.includes('bad')) throw new Error('bad key');
      return findNotes(db, keys);
    };
    const [one, bad, other] = await Promise.allSettled([
      shared.find(request(), '', ['a'], find),
      shared.find(request(), '', ['bad'], find),
      shared.find(request(), '', ['b'], find),
    ]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'bad key' } });
    expect([one, other]).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }]);
  });

  it('a deadline that passes ends the waiting of one request; the command has the longest of all', async () => {
    const { request } = await tenantWith('a', 'b');
    const shared = lookup();
    const now = Date.now();
    const deadlines: number[] = [];
    const slowly = async (db: TenantDb, keys: string[]) => {
      deadlines.push(db.deadline);
      await sleep(200);
      return findNotes(db, keys);
    };
    const patient = shared.find(request({ deadline: now + 60_000 }), '', ['a'], slowly);
    const hurried = shared.find(request({ deadline: now + 50 }), '', ['b'], slowly);
    const middling = shared.find(request({ deadline: now + 30_000 }), '', ['b'], slowly);
    await expect(hurried).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect([textOf(await patient, 'a'), textOf(await middling, 'b')]).toEqual(['a', 'b']);
    expect(deadlines).toEqual([now + 60_000]);
  });

  it('a command stopped for its time is not sent again for each request', async () => {
    const { request } = await tenantWith('a');
    const shared = lookup();
    let sent = 0;
    const stopped = async (db: TenantDb) => {
      sent += 1;
      return database
        .tenantDb(db.tenantId, { deadline: Date.now() - 1 })
        .collection(notes)
        .find<Note>({}, { limit: 1 });
    };
    const answers = await Promise.allSettled(
      [1, 2, 3].map((n) => shared.find(request({ deadline: Date.now() + 60_000 }), '', [`${n}`], stopped)),
    );
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(sent).toBe(1);
  });
});
