import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeMoments, type Discount } from '../../src/domains/pricing/discounts.ts';
import {
  effectivePrice,
  lowestEffectivePrice,
  nextPriceChange,
  priceKeys,
  priceRange,
} from '../../src/domains/pricing/effective-price.ts';
import { code, daysFromNow, moment, NOW, productPrices, quantity, variants } from './arbitraries.ts';

const week = { validFrom: NOW, validTo: daysFromNow(7), code: null };
const percent = (value: number, more: Partial<Discount> = {}): Discount => ({
  ...{ type: 'PERCENTAGE', value, ...week },
  ...more,
});
const fixed = (value: number, more: Partial<Discount> = {}): Discount => ({
  ...{ type: 'FIXED_AMOUNT', value, ...week },
  ...more,
});
const product = (...discounts: Discount[]) => ({ basePrice: 10_000, salePrice: null, discounts });
const variant = (basePrice: number | null, salePrice: number | null) => ({ basePrice, salePrice });

describe('the price before discounts', () => {
  it.each([
    ["the variant's sale price first", 9_000, variant(8_000, 7_000), 7_000],
    ["the variant's sale price on the product's base price", 9_000, variant(null, 7_000), 7_000],
    ["a variant's own base price, which the product's sale is not for", 9_000, variant(12_000, null), 12_000],
    ["the product's sale price", 9_000, variant(null, null), 9_000],
    ["the product's base price", null, variant(null, null), 10_000],
    ['the product alone', 9_000, null, 9_000],
    ['a sale price of nothing', 0, null, 0],
  ])('is %s', (_, salePrice, of, expected) => {
    expect(effectivePrice({ ...product(), salePrice }, of, { at: NOW })).toBe(expected);
  });
});

describe('discounts', () => {
  it('hold from validFrom until just before validTo', () => {
    const sale = product(percent(1500));
    const priceAt = (at: Date) => effectivePrice(sale, null, { at });
    expect(priceAt(new Date(NOW.getTime() - 1))).toBe(10_000);
    expect(priceAt(NOW)).toBe(8_500);
    expect(priceAt(new Date(daysFromNow(7).getTime() - 1))).toBe(8_500);
    expect(priceAt(daysFromNow(7))).toBe(10_000);
  });

  it('do not add up: the best one counts', () => {
    expect(effectivePrice(product(percent(1500), fixed(2_000), percent(500)), null, { at: NOW })).toBe(8_000);
  });

  it('apply to a sale price too', () => {
    expect(effectivePrice({ ...product(percent(1000)), salePrice: 5_000 }, null, { at: NOW })).toBe(4_500);
  });

  it('round what is left half up', () => {
    const of = (basePrice: number) => ({ basePrice, salePrice: null, discounts: [percent(1500)] });
    expect(effectivePrice(of(990), null, { at: NOW })).toBe(842);
    expect(effectivePrice(of(1), null, { at: NOW })).toBe(1);
  });

  it('with a code ask for it, in any case and with any space around it', () => {
    const sale = product(percent(1000, { code: 'Welcome10' }));
    const priceWith = (given: string | null) => effectivePrice(sale, null, { at: NOW, code: given });
    expect([null, '', 'WELCOME', 'welcome10', ' WELCOME10 '].map(priceWith)).toEqual([
      ...[10_000, 10_000, 10_000],
      ...[9_000, 9_000],
    ]);
  });

  it('with a blank code are for nobody', () => {
    const sale = product(percent(1000, { code: ' ' }));
    expect([null, '', ' '].map((given) => effectivePrice(sale, null, { at: NOW, code: given }))).toEqual([
      ...[10_000, 10_000, 10_000],
    ]);
  });

  it('with a minimum quantity start there', () => {
    const sale = product(percent(1000, { minQuantity: 4 }));
    expect([undefined, 3, 4, 5].map((n) => effectivePrice(sale, null, { at: NOW, quantity: n }))).toEqual([
      ...[10_000, 10_000],
      ...[9_000, 9_000],
    ]);
  });

  it('never make a price negative or higher, whatever they are', () => {
    fc.assert(
      fc.property(productPrices, variants, moment, quantity, code, (pricing, of, at, n, given) => {
        for (const one of of) {
          const price = effectivePrice(pricing, one.pricing, { at, quantity: n, code: given });
          const undiscounted = effectivePrice({ ...pricing, discounts: [] }, one.pricing, { at });
          expect(price).toBeGreaterThanOrEqual(0);
          expect(price).toBeLessThanOrEqual(undiscounted);
          expect(Number.isSafeInteger(price)).toBe(true);
        }
      }),
    );
  });

  it('never make the unit dearer when more are bought', () => {
    fc.assert(
      fc.property(productPrices, moment, code, (pricing, at, given) => {
        const prices = Array.from({ length: 8 }, (_, i) =>
          effectivePrice(pricing, null, { at, quantity: i + 1, code: given }),
        );
        expect(prices).toEqual(prices.toSorted((a, b) => b - a));
      }),
    );
  });
});

describe('over the variants', () => {
  it('the range is from the lowest to the highest price of each on its own', () => {
    fc.assert(
      fc.property(productPrices, variants, moment, (pricing, of, at) => {
        const units = of.length === 0 ? [null] : of.map((one) => one.pricing);
        const prices = units.map((one) => effectivePrice(pricing, one, { at }));
        expect(priceRange(pricing, of, at)).toEqual({ min: Math.min(...prices), max: Math.max(...prices) });
        expect(lowestEffectivePrice(pricing, of, at)).toBe(Math.min(...prices));
      }),
    );
  });
});

describe('nextPriceChange', () => {
  it('is the next start or end of a discount that needs no code', () => {
    const future = percent(500, { validFrom: daysFromNow(3), validTo: daysFromNow(4) });
    const coded = percent(500, { code: 'SECRET', validFrom: daysFromNow(1) });
    const empty = percent(500, { validFrom: daysFromNow(2), validTo: daysFromNow(2) });
    const sale = product(percent(1500), future, coded, empty);
    const walk = [-1, 0, 3, 4, 7].map((days) => nextPriceChange(sale, daysFromNow(days)));
    expect(walk).toEqual([NOW, daysFromNow(3), daysFromNow(4), daysFromNow(7), null]);
  });

  it('is the first moment at which any price can differ: until then it is constant', () => {
    fc.assert(
      fc.property(productPrices, moment, moment, quantity, (pricing, at, other, n) => {
        const next = nextPriceChange(pricing, at);
        const later = other > at ? other : at;
        fc.pre(next === null || later < next);
        expect(effectivePrice(pricing, null, { at: later, quantity: n })).toBe(
          effectivePrice(pricing, null, { at, quantity: n }),
        );
      }),
    );
  });

  it('leaves the price at any time what it was just after the last change before it', () => {
    fc.assert(
      fc.property(productPrices, variants, moment, (pricing, of, at) => {
        const last = changeMoments(pricing.discounts).findLast((time) => time <= at) ?? new Date(0);
        expect(lowestEffectivePrice(pricing, of, at)).toBe(lowestEffectivePrice(pricing, of, last));
        expect(priceKeys(pricing, of, last).priceChangesAt ?? at).toSatisfy((time: Date) => time >= at);
      }),
    );
  });
});

describe('priceKeys', () => {
  it('are the lowest price now, and until when it stands', () => {
    const of = [{ pricing: variant(9_000, null) }, { pricing: variant(12_000, null) }];
    expect(priceKeys(product(percent(1500)), of, NOW)).toEqual({
      price: 7_650,
      priceChangesAt: daysFromNow(7),
    });
    expect(priceKeys(product(), [], NOW)).toEqual({ price: 10_000, priceChangesAt: null });
  });
});
