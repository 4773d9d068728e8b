import { Argument, Command } from 'commander';
import { products } from '../src/domains/catalogue/collections.ts';
import { rebuildStock } from '../src/domains/inventory/stock-rebuild.ts';
import { orders } from '../src/domains/orders/collections.ts';
import { rebuildOrders } from '../src/domains/orders/order-rebuild.ts';
import type { Tenant } from '../src/domains/tenants/collections.ts';
import { listTenants } from '../src/domains/tenants/tenants.ts';
import type { Database } from '../src/platform/mongo/client.ts';
import type { TenantDb } from '../src/platform/mongo/tenant-db.ts';
import { run, withDatabase } from './support/run.ts';
import { openTenant } from './support/tenant.ts';

type What = 'orders' | 'stock';
type Found = { record: string; path: string; stands: unknown; should: unknown };

const MOST_COUNTED = 1_000_000_000;

const command = new Command('npm run rebuild --')
  .description(
    'Makes orders again out of their events, or stock out of the ledger, and tells where they differ.',
  )
  .addArgument(new Argument('<what>', 'what to make again').choices(['orders', 'stock']))
  .option('--tenant <subdomain>', 'only this shop')
  .option('--swap', 'put what was made in the place of what differs; the shop may be open meanwhile')
  .addHelpText(
    'after',
    `
Exit codes:
  0  nothing differs
  1  something differs; with --swap, something still differs after it`,
  )
  .parse();

const { tenant, swap = false } = command.opts<{ tenant?: string; swap?: true }>();
const what = command.processedArgs[0] as What;

async function* differences(db: TenantDb, swapped: boolean): AsyncGenerator<Found> {
  if (what === 'orders')
    for await (const { orderId, number, ...found } of rebuildOrders(db, swapped))
      yield { record: `order:${orderId} ${number}`, ...found };
  else
    for await (const { productId, sku, ...found } of rebuildStock(db, swapped))
      yield { record: `product:${productId} ${sku}`, ...found };
}

async function rebuild(database: Database, shop: Tenant) {
  const db = database.tenantDb(shop._id, { deadline: Number.MAX_SAFE_INTEGER });
  let differ = 0;
  for await (const { record, path, stands, should } of differences(db, swap)) {
    differ += 1;
    console.log(`✖ ${shop.subdomain} ${record} ${path}: ${text(stands)}, should be ${text(should)}`);
  }
  const left = swap && differ > 0 ? (await Array.fromAsync(differences(db, false))).length : differ;
  if (left > 0) process.exitCode = 1;
  const counted = await db
    .collection<{ _id: Tenant['_id']; tenantId: Tenant['_id'] }>(what === 'orders' ? orders : products)
    .count({}, { limit: MOST_COUNTED });
  const kind = what === 'orders' ? 'orders' : 'products';
  console.log(
    `${left > 0 ? '✖' : '✔'} ${shop.subdomain}: ${counted} ${kind}, ${differ} differences, ${left} left`,
  );
}

const text = (value: unknown) => JSON.stringify(value) ?? 'nothing';

await run(() =>
  withDatabase(async (database) => {
    const shops =
      tenant === undefined
        ? await listTenants(database.systemDb('rebuild what shops have'))
        : [await openTenant(database, { subdomain: tenant })];
    for (const shop of shops) await rebuild(database, shop);
  }),
);
