import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { archiveMonth, findDueMonths } from '../../src/domains/audit/archive/archive-months.ts';
import { restoreFile, restoreMonth } from '../../src/domains/audit/archive/restore.ts';
import { recordChange } from '../../src/domains/audit/entries.ts';
import { monthOf, monthText, readMonth } from '../../src/domains/audit/months.ts';
import { createTenant } from '../../src/domains/tenants/tenants.ts';
import { startTestApp } from '../support/app.ts';
import { atEnd, openTestDatabase, rawDb, type TestDatabase } from '../support/mongo.ts';
import { runScript } from '../support/run-script.ts';
import { openShop } from '../support/shop.ts';
import { addEntries, archivedIn, collectionsBefore, idsOf, nameOf, storedBefore } from './old-entries.ts';
import { readLog } from './read-log.ts';

/** Scripts are processes of their own, which take their time to start on a busy machine. */
const SCRIPT_MS = 120_000;
const thisMonth = monthOf(new Date());
const [old, older] = [thisMonth - 14, thisMonth - 15];

async function newFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'souk-audit-'));
  atEnd(() => rm(folder, { recursive: true }));
  return folder;
}

/** Two shops with entries of two months that are due, and one with entries of one that is not. */
async function openWithOldEntries() {
  const database = await openTestDatabase();
  const shop = await createTenant(database.systemDb('a test of the archive'), {
    name: 'Harbour',
    subdomain: 'harbour',
    plan: 'PRO',
    currency: 'USD',
    locale: 'en-US',
  });
  const gone = new ObjectId();
  await addEntries(database, shop._id, old, 20);
  await addEntries(database, gone, old, 5);
  await addEntries(database, shop._id, older, 7);
  await addEntries(database, shop._id, thisMonth - 13, 3);
  const folder = await newFolder();
  const run = (...args: string[]) => runScript('audit-archive', ['--to', folder, ...args], database);
  return { database, shop, gone, folder, run, stored: await storedBefore(database, thisMonth - 13) };
}

const archiveInside = (database: TestDatabase, folder: string, month = old) =>
  archiveMonth(database.systemDb('a test of the archive'), month, { folder, shops: new Map() });

describe('npm run audit-archive', () => {
  it(
    'moves what is past retention into a file for each shop and month, and drops it',
    async () => {
      const { database, shop, gone, folder, run, stored } = await openWithOldEntries();
      const { code, out, err } = await run();
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toBe(
        `✔ ${monthText(older)}: 7 entries of 1 shop moved to ${join(folder, monthText(older))}\n` +
          `✔ ${monthText(old)}: 25 entries of 2 shops moved to ${join(folder, monthText(old))}\n`,
      );
      expect(await archivedIn(folder)).toEqual(stored);
      expect(await collectionsBefore(database, thisMonth)).not.toContain(nameOf(old));
      expect(await collectionsBefore(database, thisMonth)).toContain(nameOf(thisMonth - 13));
      expect(await storedBefore(database, thisMonth)).toHaveLength(3);

      const place = join(folder, monthText(old));
      expect((await readdir(place)).sort()).toEqual(
        [`${shop._id}.ndjson.gz`, `${gone}.ndjson.gz`, 'manifest.json'].sort(),
      );
      const manifest = JSON.parse(await readFile(join(place, 'manifest.json'), 'utf8'));
      expect(manifest).toMatchObject({ format: 1, month: monthText(old) });
      for (const [tenantId, name, entries] of [
        [shop._id, 'harbour', 20],
        [gone, null, 5],
      ] as const) {
        const bytes = await readFile(join(place, `${tenantId}.ndjson.gz`));
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const listed = {
          file: `${tenantId}.ndjson.gz`,
          tenantId: `${tenantId}`,
          shop: name,
          entries,
          bytes: bytes.length,
          sha256,
        };
        expect(manifest.files).toContainEqual(listed);
        const lines = gunzipSync(bytes)
          .toString()
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line));
        expect(lines).toHaveLength(entries);
        expect(lines[0].changes[1]).toEqual({
          path: 'pricing.basePrice',
          before: { $numberInt: '1000' },
          after: { $numberDouble: '1000.5' },
        });
      }
      expect(await findDueMonths(database.systemDb('a test of the archive'), 13)).toEqual([]);
    },
    SCRIPT_MS,
  );

  it('drops a month without entries, and makes no folder for it', async () => {
    const database = await openTestDatabase();
    await addEntries(database, new ObjectId(), older, 1);
    const folder = await newFolder();
    await archiveInside(database, folder, old);
    expect(await collectionsBefore(database, thisMonth)).toEqual([nameOf(older), nameOf(thisMonth - 13)]);
    expect(await readdir(folder)).toEqual([]);
  });

  it(
    '--dry-run shows it and changes nothing; --older-than-months says how many stay',
    async () => {
      const { database, folder, run, stored } = await openWithOldEntries();
      expect(await run('--dry-run', '--older-than-months', '14')).toEqual({
        code: 0,
        out: `${monthText(older)}: 7 entries of 1 shop would go to ${join(folder, monthText(older))}\n`,
        err: '',
      });
      expect(await storedBefore(database, thisMonth - 13)).toEqual(stored);
      expect(await readdir(folder)).toEqual([]);
      expect(await run('--older-than-months', '0')).toMatchObject({
        code: 1,
        err: expect.stringContaining('whole number from 1'),
      });
    },
    SCRIPT_MS,
  );

  it('never takes the month that runs, nor the one before it', async () => {
    const database = await openTestDatabase();
    for (const month of [thisMonth, thisMonth - 1, thisMonth - 2])
      await addEntries(database, new ObjectId(), month, 1);
    expect(await findDueMonths(database.systemDb('a test'), 1)).toEqual([thisMonth - 2]);
  });

  it(
    '--restore puts a month back as it was, as often as it is asked to, and it can go again',
    async () => {
      const { database, shop, folder, run, stored } = await openWithOldEntries();
      const system = database.systemDb('a test of the archive');
      for (const month of [old, older]) await archiveInside(database, folder, month);
      const { code, out, err } = await run('--restore', monthText(old));
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain(`✔ ${monthText(old)}, ${shop._id}: 20 entries are there\n`);
      const again = await restoreMonth(system, folder, old);
      expect(again.map(({ entries, restored }) => ({ entries, restored }))).toEqual([
        { entries: 20, restored: 0 },
        { entries: 5, restored: 0 },
      ]);
      const one = join(folder, monthText(older), `${shop._id}.ndjson.gz`);
      expect(await restoreFile(system, one)).toMatchObject([{ month: older, entries: 7, restored: 7 }]);
      expect(await storedBefore(database, thisMonth - 13)).toEqual(stored);
      expect(await rawDb(database).collection(nameOf(old)).indexes()).toHaveLength(5);

      for (const month of [old, older]) await archiveInside(database, folder, month);
      expect(await storedBefore(database, thisMonth - 13)).toEqual([]);
      expect(await archivedIn(folder)).toEqual(stored);
    },
    SCRIPT_MS,
  );

  it(
    'puts nothing back of a file that is not as it was, and says which',
    async () => {
      const { database, shop, folder, run } = await openWithOldEntries();
      const system = database.systemDb('a test of the archive');
      for (const month of [old, older]) await archiveInside(database, folder, month);
      const file = join(folder, monthText(old), `${shop._id}.ndjson.gz`);
      const whole = await readFile(file);
      const other = await readFile(join(folder, monthText(older), `${shop._id}.ndjson.gz`));
      const flipped = Buffer.from(whole);
      flipped[200] = (flipped[200] ?? 0) ^ 1;
      for (const bytes of [whole.subarray(0, -20), whole.subarray(0, 0), flipped, other]) {
        await writeFile(file, bytes);
        await expect(restoreMonth(system, folder, old)).rejects.toThrow(file);
      }
      expect(await storedBefore(database, thisMonth - 13)).toEqual([]);
      const { code, err } = await run('--restore', monthText(old));
      expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/^✖ .*line 1 is of 2.*\n$/) });
      await expect(restoreMonth(system, folder, 0)).rejects.toThrow('There is no manifest.json in');
      await expect(restoreFile(system, join(folder, monthText(old), 'x.gz'))).rejects.toThrow(
        'is not in the manifest',
      );
    },
    SCRIPT_MS,
  );
});

it('auditLog finds a month no more when it is in the archive, and again when it is put back', async () => {
  const [opened, later] = [new Date('2031-01-10T00:00:00Z'), new Date('2031-12-10T00:00:00Z')];
  let now = opened;
  const app = await startTestApp({}, { now: () => now });
  const shop = await openShop({ app });
  now = later;
  const system = app.database.systemDb('a test of the archive');
  const folder = await newFolder();
  const seen = async () => (await readLog(shop, { recordType: 'tenant' })).map(({ at }) => at);
  expect(await seen()).toEqual([opened.toISOString()]);
  await archiveMonth(system, monthOf(opened), { folder, shops: new Map() });
  expect(await seen()).toEqual([]);
  await restoreMonth(system, folder, monthOf(opened));
  expect(await seen()).toEqual([opened.toISOString()]);
});

describe('a month that is archived already', () => {
  it('takes entries that came late beside those that it has', async () => {
    const { database, folder, shop, stored } = await openWithOldEntries();
    await archiveInside(database, folder);
    const at = new Date(Date.UTC(Math.floor(old / 12), old % 12, 3));
    const late = { type: 'product', id: 'late', before: { name: 'a' }, after: { name: 'b' } } as const;
    await database.tenantDb(shop._id, { now: () => at }).transaction((tx) => recordChange(tx, late));
    const added = await storedBefore(database, thisMonth - 13);
    expect(await archiveInside(database, folder)).toMatchObject({ entries: 1, shops: 1 });
    const both = await archivedIn(folder);
    expect(idsOf(both)).toEqual(idsOf([...stored, ...added].filter(({ at }) => monthOf(at) === old)).sort());
  });

  it('keeps the list of files of other shops', async () => {
    const { database, folder, gone, shop } = await openWithOldEntries();
    await archiveInside(database, folder);
    await addEntries(database, shop._id, old, 1);
    await archiveInside(database, folder);
    const manifest = JSON.parse(await readFile(join(folder, monthText(old), 'manifest.json'), 'utf8'));
    const counts = Object.fromEntries(
      manifest.files.map(({ tenantId, entries }: { tenantId: string; entries: number }) => [
        tenantId,
        entries,
      ]),
    );
    expect(counts).toEqual({ [`${shop._id}`]: 21, [`${gone}`]: 5 });
  });
});

describe('entries are not lost', () => {
  it('when one is written while its month is being moved', async () => {
    const { database, folder, shop, stored } = await openWithOldEntries();
    const at = new Date(Date.UTC(Math.floor(old / 12), old % 12, 3));
    const db = database.tenantDb(shop._id, { now: () => at });
    let id = 0;
    const late: Promise<void>[] = [];
    const write = () =>
      db.transaction((tx) =>
        recordChange(tx, { type: 'product', id: `late${id++}`, before: null, after: {} }),
      );
    const onStep = () => void late.push(write());
    const system = database.systemDb('a test of the archive');
    let steps = 0;
    await archiveMonth(system, old, { folder, shops: new Map(), onStep: () => steps++ < 4 && onStep() });
    await Promise.all(late);
    await archiveMonth(system, old, { folder, shops: new Map() });
    const archived = await archivedIn(folder);
    expect(late).toHaveLength(4);
    expect(archived).toHaveLength(stored.filter(({ at }) => monthOf(at) === old).length + 4);
    expect(await collectionsBefore(database, thisMonth)).not.toContain(nameOf(old));
  });

  it('when two runs are at the same month', async () => {
    const { database, folder, stored } = await openWithOldEntries();
    const runs = await Promise.allSettled([1, 2, 3].map(() => archiveInside(database, folder)));
    const faults = runs.flatMap((run) => (run.status === 'rejected' ? [run.reason] : []));
    await archiveInside(database, folder);
    const due = stored.filter(({ at }) => monthOf(at) === old);
    expect(idsOf(await archivedIn(folder))).toEqual(idsOf(due));
    expect(faults.length).toBeLessThan(3);
  });

  it.each(['claim', 'place'])('when a run pauses at "%s" and another does its work', async (pause) => {
    const { database, folder, stored } = await openWithOldEntries();
    let paused = false;
    const onStep = async ({ did }: { did: string }) => {
      if (did !== pause || paused) return;
      paused = true;
      await archiveInside(database, folder);
    };
    const slow = archiveMonth(database.systemDb('a run that pauses'), old, {
      folder,
      shops: new Map(),
      onStep,
    });
    await (pause === 'claim' ? slow : expect(slow).rejects.toThrow('another run of audit-archive is at it'));
    const due = stored.filter(({ at }) => monthOf(at) === old);
    expect(await archivedIn(folder)).toEqual(due);
    const manifest = JSON.parse(await readFile(join(folder, monthText(old), 'manifest.json'), 'utf8'));
    expect(manifest.files.map(({ entries }: { entries: number }) => entries)).toEqual([20, 5]);
  });
});

it.each(['2025-09', '2025_09', '0000-01', '9999-12'])('reads %s as a month', (text) => {
  expect(monthText(readMonth(text) ?? -1)).toBe(text.replace('_', '-'));
});

it.each(['2025-13', '2025-00', '2025-9', '25-09', 'x', ''])('and "%s" as none', (text) => {
  expect(readMonth(text)).toBeUndefined();
});
