import { refreshBestSellers } from './domains/analytics/best-sellers.ts';
import { refreshProductDays } from './domains/analytics/product-analytics.ts';
import { refreshSales } from './domains/analytics/sales-days.ts';
import { ensureAuditMonths } from './domains/audit/month-collections.ts';
import { runImportJobs } from './domains/catalogue/bulk/import-jobs.ts';
import { refreshAllDueCopies } from './domains/catalogue/category-copies.ts';
import { foldAllFigures } from './domains/catalogue/category-figures.ts';
import { checkAllShops, type DataCheck } from './domains/checks/check-shops.ts';
import { sweepReservations } from './domains/inventory/sweeping.ts';
import { archiveOrders } from './domains/orders/archive/archive-orders.ts';
import { reconcilePayments } from './domains/orders/payment-reconciler.ts';
import { cancelUnpaidOrders } from './domains/orders/unpaid-orders.ts';
import { sendTestNotices } from './domains/payments/test-notices.ts';
import { eraseDue } from './domains/privacy/erasing.ts';
import { refreshPriceKeys } from './domains/search/price-keys.ts';
import { recountShop } from './domains/search/recount.ts';
import type { Tenant } from './domains/tenants/collections.ts';
import { listTenants } from './domains/tenants/tenants.ts';
import type { Job } from './platform/jobs/clock.ts';
import { type Held, openLocks } from './platform/jobs/lock.ts';
import type { Database } from './platform/mongo/client.ts';
import { endIdleTransactions } from './platform/mongo/idle-transactions.ts';
import { openAbandoned } from './platform/mongo/moving/move.ts';
import type { SystemDb } from './platform/mongo/system-db.ts';
import type { TenantDb } from './platform/mongo/tenant-db.ts';
import type { OpenServices } from './services.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** How long the others wait for a process that was killed in the middle of what one does for all. */
const LOCK_MS = MINUTE_MS;

type JobServices = Pick<OpenServices, 'payments' | 'views' | 'redis'>;

/**
 * What the API does on a clock, in every process: each piece of work is claimed, or may be done twice. What is long, and
 * the same whoever does it, one process does for all. `url` is where this process is reached.
 */
export function jobsOf(
  database: Database,
  { payments, views, redis }: JobServices,
  url: string,
  onCheck: (found: DataCheck) => Promise<void>,
): Job[] {
  const withLock = openLocks(database.systemDb('jobs of one process'), redis);
  const forEachShop = (reason: string, work: (db: TenantDb, shop: Tenant) => Promise<void>) => async () => {
    for (const shop of await listTenants(database.systemDb(reason)))
      await work(database.tenantDb(shop._id), shop);
  };
  const inEachDatabase = (reason: string, work: (system: SystemDb) => Promise<unknown>) => async () => {
    const failures: unknown[] = [];
    for (const system of database.systemDbs(reason))
      await work(system).catch((error) => failures.push(error));
    if (failures.length === 1) throw failures[0];
    if (failures.length > 1) throw new AggregateError(failures, `${failures.length} databases: ${reason}`);
  };
  const inOneProcess = (name: string, everyMs: number, work: (held: Held) => Promise<void>): Job => ({
    ...{ name, everyMs },
    // A little before the round is over: the clocks of processes are not quite even.
    run: async () => void (await withLock({ name, ttlMs: LOCK_MS, everyMs: 0.8 * everyMs }, work)),
  });
  return [
    {
      name: 'end transactions that a dead process has left open',
      everyMs: 2 * SECOND_MS,
      run: async () => void (await endIdleTransactions(database)),
    },
    {
      name: 'open shops whose move was ended half-way',
      everyMs: 5 * SECOND_MS,
      run: () => openAbandoned(database),
    },
    {
      name: 'bring price keys up to date',
      everyMs: SECOND_MS,
      run: () => refreshPriceKeys(...database.systemDbs('price keys of all shops')),
    },
    {
      name: 'end reservations that are due',
      everyMs: 5 * SECOND_MS,
      run: inEachDatabase('reservations of all shops', sweepReservations),
    },
    {
      name: 'ask what became of payments',
      everyMs: 2 * SECOND_MS,
      run: async () => void (await reconcilePayments(database.systemDbs('payments of all shops'), payments)),
    },
    {
      name: 'tell of test payments',
      everyMs: SECOND_MS,
      run: inEachDatabase('test payments of all shops', (system) => sendTestNotices(system, url)),
    },
    {
      name: 'cancel orders that are not paid in time',
      everyMs: 10 * SECOND_MS,
      run: inEachDatabase('unpaid orders of all shops', cancelUnpaidOrders),
    },
    {
      name: 'bring the copies of categories up to date',
      everyMs: 5 * SECOND_MS,
      run: inEachDatabase('category copies of all shops', refreshAllDueCopies),
    },
    {
      name: 'add up the figures of categories',
      everyMs: SECOND_MS,
      run: inEachDatabase('figures of all categories', foldAllFigures),
    },
    {
      name: 'import uploaded products',
      everyMs: SECOND_MS,
      run: () => runImportJobs(database),
    },
    {
      name: 'make the months of the audit',
      everyMs: 60 * MINUTE_MS,
      run: inEachDatabase('months of the audit', ensureAuditMonths),
    },
    // What was made yesterday may still have been sold, changed or deleted since.
    inOneProcess('work out the days of the catalogue', 10 * MINUTE_MS, ({ fence, renew }) =>
      forEachShop('daily figures of all shops', async (db, { settings }) => {
        await renew();
        await refreshProductDays(db, settings.currency, new Date(db.now().getTime() - 2 * DAY_MS), fence);
      })(),
    ),
    {
      name: 'forget people',
      everyMs: 5 * SECOND_MS,
      run: inEachDatabase('erasures of all shops', eraseDue),
    },
    {
      name: 'work out the days of sales',
      everyMs: 10 * SECOND_MS,
      run: forEachShop('sales of all shops', (db, { settings }) => refreshSales(db, settings.currency)),
    },
    inOneProcess('count what is sold best', 10 * MINUTE_MS, ({ renew }) =>
      forEachShop('best sellers of all shops', async (db) => {
        await renew();
        await refreshBestSellers(db);
      })(),
    ),
    inOneProcess('move orders past retention to the archive', 60 * MINUTE_MS, ({ renew }) =>
      forEachShop('orders of all shops that are past retention', async (db, { settings }) => {
        const { archiveOrdersAfterMonths: months } = settings;
        if (months !== undefined) await archiveOrders(db, { months, onStep: () => renew() });
      })(),
    ),
    inOneProcess('check the data', DAY_MS, async ({ renew }) =>
      onCheck(await checkAllShops(database, { renew })),
    ),
    {
      name: 'count views of products',
      everyMs: SECOND_MS,
      run: () => views.count(database.systemDb('views in all shops')),
    },
    {
      name: 'count the words and facets of the catalogues',
      everyMs: 10 * MINUTE_MS,
      run: forEachShop('counts of all shops', async (db) => void (await recountShop(db))),
    },
  ];
}
