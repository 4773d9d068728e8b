import type { Document, ObjectId } from 'mongodb';
import {
  beyond,
  type CursorValue,
  type Page,
  type PageArgs,
  readCursor,
  readPageArgs,
  writeCursor,
} from '../../platform/mongo/page.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products } from '../catalogue/collections.ts';
import type { Product } from '../catalogue/documents.ts';
import { conditionsOf } from './filter-conditions.ts';
import type { Sought } from './look-up.ts';
import { type Match, mayDoWithFewer, pinnedIds } from './matching.ts';
import type { StoredOrder } from './orders.ts';
import type { CheckedFilter } from './product-filter.ts';
import { areFew, type Plan, searchPlan, type Tier } from './tiers.ts';

export type ProductSearch = {
  sought: Sought;
  filter: CheckedFilter;
  sort: StoredOrder | 'RELEVANCE';
  projection: Document;
};

type FoundProduct = Product & { found: { tier: number; score: CursorValue } };

/** How the first page was found, so that the next ones are found likewise even when words have been counted again. */
type Manner = { match: Match; few: boolean };
type Place = Manner & { tier: number; value: CursorValue; id: ObjectId };
type Span = { size: number; backwards: boolean; place: Place | undefined };

/** A page of what a search finds, and whether products with all words were found or fewer had to do. */
export async function findSearchPage(
  db: TenantDb,
  search: ProductSearch,
  args: PageArgs,
): Promise<Page<Product> & { match: Match }> {
  const { size, backwards, cursor } = readPageArgs(args);
  const place =
    cursor === undefined ? undefined : readPlace(db, search, cursor, backwards ? 'before' : 'after');
  const span = { size, backwards, place };
  const asFound = place ?? mannerOf(search, 'all');
  const found = await findSpan(db, search, asFound, span);
  if (found.length > 0 || place || !mayDoWithFewer(search.sought))
    return pageOf(db, search, asFound, span, found);
  const withFewer = mannerOf(search, 'any');
  return pageOf(db, search, withFewer, span, await findSpan(db, search, withFewer, span));
}

const mannerOf = ({ sought, sort }: ProductSearch, match: Match): Manner => ({
  match,
  few: areFew(sought, match, sort),
});

/** One command, however many tiers it takes: a tier is only read when those before it do not fill the page. */
async function findSpan(
  db: TenantDb,
  search: ProductSearch,
  { match, few }: Manner,
  span: Span,
): Promise<FoundProduct[]> {
  const { tiers, direction, ...options } = searchPlan({ ...search, match }, few, search.sort);
  const [first, ...others] = tiersIn(span, { tiers, direction });
  if (!first) return [];
  const end = [{ $limit: span.size + 1 }, { $project: { ...search.projection, found: 1 } }];
  const read = (stages: Document[]) => db.collection(products).aggregate<FoundProduct>(stages, options);
  if (others.length > 0 && firstFills(search, few, span)) {
    // To be ready for the others costs the database more than to read the first.
    const page = await read([...first, ...end]);
    if (page.length > span.size) return page;
  }
  const unions = others.map((pipeline) => ({ $unionWith: { coll: products.name, pipeline } }));
  return read([...first, ...unions, ...end]);
}

const FAR_MORE = 4;

/** Whether the first tier is that of names, and more products than the page has room for have the word in theirs. */
function firstFills({ sought, sort, filter }: ProductSearch, few: boolean, { size, place }: Span): boolean {
  const { words, pins } = sought;
  const isByName = sort === 'RELEVANCE' && !few && !place && pinnedIds(pins).length === 0;
  const isNarrowed = conditionsOf(filter).length > 0;
  const [word] = words.length === 1 ? words : [];
  return isByName && !isNarrowed && (word?.inNames ?? 0) > FAR_MORE * size;
}

function tiersIn({ size, backwards, place }: Span, { tiers, direction }: Plan): Document[][] {
  const inOrder = backwards ? tiers.toReversed() : tiers;
  const way = backwards ? (-direction as 1 | -1) : direction;
  const isAhead = ({ id }: Tier) => !place || (backwards ? id <= place.tier : id >= place.tier);
  return inOrder
    .filter(isAhead)
    .map(({ id, stages, path }) => [
      ...stages,
      ...(place?.tier === id ? [{ $match: beyond(path, way, place) }] : []),
      { $sort: { [path]: way, _id: way } },
      { $limit: size + 1 },
      { $set: { 'found.tier': { $literal: id }, 'found.score': `$${path}` } },
    ]);
}

function pageOf(
  db: TenantDb,
  search: ProductSearch,
  { match, few }: Manner,
  { size, backwards, place }: Span,
  found: FoundProduct[],
) {
  const more = found.length > size;
  const rows = found.slice(0, size);
  return {
    match,
    rows: backwards ? rows.reverse() : rows,
    hasNextPage: backwards ? place !== undefined : more,
    hasPreviousPage: backwards ? more : place !== undefined,
    cursorOf: (row: Product) => {
      const { tier, score } = (row as FoundProduct).found;
      const stored = score instanceof Date ? { ms: score.getTime() } : score;
      return writeCursor(db, nameOf(search), JSON.stringify([match, few, tier, stored]), row._id);
    },
  };
}

const nameOf = ({ sort }: ProductSearch) => `${sort} of a search`;

function readPlace(db: TenantDb, search: ProductSearch, cursor: string, argument: string): Place {
  const { value: stored, id } = readCursor(db, nameOf(search), cursor, argument);
  const [match, few, tier, value] = JSON.parse(String(stored));
  return { match, few, tier, value: typeof value === 'object' ? new Date(value.ms) : value, id };
}
