import DataLoader from 'dataloader';
import type { Document, ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { defineLoader, perExecution } from '../../platform/graphql/loader.ts';
import { SharedLookup } from '../../platform/mongo/shared-lookup.ts';
import {
  countBelow,
  countWithin,
  findCategoriesById,
  findCategoriesBySlug,
  findChildren,
} from './categories.ts';
import type { Category, Product } from './documents.ts';
import { joinProjections, projectionName } from './product-fields.ts';
import { findProducts, type ProductPath } from './products.ts';

const MOST_KEYS = 100;

type ProductKey = { key: ObjectId | string; projection: Document };

/**
 * Products by one unique path. Those of one request are read together, with all the parts that any of them asked for,
 * and together with those of other requests that ask for the same parts and may see the same products.
 */
function productLoader(path: ProductPath) {
  const shared = new SharedLookup<ObjectId | string, Product>((product) => keysOf(product, path));
  const withKey = keyAdder(path);
  const make = ({ db, viewer }: Context) => {
    const audience = viewer.may('catalogue:read') ? 'staff' : 'shoppers';
    return new DataLoader<ProductKey, Product | null, string>(
      async (wanted) => {
        const projection = withKey(joinProjections(wanted.map((one) => one.projection)));
        const keys = wanted.map(({ key }) => key);
        const kind = `${audience} ${projectionName(projection)}`;
        const rows = await shared.find(db, kind, keys, (asker, asked) =>
          findProducts(asker, path, asked, audience, projection),
        );
        return keys.map((key) => rows.get(String(key)) ?? null);
      },
      {
        maxBatchSize: MOST_KEYS,
        cacheKeyFn: ({ key, projection }) => `${key} ${projectionName(projection)}`,
      },
    );
  };
  return (context: Context) => perExecution(context, path, () => make(context));
}

/** Adds the path of the key itself, which finds each row's place again. */
function keyAdder(path: ProductPath) {
  const known = new WeakMap<Document, Document>();
  return (projection: Document): Document => {
    const extended = known.get(projection) ?? joinProjections([projection, { [path]: 1 }]);
    known.set(projection, extended);
    return extended;
  };
}

const keysOf = (product: Product, path: ProductPath): string[] => {
  if (path === '_id') return [product._id.toHexString()];
  if (path === 'formerSlugs') return product.formerSlugs;
  return path === 'slug' ? [product.slug] : product.keys.skus;
};

export const productBy = {
  _id: productLoader('_id'),
  slug: productLoader('slug'),
  formerSlugs: productLoader('formerSlugs'),
  'keys.skus': productLoader('keys.skus'),
};

export const categoryById = defineLoader(findCategoriesById, (category) => category._id);
export const categoryBySlug = defineLoader(findCategoriesBySlug, (category) => category.slug);
export const productCountBelow = defineLoader(countBelow, (row) => row._id);
export const productCountWithin = defineLoader(countWithin, (row) => row._id);

/** The children of each category, read for all parents of a tick together. */
export const childrenOf = (context: Context) =>
  perExecution(
    context,
    findChildren,
    () =>
      new DataLoader<ObjectId, Category[], string>(
        async (parents) => {
          const found = await findChildren(context.db, [...parents]);
          const children = Map.groupBy(found, ({ parentId }) => String(parentId));
          return parents.map((parent) => children.get(String(parent)) ?? []);
        },
        { cacheKeyFn: String, maxBatchSize: MOST_KEYS },
      ),
  );
