import { ObjectId } from 'mongodb';
import { notFound } from '../../platform/errors.ts';
import { defineCollection } from '../../platform/mongo/collection.ts';
import { date, id, object, text } from '../../platform/mongo/schema.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { ReviewVoteInput } from '../../schema.types.ts';
import { findId } from '../catalogue/products.ts';
import { reviews } from './collections.ts';

/** Somebody found a review helpful; a vote that is taken back is gone. */
export type ReviewVote = { _id: ObjectId; tenantId: ObjectId; reviewId: ObjectId; voter: string; at: Date };

export const reviewVotes = defineCollection<ReviewVote>(
  'review_votes',
  object({ reviewId: id, voter: text, at: date }),
  [{ key: { reviewId: 1, voter: 1 }, unique: true }, { key: { voter: 1, _id: 1 } }],
);

export async function voteOnReview(tx: TenantDb, { id: asked, helpful }: ReviewVoteInput, { viewer }: Voter) {
  const _id = findId(asked);
  const review = _id && (await tx.collection(reviews).findOne({ _id, status: 'APPROVED' }));
  if (!review) throw notFound('review', 'input', 'id');
  const change = await (helpful === false ? takeBack : vote)(tx, {
    reviewId: review._id,
    voter: String(viewer.id),
  });
  if (change === 0) return { review };
  return {
    review: await tx
      .collection(reviews)
      .findOneAndUpdate({ _id: review._id }, { $inc: { helpfulCount: change } }),
  };
}

type Voter = { viewer: { id: string | null } };
type Ballot = Pick<ReviewVote, 'reviewId' | 'voter'>;

async function vote(tx: TenantDb, ballot: Ballot): Promise<number> {
  if (await tx.collection(reviewVotes).findOne(ballot)) return 0;
  await tx.collection(reviewVotes).insertOne({ _id: new ObjectId(), ...ballot, at: tx.now() });
  return 1;
}

async function takeBack(tx: TenantDb, ballot: Ballot): Promise<number> {
  const { deletedCount } = await tx.collection(reviewVotes).deleteOne(ballot);
  return -deletedCount;
}
