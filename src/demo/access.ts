import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createApiKey, openApiKeyStore } from '../domains/auth/api-keys.ts';
import { hashPassword } from '../domains/auth/password-hash.ts';
import { PERMISSIONS } from '../domains/auth/permissions.ts';
import { addUser, changeUser, findUserByEmail } from '../domains/auth/users.ts';
import { findTenant } from '../domains/tenants/tenants.ts';
import type { Database } from '../platform/mongo/client.ts';
import type { TenantDb } from '../platform/mongo/tenant-db.ts';

/** How to get at the demo shop, as DATA_DIR/demo.json has it: a key for programs, and the owner's account. */
export type DemoAccess = { tenant: string; apiKey: string; ownerEmail: string; ownerPassword: string };

export const DEMO_TENANT = 'demo';

/** The key of the demo shop that was written down at the first start, or a new one where that is gone. */
export async function ensureDemoAccess(database: Database, dataDir: string): Promise<DemoAccess | null> {
  const shop = await findTenant(database.systemDb('find the demo shop'), DEMO_TENANT);
  if (!shop) return null;
  const db = database.tenantDb(shop._id);
  const file = join(dataDir, 'demo.json');
  const known = await readAccess(file);
  if (known?.ownerPassword && (await holdsKey(db, known.apiKey))) return known;
  const { secret } = await createApiKey(db, { name: 'demo', scopes: [...PERMISSIONS] });
  const access = { tenant: DEMO_TENANT, apiKey: secret, ...(await ensureOwner(db)) };
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600 });
  return access;
}

const OWNER_EMAIL = 'owner@demo.example';

/** The owner's account, with a password that nobody else has; a new one where the former is not known any more. */
async function ensureOwner(db: TenantDb) {
  const ownerPassword = randomBytes(12).toString('base64url');
  const passwordHash = await hashPassword(ownerPassword);
  await db.transaction(async (tx) => {
    const owner = await findUserByEmail(tx, OWNER_EMAIL);
    if (owner) await changeUser(tx, owner, { passwordHash, passwordSetAt: tx.now() });
    else
      await addUser(tx, {
        email: OWNER_EMAIL,
        profile: { name: 'Robin Harbour' },
        roles: ['OWNER'],
        passwordHash,
      });
  });
  return { ownerEmail: OWNER_EMAIL, ownerPassword };
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
