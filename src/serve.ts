import cluster from 'node:cluster';
import closeWithGrace from 'close-with-grace';
import { startApp } from './app.ts';
import { type Config, ConfigError } from './config.ts';
import { installationOf } from './installation.ts';
import { clusterMetrics } from './platform/cluster/cluster-metrics.ts';
import type { Patience } from './platform/http/server.ts';
import type { Log } from './platform/log.ts';
import { openRawDatabase } from './platform/mongo/client.ts';
import { planInstallation } from './platform/mongo/installation.ts';
import { pendingMigrations } from './platform/mongo/migration-status.ts';

/** Those who ask for readiness every second or two go elsewhere before anything is refused; all of it within 10 s. */
const PATIENCE: Patience = { unreadyMs: 2_500, farewellMs: 1_500, answersMs: 4_000 };
const MOST_MS = 9_500;

/** Throws what has to be done at deployment first, when the database is not what this code expects. */
export async function refuseUnprepared({ MONGODB_DATABASE: name }: Config, uri: string): Promise<void> {
  const { db, close } = await openRawDatabase({ uri, name });
  try {
    const databases = await installationOf(db);
    for (const one of databases) {
      const pending = await pendingMigrations(one.db);
      if (pending.length > 0)
        throw new ConfigError(
          `The database ${one.db.databaseName} lacks migrations: ${pending.join(', ')}. Run npm run migrate -- up`,
        );
    }
    const plans = await planInstallation(databases);
    const missing = plans.filter(({ steps }) => steps.length > 0).map(({ collection }) => collection);
    if (missing.length > 0)
      throw new ConfigError(
        `Collections of the database ${name} are not as declared: ${missing.join(', ')}. ` +
          'Run npm run indexes; with --plan it shows what it would do',
      );
  } finally {
    await close();
  }
}

/** Serves in this process until it is told to stop, and then lets go of its clients gently. */
export async function serveHere(config: Config, mongodbUri: string, log: Log): Promise<void> {
  const metrics = cluster.isWorker ? { showMetrics: clusterMetrics } : {};
  const app = await startApp({ config, mongodbUri, log, jobs: true, warm: true, ...metrics });
  if (cluster.isWorker) process.send?.({ type: 'listening', url: app.url });
  else log.info({ url: app.url }, 'listening');
  closeWithGrace({ delay: MOST_MS, logger: log }, ({ err }) => {
    if (err) log.fatal({ err }, 'stopping after an error that nothing has caught');
    return app.close(err ? undefined : PATIENCE);
  });
}
