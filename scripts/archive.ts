import { Argument, Command } from 'commander';
import { archiveOrders, countDueOrders } from '../src/domains/orders/archive/archive-orders.ts';
import { restoreOrders } from '../src/domains/orders/archive/restore-orders.ts';
import { numberOf } from '../src/domains/orders/orders.ts';
import type { Tenant } from '../src/domains/tenants/collections.ts';
import { listTenants } from '../src/domains/tenants/tenants.ts';
import type { Database } from '../src/platform/mongo/client.ts';
import { run, withDatabase } from './support/run.ts';
import { openTenant } from './support/tenant.ts';
import { UsageError } from './support/usage-error.ts';

type Options = { tenant?: string; dryRun?: true; restore?: string | true };

const command = new Command('npm run archive --')
  .description(
    'Moves orders that are at an end, and past what their shop keeps at hand, to the archive in the same database.',
  )
  .addArgument(new Argument('<what>', 'what to move').choices(['orders']))
  .option('--tenant <subdomain>', 'only this shop')
  .option('--dry-run', 'show how many would be moved, and change nothing')
  .option('--restore [number]', 'take an order out of the archive, or all of the shop that --tenant names')
  .addHelpText(
    'after',
    `
A shop says how long by its setting archiveOrdersAfterMonths (shopUpdate); without it, nothing moves. Stopped or killed
anywhere, the next run finishes the work. For months of the audit: npm run audit-archive.

Exit codes:
  0  all is done (with --dry-run: shown)
  1  something failed, or there is no such order in the archive`,
  )
  .parse();

const { tenant, dryRun, restore } = command.opts<Options>();

const counted = (count: number) => `${count.toLocaleString('en-US')} ${count === 1 ? 'order' : 'orders'}`;

async function archive(database: Database, { _id, subdomain, settings }: Tenant): Promise<void> {
  const { archiveOrdersAfterMonths: months } = settings;
  if (months === undefined) return console.log(`✔ ${subdomain}: keeps all orders at hand`);
  const db = database.tenantDb(_id, { deadline: Number.MAX_SAFE_INTEGER });
  const than = `older than ${months} months`;
  if (dryRun)
    return console.log(`${subdomain}: ${counted(await countDueOrders(db, months))} ${than} would move`);
  console.log(`✔ ${subdomain}: ${counted(await archiveOrders(db, { months }))} ${than} moved to the archive`);
}

async function bringBack(database: Database, { _id, subdomain, settings }: Tenant): Promise<void> {
  const db = database.tenantDb(_id, { deadline: Number.MAX_SAFE_INTEGER });
  const restored = await restoreOrders(db, typeof restore === 'string' ? { number: numberOf(restore) } : {});
  if (restored === 0 && typeof restore === 'string')
    throw new UsageError(`There is no order ${restore} in the archive of ${subdomain}`);
  console.log(`✔ ${subdomain}: ${counted(restored)} came back out of the archive`);
  if (settings.archiveOrdersAfterMonths !== undefined)
    console.log('The next run moves again what is past retention by then: see archiveOrdersAfterMonths.');
}

async function shopsOf(database: Database): Promise<Tenant[]> {
  if (tenant !== undefined) return [await openTenant(database, { subdomain: tenant })];
  if (restore !== undefined) throw new UsageError('Say of which shop: --tenant SUBDOMAIN');
  return listTenants(database.systemDb('move orders of all shops to the archive'));
}

await run(() =>
  withDatabase(async (database) => {
    for (const shop of await shopsOf(database))
      await (restore === undefined ? archive(database, shop) : bringBack(database, shop));
  }),
);
