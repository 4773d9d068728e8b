import { randomBytes } from 'node:crypto';
import { type CommandStartedEvent, type Document, MongoClient } from 'mongodb';
import { afterAll, inject } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { collections } from '../../src/domains/registry.ts';
import { createLog } from '../../src/platform/log.ts';
import { indexesOf } from '../../src/platform/mongo/collection.ts';

let running: Promise<App> | undefined;

/** The API of this test file, on a database of its own; started at its first use, gone after the file's last test. */
export function testApp(): Promise<App> {
  running ??= start();
  return running;
}

afterAll(async () => {
  const app = await running;
  if (!app) return;
  await app.database.systemDb('end of a test file').raw.dropDatabase();
  await app.close();
});

async function start(): Promise<App> {
  const name = `souk_test_${randomBytes(6).toString('hex')}`;
  await createCollections(name);
  const config = readConfig({ NODE_ENV: 'test', PORT: '0', MONGODB_DATABASE: name, LOG_LEVEL: 'error' });
  return startApp({ config, mongodbUri: inject('mongoUri'), log: createLog(config.LOG_LEVEL) });
}

async function createCollections(name: string) {
  const client = await MongoClient.connect(inject('mongoUri'));
  for (const collection of collections) {
    const created = await client.db(name).createCollection(collection.name, {
      validator: { $jsonSchema: collection.validator },
      ...collection.options,
    });
    if (collection.indexes.length > 0) await created.createIndexes(indexesOf(collection));
  }
  await client.close();
}

export type SentCommand = { name: string; command: Document };

const DATA_COMMANDS = new Set([
  'find',
  'aggregate',
  'count',
  'distinct',
  'insert',
  'update',
  'delete',
  'findAndModify',
  'getMore',
]);

/** The commands on the data that `work` made the API send, as they went over the wire. */
export async function commandsOf(work: () => Promise<unknown>): Promise<SentCommand[]> {
  const { database } = await testApp();
  const sent: SentCommand[] = [];
  const note = ({ commandName, command }: CommandStartedEvent) => {
    if (DATA_COMMANDS.has(commandName)) sent.push({ name: commandName, command });
  };
  database.client.on('commandStarted', note);
  try {
    await work();
  } finally {
    database.client.off('commandStarted', note);
  }
  return sent;
}
