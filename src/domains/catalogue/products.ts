import { type Document, ObjectId } from 'mongodb';
import { badInput } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products } from './collections.ts';
import type { Product } from './documents.ts';

/** What shoppers see. */
export const isActive = { isDeleted: false, status: 'ACTIVE' } as const;
const isLive = { isDeleted: false };

/** The path by which a product is looked up. */
export type ProductPath = '_id' | 'slug' | 'formerSlugs' | 'keys.skus';

/** What lets MongoDB see that the partial index on a path holds what is looked for. */
const hasFormerSlugs = { 'formerSlugs.0': { $exists: true } };

/** Products by one of their unique keys; `audience` says whether drafts and archived ones are among them. */
export const findProducts = (
  db: TenantDb,
  path: ProductPath,
  keys: (ObjectId | string)[],
  audience: 'shoppers' | 'staff',
  projection: Document,
): Promise<Product[]> =>
  db.collection(products).find(
    {
      [path]: { $in: keys },
      ...(path === 'formerSlugs' && hasFormerSlugs),
      ...(audience === 'staff' ? isLive : isActive),
    },
    { limit: keys.length, projection },
  );

export type ProductLookup = {
  id?: string | null | undefined;
  slug?: string | null | undefined;
  sku?: string | null | undefined;
};

/** Exactly one of the three; a text that cannot be an id is the id of nothing. */
export function readLookup({
  id,
  slug,
  sku,
}: ProductLookup): { path: ProductPath; key: ObjectId | string } | null {
  const given = [id, slug, sku].filter((key) => key != null);
  if (given.length !== 1) throw badInput('Name the product by exactly one of id, slug and sku', 'id');
  if (id != null) {
    const key = findId(id);
    return key && { path: '_id', key };
  }
  if (slug != null) return { path: 'slug', key: slug };
  return sku == null ? null : { path: 'keys.skus', key: sku };
}

export const findId = (text: string): ObjectId | null =>
  /^[0-9a-f]{24}$/i.test(text) ? new ObjectId(text) : null;
