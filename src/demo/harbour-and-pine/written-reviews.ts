import type { WrittenReviews } from '../sketch.ts';
import { careReviews } from './reviews/care.ts';
import { clothingReviews } from './reviews/clothing.ts';
import { homeReviews } from './reviews/home.ts';
import { kitchenReviews } from './reviews/kitchen.ts';
import { outdoorReviews } from './reviews/outdoor.ts';

export const writtenReviews: WrittenReviews = {
  ...kitchenReviews,
  ...homeReviews,
  ...outdoorReviews,
  ...clothingReviews,
  ...careReviews,
};
