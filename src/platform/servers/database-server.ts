import { startEmbeddedMongod } from './embedded-mongod.ts';
import { findMongod, type MongodOptions } from './mongod-binary.ts';

interface DatabaseServerOptions extends MongodOptions {
  /** MONGODB_URI. */
  mongodbUri?: string;
  dataDir: string;
}

/**
 * The MongoDB a script works on: MONGODB_URI, else the one of the data folder. `stop` ends only a server that was
 * started for this run, and leaves alone one that it found.
 */
export async function openDatabaseServer({ mongodbUri, dataDir, ...search }: DatabaseServerOptions) {
  if (mongodbUri) return { uri: mongodbUri, stop: async () => {} };
  const binary = await findMongod(search);
  const { uri, reused, stop, leave } = await startEmbeddedMongod({ dataDir, binary, report: search.report });
  return { uri, stop: reused ? async () => void (await leave()) : stop };
}
