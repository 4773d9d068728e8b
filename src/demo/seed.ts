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
import type { CollectionDefinition, TenantDocument } from '../platform/mongo/collection.ts';
import type { NewDocument } from '../platform/mongo/tenant-collection.ts';
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
  await replaceAll(db, categories, documents.categories);
  await replaceAll(db, products, documents.products);
  await replaceAll(db, reviews, documents.reviews);
  await replaceAll(db, stockMovements, ledger);
  await sell(db, shop, documents);
  await rebuildFigures(db);
  await refreshProductDays(db, shop.tenant.currency);
  await refreshVocabulary(db);
}

async function replaceAll<T extends TenantDocument>(
  db: TenantDb,
  definition: CollectionDefinition<T>,
  documents: NewDocument<T>[],
): Promise<void> {
  await db.collection(definition).deleteMany({});
  if (documents.length > 0) await db.collection(definition).insertMany(documents);
}

/** After the products, whose sold pieces are counted in them. */
async function sell(db: TenantDb, { tenant }: DemoShop, { products: goods }: DemoDocuments): Promise<void> {
  const sold = demoOrders(tenant, goods, db.now());
  await replaceAll(db, orders, sold.orders);
  await replaceAll(db, orderEvents, sold.events);
  await replaceAll(db, payments, sold.payments);
  await replaceAll(db, paymentRefunds, sold.refunds);
  const given = { $set: { last: sold.orders.length } };
  await db.collection(orderCounters).findOneAndUpdate({ _id: db.tenantId }, given, { upsert: true });
  await refreshSales(db, tenant.currency);
  await refreshBestSellers(db);
}
