import { type Document, ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { categories, products } from '../catalogue/collections.ts';
import type { Category } from '../catalogue/documents.ts';
import { isActive } from '../catalogue/products.ts';
import { type CountedPlace, countedPlaces } from './collections.ts';
import {
  type CountedCategory,
  countAttributes,
  countRatings,
  countTags,
  MOST_COUNTED,
  MOST_VALUES,
} from './facet-counts.ts';
import type { CountedRows } from './facet-values.ts';
import type { FacetSource, Own } from './facets.ts';
import { MOST_DIGITS } from './price-ranges.ts';

/**
 * A whole shop, or a category with all that is below it, of more products than can be counted while somebody waits: its
 * facets are counted on a clock (see recount.ts), so that they cost one look-up however many products there are.
 */

type Place = ObjectId | null;

/** What is counted of the places that a list is about; nothing of those that are small, or that a filter narrows down. */
export async function findCountedPlaces(
  db: TenantDb,
  source: FacetSource,
  owns: Own[],
): Promise<Map<Own, CountedRows>> {
  if (!isWholePlace(source)) return new Map();
  const { within, category } = source.filter;
  const placeOf = (own: Own): Place => (own === 'category' ? within : (category ?? within));
  const places = await readPlaces(db, [...new Set(owns.map(placeOf))]);
  const found = new Map(places.map((place) => [String(place.place), place]));
  return new Map(
    owns.flatMap((own) => {
      const place = found.get(String(placeOf(own)));
      return place ? [[own, rowsOf(place, source, own)] as const] : [];
    }),
  );
}

function isWholePlace({ filter, found }: FacetSource): boolean {
  const { isDeleted, statuses, within, category, includeDescendants } = filter;
  const { tagsIn, tagsAll, attributes, price, inStock, minRating, createdAfter, createdBefore } = filter;
  const choices = [price.min, price.max, inStock, minRating, createdAfter, createdBefore];
  return (
    [isDeleted.join(), statuses.join()].join() === 'false,ACTIVE' &&
    includeDescendants &&
    (within === null || category === null) &&
    [...tagsIn, ...tagsAll, ...attributes, ...found].length === 0 &&
    choices.every((choice) => choice === null)
  );
}

type NamedPlace = CountedPlace & { named: Pick<Category, '_id' | 'path' | 'ancestorIds'>[] };

const readPlaces = (db: TenantDb, places: Place[]): Promise<NamedPlace[]> =>
  db.collection(countedPlaces).aggregate<NamedPlace>([
    { $match: { place: { $in: places } } },
    {
      $lookup: {
        from: categories.name,
        localField: 'category._id',
        foreignField: '_id',
        pipeline: [{ $project: { path: 1, ancestorIds: 1 } }],
        as: 'named',
      },
    },
  ]);

/** All facets but that of the choice, or that one alone. */
function rowsOf(place: NamedPlace, { filter }: FacetSource, own: Own): CountedRows {
  const category = namedCategories(place, filter.category);
  if (own === 'category') return { category, isExact: false };
  const { tag, rating, attributes } = place;
  const price = place.price
    .filter(({ currency }) => currency === filter.currency)
    .map(({ price: _id, count }) => ({ _id, count }));
  return { tag, price, rating, attributes, isExact: false, ...(filter.category === null && { category }) };
}

function namedCategories({ category, named }: NamedPlace, chosen: Place): CountedCategory[] {
  const byId = new Map(named.map((one) => [one._id.toHexString(), one]));
  const rows = category.flatMap(({ _id, count }) => {
    const found = byId.get(_id.toHexString());
    return found ? [{ _id, count, category: [found] }] : [];
  });
  const isChosen = ({ _id }: CountedCategory) => Number(chosen?.equals(_id) ?? false);
  return rows.toSorted((a, b) => isChosen(b) - isChosen(a)).slice(0, MOST_VALUES);
}

/** Counts the facets of each large place again, and forgets those of places that are large no more. */
export async function countPlaces(db: TenantDb): Promise<void> {
  const large = await largePlaces(db);
  for (const place of large) await countPlace(db, place);
  await db.collection(countedPlaces).deleteMany({ place: { $nin: large } });
}

async function largePlaces(db: TenantDb): Promise<Place[]> {
  const rows = await db
    .collection(products)
    .aggregate<{ _id: ObjectId[]; count: number }>([
      { $match: isActive },
      { $group: { _id: '$categoryIds', count: { $sum: 1 } } },
    ]);
  const sizes = new Map<string, { place: Place; count: number }>();
  for (const { _id: ids, count } of rows) {
    for (const place of [null, ...ids]) {
      const size = sizes.get(String(place)) ?? { place, count: 0 };
      sizes.set(String(place), { place, count: size.count + count });
    }
  }
  return [...sizes.values()].filter(({ count }) => count > MOST_COUNTED).map(({ place }) => place);
}

async function countPlace(db: TenantDb, place: Place): Promise<void> {
  const countedAt = db.now();
  const [counts] = await db
    .collection(products)
    .aggregate<Omit<CountedPlace, '_id' | 'tenantId' | 'place' | 'countedAt'>>([
      { $match: { ...isActive, ...(place && { categoryIds: place }) } },
      { $facet: COUNTS },
    ]);
  if (!counts) return;
  await db
    .collection(countedPlaces)
    .updateOne(
      { place },
      { $set: { ...counts, countedAt }, $setOnInsert: { _id: new ObjectId() } },
      { upsert: true },
    );
}

const PRICE = '$keys.price';
const LONGEST_PRICE = 15;

/** The price with noughts behind its first digits: ranges have such ends, so nothing is lost to them. */
const roundPrice: Document = {
  $switch: {
    branches: Array.from({ length: LONGEST_PRICE - MOST_DIGITS }, (_, noughts) => ({
      case: { $lt: [PRICE, 10 ** (MOST_DIGITS + noughts)] },
      // biome-ignore lint/suspicious/noThenProperty: it is how MongoDB writes a branch
      then: { $subtract: [PRICE, { $mod: [PRICE, 10 ** noughts] }] },
    })),
    default: PRICE,
  },
};

const mostFirst = { $sort: { count: -1, _id: 1 } } as const;

const COUNTS: Record<string, Document[]> = {
  category: [{ $unwind: '$categoryIds' }, { $group: { _id: '$categoryIds', count: { $sum: 1 } } }, mostFirst],
  tag: countTags({ tagsIn: [], tagsAll: [] }),
  price: [
    {
      $group: { _id: { currency: '$pricing.currency', price: roundPrice }, count: { $sum: 1 } },
    },
    { $project: { _id: 0, currency: '$_id.currency', price: '$_id.price', count: 1 } },
  ],
  rating: countRatings,
  attributes: countAttributes({ attributes: [] }, undefined, []),
};
