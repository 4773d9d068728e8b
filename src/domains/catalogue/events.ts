import type { ObjectId } from 'mongodb';
import { defineEvent } from '../../platform/events/event.ts';
import type { Product } from './documents.ts';

export type ProductOperation = 'CREATED' | 'UPDATED' | 'DELETED' | 'RESTORED';

export const productChanged = defineEvent<{
  productId: ObjectId;
  operation: ProductOperation;
  version: number;
  /** Those that the product was in before, or is in now, with all above them. */
  categoryIds: ObjectId[];
  /** Whether shoppers saw it before, or see it now. */
  isShown: boolean;
}>('product.changed', ({ productId }) => `product:${productId}`);

export function productEvent(before: Product | null, after: Product, operation: ProductOperation) {
  const sides = before ? [before, after] : [after];
  const categories = sides.flatMap(({ categoryIds }) =>
    categoryIds.map((id) => [id.toHexString(), id] as const),
  );
  return {
    productId: after._id,
    operation,
    version: after.version,
    categoryIds: [...new Map(categories).values()],
    isShown: sides.some(({ status, isDeleted }) => status === 'ACTIVE' && !isDeleted),
  };
}

export const categoryChanged = defineEvent<{
  categoryId: ObjectId;
  operation: 'CREATED' | 'UPDATED' | 'DELETED';
}>('category.changed', ({ categoryId }) => `category:${categoryId}`);

export const inventoryChanged = defineEvent<{ productId: ObjectId; variantId: ObjectId; sku: string }>(
  'inventory.changed',
  ({ productId }) => `product:${productId}`,
);
