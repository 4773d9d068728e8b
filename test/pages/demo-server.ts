import { inject } from 'vitest';
import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { seedDemoShops } from '../../src/demo/seed.ts';
import { createApiKey } from '../../src/domains/auth/api-keys.ts';
import { findTenant } from '../../src/domains/tenants/tenants.ts';
import { ensurePlaygroundBuilt } from '../../src/platform/http/pages-bundle.ts';
import { createLog } from '../../src/platform/log.ts';
import type { Database } from '../../src/platform/mongo/client.ts';
import { testApp } from '../support/app.ts';

export type DemoServer = Awaited<ReturnType<typeof startDemoServer>>;

/** The server as `npm start` leaves it: the demo shops are open, the pages are built, the samples have a key. */
export async function startDemoServer() {
  const { database } = await testApp();
  const [shops] = await Promise.all([seedDemoShops(database), ensurePlaygroundBuilt(console.log)]);
  const apiKey = await demoKey(database);
  const app = await startApp({
    config: readConfig({
      NODE_ENV: 'test',
      PORT: '0',
      MONGODB_DATABASE: database.systemDb('share a database').raw.databaseName,
      DEFAULT_TENANT: 'demo',
      LOG_LEVEL: 'error',
    }),
    mongodbUri: inject('mongoUri'),
    log: createLog('error'),
    shown: { tenants: shops.map(({ name, subdomain }) => ({ name, subdomain })), apiKey },
  });
  return { url: app.url, apiKey, close: app.close };
}

async function demoKey(database: Database) {
  const demo = await findTenant(database.systemDb('give the samples a key'), 'demo');
  if (!demo) throw new Error('The demo shop is not there');
  const { secret } = await createApiKey(database.tenantDb(demo._id), {
    name: 'samples',
    scopes: ['analytics:read', 'catalogue:write', 'inventory:write', 'orders:read'],
  });
  return secret;
}
