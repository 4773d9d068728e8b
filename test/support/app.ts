import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandStartedEvent, Document } from 'mongodb';
import { inject } from 'vitest';
import { type App, type AppOptions, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { type QueryRecord, recordQueries } from './both-engines.ts';
import { giveDatabaseBack, takeDatabase } from './databases.ts';
import { atEnd } from './mongo.ts';

export type TestApp = App & {
  /** The queries that it was asked. */
  queries: QueryRecord;
  /** The name of its database; a second app may share it by MONGODB_DATABASE. */
  databaseName: string;
  /** Where it keeps files, such as letters. */
  dataDir: string;
};

let running: Promise<TestApp> | undefined;

/** The API of this test file, on a database of its own; started at its first use, gone after the file's last test. */
export function testApp(): Promise<TestApp> {
  running ??= startTestApp();
  return running;
}

/** Another API on a database of its own, with more in its environment; gone after the file's last test. */
export async function startTestApp(
  environment: Record<string, string> = {},
  options: Partial<Pick<AppOptions, 'now' | 'log'>> = {},
): Promise<TestApp> {
  const isOwn = environment.MONGODB_DATABASE === undefined;
  const name = environment.MONGODB_DATABASE ?? (await takeDatabase());
  // Last of all, when nobody writes there any more.
  if (isOwn) atEnd(() => giveDatabaseBack(name));
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
  atEnd(() => stop(app));
  return app;
}

async function stop(app: TestApp) {
  running = undefined;
  try {
    await app.queries.replay(app.database);
  } finally {
    await app.close();
    await rm(app.dataDir, { recursive: true, force: true });
  }
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
