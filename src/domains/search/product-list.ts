import type { Document, ObjectId } from 'mongodb';
import { badInput } from '../../platform/errors.ts';
import { type Counted, countedOnce } from '../../platform/graphql/connection.ts';
import { findPage, type Page, type PageArgs } from '../../platform/mongo/page.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { Facet, InputMaybe, ProductFilter, ProductSort } from '../../schema.types.ts';
import { findCategoriesBySlug } from '../catalogue/categories.ts';
import { products } from '../catalogue/collections.ts';
import type { Product } from '../catalogue/documents.ts';
import { joinProjections } from '../catalogue/product-fields.ts';
import { findId } from '../catalogue/products.ts';
import { findFacets } from './facets.ts';
import { conditionsOf, matchOf, shownRanges } from './filter-conditions.ts';
import { lookUp } from './look-up.ts';
import { searchConditions } from './matching.ts';
import { indexOf, ORDERS, type StoredOrder } from './orders.ts';
import { refreshDuePrices } from './price-keys.ts';
import { type CheckedFilter, type Reader, readFilter } from './product-filter.ts';
import { findSearchPage } from './search-page.ts';
import { readSearch, type SearchText } from './search-text.ts';

/** A page of products; what is dear is worked out when it is asked for. */
export type ProductList = Page<Product> & Counted & { facets: () => Promise<Facet[]> };

export type ProductListArgs = PageArgs & {
  search?: InputMaybe<string>;
  filter?: InputMaybe<ProductFilter>;
  sort?: InputMaybe<ProductSort>;
};

/** The shop's products, or those of the category `within`, of which `projection` says what parts to read. */
export async function listProducts(
  db: TenantDb,
  reader: Reader,
  args: ProductListArgs,
  projection: Document,
  within: ObjectId | null = null,
): Promise<ProductList> {
  const input = args.filter ?? {};
  const search = readSearch(args.search);
  const asked = await findAskedCategory(db, input);
  const filter = readFilter(input, { within, category: asked ?? null }, reader);
  if (isByPrice(args)) await refreshDuePrices(db);
  const { condition, ...page } = await findRows(db, args, {
    filter,
    search,
    projection,
    nothing: asked === null,
  });
  const found = condition ? [condition] : [];
  return {
    ...page,
    count: countedOnce((limit) => db.collection(products).count(matchOf(filter, found), { limit })),
    facets: () => findFacets(db, { filter, input, found, reader }),
  };
}

/** The category asked for; null for one that is not there, whose list is empty; undefined when none is asked for. */
async function findAskedCategory(db: TenantDb, { categoryId, categorySlug }: ProductFilter) {
  if (categoryId != null && categorySlug != null) {
    throw badInput('Name the category by its id or by its slug, not by both', 'filter.categorySlug');
  }
  if (categoryId != null) return findId(categoryId);
  if (categorySlug == null) return undefined;
  const [category] = await findCategoriesBySlug(db, [categorySlug]);
  return category?._id ?? null;
}

const isByPrice = ({ sort, filter }: ProductListArgs) =>
  sort === 'PRICE_ASC' || sort === 'PRICE_DESC' || filter?.price != null;

type List = { filter: CheckedFilter; search: SearchText | null; projection: Document; nothing: boolean };

const NOTHING: Document = { _id: { $in: [] } };

async function findRows(db: TenantDb, args: ProductListArgs, list: List) {
  const { filter, search, projection } = list;
  const sort = args.sort ?? 'RELEVANCE';
  if (list.nothing) {
    return { ...(await findPage(db, args, ORDERS.NEWEST, async () => [])), condition: NOTHING };
  }
  if (!search) return findListPage(db, args, filter, sort === 'RELEVANCE' ? 'NEWEST' : sort, projection);
  const sought = await lookUp(db, search, filter);
  const page = await findSearchPage(db, { sought, filter, sort, projection }, args);
  return { ...page, condition: searchConditions(sought, page.match) };
}

async function findListPage(
  db: TenantDb,
  args: PageArgs,
  filter: CheckedFilter,
  sort: StoredOrder,
  projection: Document,
) {
  const order = ORDERS[sort];
  const hint = indexOf(order, filter);
  const read = joinProjections([projection, { [order.path]: 1 }]);
  const page = await findPage(db, args, order, (window) => {
    // Each pair of a range of the index and a part of the boundary on its own: the database merges them in order.
    const parts = shownRanges(filter).flatMap((shown) =>
      (window.filter.$or ?? [{}]).map((past: Document) => ({ ...shown, ...past })),
    );
    const conditions = [...conditionsOf(filter), parts.length === 1 ? parts[0] : { $or: parts }];
    return db
      .collection(products)
      .find<Product>(
        { $and: conditions },
        { sort: window.sort, limit: window.limit, projection: read, hint },
      );
  });
  return { ...page, condition: null };
}
