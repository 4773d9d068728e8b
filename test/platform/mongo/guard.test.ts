import { Binary, type Document, Long, MongoClient, MongoServerError, ObjectId, UUID } from 'mongodb';
import { beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { checkCommand, runAsTenant, systemComment } from '../../../src/platform/mongo/guard.ts';
import { secrets } from '../../../src/platform/mongo/secrets.ts';
import { atEnd, openTestDatabase, rawDb, type TestDatabase } from '../../support/mongo.ts';
import { note, noteCounts, notes } from './notes.ts';

const database = await openTestDatabase();
const db = rawDb(database);
const system = database.systemDb('set up a test');
const NO_SUCH_COMMAND = 59;

const A = new ObjectId();
const B = new ObjectId();
const N = notes.name;
const C = noteCounts.name;
/** Any collection that is not the tenants'. */
const S = secrets.name;

/** Sees what the server did, past the guard. */
const witness = await MongoClient.connect(inject('mongoUri'));
atEnd(() => witness.close());
const profile = witness.db(database.name).collection('system.profile');
const reached = (comment: string) => profile.countDocuments({ 'command.comment': comment });

const stored = () => witness.db(database.name).collection(N).find().sort({ _id: 1 }).toArray();

beforeAll(async () => {
  await db.createCollection(N);
  await db.createIndex(C, { tenantId: 1, title: 1 }, { unique: true, comment: systemComment('test') });
  await db.command({ profile: 2 });
});

beforeEach(async () => {
  await db.collection(N).deleteMany({}, system.because);
  await database.tenantDb(A).collection(notes).insertOne(note('a'));
  await database.tenantDb(B).collection(notes).insertOne(note('b'));
});

const ofA = { tenantId: A };
const match = { $match: ofA };
const find = (filter: Document) => ({ find: N, filter });
const aggregate = (...pipeline: Document[]) => ({ aggregate: N, pipeline, cursor: {} });
const update = (q: Document, u: Document | Document[], rest: Document = {}) => ({
  update: N,
  updates: [{ q, u, ...rest }],
});
const lookup = (pipeline: Document[], from: unknown = N) => ({ $lookup: { from, pipeline, as: 'x' } });
const merge = { into: C, on: ['tenantId', 'title'] };
const bulk = (...ops: Document[]) => ({
  bulkWrite: 1,
  ops,
  nsInfo: [{ ns: `${database.name}.${N}` }, { ns: `${database.name}.${S}` }],
});

describe('commands that name one tenant reach the server', () => {
  const legal: [string, Document][] = [
    ['find', find({ ...ofA, title: 'a' })],
    ['find with $eq', find({ tenantId: { $eq: A } })],
    ['find with logic beside', find({ ...ofA, $or: [{ title: 'a' }, { $and: [{ rank: 1 }] }] })],
    ['find with $expr on tenantId beside', find({ ...ofA, $expr: { $ne: ['$tenantId', B] } })],
    ['find in a part of the same name', find({ ...ofA, parts: { $elemMatch: { tenantId: 'x' } } })],
    ['count', { count: N, query: ofA }],
    ['distinct', { distinct: N, key: 'title', query: ofA }],
    [
      'insert',
      {
        insert: N,
        documents: [
          { ...note('x'), ...ofA },
          { ...note('y'), ...ofA },
        ],
      },
    ],
    ['update', update(ofA, { $set: { rank: 2 } }, { multi: true })],
    ['update by a pipeline', update(ofA, [{ $set: { rank: 2 } }, { $unset: 'parts' }])],
    ['upsert', update({ ...ofA, title: 'u' }, { $set: { rank: 1 } }, { upsert: true })],
    ['replacement', update({ ...ofA, title: 'a' }, { title: 'a2', ...ofA })],
    ['delete', { delete: N, deletes: [{ q: ofA, limit: 0 }] }],
    ['findAndModify', { findAndModify: N, query: ofA, update: { $set: { rank: 2 } } }],
    ['findAndModify that removes', { findAndModify: N, query: ofA, remove: true }],
    ['findAndModify that replaces', { findAndModify: N, query: ofA, update: { title: 'z', ...ofA } }],
    ['aggregate', aggregate(match, { $group: { _id: '$title' } }, { $sort: { _id: 1 } })],
    ['$lookup', aggregate(match, lookup([match, lookup([match])]))],
    ['$unionWith', aggregate(match, { $unionWith: { coll: N, pipeline: [match] } })],
    [
      '$graphLookup',
      aggregate(match, {
        $graphLookup: {
          from: N,
          startWith: '$parentId',
          connectFromField: 'parentId',
          connectToField: '_id',
          as: 'x',
          restrictSearchWithMatch: ofA,
        },
      }),
    ],
    ['$facet', aggregate(match, { $facet: { x: [lookup([match])] } })],
    ['$merge', aggregate(match, { $project: { _id: 0, title: 1 } }, { $set: ofA }, { $merge: merge })],
    ['explain', { explain: find(ofA), verbosity: 'queryPlanner' }],
    ['explain of an aggregate', { explain: aggregate(match), verbosity: 'queryPlanner' }],
    [
      'bulkWrite',
      bulk({ insert: 0, document: { ...note('x'), ...ofA } }, { delete: 0, filter: ofA, multi: false }),
    ],
    ['bulkWrite update', bulk({ update: 0, filter: ofA, updateMods: { $set: { rank: 3 } } })],
    ['bulkWrite on a system collection', bulk({ insert: 1, document: {} })],
    ['find on a system collection', { find: S }],
    ['aggregate on a system collection', { aggregate: S, pipeline: [lookup([match])], cursor: {} }],
    [
      'aggregate on no collection',
      { aggregate: 1, pipeline: [{ $documents: [{}] }, lookup([match])], cursor: {} },
    ],
    ['a view of one tenant', { create: 'notes_of_a', viewOn: N, pipeline: [match] }],
    ['listIndexes', { listIndexes: N }],
    ['createIndexes', { createIndexes: N, indexes: [{ key: { rank: 1 }, name: 'rank' }] }],
    ['collMod', { collMod: N, validator: {} }],
  ];

  it.each(legal)('%s', async (name, command) => {
    const comment = `legal ${name}`;
    const answer = await db.command({ ...command, comment }).catch((error) => error);
    const unknown = answer instanceof MongoServerError && answer.code === NO_SUCH_COMMAND;
    if (!unknown) expect(answer).toMatchObject({ ok: 1 });
    if (unknown) expect(name).toMatch(/^bulkWrite/);
  });

  it('and through the methods of the driver', async () => {
    const collection = db.collection(N);
    expect(await collection.find(ofA).toArray()).toHaveLength(1);
    expect(await collection.countDocuments(ofA)).toBe(1);
    await collection.insertMany([
      { ...note('x'), ...ofA },
      { ...note('y'), ...ofA },
    ]);
    await collection.bulkWrite([{ updateMany: { filter: ofA, update: { $inc: { rank: 1 } } } }]);
    expect(await collection.distinct('rank', ofA)).toEqual([2]);
  });

  it('getMore and killCursors of a cursor that was allowed', async () => {
    const many = Array.from({ length: 5 }, (_, i) => ({ ...note(`n${i}`), ...ofA }));
    await db.collection(N).insertMany(many);
    expect(await db.collection(N).find(ofA).batchSize(2).toArray()).toHaveLength(6);
    const cursor = db.collection(N).find(ofA).batchSize(2);
    await cursor.next();
    await cursor.close();
  });

  it('every tenant, for a job that says why', async () => {
    const comment = systemComment('look for all notes');
    expect(await db.collection(N).find({}, { comment }).toArray()).toHaveLength(2);
    expect(await system.collection(notes).countDocuments({}, system.because)).toBe(2);
    expect(await reached(comment)).toBeGreaterThan(0);
    await db.command({ explain: { find: N, filter: {}, comment }, verbosity: 'queryPlanner' });
    const stream = db.collection(N).watch([], { comment });
    await stream.close();
  });
});

describe('commands that do not are never sent', () => {
  const illegal: [string, Document, RegExp][] = [
    ['find without a filter', { find: N }, /one tenantId, not 0/],
    ['find without tenantId', find({ title: 'a' }), /one tenantId, not 0/],
    ['find by _id alone', find({ _id: new ObjectId() }), /one tenantId, not 0/],
    ['find by several tenants', find({ tenantId: { $in: [A, B] } }), /equal one ObjectId/],
    ['find by all other tenants', find({ tenantId: { $ne: A } }), /equal one ObjectId/],
    ['find by $eq and more', find({ tenantId: { $eq: A, $exists: true } }), /equal one ObjectId/],
    ['find by the text of an id', find({ tenantId: A.toHexString() }), /equal one ObjectId/],
    ['find by null', find({ tenantId: null }), /equal one ObjectId/],
    ['find by tenantId in a branch', find({ $and: [ofA] }), /whole filter, not for a branch/],
    ['find by tenantId or anything', find({ $or: [ofA, {}] }), /whole filter, not for a branch/],
    ['find by tenantId in $nor', find({ $nor: [ofA] }), /whole filter, not for a branch/],
    ['find by two tenantIds', find({ ...ofA, $or: [{ tenantId: B }] }), /one tenantId, not 2/],
    ['find by $expr alone', find({ $expr: { $eq: ['$tenantId', A] } }), /one tenantId, not 0/],
    ['find by a part of the same name', find({ parts: { $elemMatch: ofA } }), /one tenantId, not 0/],
    ['find by the number of a collection', { find: new UUID(), filter: {} }, /by name/],
    ['count', { count: N, query: {} }, /one tenantId, not 0/],
    ['distinct', { distinct: N, key: 'title' }, /one tenantId, not 0/],
    [
      'insert without tenantId',
      { insert: N, documents: [note('x')] },
      /document of a tenant collection needs/,
    ],
    ['insert of two tenants', { insert: N, documents: [{ tenantId: A }, { tenantId: B }] }, /two tenants/],
    ['update', update({ title: 'a' }, { $set: { rank: 2 } }), /one tenantId, not 0/],
    [
      'update of two tenants',
      { update: N, updates: [A, B].map((tenantId) => ({ q: { tenantId }, u: { $set: { rank: 2 } } })) },
      /two tenants/,
    ],
    ['update that moves', update(ofA, { $set: { tenantId: B } }), /may not touch tenantId/],
    ['update that moves on insert', update(ofA, { $setOnInsert: { tenantId: B } }), /may not touch tenantId/],
    ['update that moves by a pipeline', update(ofA, [{ $set: { tenantId: B } }]), /may not touch tenantId/],
    ['update that drops tenantId', update(ofA, [{ $project: { title: 1 } }]), /could drop or change/],
    ['update that breaks tenantId', update(ofA, [{ $set: { 'tenantId.x': 1 } }]), /may not touch tenantId/],
    ['replacement that moves', update(ofA, { title: 'x', tenantId: B }), /two tenants/],
    ['replacement that drops tenantId', update(ofA, { title: 'x' }), /document of a tenant collection needs/],
    ['replacement by nothing', update(ofA, {}), /document of a tenant collection needs/],
    ['delete', { delete: N, deletes: [{ q: {}, limit: 0 }] }, /one tenantId, not 0/],
    ['findAndModify', { findAndModify: N, query: {}, update: { $set: { rank: 2 } } }, /one tenantId, not 0/],
    ['findAndModify that removes', { findAndModify: N, query: {}, remove: true }, /one tenantId, not 0/],
    ['findAndModify that moves', { findAndModify: N, query: ofA, update: { tenantId: B } }, /two tenants/],
    ['findandmodify, its other name', { findandmodify: N, query: {}, remove: true }, /concerns every tenant/],
    ['aggregate without a $match', aggregate({ $limit: 1 }), /one tenantId, not 0/],
    ['aggregate that matches later', aggregate({ $sort: { rank: 1 } }, match), /one tenantId, not 0/],
    ['aggregate of nothing', aggregate(), /one tenantId, not 0/],
    [
      '$lookup without a pipeline',
      aggregate(match, { $lookup: { from: N, as: 'x' } }),
      /one tenantId, not 0/,
    ],
    ['$lookup of another tenant', aggregate(match, lookup([{ $match: { tenantId: B } }])), /two tenants/],
    ['$lookup inside $lookup', aggregate(match, lookup([match, lookup([])])), /one tenantId, not 0/],
    ['$lookup of a system collection', aggregate(match, lookup([], S)), /may not read secrets/],
    ['$lookup of another database', aggregate(match, lookup([match], { db: 'x', coll: N })), /by name/],
    ['$unionWith by name', aggregate(match, { $unionWith: N }), /one tenantId, not 0/],
    ['$unionWith', aggregate(match, { $unionWith: { coll: N, pipeline: [] } }), /one tenantId, not 0/],
    ['$graphLookup', aggregate(match, { $graphLookup: { from: N } }), /one tenantId, not 0/],
    ['$facet', aggregate(match, { $facet: { x: [lookup([])] } }), /one tenantId, not 0/],
    ['$facet as a Map', aggregate(match, { $facet: new Map([['x', [lookup([])]]]) }), /one tenantId, not 0/],
    ['$out', aggregate(match, { $out: N }), /\$out replaces/],
    ['$merge by name', aggregate(match, { $merge: C }), /set tenantId just before/],
    ['$merge without tenantId set', aggregate(match, { $merge: merge }), /set tenantId just before/],
    ['$merge by _id', aggregate(match, { $set: ofA }, { $merge: { into: C, on: '_id' } }), /match on it/],
    ['$merge for another', aggregate(match, { $set: { tenantId: B } }, { $merge: merge }), /two tenants/],
    ['$merge out of the tenants', aggregate(match, { $merge: { into: S } }), /may not write secrets/],
    [
      '$merge that moves',
      aggregate(match, { $set: ofA }, { $merge: { ...merge, whenMatched: [{ $set: { tenantId: B } }] } }),
      /may not touch tenantId/,
    ],
    ['a stage that is not known', aggregate(match, { $rankFusion: {} }), /\$rankFusion may reach beyond/],
    ['change stream', aggregate({ $changeStream: {} }), /one tenantId, not 0/],
    [
      'change stream of all',
      { aggregate: 1, pipeline: [{ $changeStream: {} }], cursor: {} },
      /shows every tenant/,
    ],
    [
      '$lookup from no collection',
      { aggregate: 1, pipeline: [{ $documents: [{}] }, lookup([])], cursor: {} },
      /not 0/,
    ],
    [
      '$lookup from a system collection',
      { aggregate: S, pipeline: [lookup([])], cursor: {} },
      /one tenantId, not 0/,
    ],
    [
      '$out from a system collection',
      { aggregate: S, pipeline: [{ $out: N }], cursor: {} },
      /\$out replaces/,
    ],
    [
      '$merge from a system collection',
      { aggregate: S, pipeline: [{ $merge: N }], cursor: {} },
      /set tenantId/,
    ],
    [
      'aggregate by the number of a collection',
      { aggregate: new Binary(), pipeline: [], cursor: {} },
      /by name/,
    ],
    ['a view of all', { create: 'all_notes', viewOn: N, pipeline: [] }, /one tenantId, not 0/],
    ['mapReduce', { mapReduce: N, map: 'f', reduce: 'f', out: 'x' }, /concerns every tenant/],
    ['explain', { explain: find({}), verbosity: 'executionStats' }, /one tenantId, not 0/],
    ['explain of an aggregate', { explain: aggregate(match, lookup([])) }, /one tenantId, not 0/],
    ['bulkWrite insert', bulk({ insert: 0, document: note('x') }), /document of a tenant collection needs/],
    ['bulkWrite update', bulk({ update: 0, filter: {}, updateMods: { $set: { rank: 1 } } }), /not 0/],
    [
      'bulkWrite update that moves',
      bulk({ update: 0, filter: ofA, updateMods: { $set: { tenantId: B } } }),
      /touch/,
    ],
    [
      'bulkWrite replacement that moves',
      bulk({ update: 0, filter: ofA, updateMods: { tenantId: B } }),
      /two tenants/,
    ],
    ['bulkWrite delete', bulk({ delete: 0, filter: {}, multi: true }), /one tenantId, not 0/],
    [
      'bulkWrite of two tenants',
      bulk({ delete: 0, filter: ofA, multi: true }, { delete: 0, filter: { tenantId: B }, multi: true }),
      /two tenants/,
    ],
    ['drop', { drop: N }, /drop on notes concerns every tenant/],
    ['dropIndexes', { dropIndexes: N, index: '*' }, /concerns every tenant/],
    ['renameCollection', { renameCollection: `x.${N}`, to: 'x.y' }, /concerns every tenant/],
    ['renameCollection over it', { renameCollection: 'x.y', to: `x.${N}` }, /concerns every tenant/],
    ['a command that is not known', { someLaterCommand: N }, /concerns every tenant/],
  ];

  it.each(illegal)('%s', async (name, command, message) => {
    const before = await stored();
    const comment = `illegal ${name}`;
    const withComment = command.explain ? command : { ...command, comment };
    await expect(db.command(withComment)).rejects.toThrow(message);
    expect(await reached(comment)).toBe(0);
    expect(await stored()).toEqual(before);
    expect(await db.collection(N).countDocuments(ofA)).toBe(1);
  });

  it('through the methods of the driver', async () => {
    const before = await stored();
    const collection = db.collection(N);
    const attempts: (() => Promise<unknown>)[] = [
      () => collection.find().toArray(),
      () => collection.findOne({ _id: before[0]?._id }),
      () => collection.countDocuments(),
      () => collection.estimatedDocumentCount(),
      () => collection.distinct('title'),
      () => collection.insertOne(note('x')),
      () => collection.insertMany([note('x')]),
      () => collection.updateMany({}, { $set: { rank: 9 } }),
      () => collection.replaceOne(ofA, note('x')),
      () => collection.findOneAndDelete({}),
      () => collection.findOneAndReplace(ofA, note('x')),
      () => collection.deleteMany({}),
      () => collection.bulkWrite([{ deleteMany: { filter: {} } }]),
      () => collection.aggregate([{ $count: 'n' }]).toArray(),
      () => collection.find().explain(),
      () => collection.aggregate([]).explain(),
      () => collection.drop(),
      () => collection.watch().next(),
      () => db.watch().next(),
      () => database.client.watch().next(),
    ];
    for (const attempt of attempts) {
      await expect(attempt(), `${attempt}`).rejects.toThrow(/tenant/);
    }
    expect(await stored()).toEqual(before);
  });

  it('through the bulkWrite command of MongoDB 8', async () => {
    const before = await stored();
    const { client } = database;
    const namespace = `${database.name}.${N}`;
    const write = (...operations: Parameters<MongoClient['bulkWrite']>[0][number][]) =>
      client.bulkWrite(operations);
    const messages = await Promise.all(
      [
        write({ name: 'deleteMany', namespace, filter: {} }),
        write({ name: 'insertOne', namespace, document: note('x') }),
        write({ name: 'updateMany', namespace, filter: {}, update: { $set: { rank: 9 } } }),
        write({ name: 'replaceOne', namespace, filter: ofA, replacement: { tenantId: B } }),
      ].map((writing) => writing.then(() => 'written', causes)),
    );
    expect(messages).toEqual(messages.map(() => expect.stringMatching(/tenant/)));
    // Here the server of MongoDB 6 is the first to refuse.
    const legal = write({ name: 'deleteMany', namespace, filter: { tenantId: new ObjectId() } });
    expect(await legal.then(() => 'written', causes)).toMatch(/^written$|no such command/);
    expect(await stored()).toEqual(before);
  });

  it("with another comment than a system job's", async () => {
    for (const comment of ['', 'my system: x', { system: 'x' }, 'system']) {
      await expect(db.command({ find: N, filter: {}, comment })).rejects.toThrow(/one tenantId/);
    }
  });
});

/** All that an error and the errors behind it say. */
const causes = (error: Error): string =>
  [error.message, error.cause ? causes(error.cause as Error) : ''].join(' ');

describe('in a request of one tenant', () => {
  const countOf = (tenantId: ObjectId) => db.collection(N).countDocuments({ tenantId });

  it('commands of another tenant are refused', async () => {
    await runAsTenant(A, async () => {
      expect(await countOf(A)).toBe(1);
      await expect(countOf(B)).rejects.toThrow(`asks for tenant ${B}, but the request is of ${A}`);
      await expect(database.tenantDb(B).collection(notes).findOne({})).rejects.toThrow(
        'but the request is of',
      );
      await expect(db.collection(N).insertOne({ ...note('x'), tenantId: B })).rejects.toThrow(
        'but the request',
      );
    });
    expect(await countOf(B)).toBe(1);
  });

  it('also where requests of many tenants wait for the same connections', async () => {
    const narrow = await openTestDatabase({
      uri: withOptions({ maxPoolSize: '1', waitQueueTimeoutMS: '20000' }),
    });
    const tenants = Array.from({ length: 8 }, () => new ObjectId());
    const asks = Array.from(
      { length: 200 },
      (_, i) => [tenants[i % 8], tenants[(i * 3 + (i % 2)) % 8]] as const,
    );
    const answers = await Promise.all(
      asks.map(([request, asked]) =>
        runAsTenant(request as ObjectId, async () => {
          await new Promise((resolve) => setImmediate(resolve));
          return rawDb(narrow)
            .collection(N)
            .countDocuments({ tenantId: asked })
            .then(
              () => 'sent',
              () => 'refused',
            );
        }),
      ),
    );
    expect(answers).toEqual(asks.map(([request, asked]) => (request === asked ? 'sent' : 'refused')));
    expect(new Set(answers).size).toBe(2);
  });

  it('system jobs still cross tenants', async () => {
    await runAsTenant(A, async () => {
      expect(await system.collection(notes).countDocuments({}, system.because)).toBe(2);
    });
  });
});

describe('a command that was stopped leaks nothing', () => {
  it('after 1,000 of them the pool is as before', async () => {
    const small = await openTestDatabase({
      uri: withOptions({ maxPoolSize: '4', waitQueueTimeoutMS: '20000' }),
    });
    const collection = rawDb(small).collection<Document>(N);
    const useAll = () => Promise.all(Array.from({ length: 40 }, () => collection.countDocuments(ofA)));
    await useAll();
    const pool = watchPool(small);
    const refusals = Array.from({ length: 1000 }, (_, i) => {
      if (i % 3 === 0) return collection.find().toArray();
      return i % 3 === 1 ? collection.insertOne({ i }) : collection.aggregate([]).toArray();
    });
    const outcomes = await Promise.allSettled(refusals);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1000);
    expect(pool).toEqual({ closed: 0, cleared: 0, checkedOut: 1000, checkedIn: 1000 });
    await useAll();
    expect(pool).toMatchObject({ closed: 0, checkedOut: 1040, checkedIn: 1040 });
    expect(await collection.countDocuments(ofA)).toBe(0);
  });

  it('a transaction with a stopped command is aborted and its session goes on', async () => {
    const tenant = database.tenantDb(A);
    const stopped = tenant.transaction(async (tx) => {
      await tx.collection(notes).insertOne(note('t'));
      await runAsTenant(B, () => tx.collection(notes).findOne({}));
    });
    await expect(stopped).rejects.toThrow('but the request is of');
    expect(await tenant.collection(notes).count({}, { limit: 9 })).toBe(1);
    await tenant.transaction((tx) => tx.collection(notes).insertOne(note('t')));
    expect(await tenant.collection(notes).count({}, { limit: 9 })).toBe(2);
  });

  function watchPool({ client }: TestDatabase) {
    const pool = { closed: 0, cleared: 0, checkedOut: 0, checkedIn: 0 };
    client.on('connectionClosed', () => void pool.closed++);
    client.on('connectionPoolCleared', () => void pool.cleared++);
    client.on('connectionCheckedOut', () => void pool.checkedOut++);
    client.on('connectionCheckedIn', () => void pool.checkedIn++);
    return pool;
  }
});

it('without the guard the same commands are sent', async () => {
  const unguarded = await openTestDatabase({ guard: false });
  expect(await rawDb(unguarded).collection(N).find().toArray()).toEqual([]);
});

it('lets through what concerns no collection of the tenants', () => {
  for (const [name, command] of [
    ['hello', { hello: 1 }],
    ['getMore', { getMore: Long.fromNumber(1), collection: N }],
    ['killCursors', { killCursors: N, cursors: [] }],
    ['commitTransaction', { commitTransaction: 1 }],
    ['dropDatabase', { dropDatabase: 1 }],
  ] as const) {
    expect(() => checkCommand(name, command)).not.toThrow();
  }
});

function withOptions(options: Record<string, string>): string {
  const uri = new URL(inject('mongoUri'));
  for (const [name, value] of Object.entries(options)) uri.searchParams.set(name, value);
  return uri.href;
}
