import { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { invalid, notFound, unauthenticated, versionConflict } from '../../platform/errors.ts';
import { appendEvent } from '../../platform/events/event.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { ReviewModerateInput, ReviewSubmitInput } from '../../schema.types.ts';
import { recordChange } from '../audit/entries.ts';
import { findUser } from '../auth/users.ts';
import { products } from '../catalogue/collections.ts';
import { findId, isActive } from '../catalogue/products.ts';
import { hasBought } from '../orders/purchases.ts';
import { reviews } from './collections.ts';
import { RATINGS, type Rating, type Review } from './documents.ts';
import { reviewChanged } from './events.ts';
import { refreshSummaries } from './rating-summary.ts';

const MAX_TITLE = 200;
const MAX_COMMENT = 5_000;
const MAX_NAME = 80;
/** The name of whoever wants to show none, or is forgotten. */
export const ANONYMOUS = 'Anonymous';

/** One review a person and product: a second one changes the first, which the staff then reads again. */
export async function submitReview(tx: TenantDb, input: ReviewSubmitInput, { viewer }: Context) {
  if (!viewer.userId) throw unauthenticated('Sign in to write a review');
  const { userId } = viewer;
  const said = readReview(input, await nameOf(tx, userId));
  const productId = findId(input.productId);
  const product =
    productId &&
    (await tx.collection(products).findOne({ _id: productId, ...isActive }, { projection: { _id: 1 } }));
  if (!product) throw notFound('product', 'input', 'productId');
  const before = await tx.collection(reviews).findOne({ productId: product._id, userId });
  const at = tx.now();
  const verifiedPurchase = await hasBought(tx, userId, product._id);
  if (before) {
    const again = { ...said, verifiedPurchase, status: 'PENDING' as const, updatedAt: at };
    return { review: await saveReview(tx, before, { ...before, ...again }) };
  }
  const review = await tx.collection(reviews).insertOne({
    _id: new ObjectId(),
    productId: product._id,
    userId,
    ...said,
    status: 'PENDING',
    verifiedPurchase,
    helpfulCount: 0,
    createdAt: at,
    updatedAt: at,
  });
  await told(tx, null, review);
  return { review };
}

export async function moderateReview(tx: TenantDb, { id, status }: ReviewModerateInput) {
  const _id = findId(id);
  const before = _id && (await tx.collection(reviews).findOne({ _id }));
  if (!before) throw notFound('review', 'input', 'id');
  return { review: await saveReview(tx, before, { ...before, status, updatedAt: tx.now() }) };
}

/** The product's summary counts published reviews, so it changes in the same transaction. */
async function saveReview(tx: TenantDb, before: Review, { tenantId: _, ...after }: Review): Promise<Review> {
  const review = await tx.collection(reviews).findOneAndReplace({ _id: before._id }, after);
  if (!review) throw versionConflict(0);
  if (before.status === 'APPROVED' || review.status === 'APPROVED')
    await refreshSummaries(tx, [review.productId]);
  await told(tx, before, review);
  return review;
}

async function told(tx: TenantDb, before: Review | null, review: Review): Promise<void> {
  await recordChange(tx, { type: 'review', id: review._id, before, after: review });
  const { _id: reviewId, productId, status } = review;
  await appendEvent(tx, reviewChanged, { reviewId, productId, status });
}

async function nameOf(tx: TenantDb, userId: ObjectId): Promise<string | null> {
  const user = await findUser(tx, userId);
  return user?.profile.name ?? user?.username ?? null;
}

function readReview({ rating, title, comment, userName }: ReviewSubmitInput, name: string | null) {
  return {
    rating: readRating(rating),
    title: readText(title, MAX_TITLE, 'title'),
    comment: readText(comment, MAX_COMMENT, 'comment'),
    userName: readText(userName ?? name, MAX_NAME, 'userName') ?? ANONYMOUS,
  };
}

function readRating(rating: number): Rating {
  const known = RATINGS.find((candidate) => candidate === rating);
  if (known === undefined) throw invalid(`A rating is 1 to 5, not ${rating}`, 'input', 'rating');
  return known;
}

function readText(text: string | null | undefined, most: number, name: string): string | null {
  const trimmed = text?.trim() || null;
  if (trimmed && trimmed.length > most)
    throw invalid(`At most ${most} characters, not ${trimmed.length}`, 'input', name);
  return trimmed;
}
