import fc from 'fast-check';
import {
  Binary,
  BSON,
  BSONRegExp,
  Code,
  DBRef,
  Decimal128,
  type Document,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'mongodb';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/platform/mongo/decode.ts';

const read = (document: Document) => {
  const bytes = BSON.serialize(document, { ignoreUndefined: false });
  expect(decode(bytes)).toStrictEqual(BSON.deserialize(bytes));
};

const key = fc.oneof(
  fc.constantFrom('name', 'pricing', '_id', '$ref', '$id', '$set', '__proto__', 'toString', '0', '', 'größe'),
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\0', '')),
);
const usual = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.double(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => new ObjectId(bytes)),
  fc.maxSafeInteger().map((number) => Long.fromNumber(number)),
);
const { document } = fc.letrec<{ value: unknown; document: Document }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, usual, fc.array(tie('value'), { maxLength: 4 }), tie('document')),
  document: fc
    .array(fc.tuple(key, tie('value')), { maxLength: 6 })
    .map((entries) => Object.fromEntries(entries) as Document),
}));

describe('a document', () => {
  it('is read as the driver reads it', () => {
    fc.assert(fc.property(document, read), { numRuns: 200 });
  });

  it.each<[string, unknown]>([
    ['a large number', Long.MAX_VALUE],
    ['a decimal', Decimal128.fromString('79.99')],
    ['bytes', new Binary(Buffer.from('bytes'))],
    ['a pattern', /^a/i],
    ['a pattern of MongoDB', new BSONRegExp('a', 'x')],
    ['code', new Code('function () {}', { scope: 1 })],
    ['a time stamp', new Timestamp({ t: 1, i: 2 })],
    ['undefined', undefined],
    ['the least', new MinKey()],
    ['the greatest', new MaxKey()],
    ['a reference', new DBRef('products', new ObjectId())],
    ['a negative zero', new Double(-0)],
    ['no number', Number.NaN],
    ['a whole number as a double', new Double(5)],
    ['a small number', new Int32(-1)],
    ['a time before 1970', new Date(-1)],
  ])('is read as the driver reads it, with %s in it', (_, value) => {
    read({ value, inside: [{ value }] });
  });

  it('is read alike whichever keys were read before', () => {
    // More than are kept, so that each takes another's place.
    for (let n = 0; n < 5_000; n++) read({ [`key${n}`]: n });
    read({ key1: 1, key4999: { key1: 2 } });
  });
});

describe('bytes that are no document', () => {
  const bytes = BSON.serialize({
    name: 'Tassen größer',
    list: [1, 2.5, { a: null }],
    ok: true,
    at: new Date(5),
  });
  const outcome = (reader: (bytes: Uint8Array) => Document, damaged: Uint8Array) => {
    try {
      return reader(damaged);
    } catch (error) {
      return error;
    }
  };

  it('are read, or refused, as the driver does it', () => {
    const place = fc.nat({ max: bytes.length - 1 });
    const damage = fc.property(place, fc.nat({ max: 255 }), fc.nat({ max: 3 }), (at, byte, cut) => {
      const damaged = Uint8Array.from(bytes.subarray(0, bytes.length - (cut === 3 ? at : 0)));
      if (cut !== 3) damaged[at] = byte;
      expect(outcome(decode, damaged)).toStrictEqual(outcome(BSON.deserialize, damaged));
    });
    fc.assert(damage, { numRuns: 1_000 });
  });
});
