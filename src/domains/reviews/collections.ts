import { defineCollection } from '../../platform/mongo/collection.ts';
import { anyOf, bool, count, date, id, nullable, object, text } from '../../platform/mongo/schema.ts';
import type { Review } from './documents.ts';

/** Reviews of a product in each order that a page shows them in, published ones and all others apart. */
export const reviews = defineCollection<Review>(
  'reviews',
  object(
    {
      productId: id,
      userId: nullable(id),
      userName: text,
      importKey: text,
      rating: anyOf(1, 2, 3, 4, 5),
      title: nullable(text),
      comment: nullable(text),
      status: anyOf('PENDING', 'APPROVED', 'REJECTED'),
      verifiedPurchase: bool,
      helpfulCount: count,
      createdAt: date,
      updatedAt: date,
    },
    ['importKey'],
  ),
  [
    { key: { productId: 1, status: 1, createdAt: -1, _id: -1 } },
    { key: { productId: 1, status: 1, rating: -1, _id: -1 } },
    { key: { productId: 1, status: 1, helpfulCount: -1, _id: -1 } },
    // One review a person and product.
    {
      key: { productId: 1, userId: 1 },
      unique: true,
      partialFilterExpression: { userId: { $type: 'objectId' } },
    },
    // Somebody's reviews.
    { key: { userId: 1, _id: 1 }, partialFilterExpression: { userId: { $type: 'objectId' } } },
    { key: { status: 1, createdAt: 1, _id: 1 } },
    { key: { importKey: 1 }, unique: true, partialFilterExpression: { importKey: { $type: 'string' } } },
  ],
);
