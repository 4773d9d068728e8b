import { randomBytes } from 'node:crypto';
import { Binary, type Db } from 'mongodb';
import { defineSystemCollection } from './collection.ts';

type Secret = { _id: string; key: Binary };

/** Keys that every process on this database shares, made by the first that needs one. */
export const secrets = defineSystemCollection<Secret>(
  'secrets',
  {
    bsonType: 'object',
    required: ['key'],
    properties: { _id: { bsonType: 'string' }, key: { bsonType: 'binData' } },
  },
  [],
);

/** The key that signs page cursors. */
export async function findCursorKey(db: Db): Promise<Buffer> {
  const collection = db.collection<Secret>(secrets.name);
  const known = await collection.findOne({ _id: 'cursor' });
  if (known) return Buffer.from(known.key.buffer);
  const made = await collection.findOneAndUpdate(
    { _id: 'cursor' },
    { $setOnInsert: { key: new Binary(randomBytes(32)) } },
    { upsert: true, returnDocument: 'after' },
  );
  if (!made) throw new Error('The key for page cursors could not be stored');
  return Buffer.from(made.key.buffer);
}
