import closeWithGrace from 'close-with-grace';
import { startBackup } from './backup-service.ts';
import { ConfigError, readConfig } from './config.ts';
import { openConnections } from './connections.ts';
import { resolvers } from './domains/registry.ts';
import { startWebhookWorker } from './domains/webhooks/worker.ts';
import { buildSchema } from './platform/graphql/schema.ts';
import { openLocks } from './platform/jobs/lock.ts';
import { createLog } from './platform/log.ts';
import { refuseUnprepared } from './serve.ts';

const MOST_MS = 9_500;

/** Sends events to webhooks in a process of its own, beside APIs that run with WORKER=apart. */
await main().catch((error) => {
  console.error(error instanceof ConfigError ? `✖ ${error.message}` : error);
  process.exit(1);
});

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.LOG_LEVEL);
  const mongodbUri = config.MONGODB_URI;
  if (!mongodbUri) throw new ConfigError('MONGODB_URI is needed: a worker has no database of its own');
  await refuseUnprepared(config, mongodbUri);
  const connections = await openConnections({ config, mongodbUri, log }, () => {});
  connections.database.places.follow();
  const worker = startWebhookWorker({ ...connections, schema: buildSchema(resolvers), log });
  const { database, services } = connections;
  const withLock = openLocks(database.systemDb('who keeps the backup'), services.redis);
  const backup = await startBackup({ config, mongodbUri, log, withLock });
  log.info('sending to webhooks');
  closeWithGrace({ delay: MOST_MS, logger: log }, async ({ err }) => {
    if (err) log.fatal({ err }, 'stopping after an error that nothing has caught');
    await Promise.all([worker.stop(), backup?.stop()]);
    await connections.close();
  });
}
