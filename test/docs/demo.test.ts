import { describe } from 'vitest';
import { openDemoShop } from './demo-shop.ts';
import { recipeTests } from './recipe-tests.ts';
import { tourTests } from './tour-tests.ts';

/** One shop for all of them: it takes longer to fill than they take. */
const shop = await openDemoShop();

describe('the tour in README', () => tourTests(shop));
describe('the API guide', () => recipeTests(shop));
