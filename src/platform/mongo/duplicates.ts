import type { Db, Document, IndexDescription } from 'mongodb';
import { systemComment } from './guard.ts';

const MOST_DUPLICATES = 5;
const MOST_DOCUMENTS = 5;
const comment = systemComment('find the values that keep a unique index from being built');

/** A value that a unique index would allow once, and the first documents that have it. */
export type Duplicate = { value: Document; count: number; documents: unknown[] };

/** The first values, in their order, that more than one document has in the fields of the index. */
export async function findDuplicates(
  db: Db,
  collection: string,
  { key, partialFilterExpression = {}, collation }: IndexDescription,
): Promise<Duplicate[]> {
  const paths = key instanceof Map ? [...key.keys()] : Object.keys(key);
  const fields = paths.map((path, place) => [`f${place}`, { $ifNull: [`$${path}`, null] }]);
  const rows = await db
    .collection(collection)
    .aggregate(
      [
        { $match: partialFilterExpression },
        ...paths.flatMap(unwound),
        // Twice in one document is no duplicate to an index.
        { $group: { _id: Object.fromEntries(fields), ids: { $addToSet: '$_id' } } },
        { $project: { count: { $size: '$ids' }, ids: { $slice: ['$ids', MOST_DOCUMENTS] } } },
        { $match: { count: { $gt: 1 } } },
        { $sort: { _id: 1 } },
        { $limit: MOST_DUPLICATES },
      ],
      { comment, allowDiskUse: true, ...(collation && { collation }) },
    )
    .toArray();
  return rows.map(({ _id, count, ids }) => ({
    value: Object.fromEntries(paths.map((path, place) => [path, _id[`f${place}`]])),
    count,
    documents: ids,
  }));
}

/** An index has an entry for each element of an array on its path, wherever on it the array stands. */
const unwound = (path: string) =>
  path.split('.').map((_, depth, parts) => ({
    $unwind: { path: `$${parts.slice(0, depth + 1).join('.')}`, preserveNullAndEmptyArrays: true },
  }));
