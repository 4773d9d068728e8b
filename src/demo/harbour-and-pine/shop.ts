import type { ShopSketch } from '../sketch.ts';
import { categories } from './categories.ts';
import { products } from './products.ts';
import { reviewers } from './reviewers.ts';
import { voices } from './voices.ts';
import { writtenReviews } from './written-reviews.ts';

/** Homeware, kitchen, outdoor and clothing from a harbour town in Maine. */
export const shop: ShopSketch = {
  name: 'Harbour & Pine',
  subdomain: 'demo',
  plan: 'PRO',
  currency: 'USD',
  locale: 'en-US',
  taxRate: 0.055,
  shipping: [
    { id: 'standard', name: 'Standard, 3 to 5 days', price: 695, freeFrom: 9_500 },
    { id: 'express', name: 'Express, the next day', price: 1_895, freeFrom: null },
  ],
  storefront: {
    tagline: 'Useful things from a working coast',
    announcement: 'Free shipping on orders over $95. 10% off your first one with WELCOME10.',
    accentColor: '#1f4d3a',
    contact: { email: 'hello@harbourandpine.example', phone: '+1 207 555 0143' },
    featured: ['fisherman-sweater', 'harbour-cast-iron-skillet', 'lambswool-throw', 'insulated-bottle'],
  },
  categories,
  products,
  reviewers,
  written: writtenReviews,
  voices,
};
