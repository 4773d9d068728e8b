import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { auditMonth, auditMonthsAhead } from '../../src/domains/audit/collections.ts';
import { recordChange } from '../../src/domains/audit/entries.ts';
import { ensureAuditMonths, listMonths } from '../../src/domains/audit/month-collections.ts';
import { monthText } from '../../src/domains/audit/months.ts';
import { collections } from '../../src/domains/registry.ts';
import { isTenantCollection } from '../../src/platform/mongo/collection.ts';
import { planCollections } from '../../src/platform/mongo/collection-plan.ts';
import { checkCommand } from '../../src/platform/mongo/guard.ts';
import { openTestDatabase, rawDb } from '../support/mongo.ts';
import { runScript } from '../support/run-script.ts';

const DECEMBER = new Date('2031-12-31T23:59:59.999Z');
const JANUARY = new Date('2032-01-01T00:00:00.000Z');

async function openDatabase(now: () => Date) {
  const database = await openTestDatabase({ now });
  const db = database.tenantDb(new ObjectId());
  const note = (name: string, tenant = db) =>
    tenant.transaction((tx) =>
      recordChange(tx, { type: 'product', id: new ObjectId(), before: null, after: { name } }),
    );
  const names = async () =>
    (await rawDb(database).listCollections().toArray()).map(({ name }) => name).sort();
  const entriesOf = (at: Date) => db.collection(auditMonth(at)).find({}, { limit: 100 });
  return { database, db, note, names, entriesOf, system: database.systemDb('a test of the audit') };
}

describe('the months', () => {
  it('are made by npm run indexes, this one and the next two', async () => {
    const { database, names } = await openDatabase(() => new Date());
    const expected = auditMonthsAhead(new Date()).map(({ name }) => name);
    expect((await runScript('create-indexes', [], database)).code).toBe(0);
    expect((await names()).filter((name) => name.startsWith('audit_logs_'))).toEqual(expected);
    expect(expected).toHaveLength(3);
    expect(collections.map(({ name }) => name)).toEqual(expect.arrayContaining(expected));
  });

  it('are made ahead of time by the clock, over the end of a year, with validator and indexes', async () => {
    const { database, names, system } = await openDatabase(() => DECEMBER);
    await Promise.all([ensureAuditMonths(system), ensureAuditMonths(system)]);
    expect(await names()).toEqual(
      expect.arrayContaining(['audit_logs_2031_12', 'audit_logs_2032_01', 'audit_logs_2032_02']),
    );
    const plans = await planCollections(rawDb(database), auditMonthsAhead(DECEMBER));
    expect(plans.flatMap(({ steps, extra }) => [...steps, ...extra])).toEqual([]);
    const [refused] = await Promise.allSettled([
      rawDb(database)
        .collection('audit_logs_2032_02')
        .insertOne({ tenantId: new ObjectId(), at: 'yesterday' }),
    ]);
    expect(refused).toMatchObject({ status: 'rejected', reason: { code: 121 } });
  });

  it('take each entry by its moment', async () => {
    let now = DECEMBER;
    const { note, entriesOf } = await openDatabase(() => now);
    await note('last of the year');
    now = JANUARY;
    await note('first of the year');
    expect(await entriesOf(DECEMBER)).toMatchObject([
      { at: DECEMBER, changes: [{ after: 'last of the year' }] },
    ]);
    expect(await entriesOf(JANUARY)).toMatchObject([
      { at: JANUARY, changes: [{ after: 'first of the year' }] },
    ]);
  });
});

describe('a month that nobody has made', () => {
  it('takes entries all the same, also of many at once, and is brought in order later', async () => {
    const { database, note, entriesOf, system } = await openDatabase(() => DECEMBER);
    const names = Array.from({ length: 12 }, (_, place) => `entry ${place}`);
    await Promise.all(names.map((name) => note(name)));
    const planned = () => planCollections(rawDb(database), [auditMonth(DECEMBER)]);
    expect((await planned())[0]?.steps).not.toEqual([]);

    await Promise.all([ensureAuditMonths(system), ...names.map((name) => note(name))]);
    expect((await planned())[0]?.steps).toEqual([]);
    expect(await entriesOf(DECEMBER)).toHaveLength(24);
  });

  it('is brought in order also when it is past', async () => {
    let now = DECEMBER;
    const { database, note, system } = await openDatabase(() => now);
    await note('late');
    now = JANUARY;
    await ensureAuditMonths(system);
    expect((await planCollections(rawDb(database), [auditMonth(DECEMBER)]))[0]?.steps).toEqual([]);
    expect((await listMonths(system)).map(monthText)).toEqual(['2031-12', '2032-01', '2032-02', '2032-03']);
  });
});

describe('any month', () => {
  it.each(['audit_logs_1999_01', 'audit_logs_2087_12', 'audit_logs_1999_01_archiving_0123abcd'])(
    'is a tenant collection to the guard, such as %s, which this process has never used',
    (name) => {
      expect(isTenantCollection(name)).toBe(true);
      expect(() => checkCommand('find', { find: name, filter: {} })).toThrow('needs one tenantId');
      expect(() => checkCommand('find', { find: name, filter: { tenantId: new ObjectId() } })).not.toThrow();
    },
  );

  it.each(['audit_logs_1999_13x', 'audit_logs', 'my_audit_logs_1999_01'])('and %s is none', (name) => {
    expect(isTenantCollection(name)).toBe(false);
  });
});
