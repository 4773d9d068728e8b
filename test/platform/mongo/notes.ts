import { ObjectId } from 'mongodb';
import { defineCollection } from '../../../src/platform/mongo/collection.ts';
import { id, nullable, object, text, whole } from '../../../src/platform/mongo/schema.ts';
import type { TenantDb } from '../../../src/platform/mongo/tenant-db.ts';

/** A collection of the tests' own, so that what is tested here does not move with the shop. */
export type Note = {
  _id: ObjectId;
  tenantId: ObjectId;
  title: string;
  rank: number;
  parentId: ObjectId | null;
  /** Something of the tenant's that has the same name as the tenant's own field. */
  parts: { tenantId: string; name: string }[];
};

export const notes = defineCollection<Note>(
  'notes',
  object({ title: text, rank: whole, parentId: nullable(id), parts: { bsonType: 'array' } }),
  [{ key: { title: 1 }, unique: true }, { key: { rank: 1, _id: 1 } }],
);

export type NoteCount = { _id: ObjectId; tenantId: ObjectId; title: string; count: number };

export const noteCounts = defineCollection<NoteCount>('note_counts', object({ title: text, count: whole }), [
  { key: { title: 1 }, unique: true },
]);

export const note = (title: string, rest: Partial<Omit<Note, 'tenantId'>> = {}) => ({
  _id: new ObjectId(),
  title,
  rank: 1,
  parentId: null,
  parts: [],
  ...rest,
});

export const titles = async (db: TenantDb) =>
  (await db.collection(notes).find({}, { limit: 1000, sort: { title: 1 } })).map(({ title }) => title);
