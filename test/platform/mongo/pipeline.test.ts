import { type Document, ObjectId } from 'mongodb';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tenantPipeline } from '../../../src/platform/mongo/pipeline.ts';
import { commandsDuring, openTestDatabase, rawDb } from '../../support/mongo.ts';
import { note, noteCounts, notes } from './notes.ts';

const database = await openTestDatabase();
const ours = database.tenantDb(new ObjectId());
const theirs = database.tenantDb(new ObjectId());
const system = database.systemDb('look at every tenant in a test');

const asked = (pipeline: Document[]) => ours.collection(notes).aggregate(pipeline);
const counts = () => system.collection(noteCounts).find({}, system.because).sort({ title: 1 }).toArray();

beforeAll(async () => {
  await rawDb(database).createIndex('note_counts', { tenantId: 1, title: 1 }, { unique: true });
});

// Both tenants' notes have the same titles and the same parent, so that nothing but the tenant keeps them apart.
const root = new ObjectId();
beforeEach(async () => {
  for (const collection of [notes, noteCounts]) {
    await system.raw.collection(collection.name).deleteMany({}, system.because);
  }
  for (const db of [ours, theirs]) {
    const rank = db === ours ? 1 : 100;
    await db
      .collection(notes)
      .insertMany([note('a', { rank, parentId: root }), note('b', { rank: rank + 1, parentId: root })]);
  }
});

describe('a stage that reads another collection reads the same tenant there', () => {
  it('$lookup by fields', async () => {
    const byParent = { from: notes.name, localField: 'parentId', foreignField: 'parentId', as: 'siblings' };
    const rows = await asked([{ $match: { title: 'a' } }, { $lookup: byParent }]);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.siblings.map(({ rank }: Document) => rank).sort()).toEqual([1, 2]);
  });

  it('$lookup by a pipeline, with or without a $match of its own, and inside another', async () => {
    const all = { from: notes.name, as: 'all' };
    const ranks = { $project: { _id: 0, rank: 1 } };
    const nested = { $lookup: { ...all, pipeline: [{ $match: { rank: { $gte: 0 } } }, ranks] } };
    const rows = await asked([
      { $match: { title: 'a' } },
      { $lookup: { ...all, pipeline: [{ $sort: { rank: 1 } }, { $limit: 1 }, nested] } },
    ]);
    expect(rows[0]?.all).toMatchObject([{ rank: 1, all: [{ rank: 1 }, { rank: 2 }] }]);
  });

  it('$lookup with variables', async () => {
    const pipeline = [{ $match: { $expr: { $gt: ['$rank', '$$rank'] } } }, { $sort: { rank: 1 } }];
    const higher = { from: notes.name, let: { rank: '$rank' }, pipeline, as: 'higher' };
    const rows = await asked([{ $match: { title: 'a' } }, { $lookup: higher }]);
    expect(rows[0]?.higher).toMatchObject([{ rank: 2 }]);
  });

  it('$graphLookup, with or without a restriction of its own', async () => {
    const step = {
      from: notes.name,
      startWith: '$parentId',
      connectFromField: 'parentId',
      connectToField: 'parentId',
      as: 'reached',
    };
    const [all] = await asked([{ $match: { title: 'a' } }, { $graphLookup: step }]);
    expect(all?.reached.map(({ rank }: Document) => rank).sort()).toEqual([1, 2]);
    const restricted = { ...step, restrictSearchWithMatch: { rank: { $gt: 1 } } };
    const [some] = await asked([{ $match: { title: 'a' } }, { $graphLookup: restricted }]);
    expect(some?.reached.map(({ rank }: Document) => rank)).toEqual([2]);
  });

  it('$unionWith by name and with a pipeline', async () => {
    const rank = { $project: { _id: 0, rank: 1 } };
    const sorted = { $sort: { rank: 1 } };
    expect(await asked([{ $unionWith: notes.name }, rank, sorted])).toEqual(
      [1, 1, 2, 2].map((rank) => ({ rank })),
    );
    const b = { coll: notes.name, pipeline: [{ $match: { title: 'b' } }] };
    expect(await asked([{ $unionWith: b }, rank, sorted])).toEqual([1, 2, 2].map((rank) => ({ rank })));
  });

  it('$facet, and what stands inside it', async () => {
    const byParent = { from: notes.name, localField: 'parentId', foreignField: 'parentId', as: 'siblings' };
    const [row] = await asked([
      {
        $facet: {
          count: [{ $count: 'n' }],
          siblings: [{ $lookup: byParent }, { $unwind: '$siblings' }, { $count: 'n' }],
          twice: [{ $unionWith: notes.name }, { $count: 'n' }],
        },
      },
    ]);
    expect(row).toEqual({ count: [{ n: 2 }], siblings: [{ n: 4 }], twice: [{ n: 4 }] });
  });
});

describe('$merge', () => {
  const into = { into: noteCounts.name, on: ['tenantId', 'title'] };
  const perTitle = [
    { $group: { _id: '$title', count: { $sum: 1 } } },
    { $project: { _id: 0, title: '$_id', count: 1 } },
  ];

  it('writes for the tenant and matches its own documents alone', async () => {
    await theirs.collection(noteCounts).insertOne({ _id: new ObjectId(), title: 'a', count: 77 });
    await asked([...perTitle, { $merge: into }]);
    await asked([...perTitle, { $merge: { ...into, whenMatched: 'replace' } }]);
    expect(await counts()).toMatchObject([
      { title: 'a', tenantId: theirs.tenantId, count: 77 },
      { title: 'a', tenantId: ours.tenantId, count: 1 },
      { title: 'b', tenantId: ours.tenantId, count: 1 },
    ]);
  });

  it('writes for the tenant even where the pipeline says another', async () => {
    await asked([...perTitle, { $set: { tenantId: theirs.tenantId } }, { $merge: into }]);
    expect((await counts()).map(({ tenantId }) => tenantId)).toEqual([ours.tenantId, ours.tenantId]);
  });

  it('adds up by a pipeline, which may not touch the tenant', async () => {
    const add = [{ $set: { count: { $add: ['$count', '$$new.count'] } } }];
    for (let i = 0; i < 2; i++) await asked([...perTitle, { $merge: { ...into, whenMatched: add } }]);
    expect(await counts()).toMatchObject([{ count: 2 }, { count: 2 }]);
    const merging = (whenMatched: Document[]) => () =>
      tenantPipeline([...perTitle, { $merge: { ...into, whenMatched } }], ours.tenantId);
    expect(merging(add)).not.toThrow();
    expect(merging([{ $set: { tenantId: theirs.tenantId } }])).toThrow('$set may not touch tenantId');
    expect(merging([{ $replaceWith: '$$new' }])).toThrow('$replaceWith could drop or change tenantId');
  });
});

describe('what is refused before anything is sent', () => {
  const refused: [string, Document[], RegExp][] = [
    ['$out', [{ $out: notes.name }], /\$out replaces a whole collection/],
    ['$merge by name', [{ $merge: notes.name }], /\$merge needs "into"/],
    [
      '$merge without the tenant in "on"',
      [{ $merge: { into: notes.name, on: '_id' } }],
      /needs tenantId in "on"/,
    ],
    ['$merge without "on"', [{ $merge: { into: notes.name } }], /needs tenantId in "on"/],
    ['$merge into a system collection', [{ $merge: { into: 'tenants', on: 'tenantId' } }], /not "tenants"/],
    [
      '$merge elsewhere',
      [{ $merge: { into: { db: 'x', coll: 'notes' }, on: 'tenantId' } }],
      /\$merge needs "into"/,
    ],
    ['$lookup from a system collection', [{ $lookup: { from: 'tenants', as: 'x' } }], /not "tenants"/],
    [
      '$lookup from elsewhere',
      [{ $lookup: { from: { db: 'x', coll: 'notes' }, as: 'x' } }],
      /declared tenant coll/,
    ],
    ['$lookup from nowhere', [{ $lookup: { pipeline: [{ $documents: [] }], as: 'x' } }], /not undefined/],
    ['$unionWith an undeclared collection', [{ $unionWith: 'nobody' }], /not "nobody"/],
    ['$graphLookup from a system collection', [{ $graphLookup: { from: 'tenants' } }], /not "tenants"/],
    [
      'tenantId in the $match of a $lookup',
      [{ $lookup: { from: notes.name, pipeline: [{ $match: { tenantId: theirs.tenantId } }], as: 'x' } }],
      /never in a filter/,
    ],
    [
      'tenantId in a restriction of $graphLookup',
      [{ $graphLookup: { from: notes.name, restrictSearchWithMatch: { tenantId: theirs.tenantId } } }],
      /never in a filter/,
    ],
    ['$out in a $facet', [{ $facet: { x: [{ $out: notes.name }] } }], /\$out replaces/],
    [
      '$out in a $lookup',
      [{ $lookup: { from: notes.name, pipeline: [{ $out: 'x' }], as: 'x' } }],
      /\$out replaces/,
    ],
    ['$where in a $match', [{ $match: { $where: 'true' } }], /\$where runs code/],
    [
      '$function in a $lookup',
      [{ $lookup: { from: notes.name, pipeline: [{ $set: { x: { $function: {} } } }] } }],
      /\$function/,
    ],
    ['$changeStream', [{ $changeStream: {} }], /\$changeStream is not known/],
    ['$collStats', [{ $collStats: { count: {} } }], /\$collStats is not known/],
    ['$indexStats', [{ $indexStats: {} }], /\$indexStats is not known/],
    ['$currentOp', [{ $currentOp: {} }], /\$currentOp is not known/],
    ['$search', [{ $search: {} }], /\$search is not known/],
    ['a stage of a later MongoDB', [{ $rankFusion: { input: {} } }], /\$rankFusion is not known/],
    ["a name of the language's", [{ constructor: {} }], /constructor is not known/],
    ['two names in a stage', [{ $limit: 1, $out: 'x' }], /A stage has one name, not \$limit and \$out/],
    ['a Map as stage', [new Map([['$out', 'x']])], /is not known/],
  ];

  it.each(refused)('%s', async (_, pipeline, message) => {
    const sent = await commandsDuring(database.client, async () => {
      await expect(asked(pipeline)).rejects.toThrow(message);
      await expect(asked([{ $match: { rank: 1 } }, ...pipeline])).rejects.toThrow(message);
    });
    expect(sent).toEqual([]);
  });
});

it('refuses tenantId in the first $match; in a later one it finds nothing', async () => {
  const tenantId = theirs.tenantId;
  await expect(asked([{ $match: { tenantId } }])).rejects.toThrow(/never in a filter/);
  expect(await asked([{ $sort: { rank: 1 } }, { $match: { tenantId } }])).toEqual([]);
});

it('keeps $text in the first stage', async () => {
  await rawDb(database).createIndex('notes', { tenantId: 1, title: 'text' });
  await ours.collection(notes).insertOne(note('green tea', { rank: 5 }));
  await theirs.collection(notes).insertOne(note('green mug', { rank: 6 }));
  expect(await asked([{ $match: { $text: { $search: 'green' } } }])).toMatchObject([{ rank: 5 }]);
});
