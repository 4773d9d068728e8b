import fc from 'fast-check';
import { type Document, ObjectId } from 'mongodb';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findPage, type Keyset, MAX_PAGE, type PageArgs } from '../../../src/platform/mongo/page.ts';
import type { TenantDb } from '../../../src/platform/mongo/tenant-db.ts';
import { openTestDatabase, rawDb } from '../../support/mongo.ts';
import { type Note, note, notes } from './notes.ts';

const database = await openTestDatabase();
const db = database.tenantDb(new ObjectId());
const others = database.tenantDb(new ObjectId());
const system = database.systemDb('set up a test');

beforeAll(() => rawDb(database).createIndex('notes', { tenantId: 1, rank: 1, _id: 1 }));
beforeEach(() => system.collection(notes).deleteMany({}, system.because));

const byRank: Keyset<Note> = { name: 'RANK', path: 'rank', direction: 1, valueOf: ({ rank }) => rank };
const byRankDown: Keyset<Note> = { ...byRank, name: 'RANK_DOWN', direction: -1 };
const byTitle: Keyset<Note> = { name: 'TITLE', path: 'title', direction: 1, valueOf: ({ title }) => title };

const pageOf = (args: PageArgs, keyset = byRank, tenant: TenantDb = db, own: Document = {}) =>
  findPage(tenant, args, keyset, ({ filter, sort, limit }) =>
    tenant.collection(notes).find({ $and: [own, filter] }, { sort, limit }),
  );

const compare = (keyset: Keyset<Note>) => (a: Note, b: Note) => {
  const [x, y] = [keyset.valueOf(a), keyset.valueOf(b)];
  const order = x < y ? -1 : x > y ? 1 : a._id.toHexString() < b._id.toHexString() ? -1 : 1;
  return order * keyset.direction;
};

describe('walking through a list that changes meanwhile', () => {
  /** Between two pages some rows come and others go. */
  type Change = { add: number[]; remove: number[] };
  const ranks = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 12 });
  const change = fc.record({
    add: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
    remove: fc.array(fc.nat(40), { maxLength: 2 }),
  });
  const walks = fc.record({
    ranks,
    size: fc.integer({ min: 1, max: 5 }),
    backwards: fc.boolean(),
    keyset: fc.constantFrom(byRank, byRankDown, byTitle),
    changes: fc.array(change, { maxLength: 6 }),
  });

  const row = (rank: number): Note => ({
    ...note(`${'mlkji'[rank]}-${new ObjectId()}`, { rank }),
    // Ids in no order of time: what is inserted late may sort before what was read.
    _id: new ObjectId(Array.from({ length: 24 }, () => Math.floor(Math.random() * 16).toString(16)).join('')),
    tenantId: db.tenantId,
  });

  async function apply({ add, remove }: Change, rows: Note[]): Promise<Note[]> {
    const gone = new Set(remove.map((place) => rows[place % Math.max(rows.length, 1)]));
    const fresh = add.map(row);
    await db
      .collection(notes)
      .deleteMany({ _id: { $in: [...gone].flatMap((one) => (one ? [one._id] : [])) } });
    if (fresh.length > 0) await db.collection(notes).insertMany(fresh);
    return [...rows.filter((one) => !gone.has(one)), ...fresh];
  }

  it('loses no row and repeats none that was there all the time, in order, both ways', async () => {
    await fc.assert(
      fc.asyncProperty(walks, async ({ ranks, size, backwards, keyset, changes }) => {
        await db.collection(notes).deleteMany({});
        let rows = await apply({ add: ranks, remove: [] }, []);
        let constant = new Set(rows.map(({ _id }) => _id.toHexString()));
        const seen: Note[] = [];
        let cursor: string | undefined;
        for (let turn = 0; ; turn++) {
          const page = await pageOf(
            backwards ? { last: size, before: cursor } : { first: size, after: cursor },
            keyset,
          );
          seen.push(...(backwards ? page.rows.toReversed() : page.rows));
          expect(page.rows.length).toBeLessThanOrEqual(size);
          expect(page.rows).toEqual(page.rows.toSorted(compare(keyset)));
          const last = backwards ? page.rows[0] : page.rows.at(-1);
          if (!(backwards ? page.hasPreviousPage : page.hasNextPage) || !last) break;
          cursor = page.cursorOf(last);
          const next = changes[turn];
          if (next) rows = await apply(next, rows);
          const now = new Set(rows.map(({ _id }) => _id.toHexString()));
          constant = constant.intersection(now);
        }
        const ids = seen.map(({ _id }) => _id.toHexString());
        expect(new Set(ids).size).toBe(ids.length);
        expect([...constant].filter((id) => !ids.includes(id))).toEqual([]);
        const order = seen.toSorted(compare(keyset));
        expect(ids).toEqual((backwards ? order.toReversed() : order).map(({ _id }) => _id.toHexString()));
      }),
      { numRuns: 60 },
    );
  });

  it('answers the same rows from both ends', async () => {
    await fc.assert(
      fc.asyncProperty(ranks, fc.integer({ min: 1, max: 5 }), async (ranks, size) => {
        await db.collection(notes).deleteMany({});
        const rows = (await apply({ add: ranks, remove: [] }, [])).toSorted(compare(byRank));
        for (let from = 0; from < rows.length; from++) {
          const { cursorOf } = await pageOf({ first: 1 });
          const at = cursorOf(rows[from] as Note);
          expect((await pageOf({ first: size, after: at })).rows).toEqual(
            rows.slice(from + 1, from + 1 + size),
          );
          expect((await pageOf({ last: size, before: at })).rows).toEqual(
            rows.slice(Math.max(0, from - size), from),
          );
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('a page', () => {
  const insert = (count: number, tenant = db) =>
    tenant
      .collection(notes)
      .insertMany(
        Array.from({ length: count }, (_, i) => note(`t${String(i).padStart(3, '0')}`, { rank: i })),
      );

  it('says whether rows follow and precede', async () => {
    await insert(3);
    const all = await pageOf({ first: 3 });
    expect(all).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
    expect(await pageOf({ first: 2 })).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(await pageOf({ last: 2 })).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const middle = all.cursorOf(all.rows[1] as Note);
    expect(await pageOf({ first: 5, after: middle })).toMatchObject({
      hasNextPage: false,
      hasPreviousPage: true,
    });
    expect(await pageOf({ last: 5, before: middle })).toMatchObject({
      hasNextPage: true,
      hasPreviousPage: false,
    });
    const end = all.cursorOf(all.rows[2] as Note);
    expect(await pageOf({ first: 5, after: end })).toMatchObject({ rows: [], hasNextPage: false });
  });

  it('has 20 rows when nobody says how many, and at most 100', async () => {
    await insert(MAX_PAGE + 1);
    expect((await pageOf({})).rows).toHaveLength(20);
    expect((await pageOf({ first: null, after: null })).rows).toHaveLength(20);
    expect((await pageOf({ first: MAX_PAGE })).rows).toHaveLength(MAX_PAGE);
    expect((await pageOf({ last: 1 })).rows).toMatchObject([{ rank: MAX_PAGE }]);
  });

  const impossible: [string, PageArgs, string, RegExp][] = [
    ['first: 0', { first: 0 }, 'first', /1 to 100 rows, not 0/],
    ['first: 101', { first: 101 }, 'first', /1 to 100 rows, not 101/],
    ['first: -1', { first: -1 }, 'first', /1 to 100 rows, not -1/],
    ['first: 2.5', { first: 2.5 }, 'first', /1 to 100 rows, not 2.5/],
    ['first: NaN', { first: Number.NaN }, 'first', /1 to 100 rows/],
    ['last: 0', { last: 0 }, 'last', /1 to 100 rows, not 0/],
    ['last: 101', { last: 101 }, 'last', /1 to 100 rows/],
    ['first and last', { first: 1, last: 1 }, 'last', /first or last, not both/],
    ['last and after', { last: 1, after: 'x' }, 'after', /after goes with first/],
    ['before without last', { before: 'x' }, 'before', /before goes with last/],
    ['before with first', { first: 1, before: 'x' }, 'before', /before goes with last/],
  ];
  it.each(impossible)('refuses %s', async (_, args, argument, message) => {
    const refusal = expect.objectContaining({ code: 'BAD_USER_INPUT', details: { argument } });
    await expect(pageOf(args)).rejects.toEqual(refusal);
    await expect(pageOf(args)).rejects.toThrow(message);
  });

  it("keeps to the list's own filter, on the same path too", async () => {
    await insert(10);
    const own = { rank: { $gte: 2, $lt: 6 } };
    const first = await pageOf({ first: 2 }, byRank, db, own);
    const after = first.cursorOf(first.rows[1] as Note);
    expect((await pageOf({ first: 9, after }, byRank, db, own)).rows.map(({ rank }) => rank)).toEqual([4, 5]);
  });

  it.each([
    ['rows of many values', (i: number) => i],
    ['rows that are all equal', () => 7],
  ])('is read off the index, however deep, among %s', async (_, rank) => {
    const rows = Array.from({ length: 2000 }, (_, i) => note(`t${i}`, { rank: rank(i) }));
    await db.collection(notes).insertMany(rows);
    const { cursorOf } = await pageOf({ first: 1 });
    for (const args of [
      { first: 5, after: cursorOf({ ...(rows[1900] as Note) }) },
      { last: 5, before: cursorOf({ ...(rows[100] as Note) }) },
    ]) {
      const { executionStats } = await explain(args);
      expect(executionStats.nReturned).toBe(6);
      expect(executionStats.totalDocsExamined).toBeLessThanOrEqual(8);
      expect(JSON.stringify(executionStats.executionStages)).not.toMatch(/"stage":"(SORT|COLLSCAN)"/);
    }
  });

  async function explain(args: PageArgs): Promise<Document> {
    let explained: Document = {};
    await findPage(db, args, byRank, async ({ filter, sort, limit }) => {
      const query = { $and: [filter], tenantId: db.tenantId };
      explained = await rawDb(database).collection('notes').find(query, { sort, limit }).explain();
      return [];
    });
    return explained;
  }
});

describe('a cursor', () => {
  let good: string;
  beforeEach(async () => {
    await db.collection(notes).insertMany([note('a', { rank: 1 }), note('b', { rank: 2 })]);
    const page = await pageOf({ first: 1 });
    good = page.cursorOf(page.rows[0] as Note);
  });

  const refused = async (cursor: string, tenant = db, keyset = byRank) => {
    for (const args of [
      { first: 1, after: cursor },
      { last: 1, before: cursor },
    ]) {
      const argument = 'after' in args ? 'after' : 'before';
      await expect(pageOf(args, keyset, tenant), cursor).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        details: { argument },
      });
    }
  };

  it('is taken back from every process on the database', async () => {
    expect((await pageOf({ first: 1, after: good })).rows).toMatchObject([{ title: 'b' }]);
    const again = await openTestDatabase({ name: database.name });
    expect((await pageOf({ first: 1, after: good }, byRank, again.tenantDb(db.tenantId))).rows).toMatchObject(
      [{ title: 'b' }],
    );
  });

  it('carries dates, numbers and text exactly', async () => {
    const values = [new Date(1234567890123), 0, -1.5, Number.MAX_SAFE_INTEGER, '', 'ä"\u2028€😀', 'x.y'];
    for (const value of values) {
      const keyset: Keyset<Note> = { ...byRank, valueOf: () => value };
      const page = await pageOf({ first: 1 }, keyset);
      const cursor = page.cursorOf(page.rows[0] as Note);
      let bounds: Document = {};
      await findPage(db, { first: 1, after: cursor }, keyset, async ({ filter }) => {
        bounds = filter;
        return [];
      });
      expect(bounds.rank).toEqual({ $gte: value });
    }
  });

  it('is refused when it is of another tenant', async () => {
    await others.collection(notes).insertMany([note('a', { rank: 1 }), note('b', { rank: 2 })]);
    await refused(good, others);
  });

  it('is refused when it is of another order, which the error names', async () => {
    await refused(good, db, byRankDown);
    await expect(pageOf({ first: 1, after: good }, byTitle)).rejects.toThrow(
      'This cursor is of a list sorted by RANK, not TITLE: keep the sort while paging',
    );
  });

  it('is refused with any character changed, taken away or added', async () => {
    for (let at = 0; at < good.length; at++) {
      const other = good[at] === 'A' ? 'B' : 'A';
      await refused(good.slice(0, at) + other + good.slice(at + 1));
      await refused(good.slice(0, at) + good.slice(at + 1));
      await refused(good.slice(0, at));
    }
    for (const more of ['A', '=', '.', '.A', ' ', '\0']) await refused(good + more);
    for (const more of ['A', ' ', '.']) await refused(more + good);
  });

  it('is refused when somebody made it up', async () => {
    const [body = '', signature] = good.split('.');
    const content = JSON.parse(Buffer.from(body, 'base64url').toString());
    const forged = [
      [content[0], 0, content[2]],
      [content[0], { $gt: '' }, content[2]],
      [content[0], content[1], new ObjectId().toHexString()],
      ['TITLE', content[1], content[2]],
    ].map((made) => `${Buffer.from(JSON.stringify(made)).toString('base64url')}.${signature}`);
    for (const cursor of [...forged, '', '.', '..', 'x', '{}', 'null', 'e30.', '💥', 'A'.repeat(10_000)]) {
      await refused(cursor);
    }
    await fc.assert(
      fc.asyncProperty(fc.string(), (text) => refused(text)),
      { numRuns: 50 },
    );
  });
});
