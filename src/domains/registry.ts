import type { DeclaredCollection } from '../platform/mongo/collection.ts';
import { secrets } from '../platform/mongo/secrets.ts';
import { productAnalytics } from './analytics/collections.ts';
import { apiKeys } from './auth/collections.ts';
import { categories, products } from './catalogue/collections.ts';
import { reviews } from './reviews/collections.ts';
import { tenants } from './tenants/collections.ts';

/** Every stored collection; the index script creates what stands here. */
export const collections: DeclaredCollection[] = [
  secrets,
  tenants,
  apiKeys,
  categories,
  products,
  reviews,
  productAnalytics,
];
