import DataLoader from 'dataloader';
import type { Document, ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { defineLoader, perExecution } from '../../platform/graphql/loader.ts';
import {
  countBelow,
  countWithin,
  findCategoriesById,
  findCategoriesBySlug,
  findChildren,
} from './categories.ts';
import type { Category, Product } from './documents.ts';
import { joinProjections } from './product-fields.ts';
import { findProducts, type ProductPath } from './products.ts';

const MOST_KEYS = 100;

type ProductKey = { key: ObjectId | string; projection: Document };

/** Products by one unique path; those of one tick are read together, with all the parts that any of them asked for. */
const productLoader = (path: ProductPath) => (context: Context) =>
  perExecution(context, path, () => {
    const audience = context.viewer.may('catalogue:read') ? 'staff' : 'shoppers';
    return new DataLoader<ProductKey, Product | null, string>(
      async (wanted) => {
        const projection = joinProjections([{ [path]: 1 }, ...wanted.map((one) => one.projection)]);
        const keys = [...new Map(wanted.map(({ key }) => [String(key), key])).values()];
        const found = await findProducts(context.db, path, keys, audience, projection);
        const rows = new Map(found.flatMap((row) => keysOf(row, path).map((key) => [key, row])));
        return wanted.map(({ key }) => rows.get(String(key)) ?? null);
      },
      {
        maxBatchSize: MOST_KEYS,
        cacheKeyFn: ({ key, projection }) => `${key} ${Object.keys(projection)}`,
      },
    );
  });

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
