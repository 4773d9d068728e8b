import type { ProductSketch } from '../sketch.ts';
import { bedAndBath } from './bed-and-bath.ts';
import { careAndRepair } from './care-and-repair.ts';
import { outerwear, pantsAndAccessories, tops } from './clothing.ts';
import { cookware, knives } from './kitchen-cookware.ts';
import { coffeeAndTea, kitchenLinens, tableware } from './kitchen-table.ts';
import { living } from './living.ts';
import { bags, camp, garden } from './outdoor.ts';

export const products: ProductSketch[] = [
  ...cookware,
  ...knives,
  ...tableware,
  ...coffeeAndTea,
  ...kitchenLinens,
  ...living,
  ...bedAndBath,
  ...camp,
  ...bags,
  ...garden,
  ...tops,
  ...outerwear,
  ...pantsAndAccessories,
  ...careAndRepair,
];
