import type { Document } from 'mongodb';
import type { CheckedFilter } from './product-filter.ts';

/** What a list can be narrowed by, as the facets name it. */
export type FacetKey = 'category' | 'tag' | 'price' | 'rating' | `attribute.${string}`;

/** What a product must be like, but for what is chosen in the facet `without`. */
export function conditionsOf(filter: CheckedFilter, without?: FacetKey): Document[] {
  return [
    ...categoryConditions(filter, without === 'category'),
    ...(without === 'tag' ? [] : tagConditions(filter)),
    ...(without === 'price' ? [] : priceConditions(filter)),
    ...(without === 'rating' || filter.minRating === null
      ? []
      : [{ 'keys.rating': { $gte: filter.minRating } }]),
    ...attributeConditions(filter, without),
    ...stockConditions(filter),
    ...dateConditions(filter),
  ];
}

function categoryConditions(filter: CheckedFilter, without: boolean): Document[] {
  const { within, category, includeDescendants } = filter;
  const asked = without ? [within] : [within, category];
  const ids = asked.filter((id) => id !== null);
  const deepest = without || includeDescendants ? undefined : ids.at(-1);
  return [...ids.map((id) => ({ categoryIds: id })), ...(deepest ? [{ 'category._id': deepest }] : [])];
}

const tagConditions = ({ tagsIn, tagsAll }: CheckedFilter): Document[] => [
  ...(tagsIn.length > 0 ? [{ tags: oneOf(tagsIn) }] : []),
  ...tagsAll.map((tag) => ({ tags: tag })),
];

/** Prices in another currency than the shop's are not comparable, so such products are left out. */
function priceConditions({ price: { min, max }, currency }: CheckedFilter): Document[] {
  if (min === null && max === null) return [];
  const range = { ...(min !== null && { $gte: min }), ...(max !== null && { $lte: max }) };
  return [{ 'keys.price': range, 'pricing.currency': currency }];
}

function attributeConditions(filter: CheckedFilter, without?: FacetKey): Document[] {
  const conditions = variantConditions(filter, without);
  return conditions.length === 0 ? [] : [{ variants: { $elemMatch: { $and: conditions } } }];
}

/** What one and the same variant must be like. */
export const variantConditions = ({ attributes }: CheckedFilter, without?: FacetKey): Document[] =>
  attributes
    .filter(({ name }) => `attribute.${name}` !== without)
    .map(({ name, in: values }) => ({ [`attributes.${name}`]: oneOf(values) }));

function stockConditions({ inStock }: CheckedFilter): Document[] {
  if (inStock === null) return [];
  const buyable = [{ 'variants.inventory.available': { $gt: 0 } }, { 'variants.backorder': true }];
  return [inStock ? { $or: buyable } : { $nor: buyable }];
}

const dateConditions = ({ createdAfter, createdBefore }: CheckedFilter): Document[] => [
  ...(createdAfter ? [{ createdAt: { $gte: createdAfter } }] : []),
  ...(createdBefore ? [{ createdAt: { $lt: createdBefore } }] : []),
];

/** Equality where there is one value: the database orders by an index behind it. */
export const oneOf = <T>(values: T[]) => (values.length === 1 ? values[0] : { $in: values });

/** Which products are shown at all. */
export const shownOf = ({ isDeleted, statuses }: CheckedFilter): Document => ({
  isDeleted: oneOf(isDeleted),
  status: oneOf(statuses),
});

/** The same as ranges of an index, one by one. */
export const shownRanges = ({ isDeleted, statuses }: CheckedFilter): Document[] =>
  isDeleted.flatMap((deleted) => statuses.map((status) => ({ isDeleted: deleted, status })));

/** All that must hold for a product, with `others` that the filter does not know of. */
export function matchOf(filter: CheckedFilter, others: Document[], without?: FacetKey): Document {
  const conditions = [...conditionsOf(filter, without), ...others];
  return { ...shownOf(filter), ...(conditions.length > 0 && { $and: conditions }) };
}
