import { type Db, MongoClient } from 'mongodb';
import { inject } from 'vitest';
import { collections } from '../../src/domains/registry.ts';
import { indexesOf, validatorOf } from '../../src/platform/mongo/collection.ts';
import { newDatabaseName } from './mongo.ts';

/** What takes longer to empty than to make anew. */
const MOST_DOCUMENTS = 2_000;
const EMPTIED_WITHIN_MS = 5_000;

/** Those of this worker that are empty, and have all collections and indexes: to make them takes a second. */
const free: string[] = [];
const names = new Set(collections.map(({ name }) => name));

/** The name of an empty database as `npm run indexes` leaves it; nobody else has it until it is given back. */
export async function takeDatabase(): Promise<string> {
  const name = free.pop() ?? newDatabaseName();
  await withDb(name, create);
  return name;
}

/** Empty again, for the next file. */
export async function giveDatabaseBack(name: string): Promise<void> {
  const isEmpty = await withDb(name, (db) => empty(db).catch(() => false));
  if (isEmpty) free.push(name);
  else await withDb(name, (db) => db.dropDatabase());
}

async function withDb<R>(name: string, work: (db: Db) => Promise<R>): Promise<R> {
  const client = await MongoClient.connect(inject('mongoUri'));
  return work(client.db(name)).finally(() => client.close());
}

/** What a test has taken away is made again. */
async function create(db: Db) {
  const there = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
  const missing = collections.filter(({ name }) => !there.has(name));
  await Promise.all(
    missing.map(async (collection) => {
      const created = await db.createCollection(collection.name, {
        validator: validatorOf(collection),
        ...collection.options,
      });
      if (collection.indexes.length > 0) await created.createIndexes(indexesOf(collection));
    }),
  );
}

/** False where it is not worth it. */
async function empty(db: Db): Promise<boolean> {
  const there = await db.listCollections({}, { nameOnly: true }).toArray();
  const emptied = await Promise.all(
    there.map(async ({ name }) => {
      const collection = db.collection(name);
      if (!names.has(name)) return collection.drop();
      const count = await collection.estimatedDocumentCount();
      if (count > MOST_DOCUMENTS) return false;
      if (count > 0) await collection.deleteMany({}, { maxTimeMS: EMPTIED_WITHIN_MS });
      return true;
    }),
  );
  return emptied.every(Boolean);
}
