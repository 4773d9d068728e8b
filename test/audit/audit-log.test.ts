import fc from 'fast-check';
import type { GraphQLInputField, GraphQLInputObjectType } from 'graphql';
import { type Document, ObjectId } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditMonth, RECORD_TYPES, type RecordType } from '../../src/domains/audit/collections.ts';
import { recordChange } from '../../src/domains/audit/entries.ts';
import { ensureAuditMonths } from '../../src/domains/audit/month-collections.ts';
import { resolvers } from '../../src/domains/registry.ts';
import { buildSchema } from '../../src/platform/graphql/schema.ts';
import { noOrigin } from '../../src/platform/mongo/scope.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { commandsDuring } from '../support/mongo.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { AUDIT, askLog, type LogEntry } from './read-log.ts';

const HOUR_MS = 60 * 60_000;
const date = (text: string) => new Date(text);

let now = date('2031-01-15T12:00:00Z');
let app: TestApp;
let shop: Shop;
let reader: Record<string, string>;

type Note = {
  at: Date;
  actor?: string;
  type?: RecordType;
  id?: string;
  action?: 'insert' | 'update' | 'delete';
};

const SIDES = {
  insert: { before: null, after: { name: 'a' } },
  update: { before: { name: 'a' }, after: { name: 'b' } },
  delete: { before: { name: 'a' }, after: null },
};

/** Writes down a change as it would have been at that moment. */
const note = (
  { at, actor = 'user:1', type = 'product', id = 'p1', action = 'update' }: Note,
  of: Shop = shop,
) =>
  app.database
    .tenantDb(of.tenant._id, { now: () => at, origin: { ...noOrigin, actor } })
    .transaction((tx) => recordChange(tx, { type, id, ...SIDES[action] }));

const ask = (variables: object) => shop.request(AUDIT, { ...variables }, reader);

async function page(variables: object) {
  const { data, errors } = await ask(variables);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.auditLog;
}

/** All entries that a filter keeps, and how many rows each page had. */
async function walk(filter: object, first: number) {
  const entries: LogEntry[] = [];
  const sizes: number[] = [];
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo } = await page({ filter, first, after });
    entries.push(...nodes);
    sizes.push(nodes.length);
    if (!pageInfo.hasNextPage) return { entries, sizes };
    after = pageInfo.endCursor;
  }
}

async function openOwnShop() {
  shop = await openShop({ app });
  reader = await shop.staff('audit:read');
}

/** The audit's own commands while `work` runs, by the month that each reads. */
async function readsOf(work: () => Promise<unknown>): Promise<Document[]> {
  const sent = await commandsDuring(app.database.client, work);
  return sent.flatMap(({ name, command }) =>
    name === 'find' && String(command.find).startsWith('audit_logs_') ? [command] : [],
  );
}

const monthsOf = (reads: Document[]) => reads.map(({ find }) => String(find).slice('audit_logs_'.length));

beforeAll(async () => {
  app = await startTestApp({}, { now: () => now });
});

describe('over the months', () => {
  beforeAll(async () => {
    now = date('2031-01-15T12:00:00Z');
    await openOwnShop();
    now = date('2031-06-10T12:00:00Z');
  });

  it('goes page by page, newest first, each entry once, though more are written meanwhile', async () => {
    const moments = [
      '2031-02-28T23:59:59.999Z',
      '2031-03-01T00:00:00.000Z',
      '2031-03-01T00:00:00.000Z',
      '2031-03-31T23:59:59.999Z',
      '2031-05-01T00:00:00.000Z',
      '2031-06-09T10:00:00.000Z',
    ];
    for (const at of moments) await note({ at: date(at), type: 'category' });
    const filter = { recordType: 'category' };
    const expected = moments.toReversed();
    for (const first of [1, 2, 3, 4, 6, 7]) {
      const { entries } = await walk(filter, first);
      expect(entries.map(({ at }) => at)).toEqual(expected);
      expect(new Set(entries.map(({ id }) => id)).size).toBe(moments.length);
    }

    const { nodes, pageInfo } = await page({ filter, first: 2 });
    await note({ at: now, type: 'category' });
    const rest = await page({ filter, first: 100, after: pageInfo.endCursor });
    expect([...nodes, ...rest.nodes].map(({ at }) => at)).toEqual(expected);
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('has cursors that go on from each entry', async () => {
    const { edges } = await page({ first: 4 });
    const { nodes } = await page({ first: 3, after: edges[0].cursor });
    expect(nodes.map(({ id }: LogEntry) => id)).toEqual(
      edges.slice(1).map(({ node }: { node: LogEntry }) => node.id),
    );
  });

  it('reads the months that a page needs, a command each, and no others', async () => {
    await note({ at: date('2031-06-08T00:00:00Z'), id: 'here' });
    await note({ at: date('2031-03-08T00:00:00Z'), id: 'here' });
    const read = async (variables: object) => monthsOf(await readsOf(() => page(variables)));
    const filter = { recordId: 'here' };
    expect(await read({ filter, first: 1 })).toEqual(['2031_06', '2031_05', '2031_04', '2031_03']);
    const some = { from: '2031-03-08T00:00:00Z', to: '2031-05-31T23:00:00Z' };
    expect(await read({ filter: { ...filter, ...some } })).toEqual(['2031_05', '2031_04', '2031_03']);
    const { pageInfo } = await page({ filter, first: 1 });
    const after = pageInfo.endCursor;
    await note({ at: date('2031-06-07T00:00:00Z'), id: 'here' });
    expect(await read({ filter, first: 1, after })).toEqual(['2031_06', '2031_05', '2031_04', '2031_03']);
    expect(await read({ filter: { recordType: 'tenant' } })).toEqual([
      '2031_06',
      '2031_05',
      '2031_04',
      '2031_03',
      '2031_02',
      '2031_01',
    ]);
    await note({ at: date('2031-06-07T00:00:00Z'), id: 'here' });
    expect(await read({ filter, first: 2 })).toEqual(['2031_06']);
  });
});

describe('of a shop that is years old', () => {
  beforeAll(async () => {
    now = date('2028-03-15T12:00:00Z');
    await openOwnShop();
    now = date('2031-06-10T12:00:00Z');
    await note({ at: date('2028-04-01T00:00:00Z'), id: 'old' });
    await note({ at: date('2030-05-01T00:00:00Z'), id: 'old' });
  });

  it('a page looks through 14 months at most, and the next goes on from there', async () => {
    const reads = await readsOf(async () => {
      const { nodes, pageInfo } = await page({ filter: { recordId: 'old' } });
      expect(nodes).toMatchObject([{ at: '2030-05-01T00:00:00.000Z' }]);
      expect(pageInfo).toMatchObject({ hasNextPage: true, endCursor: expect.any(String) });
    });
    expect(monthsOf(reads)).toHaveLength(14);
    const { entries, sizes } = await walk({ recordId: 'old' }, 20);
    expect(entries.map(({ at }) => at)).toEqual(['2030-05-01T00:00:00.000Z', '2028-04-01T00:00:00.000Z']);
    expect(sizes).toEqual([1, 0, 1]);
  });

  it('finds an entry of the last moment before where a page stopped', async () => {
    await note({ at: date('2030-04-30T23:59:59.999Z'), id: 'edge' });
    expect((await walk({ recordId: 'edge' }, 20)).entries).toHaveLength(1);
  });
});

describe('what is kept', () => {
  const HOURS = 3 * 31 * 24;
  const start = date('2031-03-15T00:00:00Z').getTime();
  const notes: Required<Note>[] = Array.from({ length: 60 }, (_, place) => ({
    at: new Date(start + ((place * 7919) % HOURS) * HOUR_MS),
    actor: `user:${place % 3}`,
    type: (['product', 'review', 'user'] as const)[place % 2] ?? 'user',
    id: `r${place % 5}`,
    action: (['insert', 'update', 'update', 'delete'] as const)[place % 4] ?? 'update',
  }));

  beforeAll(async () => {
    now = date('2031-03-01T12:00:00Z');
    await openOwnShop();
    now = date('2031-07-01T12:00:00Z');
    for (const one of notes) await note(one);
  });

  const moment = fc
    .integer({ min: 0, max: HOURS })
    .map((hours) => new Date(start + hours * HOUR_MS).toISOString());
  const filters = fc
    .record(
      {
        actor: fc.constantFrom('user:0', 'user:1', 'user:7'),
        recordType: fc.constantFrom('product', 'review', 'category'),
        recordId: fc.constantFrom('r0', 'r1', 'r9'),
        action: fc.constantFrom('INSERT', 'UPDATE', 'DELETE'),
        from: moment,
        to: moment,
      },
      { requiredKeys: [], noNullPrototype: true },
    )
    .filter(({ from, to }) => !(from && to && from >= to));

  const keeps = (filter: Record<string, string | undefined>) => (one: Required<Note>) => {
    const of = { actor: one.actor, recordType: one.type, recordId: one.id, action: one.action.toUpperCase() };
    const at = one.at.toISOString();
    const equal = Object.entries(of).every(([name, value]) => (filter[name] ?? value) === value);
    return equal && at >= (filter.from ?? at) && (filter.to === undefined || at < filter.to);
  };

  it('is what every part of the filter holds for', async () => {
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 1, max: 30 }), async (filter, first) => {
        const { entries } = await walk(filter, first);
        const own = entries.filter(({ actor, recordId }) => actor !== null && recordId !== 'ends');
        const expected = notes.filter(keeps(filter)).map(({ at }) => at.toISOString());
        expect(own.map(({ at }) => at)).toEqual(expected.sort().reverse());
      }),
      { numRuns: 40 },
    );
  });

  it('begins at from, and ends before to', async () => {
    const [first, last] = ['2031-03-20T00:00:00.000Z', '2031-03-21T00:00:00.000Z'];
    for (const at of [first, last]) await note({ at: date(at), id: 'ends' });
    const { nodes } = await page({ filter: { recordId: 'ends', from: first, to: last } });
    expect(nodes.map(({ at }: LogEntry) => at)).toEqual([first]);
  });

  it.each([
    ['an end before its start', { from: '2031-04-02T00:00:00Z', to: '2031-04-02T00:00:00Z' }, 'filter.to'],
    ['a type of record that there is none of', { recordType: 'produkt' }, 'filter.recordType'],
  ])('is said to be impossible for %s', async (_, filter, argument) => {
    const { errors } = await ask({ filter });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument } }]);
  });

  it('has no cursor of another shop, and no page of none or of more than a hundred', async () => {
    const { pageInfo } = await page({ first: 1 });
    const other = await openShop({ app });
    const answers = [
      await askLog(other, { after: pageInfo.endCursor }),
      await ask({ after: 'made up' }),
      await ask({ first: 0 }),
      await ask({ first: 101 }),
    ];
    for (const { errors } of answers)
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('among thousands of entries', () => {
  /** What merging all types, or all actions, in the order of time may read beyond the page. */
  const AHEAD = 10;

  beforeAll(async () => {
    now = date('2032-04-01T00:00:00Z');
    await openOwnShop();
    now = date('2032-04-30T00:00:00Z');
    const common = { ...noOrigin, changes: [], omitted: 0, actor: 'user:busy', action: 'update' as const };
    await shop.db.collection(auditMonth(now)).insertMany(
      Array.from({ length: 4_000 }, (_, place) => ({
        _id: new ObjectId(),
        ...common,
        at: new Date(date('2032-04-02T00:00:00Z').getTime() + place * 500_000),
        record: { type: 'product' as const, id: `p${place}` },
      })),
    );
    const rare = { actor: 'user:rare', type: 'review', id: 'r1', action: 'delete' } as const;
    for (let day = 3; day < 8; day++) await note({ at: date(`2032-04-0${day}T00:00:00Z`), ...rare });
    await ensureAuditMonths(app.database.systemDb('a test of the audit'));
  });

  it.each([
    {},
    { actor: 'user:busy' },
    { actor: 'user:rare' },
    { recordId: 'r1' },
    { recordType: 'review' },
    { action: 'DELETE' },
    { action: 'UPDATE', recordType: 'product' },
    { action: 'DELETE', recordType: 'review' },
    { to: '2032-04-05T00:00:00Z' },
  ])('an index leads to %o, in order', async (filter) => {
    const first = await page({ filter, first: 2 });
    const reads = await readsOf(() => page({ filter, first: 2, after: first.pageInfo.endCursor }));
    const { raw, because } = app.database.systemDb('explain reads of the audit');
    expect(reads).toHaveLength(1);
    for (const { find, filter, sort, limit } of reads) {
      const command = { explain: { find, filter, sort, limit, ...because }, verbosity: 'executionStats' };
      const { executionStats: stats, queryPlanner } = await raw.command(command);
      expect(JSON.stringify(queryPlanner.winningPlan)).not.toMatch(/"stage":"(COLLSCAN|SORT)"/);
      expect(stats.totalDocsExamined).toBeLessThanOrEqual(stats.nReturned + AHEAD);
      expect(stats.totalKeysExamined).toBeLessThanOrEqual(stats.nReturned + 3 * AHEAD);
    }
  });
});

it('names every type of record in the contract', () => {
  const { description } = (
    buildSchema(resolvers).getType('AuditFilter') as GraphQLInputObjectType
  ).getFields().recordType as GraphQLInputField;
  for (const type of RECORD_TYPES) expect(description).toContain(`\`${type}\``);
});

it('has ids, moments and actors of the form that it promises', async () => {
  await openOwnShop();
  await note({ at: now, actor: 'user:6565' });
  const { nodes } = await page({ first: 1 });
  expect(nodes).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      at: now.toISOString(),
      actor: 'user:6565',
      action: 'UPDATE',
      recordType: 'product',
      recordId: 'p1',
      requestId: null,
      ip: null,
      userAgent: null,
      changesOmitted: 0,
      changes: [{ path: 'name', before: '"a"', after: '"b"', isCut: false }],
    },
  ]);
  expect(ObjectId.isValid(nodes[0].id)).toBe(true);
});
