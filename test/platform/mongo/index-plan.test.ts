import type { IndexDescription } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { collections } from '../../../src/domains/registry.ts';
import { indexesOf } from '../../../src/platform/mongo/collection.ts';
import { type ExistingIndex, planIndexes } from '../../../src/platform/mongo/index-plan.ts';

const declared = (index: Partial<IndexDescription>): IndexDescription => ({
  key: { a: 1 },
  name: 'a_1',
  ...index,
});
const existing = (index: Partial<ExistingIndex>): ExistingIndex => ({
  key: { a: 1 },
  name: 'a_1',
  v: 2,
  ...index,
});
const planOf = (index: Partial<IndexDescription>, there: Partial<ExistingIndex>) =>
  planIndexes([declared(index)], [existing({ key: { _id: 1 }, name: '_id_' }), existing(there)]);

const collation = {
  locale: 'en',
  caseLevel: false,
  caseFirst: 'off',
  strength: 2,
  numericOrdering: false,
  alternate: 'non-ignorable',
  maxVariable: 'punct',
  normalization: false,
  backwards: false,
  version: '57.1',
};
const text = {
  key: { tenantId: 1, _fts: 'text', _ftsx: 1, z: 1 },
  weights: { description: 1, name: 10 },
  default_language: 'english',
  language_override: 'language',
  textIndexVersion: 3,
};
const declaredText: Partial<IndexDescription> = {
  key: { tenantId: 1, name: 'text', description: 'text', z: 1 },
  weights: { name: 10, description: 1 },
};

describe('nothing is to be done when an index is the same to MongoDB', () => {
  const same: [string, Partial<IndexDescription>, Partial<ExistingIndex>][] = [
    ['as declared', {}, {}],
    ['under another name', {}, { name: 'something_else' }],
    ['unique', { unique: true }, { unique: true }],
    [
      'with the fields of its filter in another order',
      { partialFilterExpression: { x: false, y: { $exists: true } } },
      { partialFilterExpression: { y: { $exists: true }, x: false } },
    ],
    [
      'with a collation of which a part is declared',
      { collation: { locale: 'en', strength: 2 } },
      { collation },
    ],
    ['with the simple collation', { collation: { locale: 'simple' } }, {}],
    ['with its time to live', { expireAfterSeconds: 0 }, { expireAfterSeconds: 0 }],
    ['a text index, listed as mongod lists it', declaredText, text],
    [
      'a text index with weights of 1',
      { key: { b: 'text' } },
      { ...text, key: { _fts: 'text', _ftsx: 1 }, weights: { b: 1 } },
    ],
  ];
  it.each(same)('%s', (_, index, there) => {
    expect(planOf(index, there)).toEqual({ steps: [], extra: [] });
  });
});

describe('an index that differs', () => {
  const replaced: [string, Partial<IndexDescription>, Partial<ExistingIndex>, RegExp][] = [
    ['is not unique', { unique: true }, {}, /unique is false, declared true/],
    ['is unique', {}, { unique: true }, /unique is true, declared false/],
    ['is sparse', {}, { sparse: true }, /sparse is true/],
    [
      'has no filter',
      { partialFilterExpression: { x: 1 } },
      {},
      /partialFilterExpression is none, declared {"x":1}/,
    ],
    [
      'has another filter',
      { partialFilterExpression: { x: 1 } },
      { partialFilterExpression: { x: 2 } },
      /{"x":2}/,
    ],
    [
      'has another collation',
      { collation: { locale: 'en' } },
      { collation },
      /"strength":2.*declared.*"strength":3/,
    ],
    ['has the same name and another key', {}, { key: { b: 1 } }, /key is { b: 1 }, declared { a: 1 }/],
    ['has another order', { key: { a: -1 } }, { key: { a: 1 } }, /key is { a: 1 }, declared { a: -1 }/],
  ];
  it.each(replaced)('and %s is built anew beside it', (_, index, there, difference) => {
    const { steps, extra } = planOf(index, there);
    expect(extra).toEqual([]);
    expect(steps).toMatchObject([{ action: 'replace', existing: 'a_1', as: 'a_1_2' }]);
    expect(JSON.stringify(steps).replaceAll('\\', '')).toMatch(difference);
  });

  it('in what MongoDB can change is changed in place', () => {
    expect(planOf({ expireAfterSeconds: 60 }, { expireAfterSeconds: 30 }).steps).toMatchObject([
      {
        action: 'alter',
        change: { expireAfterSeconds: 60 },
        differences: ['expires after 30 s, declared 60'],
      },
    ]);
    expect(planOf({}, { hidden: true }).steps).toMatchObject([
      { action: 'alter', change: { hidden: false } },
    ]);
  });

  it('in what MongoDB allows once is left to people', () => {
    expect(planOf({}, { expireAfterSeconds: 30 }).steps).toMatchObject([
      { action: 'blocked', existing: 'a_1' },
    ]);
    for (const other of [
      { weights: { name: 3, description: 1 } },
      { default_language: 'german' },
      { key: { _fts: 'text', _ftsx: 1 } },
    ]) {
      const { steps, extra } = planOf(declaredText, { ...text, name: 'old_text', ...other } as ExistingIndex);
      expect(steps).toMatchObject([{ action: 'blocked', existing: 'old_text' }]);
      expect(extra).toEqual([]);
    }
  });

  it('takes no name that is there', () => {
    const there = [existing({ unique: true }), existing({ key: { b: 1 }, name: 'a_1_2' })];
    expect(planIndexes([declared({})], there)).toMatchObject({
      steps: [{ action: 'replace', as: 'a_1_3' }],
      extra: [{ name: 'a_1_2' }],
    });
  });
});

it('an index is built where none stands in its place, and one that nothing declares is extra', () => {
  const { steps, extra } = planOf({}, { key: { b: 1 }, name: 'b_1' });
  expect(steps).toMatchObject([{ action: 'build', index: { name: 'a_1' } }]);
  expect(extra).toMatchObject([{ name: 'b_1' }]);
});

it('of two declared on one key, the one that is there is not taken for the other', () => {
  const live = declared({ name: 'live', unique: true, partialFilterExpression: { x: 1 } });
  const all = declared({ name: 'all' });
  expect(planIndexes([live, all], [existing({ name: 'all' })]).steps).toMatchObject([
    { action: 'build', index: live },
  ]);
});

it('the indexes of the shop have names of their own, and time to live has no tenant in front', () => {
  for (const collection of collections) {
    const indexes = indexesOf(collection);
    expect(new Set(indexes.map(({ name }) => name)).size, collection.name).toBe(indexes.length);
    expect(planIndexes(indexes, indexes as ExistingIndex[])).toEqual({ steps: [], extra: [] });
    for (const [i, { key, expireAfterSeconds }] of indexes.entries()) {
      const [first, ...others] = Object.keys(key);
      if (expireAfterSeconds !== undefined) expect(others).toEqual([]);
      else if (collection.scope === 'tenant' && !collection.indexes[i]?.acrossTenants) {
        expect(first).toBe('tenantId');
      }
    }
  }
});
