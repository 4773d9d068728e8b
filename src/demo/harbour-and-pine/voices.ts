import type { Voice } from '../sketch.ts';
import { bedAndBathVoices } from './voices/bed-and-bath.ts';
import { clothingVoices } from './voices/clothing.ts';
import { coffeeVoices } from './voices/coffee.ts';
import { homeVoices } from './voices/home.ts';
import { kitchenVoices } from './voices/kitchen.ts';
import { outdoorVoices } from './voices/outdoor.ts';

/** What people say of the products that sell most; the others have a few reviews, each written out. */
export const voices: Record<string, Voice> = {
  ...kitchenVoices,
  ...coffeeVoices,
  ...homeVoices,
  ...bedAndBathVoices,
  ...outdoorVoices,
  ...clothingVoices,
};
