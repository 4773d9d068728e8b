import { randomBytes } from 'node:crypto';
import type { CommandStartedEvent, Db, Document, MongoClient } from 'mongodb';
import { afterAll, inject } from 'vitest';
import { type Database, type DatabaseOptions, openDatabase } from '../../src/platform/mongo/client.ts';

export type TestDatabase = Database & { name: string };

const cleanups: (() => Promise<unknown>)[] = [];

/** What was opened last is closed first, after the last test of the file. */
export const atEnd = (cleanup: () => Promise<unknown>) => void cleanups.unshift(cleanup);

afterAll(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** A database of its own with the guard on; gone after the last test of the file. */
export async function openTestDatabase(options: Partial<DatabaseOptions> = {}): Promise<TestDatabase> {
  const { name = newDatabaseName() } = options;
  const database = await openDatabase({ uri: inject('mongoUri'), guard: true, ...options, name });
  atEnd(async () => {
    await database.client.db(name).dropDatabase();
    await database.close();
  });
  return { ...database, name };
}

export const newDatabaseName = () => `souk_test_${randomBytes(6).toString('hex')}`;

/** The driver's database, beneath all that binds commands to a tenant but the guard. */
export const rawDb = ({ client, name }: TestDatabase): Db => client.db(name);

export type SentCommand = { name: string; command: Document };

/** The commands that reach the wire while `work` runs; one that the guard stops is not among them. */
export async function commandsDuring(client: MongoClient, work: () => Promise<unknown>) {
  const sent: SentCommand[] = [];
  const note = ({ commandName, command }: CommandStartedEvent) =>
    void sent.push({ name: commandName, command });
  client.on('commandStarted', note);
  try {
    await work();
  } finally {
    client.off('commandStarted', note);
  }
  return sent;
}
