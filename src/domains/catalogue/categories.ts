import type { ObjectId } from 'mongodb';
import { badInput } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { categories, products } from './collections.ts';
import type { Category, CategoryCopy } from './documents.ts';
import { findId, isActive } from './products.ts';

/** A category as it stands, or its copy inside a product. */
export type AnyCategory = Category | CategoryCopy;

export const MAX_DEPTH = 5;
/** A shop's tree is read whole, so it is bounded. */
export const MAX_CATEGORIES = 5_000;
const inOrder = { position: 1, _id: 1 } as const;

export const isWhole = (category: AnyCategory): category is Category => 'ancestorIds' in category;

export const findCategoriesById = (db: TenantDb, ids: ObjectId[]): Promise<Category[]> =>
  db.collection(categories).find({ _id: { $in: ids }, isDeleted: false }, { limit: ids.length });

export const findCategoriesBySlug = (db: TenantDb, slugs: string[]): Promise<Category[]> =>
  db.collection(categories).find({ slug: { $in: slugs }, isDeleted: false }, { limit: slugs.length });

/** The children of several categories at once, in their order. */
export const findChildren = (db: TenantDb, parentIds: ObjectId[]): Promise<Category[]> =>
  db
    .collection(categories)
    .find({ parentId: { $in: parentIds }, isDeleted: false }, { sort: inOrder, limit: MAX_CATEGORIES });

/** A category and all below it. */
export const findCategoriesBelow = async (db: TenantDb, id: ObjectId): Promise<ObjectId[]> => {
  const below = await db
    .collection(categories)
    .find<Pick<Category, '_id'>>(
      { ancestorIds: id, isDeleted: false },
      { limit: MAX_CATEGORIES, projection: { _id: 1 } },
    );
  return [id, ...below.map(({ _id }) => _id)];
};

/** What is below a category (or the whole tree), each category followed by what is below it. */
export async function categoryTree(
  db: TenantDb,
  parentId: ObjectId | null,
  maxDepth: number,
): Promise<Category[]> {
  if (maxDepth < 1 || maxDepth > MAX_DEPTH) {
    throw badInput(`A tree has 1 to ${MAX_DEPTH} levels, not ${maxDepth}`, 'maxDepth');
  }
  const below = parentId ? { ancestorIds: parentId } : {};
  const found = await db
    .collection(categories)
    .find({ ...below, isDeleted: false }, { limit: MAX_CATEGORIES });
  const children = Map.groupBy(found, (category) => String(category.parentId));
  const descend = (id: ObjectId | null, depth: number): Category[] =>
    depth === 0
      ? []
      : sorted(children.get(String(id))).flatMap((child) => [child, ...descend(child._id, depth - 1)]);
  return descend(parentId, maxDepth);
}

const sorted = (siblings: Category[] = []) =>
  siblings.toSorted(
    (a, b) => a.position - b.position || a._id.toHexString().localeCompare(b._id.toHexString()),
  );

export type CategoryCount = { _id: ObjectId; count: number };

/** How many active products several categories have, with what is below them. */
export const countBelow = (db: TenantDb, ids: ObjectId[]): Promise<CategoryCount[]> =>
  db
    .collection(products)
    .aggregate<CategoryCount>([
      { $match: { categoryIds: { $in: ids }, ...isActive } },
      { $project: { categoryIds: 1 } },
      { $unwind: '$categoryIds' },
      { $match: { categoryIds: { $in: ids } } },
      { $group: { _id: '$categoryIds', count: { $sum: 1 } } },
    ]);

/** The same without what is below them. */
export const countWithin = (db: TenantDb, ids: ObjectId[]): Promise<CategoryCount[]> =>
  db
    .collection(products)
    .aggregate<CategoryCount>([
      { $match: { 'category._id': { $in: ids }, ...isActive } },
      { $group: { _id: '$category._id', count: { $sum: 1 } } },
    ]);

export type CategoryLookup = { id?: string | null | undefined; slug?: string | null | undefined };

/** Exactly one of the two; a text that cannot be an id is the id of nothing. */
export function readCategoryLookup({ id, slug }: CategoryLookup): { id: ObjectId | null; slug?: string } {
  if ((id == null) === (slug == null))
    throw badInput('Name the category by exactly one of id and slug', 'id');
  return slug == null ? { id: findId(id ?? '') } : { id: null, slug };
}

export const copyOf = ({ _id, name, path, slug }: Category): CategoryCopy => ({ _id, name, path, slug });
