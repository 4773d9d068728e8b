import { type Db, type Document, ObjectId } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { collections } from '../../../src/domains/registry.ts';
import { type DeclaredCollection, defineCollection } from '../../../src/platform/mongo/collection.ts';
import { missingIndexes, planCollections } from '../../../src/platform/mongo/collection-plan.ts';
import { type BuildProgress, buildIndexes } from '../../../src/platform/mongo/index-build.ts';
import { type ApplyOptions, applyIndexes } from '../../../src/platform/mongo/indexes.ts';
import { object, text } from '../../../src/platform/mongo/schema.ts';
import { openFailingDatabase, withFailPoint } from '../../support/failing-mongo.ts';
import { commandsDuring, openTestDatabase, rawDb } from '../../support/mongo.ts';

const database = await openTestDatabase();
const db = rawDb(database);
/** What the tests write themselves goes past the guard. */
const unguarded = rawDb(await openTestDatabase({ name: database.name, guard: false }));

type Item = { _id: ObjectId; tenantId: ObjectId };
const items = (indexes: DeclaredCollection['indexes'], validator = object({ sku: text }, ['sku'])) => [
  defineCollection<Item>('items', validator, indexes),
];
const apply = (declared: DeclaredCollection[], options: ApplyOptions = {}, on: Db = db) =>
  applyIndexes(on, declared, options);
const namesOf = async (collection = 'items') =>
  (await unguarded.collection(collection).listIndexes().toArray()).map(({ name }) => name).sort();
const todo = async (declared: DeclaredCollection[]) =>
  (await planCollections(db, declared)).flatMap(({ steps }) => steps);
const failuresOf = (results: Awaited<ReturnType<typeof applyIndexes>>) =>
  results.flatMap(({ outcomes }) => outcomes.flatMap(({ failure }) => failure ?? []));

beforeEach(() => unguarded.dropCollection('items'));

describe('all collections of the shop', () => {
  it('are made, and a second run finds nothing to do', async () => {
    expect(await missingIndexes(db, collections)).not.toEqual([]);
    expect(failuresOf(await apply(collections))).toEqual([]);
    expect(await todo(collections)).toEqual([]);
    expect(await missingIndexes(db, collections)).toEqual([]);
    const sent = await commandsDuring(database.client, () => apply(collections));
    expect(sent.filter(({ name }) => !['listCollections', 'listIndexes'].includes(name))).toEqual([]);
  });

  it('by two runs at once too', async () => {
    const other = await openTestDatabase();
    const results = await Promise.all([1, 2, 3].map(() => apply(collections, {}, rawDb(other))));
    expect(results.flatMap(failuresOf)).toEqual([]);
    expect(await missingIndexes(rawDb(other), collections)).toEqual([]);
  });

  it('are checked for missing indexes by one command a collection', async () => {
    const sent = await commandsDuring(database.client, () => missingIndexes(db, collections));
    expect(sent.map(({ name }) => name)).toEqual(collections.map(() => 'listIndexes'));
  });
});

describe('a plan', () => {
  it('changes nothing', async () => {
    const other = await openTestDatabase();
    const before = await rawDb(other).listCollections().toArray();
    expect((await planCollections(rawDb(other), collections)).length).toBe(collections.length);
    expect(await rawDb(other).listCollections().toArray()).toEqual(before);
  });
});

describe('a collection', () => {
  it('gets its validator when it is made, and a changed one later', async () => {
    await apply(items([]));
    await expect(unguarded.collection('items').insertOne({ sku: 'x' })).rejects.toThrow(/validation/);
    await unguarded.collection('items').insertOne({ tenantId: new ObjectId(), sku: 'x' });
    const stricter = items([], object({ sku: { ...text, minLength: 2 } }));
    expect(await todo(stricter)).toMatchObject([{ action: 'options', differences: ['validator'] }]);
    await apply(stricter);
    await expect(
      unguarded.collection('items').insertOne({ tenantId: new ObjectId(), sku: 'x' }),
    ).rejects.toThrow();
    expect(await todo(stricter)).toEqual([]);
  });

  it('that was made without a validator, or with one that only warns, is held to it', async () => {
    await unguarded.createCollection('items', { validationAction: 'warn', validationLevel: 'moderate' });
    expect(await todo(items([]))).toMatchObject([
      { action: 'options', differences: ['validator', 'validationLevel', 'validationAction'] },
    ]);
    await apply(items([]));
    await expect(unguarded.collection('items').insertOne({ sku: 'x' })).rejects.toThrow(/validation/);
  });

  it('keeps pre-images where that is declared', async () => {
    const declared = [
      defineCollection<Item>('items', object({}), [], { changeStreamPreAndPostImages: { enabled: true } }),
    ];
    await apply(items([]));
    expect(await todo(declared)).toMatchObject([
      { differences: expect.arrayContaining(['changeStreamPreAndPostImages']) },
    ]);
    await apply(declared);
    const [info] = await unguarded.listCollections({ name: 'items' }).toArray();
    expect(info).toMatchObject({ options: { changeStreamPreAndPostImages: { enabled: true } } });
    expect(await todo(declared)).toEqual([]);
  });
});

describe('missing indexes', () => {
  const declared = items([{ key: { sku: 1 }, unique: true }, { key: { rank: -1 } }]);

  it('are built by one command, with the tenant in front', async () => {
    const sent = await commandsDuring(database.client, () => apply(declared));
    expect(sent.filter(({ name }) => name === 'createIndexes')).toHaveLength(1);
    expect(await namesOf()).toEqual(['_id_', 'tenantId_1_rank_-1', 'tenantId_1_sku_1']);
  });

  it('are told to the boot guard, as are those that are otherwise', async () => {
    await unguarded.collection('items').createIndex({ tenantId: 1, sku: 1 });
    expect(await missingIndexes(db, declared)).toEqual([
      'items { tenantId: 1, sku: 1 } unique (tenantId_1_sku_1 is there, but unique is false, declared true)',
      'items { tenantId: 1, rank: -1 }',
    ]);
  });

  it('are built without the unique one whose values are not, which are named', async () => {
    const [one, two] = [new ObjectId('a'.repeat(24)), new ObjectId('b'.repeat(24))];
    await apply(items([]));
    await unguarded
      .collection('items')
      .insertMany(
        [
          ...Array.from({ length: 7 }, (_, i) => [`s${i}`, `s${i}`]).flat(),
          ...Array.from({ length: 7 }, () => 'many'),
          'once',
        ].map((sku) => ({ tenantId: one, sku })),
      );
    await unguarded.collection('items').insertMany(['s0', 'once'].map((sku) => ({ tenantId: two, sku })));
    const results = await apply(declared);
    expect(await namesOf()).toEqual(['_id_', 'tenantId_1_rank_-1']);
    const [failure, ...others] = failuresOf(results);
    expect(others).toEqual([]);
    expect(failure?.reason).toContain('E11000');
    expect(failure?.duplicates.map(({ value }) => value)).toEqual(
      ['many', 's0', 's1', 's2', 's3'].map((sku) => ({ tenantId: one, sku })),
    );
    expect(failure?.duplicates[0]).toMatchObject({ count: 7 });
    expect(failure?.duplicates[0]?.documents).toHaveLength(5);
  });

  it('name duplicates inside arrays, between documents and not within one', async () => {
    const tenantId = new ObjectId();
    const nested = items([
      {
        key: { 'variants.sku': 1 },
        unique: true,
        partialFilterExpression: { live: true },
      },
    ]);
    await apply(items([]));
    const [a, b] = [new ObjectId(), new ObjectId()];
    await unguarded.collection<Document>('items').insertMany([
      { _id: a, tenantId, live: true, variants: [{ sku: 'x' }, { sku: 'y' }, { sku: 'y' }] },
      { _id: b, tenantId, live: true, variants: [{ sku: 'x' }] },
      { tenantId, live: false, variants: [{ sku: 'y' }] },
    ]);
    const [failure] = failuresOf(await apply(nested));
    expect(failure?.duplicates).toMatchObject([{ value: { tenantId, 'variants.sku': 'x' }, count: 2 }]);
    expect(failure?.duplicates[0]?.documents).toEqual(expect.arrayContaining([a, b]));
    await unguarded.collection('items').deleteOne({ _id: b });
    expect(failuresOf(await apply(nested))).toEqual([]);
  });

  it('are built one by one when mongod does not say which of them fails', async () => {
    await apply(items([]));
    await unguarded.collection('items').insertOne({ tenantId: new ObjectId(), a: [1, 2], b: [1, 2] });
    const results = await apply(items([{ key: { a: 1 } }, { key: { a: 1, b: 1 } }, { key: { b: 1 } }]));
    expect(failuresOf(results)).toMatchObject([
      { reason: expect.stringMatching(/parallel arrays/), duplicates: [] },
    ]);
    expect(await namesOf()).toEqual(['_id_', 'tenantId_1_a_1', 'tenantId_1_b_1']);
  });
});

describe('an index that is there otherwise', () => {
  it('is replaced with no moment without: the new one is built before the old one goes', async () => {
    await apply(items([{ key: { sku: 1 } }]));
    const unique = items([{ key: { sku: 1 }, unique: true }]);
    const sent = await commandsDuring(database.client, () => apply(unique));
    const changes = sent.filter(({ name }) => /createIndexes|dropIndexes/.test(name));
    expect(changes.map(({ name, command }) => [name, command.index ?? command.indexes[0].name])).toEqual([
      ['createIndexes', 'tenantId_1_sku_1_2'],
      ['dropIndexes', 'tenantId_1_sku_1'],
    ]);
    expect(await todo(unique)).toEqual([]);
    expect(await missingIndexes(db, unique)).toEqual([]);
    expect(await namesOf()).toEqual(['_id_', 'tenantId_1_sku_1_2']);
  });

  it('stays when the new one cannot be built', async () => {
    await apply(items([{ key: { sku: 1 } }]));
    const tenantId = new ObjectId();
    await unguarded.collection('items').insertMany([1, 2].map(() => ({ tenantId, sku: 'x' })));
    const [failure] = failuresOf(await apply(items([{ key: { sku: 1 }, unique: true }])));
    expect(failure?.duplicates).toMatchObject([{ value: { tenantId, sku: 'x' }, count: 2 }]);
    expect(await namesOf()).toEqual(['_id_', 'tenantId_1_sku_1']);
  });

  it('is changed in place where MongoDB can', async () => {
    await apply(items([{ key: { at: 1 }, expireAfterSeconds: 60 }]));
    await unguarded.command({ collMod: 'items', index: { name: 'at_1', hidden: true } });
    const longer = items([{ key: { at: 1 }, expireAfterSeconds: 90 }]);
    const sent = await commandsDuring(database.client, () => apply(longer));
    expect(sent.filter(({ name }) => /createIndexes|dropIndexes/.test(name))).toEqual([]);
    expect((await unguarded.collection('items').listIndexes().toArray())[1]).toEqual({
      v: 2,
      key: { at: 1 },
      name: 'at_1',
      expireAfterSeconds: 90,
    });
    expect(await todo(longer)).toEqual([]);
  });

  it('is left, with the way out said, where MongoDB allows one of its kind', async () => {
    await apply(items([{ key: { sku: 'text' }, weights: { sku: 2 } }]));
    const heavier = items([{ key: { sku: 'text' }, weights: { sku: 3 } }, { key: { rank: 1 } }]);
    const [failure] = failuresOf(await apply(heavier));
    expect(failure?.reason).toMatch(
      /weights is {"sku":2}, declared {"sku":3}.*db\.items\.dropIndex\("tenantId_1_sku_text"\)/,
    );
    expect(await namesOf()).toEqual(['_id_', 'tenantId_1_rank_1', 'tenantId_1_sku_text']);
    await unguarded.collection('items').dropIndex('tenantId_1_sku_text');
    expect(failuresOf(await apply(heavier))).toEqual([]);
    expect(await todo(heavier)).toEqual([]);
  });
});

describe('an index that nothing declares', () => {
  const declared = items([{ key: { sku: 1 }, unique: true }]);

  it('is reported and kept', async () => {
    await unguarded.collection('items').createIndex({ rank: 1 }, { name: 'by_hand' });
    await apply(declared);
    expect(await planCollections(db, declared)).toMatchObject([{ steps: [], extra: [{ name: 'by_hand' }] }]);
    expect(await namesOf()).toContain('by_hand');
  });

  it('is dropped on demand', async () => {
    await unguarded.collection('items').createIndex({ rank: 1 }, { name: 'by_hand' });
    expect(await apply(declared, { dropExtra: true })).toMatchObject([{ dropped: ['by_hand'] }]);
    expect(await namesOf()).toEqual(['_id_', 'tenantId_1_sku_1']);
  });

  it('is kept even then while anything declared fails', async () => {
    await unguarded.collection('items').createIndex({ rank: 1 }, { name: 'by_hand' });
    const tenantId = new ObjectId();
    await unguarded.collection('items').insertMany([1, 2].map(() => ({ tenantId, sku: 'x' })));
    expect(await apply(declared, { dropExtra: true })).toMatchObject([{ dropped: [] }]);
    expect(await namesOf()).toEqual(['_id_', 'by_hand']);
  });
});

describe('a build that takes long', () => {
  it('tells how far it is, and is waited for', async () => {
    const failing = await openFailingDatabase();
    const large = failing.client.db(failing.name).collection('plain');
    await large.insertMany(Array.from({ length: 500 }, (_, i) => ({ rank: i })));
    const seen: BuildProgress[] = [];
    const admin = failing.client.db('admin');
    const point = { configureFailPoint: 'hangAfterStartingIndexBuild', mode: 'alwaysOn' };
    await withFailPoint(failing.client, point, async () => {
      const onProgress = (progress: BuildProgress) => {
        seen.push(progress);
        void admin.command({ configureFailPoint: 'hangAfterStartingIndexBuild', mode: 'off' });
      };
      const index = { key: { rank: 1 }, name: 'rank' };
      await buildIndexes(rawDb(failing), 'plain', [index], { onProgress, progressAfterMs: 50 });
    });
    expect(seen[0]).toMatchObject({ collection: 'plain', indexes: ['rank'] });
    expect((await large.listIndexes().toArray()).map(({ name }) => name)).toEqual(['_id_', 'rank']);
  });

  it('goes on being waited for after its connection was cut', async () => {
    const failing = await openFailingDatabase();
    const plain = failing.client.db(failing.name).collection('plain');
    await plain.insertOne({ rank: 1 });
    const data = { failCommands: ['createIndexes'], closeConnection: true };
    await withFailPoint(
      failing.client,
      { configureFailPoint: 'failCommand', mode: { times: 2 }, data },
      async () => {
        const index = { key: { rank: 1 }, name: 'rank' };
        expect(await buildIndexes(rawDb(failing), 'plain', [index])).toEqual([]);
      },
    );
    expect((await plain.listIndexes().toArray()).map(({ name }) => name)).toEqual(['_id_', 'rank']);
  });
});
