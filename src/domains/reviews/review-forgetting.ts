import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { forgetValues } from '../audit/forgetting.ts';
import { productVersions } from '../catalogue/versions.ts';
import { reviews } from './collections.ts';
import type { Review } from './documents.ts';
import { refreshSummaries } from './rating-summary.ts';
import { ANONYMOUS } from './review-writes.ts';
import { reviewVotes } from './votes.ts';

/** What lets MongoDB see that the partial index holds what is looked for. */
const ofSomebody = { userId: { $type: 'objectId' as const } };

/** Somebody's reviews, a batch of them. */
export const findReviewsOf = (db: TenantDb, userId: ObjectId, limit: number, after?: ObjectId) =>
  db
    .collection(reviews)
    .find(
      { $and: [{ userId, ...(after && { _id: { $gt: after } }) }, ofSomebody] },
      { limit, sort: { _id: 1 } },
    );

export const findReviewerNames = (db: TenantDb, userId: ObjectId): Promise<string[]> =>
  db.collection(reviews).distinct('userName', { $and: [{ userId }, ofSomebody] });

/** A review stays with what it says of the product, and is nobody's any more. */
export async function forgetReviewer(tx: TenantDb, { _id, productId, createdAt }: Review): Promise<void> {
  await tx.collection(reviews).updateOne({ _id }, { $set: { userId: null, userName: ANONYMOUS } });
  await refreshSummaries(tx, [productId]);
  await forgetValues(tx, _id, ['userName', 'userId'], createdAt);
  const excerpt = 'document.reviews.recent.$[excerpt]';
  await tx
    .collection(productVersions)
    .updateMany(
      { productId, 'document.reviews.recent.createdAt': createdAt },
      { $set: { [`${excerpt}.userName`]: ANONYMOUS } },
      { arrayFilters: [{ 'excerpt.createdAt': createdAt }] },
    );
}

/** The reviews keep the votes that they were given. */
export async function forgetVotes(db: TenantDb, userId: ObjectId): Promise<void> {
  await db.retry(() => db.collection(reviewVotes).deleteMany({ voter: userId.toHexString() }));
}

export const findVotesOf = (db: TenantDb, userId: ObjectId) =>
  db.collection(reviewVotes).scan({ voter: userId.toHexString() }, { sort: { _id: 1 } });
