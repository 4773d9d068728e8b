import { Command } from 'commander';
import { type CheckResult, checkData } from '../src/domains/checks/check-data.ts';
import type { Difference } from '../src/domains/checks/product-checks.ts';
import { listTenants } from '../src/domains/tenants/tenants.ts';
import type { Database } from '../src/platform/mongo/client.ts';
import { run, withDatabase } from './support/run.ts';
import { openTenant } from './support/tenant.ts';

const { tenant, repair, json } = new Command('npm run check-data --')
  .description(
    'Works out again what is copied or summed up in the documents of shops, and tells where it differs.',
  )
  .option('--tenant <subdomain>', 'only this shop')
  .option('--repair', 'set right what differs')
  .option('--json', 'print one JSON object a line')
  .addHelpText('after', '\nExit codes:\n  0  all is right, or was set right\n  1  something differs')
  .parse()
  .opts<{ tenant?: string; repair?: true; json?: true }>();

await run(() =>
  withDatabase(async (database) => {
    for (const shop of await shops(database)) {
      const db = database.tenantDb(shop._id, { deadline: Number.MAX_SAFE_INTEGER });
      const result = await checkData(db, {
        repair: repair ?? false,
        onDifference: (found) => tell(shop.subdomain, found),
      });
      conclude(shop.subdomain, result);
    }
  }),
);

async function shops(database: Database) {
  if (tenant === undefined) return listTenants(database.systemDb('check the data of shops'));
  return [await openTenant(database, { subdomain: tenant, create: false, currency: undefined })];
}

function tell(shop: string, difference: Difference) {
  const { check, record, stands, should } = difference;
  console.log(
    json
      ? JSON.stringify({ shop, ...difference })
      : `✖ ${shop} ${record} ${check}: ${stands}, should be ${should}`,
  );
}

function conclude(shop: string, result: CheckResult) {
  const left = result.differences > 0 && !repair;
  if (left) process.exitCode = 1;
  const { products, differences, repaired } = result;
  if (json) console.log(JSON.stringify({ shop, ...result }));
  else
    console.log(
      `${left ? '✖' : '✔'} ${shop}: ${products} products, ${differences} differences, ${repaired} records set right`,
    );
}
