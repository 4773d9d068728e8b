import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { seedDemoShops } from '../../src/demo/seed.ts';
import { createApiKey } from '../../src/domains/auth/api-keys.ts';
import { PERMISSIONS } from '../../src/domains/auth/permissions.ts';
import { findTenant } from '../../src/domains/tenants/tenants.ts';
import { startTestApp, testApp } from '../support/app.ts';
import { type Answer, ask } from '../support/shop.ts';
import { root } from './markdown.ts';

export type DemoShop = {
  url: string;
  apiKey: string;
  /** The manifest of the operations in examples. */
  manifest: string;
  request: (query: string, variables?: object, headers?: Record<string, string>) => Promise<Answer>;
};

/** The demo shops as `npm start` has them, on a server that keeps answers and knows the documents of the examples. */
export async function openDemoShop(): Promise<DemoShop> {
  const { database, databaseName, dataDir } = await testApp();
  await seedDemoShops(database);
  await mkdir(dataDir, { recursive: true });
  const manifest = join(dataDir, 'manifest.json');
  makeManifest(manifest);
  const app = await startTestApp({
    MONGODB_DATABASE: databaseName,
    DEFAULT_TENANT: 'demo',
    ANSWER_CACHE: '1',
    TRUSTED_DOCUMENTS: manifest,
  });
  const demo = await findTenant(database.systemDb('give the tour a key'), 'demo');
  if (!demo) throw new Error('The demo shop is not there');
  const { secret } = await createApiKey(database.tenantDb(demo._id), {
    name: 'tour',
    scopes: [...PERMISSIONS],
  });
  return {
    ...{ url: app.url, apiKey: secret, manifest },
    request: (query, variables = {}, headers = {}) => ask(app.url, { query, variables }, headers),
  };
}

const makeManifest = (file: string) =>
  execFileSync(
    process.execPath,
    ['scripts/trusted-documents.ts', '--no-typename', '--out', file, 'examples/operations'],
    {
      cwd: root,
    },
  );
