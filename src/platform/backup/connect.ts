import { type Db, MongoClient } from 'mongodb';

export type BackupDatabase = { client: MongoClient; db: Db; close: () => Promise<void> };

/** A client without a read concern of its own: each command of a backup says which it needs. */
export async function connectForBackup(uri: string, name: string): Promise<BackupDatabase> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 8_000, connectTimeoutMS: 2_000 });
  await client.connect().catch(async (error) => {
    await client.close();
    throw error;
  });
  return { client, db: client.db(name), close: () => client.close() };
}
