import { tmpdir } from 'node:os';
import { readConfig } from '../../src/config.ts';
import { resolvers } from '../../src/domains/registry.ts';
import type { WebhookSettings } from '../../src/domains/webhooks/settings.ts';
import { startWebhookWorker, type WebhookWorker } from '../../src/domains/webhooks/worker.ts';
import { buildSchema } from '../../src/platform/graphql/schema.ts';
import { createLog } from '../../src/platform/log.ts';
import type { Database } from '../../src/platform/mongo/client.ts';
import { openServices } from '../../src/services.ts';

type WorkerOptions = {
  database: Database;
  environment?: Record<string, string>;
  settings?: Partial<WebhookSettings>;
  leaseMs?: number;
  logLevel?: string;
};

/** A worker on a database of tests, which looks more often than one of a shop. */
export async function openWorker({
  database,
  environment = {},
  settings = {},
  leaseMs = 3_000,
}: WorkerOptions): Promise<WebhookWorker> {
  const config = readConfig({ NODE_ENV: 'test', DATA_DIR: tmpdir(), LOG_LEVEL: 'error', ...environment });
  const log = createLog(config.LOG_LEVEL);
  const opened = await openServices(config, database, log);
  const services = { ...opened, webhooks: { ...opened.webhooks, ...settings } };
  const schema = buildSchema(resolvers);
  const worker = startWebhookWorker({ database, services, schema, log, leaseMs, lookEveryMs: 50 });
  return {
    stop: async () => {
      await worker.stop();
      await opened.close();
    },
  };
}
