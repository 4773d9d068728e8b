import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createApiKey, openApiKeyStore } from '../domains/auth/api-keys.ts';
import { PERMISSIONS } from '../domains/auth/permissions.ts';
import { findTenant } from '../domains/tenants/tenants.ts';
import type { Database } from '../platform/mongo/client.ts';
import type { TenantDb } from '../platform/mongo/tenant-db.ts';

/** How to get at the demo shop, as DATA_DIR/demo.json has it. */
export type DemoAccess = { tenant: string; apiKey: string };

export const DEMO_TENANT = 'demo';

/** The key of the demo shop that was written down at the first start, or a new one where that is gone. */
export async function ensureDemoAccess(database: Database, dataDir: string): Promise<DemoAccess | null> {
  const shop = await findTenant(database.systemDb('find the demo shop'), DEMO_TENANT);
  if (!shop) return null;
  const db = database.tenantDb(shop._id);
  const file = join(dataDir, 'demo.json');
  const known = await readAccess(file);
  if (known && (await holdsKey(db, known.apiKey))) return known;
  const { secret } = await createApiKey(db, { name: 'demo', scopes: [...PERMISSIONS] });
  const access = { tenant: DEMO_TENANT, apiKey: secret };
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 });
  return access;
}

async function readAccess(file: string): Promise<DemoAccess | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}

const holdsKey = (db: TenantDb, apiKey: string) =>
  openApiKeyStore()
    .find(db, apiKey)
    .then(
      () => true,
      () => false,
    );
