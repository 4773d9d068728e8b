import type { Filter, ObjectId } from 'mongodb';
import { badInput } from '../../platform/errors.ts';
import { type Counted, countedOnce } from '../../platform/graphql/connection.ts';
import { findPage, type Keyset, type Page, type PageArgs } from '../../platform/mongo/page.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { ReviewSort } from '../../schema.types.ts';
import { reviews } from './collections.ts';
import type { Rating, Review } from './documents.ts';

export type ReviewList = Page<Review> & Counted;

export type ReviewListArgs = Pick<PageArgs, 'first' | 'after'> & {
  rating?: number | null | undefined;
  sort?: ReviewSort | null | undefined;
};

const ORDERS: Record<ReviewSort, Keyset<Review>> = {
  NEWEST: { name: 'NEWEST', path: 'createdAt', direction: -1, valueOf: ({ createdAt }) => createdAt },
  OLDEST: { name: 'OLDEST', path: 'createdAt', direction: 1, valueOf: ({ createdAt }) => createdAt },
  HIGHEST: { name: 'HIGHEST', path: 'rating', direction: -1, valueOf: ({ rating }) => rating },
  LOWEST: { name: 'LOWEST', path: 'rating', direction: 1, valueOf: ({ rating }) => rating },
  MOST_HELPFUL: {
    name: 'MOST_HELPFUL',
    path: 'helpfulCount',
    direction: -1,
    valueOf: ({ helpfulCount }) => helpfulCount,
  },
};

/** The published reviews of a product. */
export async function listReviews(
  db: TenantDb,
  productId: ObjectId,
  args: ReviewListArgs,
): Promise<ReviewList> {
  const published = publishedReviews(productId, args.rating);
  const page = await findPage(db, args, ORDERS[args.sort ?? 'NEWEST'], ({ filter, sort, limit }) =>
    db.collection(reviews).find({ $and: [published, filter] }, { sort, limit }),
  );
  return { ...page, count: countedOnce((limit) => db.collection(reviews).count(published, { limit })) };
}

/** What waits for the staff, longest waiting first. */
export async function listPendingReviews(
  db: TenantDb,
  args: Pick<PageArgs, 'first' | 'after'>,
): Promise<ReviewList> {
  const pending: Filter<Review> = { status: 'PENDING' };
  const page = await findPage(db, args, ORDERS.OLDEST, ({ filter, sort, limit }) =>
    db.collection(reviews).find({ ...pending, ...filter }, { sort, limit }),
  );
  return { ...page, count: countedOnce((limit) => db.collection(reviews).count(pending, { limit })) };
}

function publishedReviews(productId: ObjectId, rating: number | null | undefined): Filter<Review> {
  if (rating == null) return { productId, status: 'APPROVED' };
  if (rating < 1 || rating > 5) throw badInput(`A rating is 1 to 5, not ${rating}`, 'rating');
  return { productId, status: 'APPROVED', rating: rating as Rating };
}
