import { connectionResolvers, countResolvers, edgeResolvers } from '../../platform/graphql/connection.ts';
import { mutation } from '../../platform/graphql/mutation.ts';
import type { Resolvers } from '../../schema.types.ts';
import { productBy } from '../catalogue/loaders.ts';
import { productProjection } from '../catalogue/product-fields.ts';
import { RATINGS, type Review } from './documents.ts';
import { moderateReview, submitReview } from './review-writes.ts';
import { listPendingReviews, listReviews } from './reviews.ts';
import { voteOnReview } from './votes.ts';

export const reviewResolvers: Resolvers = {
  Query: { reviewsToModerate: (_, args, { db }) => listPendingReviews(db, args) },
  Mutation: {
    reviewSubmit: mutation('reviewSubmit', submitReview),
    reviewModerate: mutation('reviewModerate', moderateReview),
    reviewVote: mutation('reviewVote', voteOnReview),
  },
  Product: { reviews: ({ _id }, args, { db }) => listReviews(db, _id, args) },
  ReviewSummary: {
    distribution: ({ distribution }) => RATINGS.map((rating) => ({ rating, count: distribution[rating] })),
  },
  Review: {
    id: ({ _id }) => _id.toHexString(),
    product: async ({ productId }, _, context, info) => {
      const wanted = { key: productId, projection: productProjection(info) };
      const product = await productBy._id(context).load(wanted);
      if (!product) throw new Error(`Review of product ${productId}, which cannot be seen`);
      return product;
    },
  },
  ReviewConnection: { ...connectionResolvers<Review>(), ...countResolvers },
  ReviewEdge: edgeResolvers<Review>(),
};
