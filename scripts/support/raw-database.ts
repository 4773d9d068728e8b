import { readConfig } from '../../src/config.ts';
import { openRawDatabase, type RawDatabase } from '../../src/platform/mongo/client.ts';
import { openDatabaseServer } from '../../src/platform/servers/database-server.ts';
import { serverOptions } from './run.ts';

/** The database below tenants, of MONGODB_URI or else of DATA_DIR: running, or started for this run. */
export async function withRawDatabase<R>(
  work: (raw: RawDatabase['db']) => Promise<R>,
  config = readConfig(),
): Promise<R> {
  const server = await openDatabaseServer(serverOptions(config));
  try {
    const { db, close } = await openRawDatabase({ uri: server.uri, name: config.MONGODB_DATABASE });
    return await work(db).finally(close);
  } finally {
    await server.stop();
  }
}
