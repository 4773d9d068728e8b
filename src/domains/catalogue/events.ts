import type { ObjectId } from 'mongodb';
import { defineEvent } from '../../platform/events/event.ts';

export type ProductOperation = 'CREATED' | 'UPDATED' | 'DELETED' | 'RESTORED';

export const productChanged = defineEvent<{
  productId: ObjectId;
  operation: ProductOperation;
  version: number;
}>('product.changed', ({ productId }) => `product:${productId}`);

export const categoryChanged = defineEvent<{
  categoryId: ObjectId;
  operation: 'CREATED' | 'UPDATED' | 'DELETED';
}>('category.changed', ({ categoryId }) => `category:${categoryId}`);

export const inventoryChanged = defineEvent<{ productId: ObjectId; variantId: ObjectId; sku: string }>(
  'inventory.changed',
  ({ productId }) => `product:${productId}`,
);
