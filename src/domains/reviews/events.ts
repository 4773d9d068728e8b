import type { ObjectId } from 'mongodb';
import { defineEvent } from '../../platform/events/event.ts';
import type { ReviewStatus } from './documents.ts';

export const reviewChanged = defineEvent<{ reviewId: ObjectId; productId: ObjectId; status: ReviewStatus }>(
  'review.changed',
  ({ productId }) => `product:${productId}`,
);
