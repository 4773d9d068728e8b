import { Command } from 'commander';
import { dayOf } from '../src/domains/analytics/days.ts';
import { refreshProductDays } from '../src/domains/analytics/product-analytics.ts';
import { rebuildSales } from '../src/domains/analytics/sales-days.ts';
import { listTenants } from '../src/domains/tenants/tenants.ts';
import { run, withDatabase } from './support/run.ts';
import { UsageError } from './support/usage-error.ts';

const command = new Command('npm run analytics --')
  .description(
    'Works out the daily figures of the catalogue and of sales again, for one shop or for all of them.',
  )
  .option('--tenant <subdomain>', 'only this shop')
  .option('--since <date>', 'only days from this one on, such as 2026-11-01')
  .parse();

await run(() =>
  withDatabase(async (database) => {
    const { tenant, since } = command.opts<{ tenant?: string; since?: string }>();
    const from = new Date(since ?? 0);
    if (Number.isNaN(from.getTime()))
      throw new UsageError(`--since takes a date such as 2026-11-01, not "${since}"`);
    const all = await listTenants(database.systemDb('refresh the analytics of shops'));
    const chosen = all.filter(({ subdomain }) => tenant === undefined || subdomain === tenant);
    if (chosen.length === 0) throw new UsageError(`There is no shop "${tenant}"; there are: ${namesOf(all)}`);
    for (const shop of chosen) {
      const db = database.tenantDb(shop._id);
      await refreshProductDays(db, shop.settings.currency, from);
      await rebuildSales(db, shop.settings.currency, dayOf(from));
      console.log(`✔ ${shop.subdomain}`);
    }
  }),
);

function namesOf(shops: { subdomain: string }[]) {
  return shops.map(({ subdomain }) => subdomain).join(', ') || 'none';
}
