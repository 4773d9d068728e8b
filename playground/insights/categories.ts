import { element } from '../element.ts';
import { ask, type Caller } from './api.ts';
import { type Bar, bars } from './bars.ts';
import { note } from './card.ts';
import CATEGORIES from './queries/categories.graphql?raw';

type Row = {
  category: { path: string[] };
  productCount: number;
  totalInventory: number;
  reservedInventory: number;
  inventoryValue: { minor: number; currency: string; formatted: string };
  priceRange: string;
  averageRating: number | null;
};

const SHOWN = 12;

/** The value of each category's stock; of several currencies each has its own bars, for they cannot be compared. */
export async function showCategories(caller: Caller): Promise<Node[]> {
  const { categoryAnalytics } = await ask<{ categoryAnalytics: Row[] }>(caller, CATEGORIES);
  if (categoryAnalytics.length === 0) return [note('No product is in a category yet.')];
  const byCurrency = Map.groupBy(categoryAnalytics, ({ inventoryValue }) => inventoryValue.currency);
  return [...byCurrency.values()].flatMap(barsOf);
}

function barsOf(rows: Row[]): Node[] {
  const best = rows.toSorted((a, b) => b.inventoryValue.minor - a.inventoryValue.minor);
  const left = best.length - SHOWN;
  const drawn = bars(best.slice(0, SHOWN).map(barOf));
  return left > 0 ? [drawn, element('p', { class: 'soft' }, `And ${left} more, in the files.`)] : [drawn];
}

const barOf = (row: Row): Bar => ({
  name: row.category.path.join(' › '),
  value: row.inventoryValue.minor,
  shown: row.inventoryValue.formatted,
  detail: [
    row.productCount === 1 ? 'one product' : `${row.productCount.toLocaleString('en')} products`,
    `${row.totalInventory.toLocaleString('en')} pieces`,
    ...(row.reservedInventory > 0 ? [`${row.reservedInventory.toLocaleString('en')} reserved`] : []),
    row.priceRange,
    ...(row.averageRating === null ? [] : [`★ ${row.averageRating.toFixed(1)}`]),
  ].join(' · '),
});
