import { Binary, Code, type Document, type Filter, Long, ObjectId } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { secrets } from '../../../src/platform/mongo/secrets.ts';
import { commandsDuring, openTestDatabase, rawDb } from '../../support/mongo.ts';
import { type Note, note, notes, titles } from './notes.ts';

const database = await openTestDatabase();
const ours = database.tenantDb(new ObjectId());
const theirs = database.tenantDb(new ObjectId());
const system = database.systemDb('look at every tenant in a test');

/** Everything that is stored, whose ever it is. */
const everything = () => system.collection(notes).find({}, system.because).sort({ title: 1 }).toArray();
const theirNotes = async () =>
  (await everything()).filter(({ tenantId }) => tenantId.equals(theirs.tenantId));

beforeEach(async () => {
  await system.collection(notes).deleteMany({}, system.because);
  await ours.collection(notes).insertMany([note('a', { rank: 1 }), note('b', { rank: 2 })]);
  await theirs.collection(notes).insertMany([note('a', { rank: 1 }), note('c', { rank: 3 })]);
});

describe('every method stays with its tenant', () => {
  it('find', async () => {
    expect(await ours.collection(notes).find({}, { limit: 10, sort: { title: 1 } })).toMatchObject([
      { title: 'a', tenantId: ours.tenantId },
      { title: 'b', tenantId: ours.tenantId },
    ]);
    expect(await ours.collection(notes).find({ title: 'c' }, { limit: 10 })).toEqual([]);
  });

  it('findOne, also by the id of a document of another tenant', async () => {
    const [, c] = await theirNotes();
    expect(await theirs.collection(notes).findOne({ _id: c?._id })).toMatchObject({ title: 'c' });
    expect(await ours.collection(notes).findOne({ _id: c?._id })).toBeNull();
  });

  it('scan', async () => {
    const found: string[] = [];
    for await (const { title } of ours.collection(notes).scan({}, { batchSize: 1 })) found.push(title);
    expect(found.sort()).toEqual(['a', 'b']);
  });

  it('count, distinct and aggregate', async () => {
    expect(await ours.collection(notes).count({}, { limit: 100 })).toBe(2);
    expect((await ours.collection(notes).distinct<string>('title', {})).sort()).toEqual(['a', 'b']);
    expect(await ours.collection(notes).aggregate([{ $count: 'n' }])).toEqual([{ n: 2 }]);
    expect(
      await ours.collection(notes).aggregate([{ $match: { rank: { $gte: 2 } } }, { $count: 'n' }]),
    ).toEqual([{ n: 1 }]);
  });

  it('insertOne and insertMany', async () => {
    expect((await ours.collection(notes).insertOne(note('d'))).tenantId).toEqual(ours.tenantId);
    const [e] = await ours.collection(notes).insertMany([note('e')]);
    expect(e?.tenantId).toEqual(ours.tenantId);
    expect(await titles(ours)).toEqual(['a', 'b', 'd', 'e']);
    expect(await titles(theirs)).toEqual(['a', 'c']);
  });

  it('updateOne and updateMany', async () => {
    const before = await theirNotes();
    await ours.collection(notes).updateOne({ title: 'c' }, { $set: { rank: 99 } });
    await ours.collection(notes).updateMany({}, { $inc: { rank: 10 } });
    await ours.collection(notes).updateMany({}, [{ $set: { rank: { $add: ['$rank', 1] } } }]);
    expect(await theirNotes()).toEqual(before);
    expect(await ours.collection(notes).find({}, { limit: 9, sort: { title: 1 } })).toMatchObject([
      { rank: 12 },
      { rank: 13 },
    ]);
  });

  it('an upsert, which makes a document of the tenant', async () => {
    await ours
      .collection(notes)
      .updateOne({ title: 'c' }, { $set: { rank: 7, parentId: null, parts: [] } }, { upsert: true });
    expect(await titles(ours)).toEqual(['a', 'b', 'c']);
    expect(await theirNotes()).toMatchObject([{ title: 'a' }, { title: 'c', rank: 3 }]);
  });

  it('findOneAndUpdate and findOneAndReplace', async () => {
    const before = await theirNotes();
    expect(await ours.collection(notes).findOneAndUpdate({ title: 'c' }, { $set: { rank: 99 } })).toBeNull();
    expect(await ours.collection(notes).findOneAndReplace({ title: 'c' }, note('c'))).toBeNull();
    expect(
      await ours.collection(notes).findOneAndUpdate({ title: 'a' }, { $set: { rank: 5 } }),
    ).toMatchObject({
      rank: 5,
    });
    const { _id } = (await ours.collection(notes).findOne({ title: 'b' })) as Note;
    expect(await ours.collection(notes).findOneAndReplace({ title: 'b' }, note('b2', { _id }))).toMatchObject(
      { title: 'b2', tenantId: ours.tenantId },
    );
    expect(await theirNotes()).toEqual(before);
  });

  it('deleteOne and deleteMany', async () => {
    expect(await ours.collection(notes).deleteOne({ title: 'c' })).toMatchObject({ deletedCount: 0 });
    expect(await ours.collection(notes).deleteMany({})).toMatchObject({ deletedCount: 2 });
    expect(await theirNotes()).toHaveLength(2);
  });

  it('bulkWrite, in each of its operations', async () => {
    const before = await theirNotes();
    const [, c] = before;
    await ours
      .collection(notes)
      .bulkWrite([
        { insertOne: { document: note('d') } },
        { updateOne: { filter: { title: 'c' }, update: { $set: { rank: 99 } } } },
        { replaceOne: { filter: { _id: c?._id }, replacement: note('stolen') } },
        { replaceOne: { filter: { title: 'e' }, replacement: note('e'), upsert: true } },
        { deleteOne: { filter: { title: 'c' } } },
      ]);
    expect(await theirNotes()).toEqual(before);
    expect(await titles(ours)).toEqual(['a', 'b', 'd', 'e']);
  });

  it('the same in a transaction, which leaves nothing behind when it fails', async () => {
    await ours.transaction(async (tx) => {
      await tx.collection(notes).deleteMany({});
      expect(await tx.collection(notes).find({}, { limit: 9 })).toEqual([]);
      await tx.collection(notes).insertOne(note('d'));
    });
    const failed = ours.transaction(async (tx) => {
      await tx.collection(notes).insertOne(note('e'));
      throw new Error('changed its mind');
    });
    await expect(failed).rejects.toThrow('changed its mind');
    expect(await titles(ours)).toEqual(['d']);
    expect(await theirNotes()).toHaveLength(2);
  });
});

describe('a condition that mentions tenantId cannot widen what is found', () => {
  const hasName = (tenantId: ObjectId) => ({ $eq: ['$tenantId', tenantId] });
  const legal: [string, Filter<Note>, string[]][] = [
    ['$expr that asks for another tenant', { $expr: hasName(theirs.tenantId) }, []],
    ['$expr that asks for either', { $expr: { $or: [hasName(theirs.tenantId), true] } }, ['a', 'b']],
    ['$elemMatch on a field of the same name', { parts: { $elemMatch: { tenantId: 'x' } } }, ['p']],
    ['a path that ends in it', { 'parts.tenantId': 'x' }, ['p']],
    ['$nor of everything', { $nor: [{ rank: { $lt: 0 } }] }, ['a', 'b', 'p']],
    ['$jsonSchema', { $jsonSchema: { properties: { tenantId: { bsonType: 'string' } } } }, []],
  ];

  it.each(legal)('%s', async (_, filter, expected) => {
    await ours.collection(notes).insertOne(note('p', { parts: [{ tenantId: 'x', name: 'y' }] }));
    await theirs.collection(notes).insertOne(note('q', { parts: [{ tenantId: 'x', name: 'y' }] }));
    const found = await ours.collection(notes).find(filter, { limit: 9, sort: { title: 1 } });
    const expectAlso = filter.$expr && expected.length > 0 ? [...expected, 'p'] : expected;
    expect(found.map(({ title }) => title)).toEqual(expectAlso);
  });
});

describe('what is refused before anything is sent', () => {
  const tenantId = theirs.tenantId;
  const bare = (fields: Document) => Object.assign(Object.create(null), fields);

  const filters: [string, Document, RegExp][] = [
    ['tenantId', { tenantId }, /never in a filter/],
    ['its own tenantId', { tenantId: ours.tenantId }, /never in a filter/],
    ['tenantId: undefined', { tenantId: undefined }, /never in a filter/],
    ['tenantId in $or', { $or: [{ title: 'a' }, { tenantId }] }, /never in a filter/],
    ['tenantId deep down', { $and: [{ $nor: [{ $or: [{ tenantId }] }] }] }, /never in a filter/],
    ['tenantId in an object without prototype', bare({ $or: [bare({ tenantId })] }), /never in a filter/],
    ['a Map', new Map([['title', 'a']]), /not as a Map/],
    ['$where', { $where: 'true' }, /\$where runs code/],
    ['$where as Code', { $where: new Code('true') }, /\$where runs code/],
    ['$where in a branch', { $or: [{ title: 'a' }, { $where: 'true' }] }, /\$where runs code/],
    ['$where in an object without prototype', { $and: [bare({ $where: 'true' })] }, /\$where runs code/],
    ['$where in a Map', { $and: [new Map([['$where', 'true']])] }, /\$where runs code/],
    [
      '$function in $expr',
      { $expr: { $function: { body: 'f', args: [], lang: 'js' } } },
      /\$function runs code/,
    ],
    ['an object that writes itself', { title: { toBSON: () => ({ $ne: 1 }) } }, /cannot be checked/],
  ];

  it.each(filters)('a filter with %s, by every method that takes one', async (_, filter, message) => {
    const collection = ours.collection(notes);
    const asFilter = filter as Filter<Note>;
    const before = await everything();
    const attempts: (() => unknown)[] = [
      () => collection.find(asFilter, { limit: 1 }),
      () => collection.findOne(asFilter),
      () => collection.scan(asFilter).next(),
      () => collection.aggregate([{ $match: filter }]),
      () => collection.count(asFilter, { limit: 1 }),
      () => collection.distinct('title', asFilter),
      () => collection.updateOne(asFilter, { $set: { rank: 1 } }),
      () => collection.updateMany(asFilter, { $set: { rank: 1 } }),
      () => collection.findOneAndUpdate(asFilter, { $set: { rank: 1 } }),
      () => collection.findOneAndReplace(asFilter, note('x')),
      () => collection.deleteOne(asFilter),
      () => collection.deleteMany(asFilter),
      () => collection.bulkWrite([{ deleteOne: { filter: asFilter } }]),
      () => collection.bulkWrite([{ updateOne: { filter: asFilter, update: { $set: { rank: 1 } } } }]),
      () => collection.bulkWrite([{ replaceOne: { filter: asFilter, replacement: note('x') } }]),
    ];
    const sent = await commandsDuring(database.client, async () => {
      for (const attempt of attempts) await expect(attempt(), `${attempt}`).rejects.toThrow(message);
    });
    expect(sent).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  const updates: [string, Document | Document[]][] = [
    ...[
      { $set: { tenantId } },
      { $setOnInsert: { tenantId } },
      { $unset: { tenantId: '' } },
      { $rename: { tenantId: 'owner' } },
      { $rename: { owner: 'tenantId' } },
      { $inc: { tenantId: 1 } },
      { $mul: { tenantId: 2 } },
      { $min: { tenantId } },
      { $max: { tenantId } },
      { $bit: { tenantId: { or: 1 } } },
      { $currentDate: { tenantId: true } },
      { $push: { tenantId: 1 } },
      { $addToSet: { tenantId: 1 } },
      { $pop: { tenantId: 1 } },
      { $pull: { tenantId: 1 } },
      { $pullAll: { tenantId: [1] } },
      { $set: { 'tenantId.x': 1 } },
      { $set: new Map([['tenantId', tenantId]]) },
      bare({ $set: bare({ tenantId }) }),
      { $inc: { rank: 1 }, $set: { tenantId } },
    ].map((update): [string, Document] => [JSON.stringify(update), update]),
    ['[$set]', [{ $set: { tenantId } }]],
    ['[$addFields]', [{ $addFields: { tenantId } }]],
    ['[$set a path into it]', [{ $set: { 'tenantId.x': 1 } }]],
    ['[$unset]', [{ $unset: 'tenantId' }]],
    ['[$unset of several]', [{ $unset: ['rank', 'tenantId'] }]],
    ['[$project] that leaves it out', [{ $project: { title: 1 } }]],
    ['[$replaceWith]', [{ $replaceWith: { title: 'x' } }]],
    ['[$replaceRoot]', [{ $replaceRoot: { newRoot: { title: 'x' } } }]],
    ['the second stage', [{ $set: { rank: 1 } }, { $set: { tenantId } }]],
  ];

  it.each(updates)('a change of tenantId by %s', async (_, update) => {
    const collection = ours.collection(notes);
    const before = await everything();
    const attempts: (() => unknown)[] = [
      () => collection.updateOne({}, update),
      () => collection.updateMany({}, update),
      () => collection.findOneAndUpdate({}, update),
      () => collection.bulkWrite([{ updateOne: { filter: {}, update } }]),
    ];
    const sent = await commandsDuring(database.client, async () => {
      for (const attempt of attempts) await expect(attempt()).rejects.toThrow(/tenantId/);
    });
    expect(sent).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  it('a document of another tenant', async () => {
    const collection = ours.collection(notes);
    const [stolen] = await theirNotes();
    const document = stolen as Note;
    const attempts: (() => unknown)[] = [
      () => collection.insertOne(document),
      () => collection.insertMany([note('x'), document]),
      () => collection.findOneAndReplace({}, document),
      () => collection.bulkWrite([{ insertOne: { document } }]),
      () => collection.bulkWrite([{ replaceOne: { filter: {}, replacement: document } }]),
    ];
    const sent = await commandsDuring(database.client, async () => {
      for (const attempt of attempts) await expect(attempt()).rejects.toThrow(/another tenant's/);
    });
    expect(sent).toEqual([]);
  });

  it('code for the server in an update, a projection or a pipeline', async () => {
    const collection = ours.collection(notes);
    const code = { $function: { body: 'function () {}', args: [], lang: 'js' } };
    const attempts: (() => unknown)[] = [
      () => collection.updateOne({}, [{ $set: { title: code } }]),
      () => collection.findOneAndUpdate({}, { $set: { rank: 1 } }, { projection: { title: code } }),
      () => collection.find({}, { limit: 1, projection: { title: code } }),
      () => collection.findOne({}, { projection: { title: code } }),
      () => collection.scan({}, { projection: { title: code } }).next(),
      () => collection.aggregate([{ $project: { title: code } }]),
      () => collection.aggregate([{ $group: { _id: null, all: { $accumulator: { init: 'f' } } } }]),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toThrow(/runs code inside/);
  });

  it('a list without a limit, and a list of none asks nobody', async () => {
    const unlimited = ours.collection(notes).find({}, { limit: Number.NaN });
    await expect(unlimited).rejects.toThrow(/limit/);
    await expect(ours.collection(notes).find({}, { limit: -2 })).rejects.toThrow(/limit/);
    const sent = await commandsDuring(database.client, async () => {
      expect(await ours.collection(notes).find({}, { limit: 0 })).toEqual([]);
    });
    expect(sent).toEqual([]);
  });

  it("a collection that is not the tenants'", () => {
    // @ts-expect-error its documents have no tenantId
    expect(() => ours.collection(secrets)).toThrow('secrets is no tenant collection');
  });
});

describe('the validator', () => {
  it('holds a tenant collection to documents with the id of a tenant', async () => {
    const name = 'notes_with_validator';
    await rawDb(database).createCollection(name, { validator: { $jsonSchema: notes.validator } });
    const stored = rawDb(database).collection(name);
    const valid = { ...note('v'), rank: Long.fromNumber(1) };
    await expect(stored.insertOne({ ...valid })).rejects.toThrow(/validation/);
    await expect(stored.insertOne({ ...valid, tenantId: 'x' })).rejects.toThrow(/validation/);
    await expect(stored.insertOne({ ...valid, tenantId: new Binary() })).rejects.toThrow(/validation/);
    await stored.insertOne({ ...valid, tenantId: ours.tenantId });
  });
});
