import { isDeepStrictEqual } from 'node:util';
import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { recordFigures } from '../catalogue/category-figures.ts';
import { products } from '../catalogue/collections.ts';
import type { Product, ReviewExcerpt, ReviewSummary } from '../catalogue/documents.ts';
import { withKeys } from '../catalogue/product-document.ts';
import { reviews } from './collections.ts';
import { RATINGS, type Rating, type Review } from './documents.ts';

/** The newest reviews stand in the product's own document; how many of them. */
const RECENT = 10;
/** Of a longer one, the product page shows the beginning. */
const LONGEST_EXCERPT = 1_000;

type Told = Pick<Review, '_id' | 'rating' | 'userName' | 'comment' | 'createdAt'>;
type Distribution = ReviewSummary['distribution'];

/** What a product says of its published reviews. */
export function summarise(published: Told[]): ReviewSummary {
  const countOf = (rating: Rating) => published.filter((review) => review.rating === rating).length;
  return summaryOf(
    { 1: countOf(1), 2: countOf(2), 3: countOf(3), 4: countOf(4), 5: countOf(5) },
    published.toSorted(newestFirst).slice(0, RECENT),
  );
}

const newestFirst = (a: Told, b: Told) =>
  b.createdAt.getTime() - a.createdAt.getTime() || (a._id.toHexString() < b._id.toHexString() ? 1 : -1);

function summaryOf(distribution: Distribution, recent: ReviewExcerpt[]): ReviewSummary {
  const count = RATINGS.reduce((sum, rating) => sum + distribution[rating], 0);
  const stars = RATINGS.reduce((sum, rating) => sum + rating * distribution[rating], 0);
  return { count, average: count === 0 ? null : stars / count, distribution, recent: recent.map(excerpt) };
}

const excerpt = ({ userName, rating, comment, createdAt }: ReviewExcerpt): ReviewExcerpt => ({
  userName,
  rating,
  comment: comment && comment.length > LONGEST_EXCERPT ? `${comment.slice(0, LONGEST_EXCERPT)}…` : comment,
  createdAt,
});

/**
 * Works out the summaries of some products again from all of their reviews. What is right already is not written; and
 * as each review that is published writes its product too, a transaction sees either both or neither.
 */
export function refreshSummaries(db: TenantDb, productIds: ObjectId[]): Promise<void> {
  if (productIds.length === 0) return Promise.resolve();
  return db.transaction(async (tx) => {
    const summaries = await summariesOf(tx, productIds);
    const found = await tx
      .collection(products)
      .find<Product>({ _id: { $in: productIds } }, { limit: productIds.length });
    const writes = found.flatMap((product) => write(product, summaries.get(String(product._id)), tx.now()));
    if (writes.length === 0) return;
    await tx.collection(products).bulkWrite(writes, { ordered: false });
    await recordFigures(
      tx,
      found.map((before) => ({
        before,
        after: { ...before, reviews: summaries.get(String(before._id)) ?? summarise([]) },
      })),
    );
  });
}

/** The version stays: it counts what the staff changes. */
function write(product: Product, summary = summarise([]), at: Date) {
  if (isDeepStrictEqual(product.reviews, summary)) return [];
  const { rating, rank } = withKeys({ ...product, reviews: summary }, at).keys;
  const update = { $set: { reviews: summary, 'keys.rating': rating, 'keys.rank': rank } };
  return [{ updateOne: { filter: { _id: product._id }, update } }];
}

type SummaryRow = { _id: ObjectId; distribution: Distribution; recent: ReviewExcerpt[] };

export async function summariesOf(db: TenantDb, productIds: ObjectId[]): Promise<Map<string, ReviewSummary>> {
  const rows = await db.collection(reviews).aggregate<SummaryRow>([
    { $match: { productId: { $in: productIds }, status: 'APPROVED' } },
    {
      $group: {
        _id: '$productId',
        ...Object.fromEntries(RATINGS.map((rating) => [`of${rating}`, countOf(rating)])),
        recent: { $topN: { n: RECENT, sortBy: { createdAt: -1, _id: -1 }, output: EXCERPT } },
      },
    },
    { $set: { distribution: { 1: '$of1', 2: '$of2', 3: '$of3', 4: '$of4', 5: '$of5' } } },
  ]);
  return new Map(rows.map(({ _id, distribution, recent }) => [String(_id), summaryOf(distribution, recent)]));
}

const countOf = (rating: Rating) => ({ $sum: { $cond: [{ $eq: ['$rating', rating] }, 1, 0] } });
const EXCERPT = {
  userName: '$userName',
  rating: '$rating',
  comment: '$comment',
  createdAt: '$createdAt',
};
