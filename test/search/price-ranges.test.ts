import fc from 'fast-check';
import { expect, it } from 'vitest';
import { priceRanges as rangesOf } from '../../src/domains/search/price-ranges.ts';

const priceRanges = (prices: number[]) => rangesOf(prices.map((price) => ({ price, count: 1 })));

it('has at most six ranges, none empty, none overlapping, that hold every price', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000_000), { minLength: 1, maxLength: 200 }), (prices) => {
      const ranges = priceRanges(prices);
      expect(ranges.length).toBeLessThanOrEqual(6);
      for (const { min, max, count } of ranges) {
        expect(count).toBe(prices.filter((price) => price >= min && price <= max).length);
        expect(count).toBeGreaterThan(0);
      }
      expect(ranges.reduce((sum, { count }) => sum + count, 0)).toBe(prices.length);
      for (const [i, range] of ranges.entries()) {
        if (i > 0) expect(range.min).toBeGreaterThan(ranges[i - 1]?.max ?? Number.POSITIVE_INFINITY);
      }
    }),
  );
});

it('has round ends, and about as many products in each range', () => {
  const prices = [...Array(60)].map((_, i) => 500 + i * i * 10);
  const ranges = priceRanges(prices);
  for (const { min } of ranges) expect(min % 10 ** (String(min).length - 1)).toBe(0);
  for (const { count } of ranges) expect(count).toBeLessThan(prices.length / 2);
});

it('tells close prices apart', () => {
  const ranges = priceRanges([1_010, 1_020, 1_050, 1_090, 1_130, 1_180, 1_240]);
  expect(ranges.length).toBeGreaterThan(2);
});

it('has one range for one price', () => {
  expect(priceRanges([1_999, 1_999])).toMatchObject([{ count: 2 }]);
  expect(priceRanges([0])).toEqual([{ min: 0, max: 0, count: 1 }]);
});

it('has none for no prices', () => {
  expect(priceRanges([])).toEqual([]);
});
