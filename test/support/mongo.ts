import { randomBytes } from 'node:crypto';
import type { CommandStartedEvent, Db, Document, MongoClient } from 'mongodb';
import { inject } from 'vitest';
import { type Database, type DatabaseOptions, openDatabase } from '../../src/platform/mongo/client.ts';

export type TestDatabase = Database & { name: string };

const cleanups: (() => unknown)[] = [];

/** What was opened last is closed first, after the last test of the file. */
export const atEnd = (cleanup: () => unknown) => void cleanups.unshift(cleanup);

/** All of it, also behind what fails. */
export async function cleanUp(): Promise<void> {
  const failures: unknown[] = [];
  for (const cleanup of cleanups.splice(0)) {
    try {
      await cleanup();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

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
