import type { ObjectId } from 'mongodb';
import { defineCollection } from '../../platform/mongo/collection.ts';
import { count, date, id, list, nullable, number, object, text } from '../../platform/mongo/schema.ts';
import type { Counted, CountedAttribute } from './facet-counts.ts';

/** The facets of a list that has too many products to count them while somebody waits. */
export type CountedPlace = {
  _id: ObjectId;
  tenantId: ObjectId;
  /** A category with all that is below it; null is the whole shop. */
  place: ObjectId | null;
  countedAt: Date;
  category: Counted<ObjectId>[];
  tag: Counted<string>[];
  /** Prices by their first three digits. */
  price: { currency: string; price: number; count: number }[];
  rating: Counted<number>[];
  attributes: CountedAttribute[];
};

const countedValues = (value: object) => list(object({ _id: value, count }));

export const countedPlaces = defineCollection<CountedPlace>(
  'facet_counts',
  object({
    place: nullable(id),
    countedAt: date,
    category: countedValues(id),
    tag: countedValues(text),
    price: list(object({ currency: text, price: number, count })),
    rating: countedValues(number),
    attributes: list(object({ _id: text, values: list(object({ value: text, count })) })),
  }),
  [{ key: { place: 1 }, unique: true }],
);

/** When words and facets of a shop were last counted. */
export type CountRun = {
  _id: ObjectId;
  tenantId: ObjectId;
  /** When a process last took it upon itself to look whether there is something to count. */
  claimedAt: Date;
  /** All that was changed by then is counted. */
  knownAt: Date;
  countedAt: Date;
  tookMs: number;
};

export const countRuns = defineCollection<CountRun>(
  'count_runs',
  object({ claimedAt: date, knownAt: date, countedAt: date, tookMs: number }),
  [{ key: {}, unique: true }],
);
