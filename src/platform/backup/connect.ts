import { type Db, MongoClient } from 'mongodb';
import { BackupError } from './backup-error.ts';

export type BackupDatabase = { client: MongoClient; db: Db; close: () => Promise<void> };

/** A client without a read concern of its own: each command of a backup says which it needs. */
export async function connectForBackup(uri: string, name: string): Promise<BackupDatabase> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 8_000, connectTimeoutMS: 2_000 });
  try {
    await client.connect();
    await refuseOthers(client);
  } catch (error) {
    await client.close();
    throw error;
  }
  return { client, db: client.db(name), close: () => client.close() };
}

/** Only a replica set has one oplog, in which everything stands in one order. */
async function refuseOthers(client: MongoClient): Promise<void> {
  const { setName, msg } = await client.db('admin').command({ hello: 1 });
  if (setName) return;
  const what = msg === 'isdbgrid' ? 'a sharded cluster' : 'a server alone';
  throw new BackupError(`MongoDB is ${what}: a backup is made of a replica set, and restored into one`);
}
