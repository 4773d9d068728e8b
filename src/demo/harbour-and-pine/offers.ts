import type { Offer } from '../sketch.ts';

/** For new customers, on most of the shop. */
export const WELCOME: Offer = { off: '10%', days: [-90, 275], code: 'WELCOME10' };

export const THIS_SALE: Offer = { off: '20%', days: [-4, 9] };
export const LAST_SALE: Offer = { off: '25%', days: [-38, -17] };
export const NEXT_SALE: Offer = { off: '15%', days: [6, 16] };

/** For the people who get the Friday letter. */
export const LETTER: Offer = { off: '12.00', days: [-2, 5], code: 'FRIDAYLETTER' };
