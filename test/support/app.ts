import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandStartedEvent, type Document, MongoClient } from 'mongodb';
import { afterAll, inject } from 'vitest';
import { type App, type AppOptions, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { collections } from '../../src/domains/registry.ts';
import { createLog } from '../../src/platform/log.ts';
import { indexesOf, validatorOf } from '../../src/platform/mongo/collection.ts';
import { type QueryRecord, recordQueries } from './both-engines.ts';

export type TestApp = App & {
  /** The queries that it was asked. */
  queries: QueryRecord;
  /** The name of its database; a second app may share it by MONGODB_DATABASE. */
  databaseName: string;
  /** Where it keeps files, such as letters. */
  dataDir: string;
};

let running: Promise<TestApp> | undefined;
const started: TestApp[] = [];

/** The API of this test file, on a database of its own; started at its first use, gone after the file's last test. */
export function testApp(): Promise<TestApp> {
  running ??= startTestApp();
  return running;
}

afterAll(async () => {
  for (const app of started.splice(0)) {
    try {
      await app.queries.replay(app.database);
    } finally {
      await app.database.systemDb('end of a test file').raw.dropDatabase();
      await app.close();
      await rm(app.dataDir, { recursive: true, force: true });
    }
  }
});

/** Another API on a database of its own, with more in its environment; gone after the file's last test. */
export async function startTestApp(
  environment: Record<string, string> = {},
  options: Pick<AppOptions, 'now'> = {},
): Promise<TestApp> {
  const name = environment.MONGODB_DATABASE ?? `souk_test_${randomBytes(6).toString('hex')}`;
  if (!environment.MONGODB_DATABASE) await createCollections(name);
  const dataDir = join(tmpdir(), name);
  const config = readConfig({
    NODE_ENV: 'test',
    PORT: '0',
    MONGODB_DATABASE: name,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    // Most tests count what each answer costs.
    ANSWER_CACHE: '0',
    ...environment,
  });
  const log = createLog(config.LOG_LEVEL);
  const queries = recordQueries();
  const plugins = [queries.plugin];
  const app = {
    ...(await startApp({ config, mongodbUri: inject('mongoUri'), log, plugins, ...options })),
    queries,
    databaseName: name,
    dataDir,
  };
  started.push(app);
  return app;
}

async function createCollections(name: string) {
  const client = await MongoClient.connect(inject('mongoUri'));
  const create = async (collection: (typeof collections)[number]) => {
    const created = await client.db(name).createCollection(collection.name, {
      validator: validatorOf(collection),
      ...collection.options,
    });
    if (collection.indexes.length > 0) await created.createIndexes(indexesOf(collection));
  };
  await Promise.all(collections.map(create));
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
