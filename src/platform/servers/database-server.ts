import { startEmbeddedMongod } from './embedded-mongod.ts';
import { findMongod, type MongodOptions } from './mongod-binary.ts';

interface DatabaseServerOptions extends MongodOptions {
  /** MONGODB_URI. */
  mongodbUri?: string;
  dataDir: string;
  /** For the application itself: a server that was found running, its owner killed, ends with this one. */
  takeOver?: boolean;
}

/**
 * The MongoDB to work on: MONGODB_URI, else the one of the data folder. `stop` ends a server that was started for
 * this run, unless another process still uses it, and leaves alone one that it found.
 */
export async function openDatabaseServer(options: DatabaseServerOptions) {
  const { mongodbUri, dataDir, takeOver = false, ...search } = options;
  if (mongodbUri) return { uri: mongodbUri, stop: async () => {} };
  const binary = await findMongod(search);
  const { uri, reused, stop, leave } = await startEmbeddedMongod({ dataDir, binary, report: search.report });
  return { uri, stop: reused && !takeOver ? async () => void (await leave()) : stop };
}
