import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Db, type Document, ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { nothingToUndo } from '../../../src/platform/mongo/migration.ts';
import { migrationLocks, schemaMigrations } from '../../../src/platform/mongo/migration-collections.ts';
import { checksumOf } from '../../../src/platform/mongo/migration-files.ts';
import { acquireLease } from '../../../src/platform/mongo/migration-lease.ts';
import {
  faultsOf,
  migrationStatus,
  pendingMigrations,
} from '../../../src/platform/mongo/migration-status.ts';
import { type MigrateOptions, migrateDown, migrateUp } from '../../../src/platform/mongo/migrations.ts';
import { openFailingDatabase } from '../../support/failing-mongo.ts';
import { atEnd, openTestDatabase, rawDb, type TestDatabase } from '../../support/mongo.ts';
import { runScript, type ScriptDatabase, startScript } from '../../support/run-script.ts';

const migrationModule = fileURLToPath(new URL('../../../src/platform/mongo/migration.ts', import.meta.url));

/** An empty database and an empty folder of migrations. */
async function openHouse(database?: ScriptDatabase & TestDatabase) {
  database ??= await openTestDatabase({ guard: false });
  const folder = await mkdtemp(join(tmpdir(), 'souk-migrations-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  const db = rawDb(database);
  return {
    db,
    database,
    folder,
    write: (version: string, source: string) => writeFile(join(folder, `${version}.ts`), source),
    /** A migration that leaves a mark when it is run, and takes it away again. */
    mark: (version: string) => writeFile(join(folder, `${version}.ts`), marking(version)),
    marks: async () =>
      (await db.collection<{ _id: string }>('marks').find().sort({ at: 1, _id: 1 }).toArray()).map(
        ({ _id }) => _id,
      ),
    up: (options: MigrateOptions = {}) => migrateUp(db, { folder, waitMs: 0, ...options }),
    down: (version: string, options: MigrateOptions = {}) =>
      migrateDown(db, version, { folder, waitMs: 0, ...options }),
    states: async () =>
      (await migrationStatus(db, folder)).map(({ version, state }) => `${version} ${state}`),
    pending: () => pendingMigrations(db, folder),
    applied: () => db.collection(schemaMigrations.name).find().sort({ version: 1 }).toArray(),
  };
}

const marking = (version: string) => `
export const up = async (db) => {
  await db.collection('marks').updateOne({ _id: '${version}' }, { $currentDate: { at: true } }, { upsert: true });
};
export const down = async (db) => {
  await db.collection('marks').deleteOne({ _id: '${version}' });
};
`;

describe('up', () => {
  it('runs each migration once, in the order of their names, and writes down what it did', async () => {
    const house = await openHouse();
    await house.mark('2025-02-01-second');
    await house.mark('2025-01-31-first-of-all');
    expect(await house.pending()).toEqual(['2025-01-31-first-of-all', '2025-02-01-second']);
    expect((await house.up()).map(({ version }) => version)).toEqual([
      '2025-01-31-first-of-all',
      '2025-02-01-second',
    ]);
    expect(await house.marks()).toEqual(['2025-01-31-first-of-all', '2025-02-01-second']);
    const [first] = await house.applied();
    expect(first).toEqual({
      _id: expect.any(ObjectId),
      version: '2025-01-31-first-of-all',
      name: 'first of all',
      checksum: checksumOf(marking('2025-01-31-first-of-all')),
      executedAt: expect.any(Date),
      executionTimeMs: expect.any(Number),
      rolledBack: false,
      rolledBackAt: null,
    });
    expect(await house.up()).toEqual([]);
    expect(await house.pending()).toEqual([]);
  });

  it('stops at the first that fails, keeps those before it, and runs it again the next time', async () => {
    const house = await openHouse();
    await house.mark('2025-01-01-good');
    await house.write('2025-01-02-bad', `${marking('2025-01-02-bad')}; throw new Error('never loaded');`);
    await expect(house.up()).rejects.toThrow('never loaded');
    expect(await house.marks()).toEqual([]);
    await rm(join(house.folder, '2025-01-02-bad.ts'));
    await house.write(
      '2025-01-03-bad',
      "export const up = async () => { throw new Error('no luck'); }; export const down = up;",
    );
    await house.mark('2025-01-04-later');
    await expect(house.up()).rejects.toThrow(/2025-01-03-bad\.ts failed in "up": no luck/);
    expect(await house.marks()).toEqual(['2025-01-01-good']);
    expect(await house.pending()).toEqual(['2025-01-03-bad', '2025-01-04-later']);
    await rm(join(house.folder, '2025-01-03-bad.ts'));
    await house.up();
    expect(await house.marks()).toEqual(['2025-01-01-good', '2025-01-04-later']);
  });

  it('with dryRun answers what it would run, and changes nothing', async () => {
    const house = await openHouse();
    await house.mark('2025-01-01-a');
    expect(await house.up({ dryRun: true })).toMatchObject([{ version: '2025-01-01-a', direction: 'up' }]);
    expect(await house.db.listCollections({ name: /migration/ }).toArray()).toEqual([]);
  });

  it('runs one that comes late but earlier in the order, which the status tells', async () => {
    const house = await openHouse();
    await house.mark('2025-02-01-b');
    await house.up();
    await house.mark('2025-01-01-a');
    expect(await migrationStatus(house.db, house.folder)).toMatchObject([
      { version: '2025-01-01-a', state: 'pending', outOfOrder: true },
      { version: '2025-02-01-b', state: 'applied', outOfOrder: false },
    ]);
    await house.up();
    expect(await house.states()).toEqual(['2025-01-01-a applied', '2025-02-01-b applied']);
  });

  it('runs nothing while an applied file is changed, which it names', async () => {
    const house = await openHouse();
    await house.mark('2025-01-01-a');
    await house.up();
    await house.write('2025-01-01-a', `${marking('2025-01-01-a')}// better now\n`);
    await house.mark('2025-01-02-b');
    await expect(house.up()).rejects.toThrow(
      /2025-01-01-a\.ts was changed after it ran here on 20.*Put it back/,
    );
    expect(await house.states()).toEqual(['2025-01-01-a changed', '2025-01-02-b pending']);
    expect(await house.marks()).toEqual(['2025-01-01-a']);
  });

  it('runs nothing while the file of an applied version is gone, which it names', async () => {
    const house = await openHouse();
    await house.mark('2025-01-01-a');
    await house.up();
    await rm(join(house.folder, '2025-01-01-a.ts'));
    await house.mark('2025-01-02-b');
    await expect(house.up()).rejects.toThrow(/2025-01-01-a ran here on 20.* its file is gone/);
    expect(faultsOf(await migrationStatus(house.db, house.folder))).toHaveLength(1);
    expect(await house.marks()).toEqual(['2025-01-01-a']);
    // Old code beside newer code may go on serving.
    expect(await house.pending()).toEqual(['2025-01-02-b']);
  });

  it('sees no change in other line endings', async () => {
    const house = await openHouse();
    await house.mark('2025-01-01-a');
    await house.up();
    await house.write('2025-01-01-a', marking('2025-01-01-a').replaceAll('\n', '\r\n'));
    expect(await house.states()).toEqual(['2025-01-01-a applied']);
  });

  const misnamed = [
    'latest',
    '2025-1-1-a',
    '2025-02-30-a',
    '2025-13-01-a',
    '2025-01-01',
    '2025-01-01-Upper_Case',
  ];
  it.each(misnamed)('refuses a file named %s.ts', async (name) => {
    const house = await openHouse();
    await house.mark(name);
    await expect(house.up()).rejects.toThrow(/is not named YYYY-MM-DD-what-it-does\.ts/);
  });

  it('refuses a file without down before it runs any', async () => {
    const house = await openHouse();
    await house.mark('2025-01-01-a');
    await house.write('2025-01-02-b', 'export const up = async () => {};');
    await expect(house.up()).rejects.toThrow(/2025-01-02-b\.ts must export the functions up and down/);
    expect(await house.marks()).toEqual([]);
  });

  it('passes over what is no migration, such as a README', async () => {
    const house = await openHouse();
    await writeFile(join(house.folder, 'README.md'), '# Migrations');
    expect(await house.up()).toEqual([]);
  });
});

describe('down', () => {
  it('undoes a version and all after it, the last first, and up runs them again', async () => {
    const house = await openHouse();
    for (const version of ['2025-01-01-a', '2025-01-02-b', '2025-01-03-c']) await house.mark(version);
    await house.up();
    expect((await house.down('2025-01-02-b', { dryRun: true })).map(({ version }) => version)).toEqual([
      '2025-01-03-c',
      '2025-01-02-b',
    ]);
    expect(await house.marks()).toHaveLength(3);
    expect((await house.down('2025-01-02-b')).map(({ version }) => version)).toEqual([
      '2025-01-03-c',
      '2025-01-02-b',
    ]);
    expect(await house.marks()).toEqual(['2025-01-01-a']);
    expect(await house.states()).toEqual([
      '2025-01-01-a applied',
      '2025-01-02-b rolled back',
      '2025-01-03-c rolled back',
    ]);
    expect((await house.applied())[1]).toMatchObject({ rolledBack: true, rolledBackAt: expect.any(Date) });
    expect(await house.pending()).toEqual(['2025-01-02-b', '2025-01-03-c']);
    await house.up();
    expect(await house.marks()).toHaveLength(3);
    expect((await house.applied())[1]).toMatchObject({ rolledBack: false, rolledBackAt: null });
  });

  it('lets a rolled back file be changed', async () => {
    const house = await openHouse();
    await house.mark('2025-01-01-a');
    await house.up();
    await house.down('2025-01-01-a');
    await house.write('2025-01-01-a', `${marking('2025-01-01-a')}// better now\n`);
    expect(await house.states()).toEqual(['2025-01-01-a rolled back']);
    await house.up();
    expect((await house.applied())[0]?.checksum).toBe(
      checksumOf(`${marking('2025-01-01-a')}// better now\n`),
    );
  });

  it('refuses a version that is not applied, and says which are', async () => {
    const house = await openHouse();
    await house.mark('2025-01-01-a');
    await expect(house.down('2025-01-01-a')).rejects.toThrow(
      '2025-01-01-a is not applied here; applied are: none',
    );
    await house.up();
    await expect(house.down('2025-01-01')).rejects.toThrow('applied are: 2025-01-01-a');
  });

  it('undoes nothing of what is changed or gone', async () => {
    const house = await openHouse();
    await house.mark('2025-01-01-a');
    await house.mark('2025-01-02-b');
    await house.up();
    await rm(join(house.folder, '2025-01-02-b.ts'));
    await expect(house.down('2025-01-01-a')).rejects.toThrow(/its file is gone/);
    expect(await house.marks()).toHaveLength(2);
  });

  it('of a migration with nothing to undo says why', async () => {
    const house = await openHouse();
    await house.write(
      '2025-01-01-a',
      `import { nothingToUndo } from '${migrationModule}';
       export const up = async () => {};
       export const down = nothingToUndo('a text that an editor may have changed stays');`,
    );
    const lines: string[] = [];
    await house.up();
    await house.down('2025-01-01-a', { report: (line) => lines.push(line) });
    expect(lines).toEqual(['2025-01-01-a: Nothing to undo: a text that an editor may have changed stays']);
    expect(nothingToUndo('x')).toBeTypeOf('function');
  });
});

describe('two runners', () => {
  it('never both run: the other waits, and finds nothing left to do', async () => {
    const house = await openHouse();
    await house.write(
      '2025-01-01-slow',
      `
      export const up = async (db) => {
        await db.collection('runs').insertOne({});
        await new Promise((resolve) => setTimeout(resolve, 400));
      };
      export const down = up;`,
    );
    const waiting: string[] = [];
    const runs = [1, 2, 3, 4].map(() =>
      house.up({ waitMs: 20_000, onWait: (holder) => waiting.push(holder) }),
    );
    const done = await Promise.all(runs);
    expect(done.flat()).toHaveLength(1);
    expect(await house.db.collection('runs').countDocuments()).toBe(1);
    expect(waiting).toHaveLength(3);
    expect(waiting[0]).toMatch(
      new RegExp(`process ${process.pid} on .* since 20.*Z \\(its lease ends at 20`),
    );
  });

  it('that does not wait says who runs them, and since when', async () => {
    const house = await openHouse();
    await house.mark('2025-01-01-a');
    const lease = await acquireLease(house.db, { leaseMs: 60_000, waitMs: 0 });
    await expect(house.up()).rejects.toThrow(
      new RegExp(`being run by process ${process.pid} on .* since .*; try again when that run is over`),
    );
    expect(await house.marks()).toEqual([]);
    await lease.release();
    expect(await house.up()).toHaveLength(1);
  });

  it('a lease is kept for as long as its runner beats, and no longer', async () => {
    const { db } = await openHouse();
    const lease = await acquireLease(db, { leaseMs: 600, waitMs: 0 });
    await sleep(1500);
    await expect(acquireLease(db, { leaseMs: 600, waitMs: 0 })).rejects.toThrow(/being run by/);
    const forgotten = { $set: { expiresAt: new Date(0) } };
    await lease.release();
    const next = await acquireLease(db, { leaseMs: 60_000, waitMs: 0 });
    await db.collection(migrationLocks.name).updateOne({}, forgotten);
    const later = await acquireLease(db, { leaseMs: 60_000, waitMs: 0 });
    await expect(next.renew()).rejects.toThrow(/another runner has taken over/);
    await next.release();
    await later.renew();
    expect((await db.collection(migrationLocks.name).findOne({}))?.fence).toBe(3);
    await later.release();
  });

  it('a runner whose lease went to another writes nothing down', async () => {
    const house = await openHouse();
    await house.write(
      '2025-01-01-a',
      `
      export const up = async (db) => {
        await db.collection('migration_locks').updateOne({}, { $set: { owner: { id: 'x', host: 'h', pid: 1 } }, $inc: { fence: 1 } });
      };
      export const down = up;`,
    );
    await expect(house.up()).rejects.toThrow(/another runner has taken over/);
    expect(await house.applied()).toEqual([]);
  });
});

/** On it, a transaction that nobody ends is ended after two seconds, not sixty. */
const openMortalDatabase = () => openFailingDatabase({ guard: false });

describe('inBatches', () => {
  const COUNTING = (body: string) => `
    export const up = async (db, { inBatches, stillOurs }) => {
      ${body}
    };
    export const down = (db, { inBatches }) =>
      inBatches({ collection: 'rows', filter: {}, update: { $set: { n: 0 } }, size: 7 });`;
  const rowsOf = (db: Db) => db.collection('rows').find().sort({ _id: 1 }).toArray();
  const fill = (db: Db, count: number) =>
    db
      .collection<Document>('rows')
      .insertMany(Array.from({ length: count }, (_, i) => ({ _id: i as never, n: 0, even: i % 2 === 0 })));

  it('changes every document that the filter finds, once', async () => {
    const house = await openHouse();
    await fill(house.db, 50);
    await house.write(
      '2025-01-01-a',
      COUNTING(`
      const { done } = await inBatches({ collection: 'rows', filter: { even: true }, update: { $inc: { n: 1 } }, size: 7 });
      if (done !== 25) throw new Error('done ' + done);
      await inBatches({ collection: 'rows', filter: { even: false }, update: [{ $set: { n: { $add: ['$n', 10] } } }], size: 100 });
      await inBatches({
        collection: 'rows',
        filter: { even: false },
        update: (rows) => rows.map(({ _id, n }) => ({ updateOne: { filter: { _id }, update: { $set: { n: n + _id } } } })),
      });
    `),
    );
    const seen: number[] = [];
    await house.up({ onBatch: (_, __, done) => seen.push(done) });
    expect(seen.slice(0, 4)).toEqual([7, 14, 21, 25]);
    expect((await rowsOf(house.db)).map(({ n }) => n)).toEqual(
      Array.from({ length: 50 }, (_, i) => (i % 2 === 0 ? 1 : 10 + i)),
    );
    expect(await house.db.collection('migration_progress').countDocuments()).toBe(0);
    await house.down('2025-01-01-a');
    expect((await rowsOf(house.db)).every(({ n }) => n === 0)).toBe(true);
  });

  it('goes on where a failed run was, and changes no document twice', async () => {
    const house = await openHouse();
    await fill(house.db, 40);
    await house.write(
      '2025-01-01-a',
      COUNTING(`
      await inBatches({ collection: 'rows', filter: {}, update: { $inc: { n: 1 } }, size: 5 });
      await inBatches({ collection: 'rows', filter: {}, update: (rows) => {
        if (rows[0]._id >= 20 && !globalThis.mended) throw new Error('broken');
        return rows.map(({ _id }) => ({ updateOne: { filter: { _id }, update: { $inc: { n: 100 } } } }));
      }, size: 10 });
    `),
    );
    await expect(house.up()).rejects.toThrow('broken');
    expect((await rowsOf(house.db)).map(({ n }) => n)).toEqual([
      ...Array(20).fill(101),
      ...Array(20).fill(1),
    ]);
    Object.assign(globalThis, { mended: true });
    await house.up();
    expect((await rowsOf(house.db)).map(({ n }) => n)).toEqual(Array(40).fill(101));
  });

  it('begins anew when the file was changed in between', async () => {
    const house = await openHouse();
    await fill(house.db, 10);
    const broken = COUNTING(`
      await inBatches({ collection: 'rows', filter: {}, update: { $set: { n: 1 } }, size: 5 });
      throw new Error('broken');`);
    await house.write('2025-01-01-a', broken);
    await expect(house.up()).rejects.toThrow('broken');
    // Another name, because a module is loaded once in a process; what was stored for the first is of another file.
    const mended = COUNTING(
      `await inBatches({ collection: 'rows', filter: {}, update: { $set: { n: 2 } }, size: 5 });`,
    );
    await rm(join(house.folder, '2025-01-01-a.ts'));
    await house.write('2025-01-01-b', mended);
    await house.db.collection('migration_progress').updateMany({}, [{ $set: { version: '2025-01-01-b' } }]);
    const [stored] = await house.db.collection<Document>('migration_progress').find().toArray();
    await house.db.collection('migration_progress').deleteMany({});
    await house.db
      .collection<Document>('migration_progress')
      .insertOne({ ...stored, _id: '2025-01-01-b up 1' as never });
    await house.up();
    expect((await rowsOf(house.db)).map(({ n }) => n)).toEqual(Array(10).fill(2));
  });

  it('stops between two batches on a signal, and goes on later', async () => {
    const house = await openHouse();
    await fill(house.db, 30);
    await house.write(
      '2025-01-01-a',
      COUNTING(`
      await inBatches({ collection: 'rows', filter: {}, update: { $inc: { n: 1 } }, size: 10 });`),
    );
    const stop = new AbortController();
    const stopped = house.up({
      signal: stop.signal,
      onBatch: () => stop.abort(new Error('stopped by hand')),
    });
    await expect(stopped).rejects.toThrow('stopped by hand');
    expect((await rowsOf(house.db)).filter(({ n }) => n === 1)).toHaveLength(10);
    await house.up();
    expect((await rowsOf(house.db)).map(({ n }) => n)).toEqual(Array(30).fill(1));
  });

  it('a run killed -9 loses its lease after its time, and the next goes on where it was', async () => {
    const house = await openHouse(await openMortalDatabase());
    await fill(house.db, 60);
    await house.write(
      '2025-01-01-a',
      COUNTING(`
      await inBatches({
        collection: 'rows',
        filter: {},
        update: (rows) => rows.map(({ _id }) => ({ updateOne: { filter: { _id }, update: { $inc: { n: 1 } } } })),
        size: 1,
      });`),
    );
    const args = ['up', '--folder', house.folder, '--lease', '2', '--wait', '60'];
    const { child, result } = startScript('migrate', args, house.database);
    const changed = () => house.db.collection('rows').countDocuments({ n: 1 });
    while ((await changed()) < 5) await sleep(20);
    child.kill('SIGKILL');
    expect(await result).toMatchObject({ code: null });
    const before = await changed();
    expect(await house.applied()).toEqual([]);
    const next = await runScript('migrate', args, house.database);
    expect(next).toMatchObject({ code: 0, out: expect.stringContaining('✔ 2025-01-01-a run in') });
    expect(before).toBeLessThan(60);
    expect((await rowsOf(house.db)).map(({ n }) => n)).toEqual(Array(60).fill(1));
  });

  it('a run that is asked to stop gives its lease back, and the next goes on where it was', async () => {
    const house = await openHouse();
    await fill(house.db, 60);
    await house.write(
      '2025-01-01-a',
      COUNTING(`
      await inBatches({ collection: 'rows', filter: {}, update: { $inc: { n: 1 } }, size: 1 });`),
    );
    const { child, result } = startScript('migrate', ['up', '--folder', house.folder], house.database);
    while ((await house.db.collection('rows').countDocuments({ n: 1 })) < 5) await sleep(20);
    child.kill('SIGTERM');
    expect(await result).toMatchObject({
      code: 1,
      err: expect.stringContaining('✖ Stopped before the end; run this again to go on'),
    });
    expect(await house.up({ waitMs: 0 })).toHaveLength(1);
    expect((await rowsOf(house.db)).map(({ n }) => n)).toEqual(Array(60).fill(1));
  });

  it('a run that was frozen for longer than its lease stops when it wakes up', async () => {
    const house = await openHouse(await openMortalDatabase());
    await fill(house.db, 200);
    await house.write(
      '2025-01-01-a',
      COUNTING(`
      await inBatches({ collection: 'rows', filter: {}, update: { $inc: { n: 1 } }, size: 2 });`),
    );
    const args = ['up', '--folder', house.folder, '--lease', '1', '--wait', '60'];
    const frozen = startScript('migrate', args, house.database);
    while ((await house.db.collection('rows').countDocuments({ n: 1 })) < 5) await sleep(20);
    frozen.child.kill('SIGSTOP');
    const next = await house.up({ waitMs: 30_000 });
    expect(next).toMatchObject([{ version: '2025-01-01-a' }]);
    frozen.child.kill('SIGCONT');
    const woken = await frozen.result;
    expect(woken.code).toBe(1);
    expect(woken.err).toContain('another runner has taken over; it stops here');
    expect((await rowsOf(house.db)).every(({ n }) => n === 1)).toBe(true);
  });
});

describe('npm run migrate', { timeout: 120_000 }, () => {
  const migrate = (house: { database: ScriptDatabase; folder: string }, ...args: string[]) =>
    runScript('migrate', [...args, '--folder', house.folder], house.database);

  it('plans, runs, shows and undoes, each with its exit code', async () => {
    const house = await openHouse();
    await house.mark('2025-01-01-a');
    expect(await migrate(house, 'plan')).toMatchObject({ code: 2, out: '2025-01-01-a  pending\n' });
    expect(await migrate(house, 'up', '--dry-run')).toMatchObject({
      code: 0,
      out: 'would run 2025-01-01-a\n',
    });
    expect(await house.marks()).toEqual([]);
    expect(await migrate(house, 'up')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/✔ 2025-01-01-a run in \d+ ms/),
    });
    expect(await house.marks()).toEqual(['2025-01-01-a']);
    expect(await migrate(house, 'plan')).toMatchObject({ code: 0, out: '✔ Nothing to do\n' });
    expect((await migrate(house, 'status')).out).toMatch(/^2025-01-01-a {2}applied 20.*Z in \d+ ms\n$/);
    expect(await migrate(house, 'down', '2025-01-01-a')).toMatchObject({
      code: 0,
      out: expect.stringContaining('✔ 2025-01-01-a undone in'),
    });
    expect((await migrate(house, 'status')).out).toMatch(/^2025-01-01-a {2}pending; rolled back 20/);
  });

  it('names a changed file, and exits with 1', async () => {
    const house = await openHouse();
    await house.mark('2025-01-01-a');
    await migrate(house, 'up');
    await house.write('2025-01-01-a', '// gone\n');
    for (const command of ['up', 'status', 'plan']) {
      const { code, err } = await migrate(house, command);
      expect({ command, code }).toEqual({ command, code: 1 });
      expect(err).toContain(`${join(house.folder, '2025-01-01-a.ts')} was changed after it ran here`);
    }
  });

  it('--json prints one object', async () => {
    const house = await openHouse();
    await house.mark('2025-01-01-a');
    const up = await migrate(house, 'up', '--json');
    expect(JSON.parse(up.out)).toMatchObject({
      ok: true,
      dryRun: false,
      done: [{ version: '2025-01-01-a', direction: 'up', executionTimeMs: expect.any(Number) }],
    });
    const status = JSON.parse((await migrate(house, 'status', '--json')).out);
    expect(status).toMatchObject({ ok: true, migrations: [{ version: '2025-01-01-a', state: 'applied' }] });
  });

  it('shows the stack of what failed inside a migration', async () => {
    const house = await openHouse();
    await house.write(
      '2025-01-01-a',
      "export async function up() { throw new Error('no luck'); }\nexport const down = up;\n",
    );
    const { code, err } = await migrate(house, 'up');
    expect(code).toBe(1);
    expect(err).toContain('2025-01-01-a.ts:1:');
    expect(err).toContain('failed in "up": no luck');
  });

  it('runs what stands in src/migrations, where every file is in order', async () => {
    const database = await openTestDatabase({ guard: false });
    expect(await runScript('migrate', ['up'], database)).toMatchObject({ code: 0 });
    expect(await pendingMigrations(rawDb(database))).toEqual([]);
  });
});
