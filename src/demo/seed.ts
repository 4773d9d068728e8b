import { refreshBestSellers } from '../domains/analytics/best-sellers.ts';
import { refreshProductDays } from '../domains/analytics/product-analytics.ts';
import { refreshSales } from '../domains/analytics/sales-days.ts';
import { rebuildFigures } from '../domains/catalogue/category-figures.ts';
import { categories, products } from '../domains/catalogue/collections.ts';
import { movementsBetween, stockMovements } from '../domains/catalogue/stock-movements.ts';
import { refreshVocabulary } from '../domains/catalogue/vocabulary.ts';
import { orderCounters, orderEvents, orders } from '../domains/orders/collections.ts';
import { paymentRefunds, payments } from '../domains/payments/collections.ts';
import { reviews } from '../domains/reviews/collections.ts';
import { createTenant, findTenant } from '../domains/tenants/tenants.ts';
import type { Database } from '../platform/mongo/client.ts';
import type { TenantDb } from '../platform/mongo/tenant-db.ts';
import { type DemoDocuments, demoDocuments } from './demo-documents.ts';
import { demoOrders } from './demo-orders.ts';
import { type DemoShop, demoShops } from './demo-shops.ts';

export type SeededShop = { subdomain: string; name: string; products: number; reviews: number };

/** Opens the demo shops that are not there yet. The answer names those that were opened now. */
export async function seedDemoShops(database: Database): Promise<SeededShop[]> {
  const directory = database.systemDb('open the demo shops');
  const opened: SeededShop[] = [];
  for (const shop of demoShops(directory.now())) {
    if (await findTenant(directory, shop.tenant.subdomain)) continue;
    await fillShop(database.tenantDb(shop.tenant._id), shop);
    // The shop opens last: one that was killed half-way is begun again.
    await createTenant(directory, shop.tenant);
    const { name, subdomain } = shop.tenant;
    opened.push({ subdomain, name, products: shop.products.length, reviews: shop.reviews.length });
  }
  return opened;
}

async function fillShop(db: TenantDb, shop: DemoShop): Promise<void> {
  const documents = demoDocuments(shop, db.now());
  const by = { now: db.now(), actor: null };
  const ledger = documents.products.flatMap((product) =>
    movementsBetween(null, product, 'opening stock', by),
  );
  await db.collection(categories).deleteMany({});
  await db.collection(products).deleteMany({});
  await db.collection(reviews).deleteMany({});
  await db.collection(stockMovements).deleteMany({});
  await db.collection(categories).insertMany(documents.categories);
  await db.collection(products).insertMany(documents.products);
  await db.collection(reviews).insertMany(documents.reviews);
  await db.collection(stockMovements).insertMany(ledger);
  await sell(db, shop, documents);
  await rebuildFigures(db);
  await refreshProductDays(db, shop.tenant.currency);
  await refreshVocabulary(db);
}

/** After the products, whose sold pieces are counted in them. */
async function sell(db: TenantDb, { tenant }: DemoShop, { products: goods }: DemoDocuments): Promise<void> {
  const sold = demoOrders(tenant, goods, db.now());
  await db.collection(orders).deleteMany({});
  await db.collection(orderEvents).deleteMany({});
  await db.collection(payments).deleteMany({});
  await db.collection(paymentRefunds).deleteMany({});
  await db.collection(orders).insertMany(sold.orders);
  await db.collection(orderEvents).insertMany(sold.events);
  await db.collection(payments).insertMany(sold.payments);
  if (sold.refunds.length > 0) await db.collection(paymentRefunds).insertMany(sold.refunds);
  const given = { $set: { last: sold.orders.length } };
  await db.collection(orderCounters).findOneAndUpdate({ _id: db.tenantId }, given, { upsert: true });
  await refreshSales(db, tenant.currency);
  await refreshBestSellers(db);
}
