import type { ShopSketch } from '../sketch.ts';
import { categories } from './categories.ts';
import { products } from './products.ts';
import { reviewers } from './reviewers.ts';
import { reviews } from './reviews.ts';

/** A stationer in Kyoto who sells abroad: prices in a currency without decimals. */
export const shop: ShopSketch = {
  name: 'Kumo Stationery',
  subdomain: 'kumo',
  plan: 'FREE',
  currency: 'JPY',
  locale: 'ja-JP',
  taxRate: 0.1,
  shipping: [{ id: 'ems', name: 'EMS, tracked', price: 1_800, freeFrom: 15_000 }],
  storefront: {
    tagline: 'Paper, ink and weather',
    announcement: 'Orders leave Kyoto on Tuesdays and Fridays.',
    accentColor: '#6b7a8f',
    contact: { email: 'post@kumostationery.example' },
    featured: ['cloud-notebook', 'no-3-fountain-pen'],
  },
  categories,
  products,
  reviewers,
  written: reviews,
  voices: {},
};
