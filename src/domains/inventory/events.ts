import type { ObjectId } from 'mongodb';
import { defineEvent } from '../../platform/events/event.ts';

type Low = { productId: ObjectId; variantId: ObjectId; sku: string; available: number; threshold: number };

/** Told once, when what can be bought falls to the shop's threshold. */
export const inventoryLow = defineEvent<Low>('inventory.low', ({ productId }) => `product:${productId}`);
