import type { TenantDb } from '../../../platform/mongo/tenant-db.ts';
import { products } from '../collections.ts';
import type { Product } from '../documents.ts';
import { skuPlaces } from './claimed-keys.ts';
import { ImportedCategories } from './import-categories.ts';
import type { StatedProduct } from './import-source.ts';

/** What a transaction sees of the shop that some products of a file touch. */
export type Shop = {
  bySlug: Map<string, Product>;
  /** The slug of the product that has a SKU. */
  ownerOfSku: Map<string, string>;
  categories: ImportedCategories;
};

export async function readShop(tx: TenantDb, stated: StatedProduct[]): Promise<Shop> {
  const slugs = stated.map(({ draft }) => draft.slug);
  const known = await tx
    .collection(products)
    .find<Product>({ slug: { $in: slugs }, isDeleted: false }, { limit: slugs.length });
  return {
    bySlug: new Map(known.map((product) => [product.slug, product])),
    ownerOfSku: await findOwners(tx, stated),
    categories: await ImportedCategories.read(tx),
  };
}

type Owner = Pick<Product, 'slug'> & { keys: Pick<Product['keys'], 'skus'> };

async function findOwners(tx: TenantDb, stated: StatedProduct[]): Promise<Map<string, string>> {
  const skus = [...new Set(stated.flatMap((product) => [...skuPlaces(product).keys()]))];
  const owners = await tx
    .collection(products)
    .find<Owner>(
      { 'keys.skus': { $in: skus }, isDeleted: false },
      { limit: skus.length, projection: { slug: 1, 'keys.skus': 1 } },
    );
  return new Map(owners.flatMap(({ slug, keys }) => keys.skus.map((sku) => [sku, slug])));
}
