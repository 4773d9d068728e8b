import { ObjectId } from 'mongodb';
import { categories, products } from '../../../src/domains/catalogue/collections.ts';
import type { Product } from '../../../src/domains/catalogue/documents.ts';
import { type ImportOptions, importProducts } from '../../../src/domains/catalogue/import/import-products.ts';
import { ndjsonProducts } from '../../../src/domains/catalogue/import/ndjson.ts';
import { shopifyProducts } from '../../../src/domains/catalogue/import/shopify-csv.ts';
import { reviews } from '../../../src/domains/reviews/collections.ts';
import { createTenant } from '../../../src/domains/tenants/tenants.ts';
import { indexesOf, validatorOf } from '../../../src/platform/mongo/collection.ts';
import { noOrigin } from '../../../src/platform/mongo/scope.ts';
import type { TenantDb } from '../../../src/platform/mongo/tenant-db.ts';
import { openTestDatabase, rawDb } from '../../support/mongo.ts';
import { bytes } from './sources.ts';

export type ImportShop = Awaited<ReturnType<typeof openImportShops>>;

/** A database with the shop's collections, whose clock stands where a test sets it. */
export async function openImportShops(open = openTestDatabase) {
  const clock = { now: new Date('2026-03-01T12:00:00Z') };
  const database = await open({ now: () => clock.now });
  for (const collection of [categories, products, reviews]) {
    const made = await rawDb(database).createCollection(collection.name, {
      validator: validatorOf(collection),
      ...collection.options,
    });
    await made.createIndexes(indexesOf(collection));
  }
  const newShop = async (origin = noOrigin) => {
    const subdomain = `shop-${new ObjectId()}`;
    const shop = { name: subdomain, subdomain, plan: 'PRO' as const, currency: 'USD', locale: 'en-US' };
    const { _id } = await createTenant(database.systemDb('open a shop for a test'), shop);
    return database.tenantDb(_id, { origin });
  };
  return { clock, database, newShop };
}

type Content = string | AsyncIterable<Uint8Array>;
const asBytes = (content: Content) => (typeof content === 'string' ? bytes(content) : content);

export const importShopify = (db: TenantDb, content: Content, options?: ImportOptions) =>
  importProducts(db, shopifyProducts(asBytes(content), { currency: 'USD' }), options);

/** Each product a line of NDJSON. */
export const importLines = (db: TenantDb, lines: object[], options?: ImportOptions) =>
  importProducts(
    db,
    ndjsonProducts(bytes(lines.map((line) => JSON.stringify(line)).join('\n')), { currency: 'USD' }),
    options,
  );

export const productOf = async (db: TenantDb, slug: string): Promise<Product> => {
  const found = await db.collection(products).findOne<Product>({ slug, isDeleted: false });
  if (!found) throw new Error(`The shop has no product ${slug}`);
  return found;
};

export const allProducts = (db: TenantDb) =>
  db.collection(products).find<Product>({}, { limit: 1_000, sort: { slug: 1 } });

export const allCategories = (db: TenantDb) =>
  db.collection(categories).find({}, { limit: 1_000, sort: { slug: 1 } });
