import type { Document } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { Facet, ProductFilter } from '../../schema.types.ts';
import { products } from '../catalogue/collections.ts';
import {
  countAttributes,
  countCategories,
  countPrices,
  countRatings,
  countTags,
  type FacetRows,
  MOST_ATTRIBUTES,
} from './facet-counts.ts';
import { facetsOf } from './facet-values.ts';
import { type FacetKey, matchOf } from './filter-conditions.ts';
import type { CheckedFilter, Reader } from './product-filter.ts';

/** What is counted over: more products than these would not change what a shopper chooses next. */
const MOST_PRODUCTS = 10_000;

export type FacetSource = {
  filter: CheckedFilter;
  /** The filter as the client wrote it. */
  input: ProductFilter;
  /** What a search adds to the filter. */
  found: Document[];
  reader: Reader;
};

/** The facets of a list, in one command. */
export async function findFacets(db: TenantDb, source: FacetSource): Promise<Facet[]> {
  const { filter } = source;
  const chosen = chosenFacets(filter);
  const [main, ...others] = [undefined, ...chosen].map((own) => branch(source, own, chosen));
  const unions = others.map((pipeline) => ({ $unionWith: { coll: products.name, pipeline } }));
  const answers = await db.collection(products).aggregate<Partial<FacetRows>>([...(main ?? []), ...unions]);
  const attributes = answers.flatMap((answer) => answer.attributes ?? []);
  return facetsOf({ ...Object.assign({}, ...answers), attributes }, source);
}

/** The facets in which something is chosen already. */
function chosenFacets(filter: CheckedFilter): FacetKey[] {
  const { category, tagsIn, tagsAll, price, minRating, attributes } = filter;
  const names = [...new Set(attributes.map(({ name }) => name))].slice(0, MOST_ATTRIBUTES);
  const keys: (FacetKey | false)[] = [
    category !== null && 'category',
    tagsIn.length + tagsAll.length > 0 && 'tag',
    (price.min ?? price.max) !== null && 'price',
    minRating !== null && 'rating',
    ...names.map((name) => `attribute.${name}` as const),
  ];
  return keys.filter((key) => key !== false);
}

/** Counts the facet `own` over what would be found without its choice; or all that have no choice, over what is found. */
function branch({ filter, found }: FacetSource, own: FacetKey | undefined, chosen: FacetKey[]): Document[] {
  const attribute = own?.startsWith('attribute.') ? own.slice('attribute.'.length) : undefined;
  const plain = own === undefined ? PLAIN_FACETS.filter((key) => !chosen.includes(key)) : [own];
  const counts = {
    ...(plain.includes('category') && { category: countCategories(filter) }),
    ...(plain.includes('tag') && { tag: countTags(filter) }),
    ...(plain.includes('price') && { price: countPrices(filter) }),
    ...(plain.includes('rating') && { rating: countRatings }),
    ...((own === undefined || attribute !== undefined) && {
      attributes: countAttributes(filter, own, chosen),
    }),
  };
  return [{ $match: matchOf(filter, found, own) }, { $limit: MOST_PRODUCTS }, { $facet: counts }];
}

const PLAIN_FACETS: FacetKey[] = ['category', 'tag', 'price', 'rating'];
