import fc from 'fast-check';
import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { differencesOf } from '../../src/domains/audit/diff.ts';
import { applyDifferences, copyOf } from './apply-differences.ts';

const at = (text: string) => new Date(text);
const id = (place: number) => new ObjectId(String(place).padStart(24, '0'));
const variant = (place: number, sku: string, quantity = 1) => ({
  _id: id(place),
  sku,
  inventory: { quantity },
});

describe('what differs', () => {
  it('is told by the way to it', () => {
    const before = { name: 'Mug', pricing: { basePrice: 100, salePrice: null }, seo: { title: 'A' } };
    const after = { name: 'Mug', pricing: { basePrice: 120, salePrice: null }, seo: { title: null } };
    expect(differencesOf(before, after)).toEqual([
      { path: 'pricing.basePrice', before: 100, after: 120 },
      { path: 'seo.title', before: 'A', after: null },
    ]);
  });

  it('has no before where a field is new, and no after where it is gone', () => {
    expect(differencesOf({ a: 1, c: undefined }, { b: null })).toEqual([
      { path: 'a', before: 1 },
      { path: 'b', after: null },
    ]);
  });

  it('goes by sku into the elements of a list', () => {
    const before = { variants: [variant(1, 'MUG-1'), variant(2, 'MUG-2'), variant(3, 'MUG.3')] };
    const after = { variants: [variant(1, 'MUG-1'), variant(3, 'MUG.3', 7), variant(4, 'MUG-4')] };
    expect(differencesOf(before, after)).toEqual([
      { path: 'variants.MUG-2', before: variant(2, 'MUG-2') },
      { path: 'variants["MUG.3"].inventory.quantity', before: 1, after: 7 },
      { path: 'variants.MUG-4', after: variant(4, 'MUG-4') },
    ]);
  });

  it('names an element as it was called before, and by its id where two have had the sku', () => {
    expect(differencesOf({ v: [variant(1, 'A')] }, { v: [variant(1, 'B')] })).toEqual([
      { path: 'v.A.sku', before: 'A', after: 'B' },
    ]);
    const taken = differencesOf({ v: [variant(1, 'A')] }, { v: [variant(1, 'B'), variant(2, 'A')] });
    expect(taken.map(({ path }) => path)).toEqual([`v.${id(1)}.sku`, `v.${id(2)}`]);
  });

  it('is the order of elements only where it is another one', () => {
    const [a, b, c] = [variant(1, 'A'), variant(2, 'B'), variant(3, 'C')];
    expect(differencesOf({ v: [a, b] }, { v: [b, a] })).toEqual([
      { path: 'v[]', before: ['A', 'B'], after: ['B', 'A'] },
    ]);
    expect(differencesOf({ v: [a, b] }, { v: [c, a, b] }).at(-1)).toEqual({
      path: 'v[]',
      before: ['A', 'B'],
      after: ['C', 'A', 'B'],
    });
  });

  it('is a list as a whole where its elements cannot be told apart', () => {
    expect(differencesOf({ tags: ['a', 'b'] }, { tags: ['b'] })).toEqual([
      { path: 'tags', before: ['a', 'b'], after: ['b'] },
    ]);
    const media = [{ url: 'x' }, { url: 'x' }];
    expect(differencesOf({ media }, { media: [{ url: 'x' }] })).toHaveLength(1);
  });

  it('is the whole of what refers to something else now', () => {
    const [before, after] = [
      { _id: id(1), name: 'Cups' },
      { _id: id(2), name: 'Mugs' },
    ];
    expect(differencesOf({ category: before }, { category: after })).toEqual([
      { path: 'category', before, after },
    ]);
  });

  it('is nothing between what MongoDB stores alike', () => {
    const read = { a: { x: 1, y: [at('2026-01-01'), id(1)] }, b: null };
    const given = {
      b: null,
      c: undefined,
      a: Object.assign(Object.create(null), { y: [at('2026-01-01'), id(1)], x: 1 }),
    };
    expect(differencesOf(read, given)).toEqual([]);
  });

  it('masks what stands under the name of a secret, and still tells that it changed', () => {
    const before = { passwordHash: 'one', passwordSetAt: at('2026-01-01'), keys: { apiKey: ['x'] } };
    const after = { passwordHash: 'two', passwordSetAt: at('2026-02-01'), keys: { apiKey: ['y'] } };
    expect(differencesOf(before, after)).toEqual([
      { path: 'passwordHash', before: '[redacted]', after: '[redacted]' },
      { path: 'passwordSetAt', before: at('2026-01-01'), after: at('2026-02-01') },
      { path: 'keys.apiKey', before: '[redacted]', after: '[redacted]' },
    ]);
  });

  it('leaves out the fields that it is told to, and no others of the name', () => {
    const [before, after] = [
      { since: 1, a: { since: 1, b: 1 }, since2: 1 },
      { since: 2, a: { since: 2, b: 2 }, since2: 2 },
    ];
    expect(differencesOf(before, after, new Set(['since', 'a.b'])).map(({ path }) => path)).toEqual([
      'a.since',
      'since2',
    ]);
  });
});

const name = fc.oneof(
  fc.constantFrom('a', 'b', 'name', 'pricing', 'a.b', 'x[]', '"', '', '[0]', 'constructor', 'ümlaut €', '..'),
  fc.string({ maxLength: 6 }).filter((text) => text !== '__proto__'),
);
const small = fc.oneof(
  fc.constantFrom(null, true, false, 0, -0, 1, 'x', '', id(1), id(2)),
  fc.string(),
  fc.double({ noNaN: true }),
  fc.date({ noInvalidDate: true }),
);
const { nested } = fc.letrec((tie) => ({
  nested: fc.dictionary(name, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    small,
    tie('nested'),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('elements'),
  ),
  elements: fc
    .uniqueArray(
      fc.record(
        {
          _id: fc.integer({ min: 1, max: 5 }).map(id),
          sku: fc.constantFrom('A', 'B', 'C.1', 'D"', 'E[]'),
          inner: tie('value'),
        },
        { noNullPrototype: true },
      ),
      { maxLength: 4, selector: ({ _id }) => String(_id) },
    )
    .filter((elements) => new Set(elements.map(({ sku }) => sku)).size === elements.length),
}));
const record = nested as fc.Arbitrary<Record<string, unknown>>;
/** Two documents that have something in common. */
const pairs = fc.tuple(record, record, record).map(([common, before, after]) => ({
  before: { ...common, ...before },
  after: { ...common, ...after },
}));

describe('for any two documents', () => {
  it('the later one is the earlier one with what differs put in', () => {
    fc.assert(
      fc.property(pairs, ({ before, after }) => {
        const told = differencesOf(before, after);
        expect(applyDifferences(before, told)).toEqual(after);
        expect(new Set(told.map(({ path }) => path)).size).toBe(told.length);
      }),
      { numRuns: 500 },
    );
  });

  it('nothing differs from itself', () => {
    fc.assert(
      fc.property(record, (one) => {
        expect(differencesOf(one, copyOf(one) as object)).toEqual([]);
      }),
    );
  });
});
