import type { ObjectId } from 'mongodb';
import type { Edge } from '../../platform/graphql/connection.ts';

/** From the best down, as summaries list them. */
export const RATINGS = [5, 4, 3, 2, 1] as const;

export type Rating = (typeof RATINGS)[number];

export type ReviewStatus = 'PENDING' | 'APPROVED' | 'REJECTED';

export type Review = {
  _id: ObjectId;
  tenantId: ObjectId;
  productId: ObjectId;
  /** null for reviews brought in from another shop system. */
  userId: ObjectId | null;
  userName: string;
  /** Where an imported review came from, so that importing it again changes nothing. */
  importKey?: string;
  rating: Rating;
  title: string | null;
  comment: string | null;
  status: ReviewStatus;
  verifiedPurchase: boolean;
  helpfulCount: number;
  createdAt: Date;
  updatedAt: Date;
};

export type ReviewEdge = Edge<Review>;
