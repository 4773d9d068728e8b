import type { ShopSketch } from '../sketch.ts';
import { categories } from './categories.ts';
import { products } from './products.ts';
import { reviewers } from './reviewers.ts';
import { reviews } from './reviews.ts';

/** A small coffee roaster in Lofoten: another language, another currency, letters beyond ASCII. */
export const shop: ShopSketch = {
  name: 'Nordlys Kaffe',
  subdomain: 'nordlys',
  plan: 'PRO',
  currency: 'NOK',
  locale: 'nb-NO',
  taxRate: 0.25,
  shipping: [
    { id: 'brev', name: 'Brev i postkassen', price: 5_900, freeFrom: 60_000 },
    { id: 'hentested', name: 'Pakke til hentested', price: 8_900, freeFrom: 90_000 },
  ],
  storefront: {
    tagline: 'Lysbrent kaffe fra Svolvær',
    announcement: 'Vi brenner mandag og torsdag. Bestill før klokka ti, så går den samme dag.',
    accentColor: '#0b6e8f',
    contact: { email: 'hei@nordlyskaffe.example', phone: '+47 55 55 01 42' },
    featured: ['brygga-husblanding', 'polarnatt-espresso'],
  },
  categories,
  products,
  reviewers,
  written: reviews,
  voices: {},
};
