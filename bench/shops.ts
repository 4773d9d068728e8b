import { ObjectId } from 'mongodb';
import { prepareDatabase } from '../scripts/support/prepare-database.ts';
import { createApiKey } from '../src/domains/auth/api-keys.ts';
import { categories, products } from '../src/domains/catalogue/collections.ts';
import { recountShop } from '../src/domains/search/recount.ts';
import { createTenant, findTenant } from '../src/domains/tenants/tenants.ts';
import type { Database } from '../src/platform/mongo/client.ts';
import type { TenantDb } from '../src/platform/mongo/tenant-db.ts';
import { fillShops, workOut } from './catalogue.ts';

/** Three shops share the products: the first and largest is asked, of the second one pieces are reserved. */
const SHARES = [0.4, 0.35, 0.25];
/** Goes up when other products are made. */
const EDITION = 2;

/** What is stored has another shape, or other products are made, when this changes. */
export const shapeOfShops = JSON.stringify([EDITION, products, categories]);

export type BenchShop = {
  db: TenantDb;
  subdomain: string;
  /** Products 0 to below this are there; see slugOf. */
  products: number;
  categoryIds: string[];
  staffKey: string;
};

const idOf = (index: number) => new ObjectId(String(index + 1).padStart(24, '0'));
const subdomainOf = (index: number) => `bench-${index + 1}`;
const countOf = (count: number, index: number) => Math.round(count * (SHARES[index] ?? 0));

/** A shop is entered into the list of tenants when all of it is there. */
export async function areMade(database: Database): Promise<boolean> {
  const system = database.systemDb('look for the shops of the benchmark');
  return (await findTenant(system, subdomainOf(SHARES.length - 1))) !== null;
}

/** Into an empty database. The documents come before the indexes: built in one go, those take a fraction of the time. */
export async function makeShops(
  database: Database,
  { uri, name }: { uri: string; name: string },
  count: number,
) {
  const dbs = SHARES.map((_, index) => database.tenantDb(idOf(index)));
  await fillShops(dbs.map((db, index) => ({ db, count: countOf(count, index) })));
  await prepareDatabase(uri, name);
  for (const [index, db] of dbs.entries()) {
    await workOut(db);
    await createTenant(database.systemDb('open the shops of the benchmark'), {
      _id: idOf(index),
      name: subdomainOf(index),
      subdomain: subdomainOf(index),
      plan: 'ENTERPRISE',
      currency: 'USD',
      locale: 'en-US',
    });
  }
}

/** The shop as it is asked. Words are counted now where that is due, so that no server does it while it is measured. */
export async function openShop(database: Database, count: number, index: number): Promise<BenchShop> {
  const db = database.tenantDb(idOf(index));
  await recountShop(db);
  const found = await db.collection(categories).find({}, { limit: 1_000, sort: { position: 1 } });
  const key = await createApiKey(db, { name: 'bench', scopes: ['analytics:read', 'inventory:write'] });
  return {
    db,
    subdomain: subdomainOf(index),
    products: countOf(count, index),
    categoryIds: found.map(({ _id }) => _id.toHexString()),
    staffKey: key.secret,
  };
}
