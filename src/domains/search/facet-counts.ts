import type { Document, ObjectId } from 'mongodb';
import { categories } from '../catalogue/collections.ts';
import type { FacetKey } from './filter-conditions.ts';
import type { CheckedFilter } from './product-filter.ts';

/** As many products can be counted while somebody waits. Of more, these say what is common. */
export const MOST_COUNTED = 2_000;
export const MOST_VALUES = 50;
export const MOST_ATTRIBUTES = 10;

export type Counted<V> = { _id: V; count: number };
export type CountedCategory = Counted<ObjectId> & { category: { path: string[]; ancestorIds: ObjectId[] }[] };
export type CountedAttribute = { _id: string; values: { value: string; count: number }[] };

/** What is counted over some products: all facets, or those in question. */
export type FacetRows = {
  category?: CountedCategory[];
  tag?: Counted<string>[];
  price?: Counted<number>[];
  rating?: Counted<number>[];
  attributes?: CountedAttribute[];
};

const mostFirst = (chosen: unknown[]): Document[] => [
  { $set: { chosen: { $in: ['$_id', { $literal: chosen }] } } },
  { $sort: { chosen: -1, count: -1, _id: 1 } },
  { $limit: MOST_VALUES },
];

export const countCategories = ({ category, includeDescendants }: CheckedFilter): Document[] => [
  ...(includeDescendants
    ? [{ $unwind: '$categoryIds' }, { $group: { _id: '$categoryIds', count: { $sum: 1 } } }]
    : [
        { $match: { category: { $type: 'object' } } },
        { $group: { _id: '$category._id', count: { $sum: 1 } } },
      ]),
  ...mostFirst([category]),
  {
    $lookup: {
      from: categories.name,
      localField: '_id',
      foreignField: '_id',
      pipeline: [{ $project: { path: 1, ancestorIds: 1 } }],
      as: 'category',
    },
  },
];

export const countTags = ({ tagsIn, tagsAll }: Pick<CheckedFilter, 'tagsIn' | 'tagsAll'>): Document[] => [
  { $unwind: '$tags' },
  { $group: { _id: '$tags', count: { $sum: 1 } } },
  ...mostFirst([...tagsIn, ...tagsAll]),
];

export const countPrices = ({ currency }: Pick<CheckedFilter, 'currency'>): Document[] => [
  { $match: { 'pricing.currency': currency } },
  { $group: { _id: '$keys.price', count: { $sum: 1 } } },
];

export const countRatings: Document[] = [
  { $match: { 'keys.rating': { $gte: 1 } } },
  { $group: { _id: { $floor: '$keys.rating' }, count: { $sum: 1 } } },
];

/**
 * Products by the attributes of those of their variants that have what is chosen; of one attribute when it is the
 * branch's own, else of those in which nothing is chosen.
 */
export function countAttributes(
  filter: Pick<CheckedFilter, 'attributes'>,
  own: FacetKey | undefined,
  chosen: FacetKey[],
): Document[] {
  const name = { $concat: ['attribute.', '$$pair.k'] };
  const wanted = own ? { $eq: [name, { $literal: own }] } : { $not: { $in: [name, { $literal: chosen }] } };
  const values = filter.attributes.flatMap((attribute) => attribute.in);
  return [
    {
      $project: {
        pair: { $setUnion: [{ $filter: { input: pairs(filter, own), as: 'pair', cond: wanted } }, []] },
      },
    },
    { $unwind: '$pair' },
    { $group: { _id: '$pair', count: { $sum: 1 } } },
    { $set: { chosen: { $in: ['$_id.v', { $literal: own ? values : [] }] } } },
    { $sort: { chosen: -1, count: -1, '_id.v': 1 } },
    {
      $group: {
        _id: '$_id.k',
        total: { $sum: '$count' },
        values: { $firstN: { input: { value: '$_id.v', count: '$count' }, n: MOST_VALUES } },
      },
    },
    { $sort: { total: -1, _id: 1 } },
    { $limit: MOST_ATTRIBUTES },
    { $project: { values: 1 } },
  ];
}

/** Name and value of each attribute of the variants in question. */
const pairs = (filter: Pick<CheckedFilter, 'attributes'>, own: FacetKey | undefined): Document => ({
  $reduce: {
    input: { $filter: { input: '$variants', as: 'variant', cond: { $and: variantTests(filter, own) } } },
    initialValue: [],
    in: { $concatArrays: ['$$value', { $objectToArray: '$$this.attributes' }] },
  },
});

// $literal: what a client wrote is never read as a path or an operator.
const variantTests = (
  { attributes }: Pick<CheckedFilter, 'attributes'>,
  own: FacetKey | undefined,
): Document[] =>
  attributes
    .filter(({ name }) => `attribute.${name}` !== own)
    .map(({ name, in: values }) => ({
      $in: [
        { $getField: { field: { $literal: name }, input: '$$variant.attributes' } },
        { $literal: values },
      ],
    }));
