import { BSON, Double, Int32, Long, ObjectId, Timestamp } from 'mongodb';
import { BackupError } from './backup-error.ts';

/** What keeps the order and the number types of stored BSON; a plain object does neither. */
export type RawMap = Map<string, unknown>;

const LARGEST = 17 * 1024 * 1024;

/** Cuts a stream of bytes into BSON documents. */
export async function* rawDocuments(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const held = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    while (held.length - at >= 4) {
      const size = held.readInt32LE(at);
      if (size < 5 || size > LARGEST) throw new BackupError('It holds what is no BSON document');
      if (held.length - at < size) break;
      yield held.subarray(at, at + size);
      at += size;
    }
    rest = held.subarray(at);
  }
  if (rest.length > 0) throw new BackupError('It ends in the middle of a document');
}

/** Sizes of values of _id, by their type; others say it themselves. */
const ID_SIZES: Record<number, number> = { 1: 8, 7: 12, 8: 1, 9: 8, 10: 0, 16: 4, 17: 8, 18: 8, 19: 16 };
/** What stands before those bytes, apart from text: of a document its size says all. */
const BEFORE_SIZED: Record<number, number> = { 3: 0, 4: 0, 5: 5 };
const ID_AT = 9;

/** The type and the bytes of _id, which stands first in a stored document. */
export function idOf(raw: Buffer): Buffer {
  const type = raw[4] ?? 0;
  return raw.subarray(4, ID_AT + (ID_SIZES[type] ?? raw.readInt32LE(ID_AT) + (BEFORE_SIZED[type] ?? 4)));
}

const EXACT = { promoteValues: false, promoteBuffers: false, bsonRegExp: true, promoteLongs: false };
const [DOUBLE, STRING, OBJECT, ARRAY, OBJECT_ID, BOOLEAN, NULL, INT, TIMESTAMP, LONG] = [
  ...[1, 2, 3, 4, 7, 8, 10, 16, 17, 18],
];

/** A document that is written again as the same bytes. */
export function toMap(raw: Buffer): RawMap {
  return new Map(elementsOf(raw).map((element) => [nameOf(raw, element), readValue(raw, element)]));
}

type Element = ReturnType<typeof BSON.onDemand.parseToElements> extends Iterable<infer E> ? E : never;

const elementsOf = (raw: Buffer): Element[] => [...BSON.onDemand.parseToElements(raw)];

const nameOf = (raw: Buffer, [, offset, length]: Element) => raw.toString('utf8', offset, offset + length);

function readValue(raw: Buffer, element: Element): unknown {
  const [type, , , offset, length] = element;
  switch (type) {
    case DOUBLE:
      return new Double(raw.readDoubleLE(offset));
    case STRING:
      return raw.toString('utf8', offset + 4, offset + length - 1);
    case OBJECT:
      return toMap(raw.subarray(offset, offset + length));
    case ARRAY: {
      const inner = raw.subarray(offset, offset + length);
      return elementsOf(inner).map((item) => readValue(inner, item));
    }
    case OBJECT_ID:
      return new ObjectId(raw.subarray(offset, offset + length));
    case BOOLEAN:
      return raw[offset] === 1;
    case NULL:
      return null;
    case INT:
      return new Int32(raw.readInt32LE(offset));
    case TIMESTAMP:
      return new Timestamp(raw.readBigUInt64LE(offset));
    case LONG:
      return new Long(raw.readInt32LE(offset), raw.readInt32LE(offset + 4));
    default:
      return rareValue(raw, element);
  }
}

/** Dates, binary data, decimals and the like: the driver reads a document of this one value. */
function rareValue(raw: Buffer, [type, , , offset, length]: Element): unknown {
  const whole = Buffer.alloc(length + 8);
  whole.writeInt32LE(whole.length, 0);
  whole[4] = type;
  whole.write('v', 5);
  raw.copy(whole, 7, offset, offset + length);
  return BSON.deserialize(whole, EXACT).v;
}
