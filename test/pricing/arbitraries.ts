import fc from 'fast-check';
import type { Discount } from '../../src/domains/pricing/discounts.ts';

export const NOW = new Date('2026-03-15T12:00:00Z');
export const HOUR = 60 * 60 * 1000;
export const DAY = 24 * HOUR;

export const daysFromNow = (days: number) => new Date(NOW.getTime() + days * DAY);

/** Moments within 60 days of now, on whole hours so that windows touch and coincide often. */
export const moment = fc.integer({ min: -60 * 24, max: 60 * 24 }).map((hours) => daysFromNow(hours / 24));

export const price = fc.integer({ min: 0, max: 100_000 });
const priceOrNone = fc.option(price, { nil: null });

export const discount: fc.Arbitrary<Discount> = fc.record({
  type: fc.constantFrom('PERCENTAGE' as const, 'FIXED_AMOUNT' as const),
  value: fc.integer({ min: 0, max: 12_000 }),
  validFrom: moment,
  validTo: moment,
  code: fc.constantFrom(null, null, 'SPRING', 'Friends'),
  minQuantity: fc.constantFrom(undefined, 1, 2, 5),
});

export const productPrices = fc.record({
  basePrice: price,
  salePrice: priceOrNone,
  discounts: fc.array(discount, { maxLength: 6 }),
});

export const variants = fc.array(
  fc.record({ pricing: fc.record({ basePrice: priceOrNone, salePrice: priceOrNone }) }),
  { maxLength: 5 },
);

export const quantity = fc.integer({ min: 1, max: 10 });
export const code = fc.constantFrom(null, 'SPRING', ' friends ', 'NOPE');
