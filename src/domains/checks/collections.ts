import { defineSystemCollection } from '../../platform/mongo/collection.ts';
import { anyOf, count, date, object } from '../../platform/mongo/schema.ts';
import type { DataCheck } from './check-shops.ts';

/** What the last check of all shops found, for every process to show. */
export const dataChecks = defineSystemCollection<DataCheck & { _id: 'last' }>(
  'data_checks',
  object({
    _id: anyOf('last'),
    at: date,
    shops: count,
    products: count,
    differences: { bsonType: 'object' },
  }),
  [],
);
