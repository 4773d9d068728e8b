import { MongoServerError, ObjectId } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TenantDb } from '../../../src/platform/mongo/tenant-db.ts';
import { type Failure, openFailingDatabase, whileFailing } from '../../support/failing-mongo.ts';
import { commandsDuring } from '../../support/mongo.ts';
import { note, notes, titles } from './notes.ts';

const database = await openFailingDatabase();
const { client } = database;
let db: TenantDb;

beforeEach(async () => {
  db = database.tenantDb(new ObjectId());
  await db.collection(notes).insertOne(note('counter', { rank: 0 }));
});

const counted = async () => (await db.collection(notes).findOne({ title: 'counter' }))?.rank;

/** Moves a number and writes a document, which belong together. */
const count = (title: string, counter = 'counter') =>
  db.transaction(async (tx) => {
    await tx.collection(notes).updateOne({ title: counter }, { $inc: { rank: 1 } });
    await tx.collection(notes).insertOne(note(title));
    return title;
  });

const CLOSED: Failure = { failCommands: [], closeConnection: true };
const SHUTDOWN: Failure = { failCommands: [], errorCode: 91 };
const CONFLICT: Failure = { failCommands: [], errorCode: 112 };

const failures = ['update', 'insert', 'commitTransaction'].flatMap((command) =>
  [
    ['a closed connection', CLOSED] as const,
    ['a shutdown (91)', SHUTDOWN] as const,
    ['a write conflict (112)', CONFLICT] as const,
    [
      'a labelled error',
      { failCommands: [], errorCode: 24, errorLabels: ['TransientTransactionError'] } as Failure,
    ] as const,
  ].map(([what, failure]) => ({ command, what, failure: { ...failure, failCommands: [command] } })),
);

describe('a transaction happens once', () => {
  it.each(failures)('after $what at $command', async ({ failure }) => {
    expect(await whileFailing(client, { times: 1, ...failure }, () => count('once'))).toBe('once');
    expect(await counted()).toBe(1);
    expect(await titles(db)).toEqual(['counter', 'once']);
  });

  it.each(failures)('for each of ten at once, after $what at $command', async ({ failure }) => {
    const counters = Array.from({ length: 10 }, (_, i) => `counter ${i}`);
    await db.collection(notes).insertMany(counters.map((title) => note(title, { rank: 0 })));
    const outcomes = await whileFailing(client, { times: 4, ...failure }, () =>
      Promise.allSettled(counters.map((counter) => count(`of ${counter}`, counter))),
    );
    const done = outcomes.filter(({ status }) => status === 'fulfilled').length;
    const moved = await db.collection(notes).find({ rank: 1, title: { $in: counters } }, { limit: 100 });
    expect(moved).toHaveLength(done);
    expect(await titles(db)).toHaveLength(11 + done);
    expect(done).toBeGreaterThan(0);
  });

  it('when the commit was carried out but its answer was lost', async () => {
    const lost = { code: 91, errmsg: 'shutting down', errorLabels: ['RetryableWriteError'] };
    const failure = { failCommands: ['commitTransaction'], writeConcernError: lost, times: 1 };
    expect(await whileFailing(client, failure, () => count('once'))).toBe('once');
    expect(await counted()).toBe(1);
  });

  it('when the commit is carried out but not known to be safe for a while (64)', async () => {
    const failure = {
      failCommands: ['commitTransaction'],
      writeConcernError: { code: 64, errmsg: 'waiting for replication timed out' },
      times: 2,
    };
    expect(await whileFailing(client, failure, () => count('once'))).toBe('once');
    expect(await counted()).toBe(1);
  });
});

describe('a transaction fails at once', () => {
  it.each([
    ['update', 64],
    ['insert', 64],
    ['commitTransaction', 64],
    ['update', 13],
    ['insert', 2],
  ])('when %s answers code %i', async (command, errorCode) => {
    let tries = 0;
    const attempt = () =>
      db.transaction(async (tx) => {
        tries++;
        await tx.collection(notes).updateOne({ title: 'counter' }, { $inc: { rank: 1 } });
        await tx.collection(notes).insertOne(note('never'));
      });
    const failed = whileFailing(client, { failCommands: [command], errorCode }, attempt);
    await expect(failed).rejects.toMatchObject({ code: errorCode });
    expect(tries).toBe(1);
    expect(await counted()).toBe(0);
    expect(await titles(db)).toEqual(['counter']);
  });

  it('when its work throws, and nothing of it stays', async () => {
    const failed = db.transaction(async (tx) => {
      await tx.collection(notes).insertOne(note('never'));
      throw new Error('changed its mind');
    });
    await expect(failed).rejects.toThrow('changed its mind');
    expect(await titles(db)).toEqual(['counter']);
  });

  it('when its commit stays unknown: the work is not done a second time', async () => {
    let tries = 0;
    const attempt = () =>
      db.transaction(async (tx) => {
        tries++;
        await tx.collection(notes).updateOne({ title: 'counter' }, { $inc: { rank: 1 } });
      });
    const failure = {
      failCommands: ['commitTransaction'],
      writeConcernError: { code: 64, errmsg: 'waiting for replication timed out' },
    };
    await expect(whileFailing(client, failure, attempt)).rejects.toThrow('waiting for replication timed out');
    expect(tries).toBe(1);
    expect(await counted()).toBe(1);
  });
});

describe('a transaction', () => {
  it('inside another is part of it', async () => {
    const sent = await commandsDuring(client, () =>
      db.transaction(async (tx) => {
        await tx.collection(notes).insertOne(note('outer'));
        await tx.transaction((inner) => inner.collection(notes).insertOne(note('inner')));
      }),
    );
    expect(sent.map(({ name }) => name)).toEqual(['insert', 'insert', 'commitTransaction']);
    expect(new Set(sent.map(({ command }) => `${command.txnNumber}`)).size).toBe(1);
  });

  it('reads a snapshot and commits to the majority', async () => {
    const sent = await commandsDuring(client, () => count('once'));
    expect(sent[0]?.command).toMatchObject({ startTransaction: true, readConcern: { level: 'snapshot' } });
    expect(sent.at(-1)?.command).toMatchObject({ commitTransaction: 1, writeConcern: { w: 'majority' } });
  });

  it('repeats itself past a real conflict with another', async () => {
    const titlesOf = Array.from({ length: 8 }, (_, i) => `n${i}`);
    await Promise.all(titlesOf.map((title) => count(title)));
    expect(await counted()).toBe(8);
    expect(await titles(db)).toHaveLength(9);
  });

  it('ends with its last try when the deadline is near', async () => {
    const hurried = database.tenantDb(db.tenantId, { deadline: Date.now() + 300 });
    let tries = 0;
    const attempt = () =>
      hurried.transaction(async (tx) => {
        tries++;
        await tx.collection(notes).insertOne(note('late'));
      });
    const failed = whileFailing(client, { failCommands: ['insert'], errorCode: 91 }, attempt);
    await expect(failed).rejects.toThrow();
    expect(tries).toBeLessThan(6);
    expect(await titles(db)).toEqual(['counter']);
  });
});

describe('an idempotent write', () => {
  const rename = () =>
    db.retry(() => db.collection(notes).updateOne({ title: 'counter' }, { $set: { rank: 5 } }));

  it.each([
    ['closed connections', { failCommands: ['update'], closeConnection: true, times: 3 }],
    ['a shutdown', { failCommands: ['update'], errorCode: 91, times: 3 }],
    ['no primary', { failCommands: ['update'], errorCode: 10107, times: 3 }],
  ])('is repeated past %s, more often than the driver does', async (_, failure) => {
    await whileFailing(client, failure, rename);
    expect(await counted()).toBe(5);
  });

  it('is not repeated past an error that lasts', async () => {
    const sent = await commandsDuring(client, () =>
      expect(
        whileFailing(client, { failCommands: ['update'], errorCode: 13 }, rename),
      ).rejects.toBeInstanceOf(MongoServerError),
    );
    expect(sent.filter(({ name }) => name === 'update')).toHaveLength(1);
  });
});
