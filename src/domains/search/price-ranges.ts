/** A range of prices in minor units, both ends in it. */
export type PriceRange = { min: number; max: number; count: number };

/** How many products have a price. */
export type PriceCount = { price: number; count: number };

const MOST_RANGES = 6;
const ENOUGH_RANGES = 4;
/** Ends of ranges have no more leading digits, so prices that agree in these are always in the same range. */
export const MOST_DIGITS = 3;

/** At most six ranges with round ends that hold about as many products each; those without any are left out. */
export function priceRanges(prices: readonly PriceCount[]): PriceRange[] {
  const sorted = prices.toSorted((a, b) => a.price - b.price);
  const edges = roundEdges(sorted);
  return edges.slice(0, -1).flatMap((min, i) => {
    const max = (edges[i + 1] ?? min + 1) - 1;
    const inside = sorted.filter(({ price }) => price >= min && price <= max);
    const count = sumOf(inside);
    return count > 0 ? [{ min, max, count }] : [];
  });
}

const sumOf = (prices: PriceCount[]) => prices.reduce((sum, { count }) => sum + count, 0);

/** The rounder the better, as long as there is something to choose from. */
function roundEdges(sorted: PriceCount[]): number[] {
  const [lowest = 0, highest = 0] = [sorted[0]?.price, sorted.at(-1)?.price];
  const all = sumOf(sorted);
  let edges: number[] = [];
  for (let digits = 1; digits <= MOST_DIGITS && edges.length <= ENOUGH_RANGES; digits++) {
    const inner = Array.from({ length: MOST_RANGES - 1 }, (_, i) =>
      roundDown(priceAt(sorted, Math.ceil(((i + 1) * all) / MOST_RANGES)) ?? highest, digits),
    );
    const bounds = [roundDown(lowest, digits), ...inner, above(highest, digits)];
    edges = [...new Set(bounds)].toSorted((a, b) => a - b);
  }
  return edges;
}

/** The price of the product that so many come before. */
function priceAt(sorted: PriceCount[], position: number): number | undefined {
  let before = 0;
  return sorted.find(({ count }) => {
    before += count;
    return before > position;
  })?.price;
}

/** With so many leading digits and noughts behind them: 1,234 is 1,000 with one and 1,200 with two. */
function roundDown(price: number, digits: number): number {
  const unit = unitOf(price, digits);
  return Math.floor(price / unit) * unit;
}

/** The first such price that is above. */
const above = (price: number, digits: number) => roundDown(price, digits) + unitOf(price, digits);

const unitOf = (price: number, digits: number) =>
  10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, price))) + 1 - digits);
