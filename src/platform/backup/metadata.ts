import { BSON, type Db, type Document } from 'mongodb';
import { collectionNames } from './database-hash.ts';
import { databasesOf } from './databases.ts';

/** What mongodump writes beside the documents of a collection. */
export type Metadata = {
  options: Document;
  indexes: Document[];
  uuid: string;
  collectionName: string;
  type: string;
};

/** A collection as it is declared to mongod now, which knows no past of that. */
export type Described = { db: Db; metadata: Metadata };

/** All collections of an installation, whose own database is `main`. */
export async function describe(main: Db): Promise<Described[]> {
  const databases = await databasesOf(main);
  return (await Promise.all(databases.map(describeOne))).flat();
}

async function describeOne(db: Db): Promise<Described[]> {
  const listed = await db.listCollections({ type: 'collection' }).toArray();
  const found = new Map(listed.map((info) => [info.name, info as Document]));
  return Promise.all(
    (await collectionNames(db)).map(async (name) => ({
      db,
      metadata: {
        options: found.get(name)?.options ?? {},
        indexes: await db.collection(name).listIndexes().toArray(),
        uuid: found.get(name)?.info?.uuid?.toString('hex') ?? '',
        collectionName: name,
        type: 'collection',
      },
    })),
  );
}

export const isSame = (one: Described[], other: Described[]): boolean => textOf(one) === textOf(other);

const textOf = (all: Described[]) =>
  BSON.EJSON.stringify(all.map(({ db, metadata }) => [db.databaseName, metadata]));

/** Whether one that was there has another name now. */
export function isRenamed(before: Described[], after: Described[]): boolean {
  const names = new Map(after.map((each) => [each.metadata.uuid, nameOf(each)]));
  return before.some((each) => (names.get(each.metadata.uuid) ?? nameOf(each)) !== nameOf(each));
}

const nameOf = ({ db, metadata }: Described) => `${db.databaseName}.${metadata.collectionName}`;
