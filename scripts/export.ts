import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import type { Tenant } from '../src/domains/tenants/collections.ts';
import { listTenants } from '../src/domains/tenants/tenants.ts';
import { exportShop } from '../src/domains/warehouse/export.ts';
import { TABLES, type Table } from '../src/domains/warehouse/tables.ts';
import { openLocks } from '../src/platform/jobs/lock.ts';
import type { Database } from '../src/platform/mongo/client.ts';
import { type ObjectStore, openStore } from '../src/platform/object-store/object-store.ts';
import { StoreError } from '../src/platform/object-store/store-error.ts';
import { closest } from './support/closest.ts';
import { run, withDatabase } from './support/run.ts';
import { openTenant } from './support/tenant.ts';
import { UsageError } from './support/usage-error.ts';

type Options = { to: string; tenant?: string; tables?: string };

const NAMES = TABLES.map(({ name }) => name);
/** How long a run that was killed keeps the next one out. */
const LOCK_MS = 15_000;
const RETRY_MS = 1_000;

const options = new Command('npm run export --')
  .description(
    'Writes orders, stock, products and reviews to Parquet files: what has changed since the last run.',
  )
  .requiredOption('--to <store>', 'a folder, or s3://bucket/prefix')
  .option('--tenant <subdomain>', 'only this shop')
  .option('--tables <names>', `only these, with commas between: ${NAMES.join(', ')}`)
  .addHelpText(
    'after',
    `
The files that count are listed in manifest/SHOP.json (docs/export.md). Stopped or killed anywhere, the next run finishes
the work.

Exit codes:
  0  all is exported
  1  something failed; what was exported before still counts`,
  )
  .parse()
  .opts<Options>();

function tablesOf(names: string | undefined): readonly Table[] {
  if (names === undefined) return TABLES;
  return names.split(',').map((name) => {
    const found = TABLES.find((table) => table.name === name.trim());
    if (found) return found;
    const meant = closest(name.trim(), NAMES);
    throw new UsageError(
      `There is no table "${name}". ${meant ? `Did you mean "${meant}"?` : NAMES.join(', ')}`,
    );
  });
}

async function exportOne(database: Database, shop: Tenant, store: ObjectStore, tables: readonly Table[]) {
  const system = database.systemDb('hold the lock of an export');
  const db = database.tenantDb(shop._id).fromSecondaries();
  const { subdomain: tenant } = shop;
  const done = await whenFree(() =>
    openLocks(system, null)({ name: `export ${tenant}`, ttlMs: LOCK_MS }, (held) =>
      exportShop(db, { store, tenant, tables, stillMine: () => held.renew() }),
    ),
  );
  if (!done) throw new UsageError(`Another export of ${tenant} is running`);
  console.log(
    `✔ ${tenant}: ${done.rows} rows of ${done.days} days written, ${done.unchanged} days are as they were, ${done.removed} old files removed`,
  );
}

/** One that was killed keeps the next one out for as long as its lock is good; one that lives, longer. */
async function whenFree<R>(work: () => Promise<R | null>): Promise<R | null> {
  const until = Date.now() + LOCK_MS + RETRY_MS;
  for (;;) {
    const done = await work();
    if (done !== null || Date.now() > until) return done;
    await sleep(RETRY_MS);
  }
}

await run(() =>
  withDatabase(async (database, config) => {
    const tables = tablesOf(options.tables);
    try {
      const store = openStore(options.to, config);
      const shops =
        options.tenant === undefined
          ? await listTenants(database.systemDb('export all shops'))
          : [await openTenant(database, { subdomain: options.tenant })];
      for (const shop of shops) await exportOne(database, shop, store, tables);
    } catch (error) {
      throw error instanceof StoreError ? new UsageError(error.message) : error;
    }
  }),
);
