import { MongoError } from 'mongodb';
import { type Config, ConfigError, readConfig } from '../../src/config.ts';
import { AppError, UserError } from '../../src/platform/errors.ts';
import { type Database, openDatabase } from '../../src/platform/mongo/client.ts';
import { serverCacheDir } from '../../src/platform/servers/binary-cache.ts';
import { openDatabaseServer } from '../../src/platform/servers/database-server.ts';
import { FolderInUse } from '../../src/platform/servers/embedded-server.ts';
import { ServerNotFound } from '../../src/platform/servers/resolve.ts';
import { prepareDatabase } from './prepare-database.ts';
import { UsageError } from './usage-error.ts';

/** Runs a script; when it fails, what a person can mend is said in a line, and anything else keeps its stack. */
export async function run(script: () => Promise<unknown>): Promise<void> {
  try {
    await script();
  } catch (error) {
    process.exitCode = 1;
    console.error(isExpected(error) ? `✖ ${sayOf(error as Error)}` : error);
  }
}

const NOT_ALLOWED = 13;

/** The driver says what failed, and not what it was about. */
function sayOf(error: Error): string {
  const { name, message } = error;
  if (name === 'MongoServerSelectionError')
    return `MongoDB cannot be reached: ${message}. Is MONGODB_URI right, and does the server run?`;
  if (isRefusal(error))
    return `MongoDB refuses it: ${briefly(message)}. docs/operations.md says which roles a user needs`;
  return message;
}

/** The whole command is in the message, with all its documents. */
const briefly = (message: string) => message.replace(/( command \{ \w+).*/s, '$1 … }');

const isRefusal = (error: unknown) => error instanceof MongoError && error.code === NOT_ALLOWED;

const isExpected = (error: unknown) =>
  error instanceof UsageError ||
  error instanceof ConfigError ||
  error instanceof AppError ||
  error instanceof UserError ||
  error instanceof ServerNotFound ||
  error instanceof FolderInUse ||
  isRefusal(error) ||
  (error instanceof MongoError && error.name === 'MongoServerSelectionError');

/**
 * The database that the environment names, or else the embedded one of DATA_DIR: running, or started for this run. The
 * embedded one is brought in order here; one of the environment is a deployment's to prepare.
 */
export async function withDatabase<R>(
  work: (database: Database, config: Config) => Promise<R>,
  config = readConfig(),
): Promise<R> {
  const server = await openDatabaseServer(serverOptions(config));
  try {
    if (!config.MONGODB_URI) await prepareDatabase(server.uri, config.MONGODB_DATABASE);
    const database = await openDatabase({
      uri: server.uri,
      name: config.MONGODB_DATABASE,
      guard: config.TENANT_GUARD,
      secondaries: config.READ_FROM_SECONDARIES === 'on',
    });
    database.places.follow();
    return await work(database, config).finally(() => database.close());
  } finally {
    await server.stop();
  }
}

/** Where to find or start MongoDB, as the environment says; steps are told on stderr, results belong to stdout. */
export const serverOptions = (config: Config) => ({
  ...(config.MONGODB_URI && { mongodbUri: config.MONGODB_URI }),
  ...(config.MONGOMS_SYSTEM_BINARY && { systemMongod: config.MONGOMS_SYSTEM_BINARY }),
  dataDir: config.DATA_DIR,
  cacheDir: serverCacheDir(config),
  path: config.PATH,
  report: (line: string) => console.error(line),
});
