import type { ObjectId } from 'mongodb';

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
  rating: 1 | 2 | 3 | 4 | 5;
  title: string | null;
  comment: string | null;
  status: ReviewStatus;
  verifiedPurchase: boolean;
  helpfulCount: number;
  createdAt: Date;
  updatedAt: Date;
};
