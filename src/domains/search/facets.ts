import type { Document } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { Facet, ProductFilter } from '../../schema.types.ts';
import { products } from '../catalogue/collections.ts';
import { findCountedPlaces } from './counted-places.ts';
import {
  countAttributes,
  countCategories,
  countPrices,
  countRatings,
  countTags,
  type FacetRows,
  MOST_ATTRIBUTES,
  MOST_COUNTED,
} from './facet-counts.ts';
import { type CountedRows, facetsOf } from './facet-values.ts';
import { type FacetKey, matchOf } from './filter-conditions.ts';
import type { CheckedFilter, Reader } from './product-filter.ts';

export type FacetSource = {
  filter: CheckedFilter;
  /** The filter as the client wrote it. */
  input: ProductFilter;
  /** What a search adds to the filter. */
  found: Document[];
  reader: Reader;
};

/** A facet in which something is chosen; undefined stands for all in which nothing is. */
export type Own = FacetKey | undefined;

/** The facets of a list: those of a large category or shop as they were counted beforehand, others in one command. */
export async function findFacets(db: TenantDb, source: FacetSource): Promise<Facet[]> {
  const chosen = chosenFacets(source.filter);
  const owns: Own[] = [undefined, ...chosen];
  const before = await findCountedPlaces(db, source, owns);
  const open = owns.filter((own) => !before.has(own));
  const now = await countNow(db, source, open, chosen);
  return facetsOf(
    owns.flatMap((own) => before.get(own) ?? now.get(own) ?? []),
    source,
  );
}

type Answer = FacetRows & { size: { products: number }[] };

async function countNow(db: TenantDb, source: FacetSource, owns: Own[], chosen: FacetKey[]) {
  const [main, ...others] = owns.map((own) => branch(source, own, chosen));
  if (!main) return new Map<Own, CountedRows>();
  const unions = others.map((pipeline) => ({ $unionWith: { coll: products.name, pipeline } }));
  const answers = await db.collection(products).aggregate<Answer>([...main, ...unions]);
  return new Map(
    answers.map(({ size, ...rows }, i) => {
      const isExact = (size[0]?.products ?? 0) <= MOST_COUNTED;
      return [owns[i], { ...rows, isExact }] as const;
    }),
  );
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
function branch({ filter, found }: FacetSource, own: Own, chosen: FacetKey[]): Document[] {
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
    size: [{ $count: 'products' }],
  };
  // One more than are counted tells whether there are more.
  return [{ $match: matchOf(filter, found, own) }, { $limit: MOST_COUNTED + 1 }, { $facet: counts }];
}

const PLAIN_FACETS: FacetKey[] = ['category', 'tag', 'price', 'rating'];
