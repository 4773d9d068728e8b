import { indexName } from '../../platform/mongo/collection.ts';
import type { Keyset } from '../../platform/mongo/page.ts';
import type { ProductSort } from '../../schema.types.ts';
import type { Product } from '../catalogue/documents.ts';
import type { CheckedFilter } from './product-filter.ts';

export type StoredOrder = Exclude<ProductSort, 'RELEVANCE'>;

const byTime = { path: 'createdAt', valueOf: ({ createdAt }: Product) => createdAt };
const byPrice = { path: 'keys.price', valueOf: ({ keys }: Product) => keys.price };
const byName = { path: 'keys.name', valueOf: ({ keys }: Product) => keys.name };

/** The orders that stand in indexes. */
export const ORDERS: Record<StoredOrder, Keyset<Product>> = {
  NEWEST: { name: 'NEWEST', direction: -1, ...byTime },
  OLDEST: { name: 'OLDEST', direction: 1, ...byTime },
  PRICE_ASC: { name: 'PRICE_ASC', direction: 1, ...byPrice },
  PRICE_DESC: { name: 'PRICE_DESC', direction: -1, ...byPrice },
  NAME_ASC: { name: 'NAME_ASC', direction: 1, ...byName },
  NAME_DESC: { name: 'NAME_DESC', direction: -1, ...byName },
  RATING_DESC: {
    name: 'RATING_DESC',
    path: 'keys.rating',
    direction: -1,
    valueOf: ({ keys }) => keys.rating,
  },
  BEST_SELLING: {
    name: 'BEST_SELLING',
    path: 'soldRecently',
    direction: -1,
    valueOf: ({ soldRecently }) => soldRecently,
  },
};

const SHOWN = { isDeleted: 1, status: 1 } as const;
/** Which way each path stands in its indexes; they are read in both directions. */
const STANDS: Record<string, 1 | -1> = {
  createdAt: -1,
  'keys.price': 1,
  'keys.name': 1,
  'keys.rating': -1,
  soldRecently: -1,
};

/** The index in which the products of a list stand in order, behind the narrowest part of its filter that has one. */
export function indexOf({ path }: Keyset<Product>, filter: CheckedFilter): string {
  const stands = STANDS[path] ?? 1;
  const start = startOf(path, filter);
  return indexName({
    tenantId: 1,
    ...(start && { [start]: 1 as const }),
    ...SHOWN,
    [path]: stands,
    _id: stands,
  });
}

function startOf(path: string, filter: CheckedFilter): string | null {
  const byDate = path === 'createdAt';
  if (filter.category ?? filter.within) {
    return byDate && !filter.includeDescendants ? 'category._id' : 'categoryIds';
  }
  // Several tags at once would be several ranges, which no longer stand in one order.
  const oneTag = filter.tagsAll.length > 0 || filter.tagsIn.length === 1;
  return byDate && oneTag ? 'tags' : null;
}
