import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeMoments, type Discount } from '../../src/domains/pricing/discounts.ts';
import { lowestEffectivePrice, type PricedVariants } from '../../src/domains/pricing/effective-price.ts';
import {
  closeSpans,
  lowestPrice30Days,
  type PricesOverTime,
} from '../../src/domains/pricing/price-history.ts';
import { DAY, daysFromNow, HOUR, NOW, productPrices, variants } from './arbitraries.ts';

const flat = (basePrice: number, since: Date, more: Partial<PricesOverTime> = {}): PricesOverTime => ({
  ...{ basePrice, salePrice: null, discounts: [], since, history: [] },
  ...more,
});

const sale = (from: number, to: number, value = 2000): Discount => ({
  ...{ type: 'PERCENTAGE', value, code: null },
  ...{ validFrom: daysFromNow(from), validTo: daysFromNow(to) },
});

describe('closeSpans', () => {
  it('cuts the time since the last change wherever a discount started or ended', () => {
    const pricing = flat(1_000, daysFromNow(-20), { discounts: [sale(-15, -10), sale(-3, 4)] });
    expect(closeSpans(pricing, [], NOW)).toEqual([
      { from: daysFromNow(-20), to: daysFromNow(-15), price: 1_000 },
      { from: daysFromNow(-15), to: daysFromNow(-10), price: 800 },
      { from: daysFromNow(-10), to: daysFromNow(-3), price: 1_000 },
      { from: daysFromNow(-3), to: NOW, price: 800 },
    ]);
  });

  it('joins neighbours at one price, those of the history too', () => {
    const history = [{ from: daysFromNow(-25), to: daysFromNow(-20), price: 1_000 }];
    const pricing = flat(1_000, daysFromNow(-20), { history, discounts: [sale(-15, -10, 0)] });
    expect(closeSpans(pricing, [], NOW)).toEqual([{ from: daysFromNow(-25), to: NOW, price: 1_000 }]);
  });

  it('drops what ended more than 30 days before', () => {
    const history = [
      { from: daysFromNow(-50), to: daysFromNow(-31), price: 700 },
      { from: daysFromNow(-31), to: daysFromNow(-29), price: 900 },
    ];
    const closed = closeSpans(flat(1_000, daysFromNow(-29), { history }), [], NOW);
    expect(closed.map(({ price }) => price)).toEqual([900, 1_000]);
  });

  it('adds nothing when no time has passed, or the clock went back', () => {
    expect(closeSpans(flat(1_000, NOW), [], NOW)).toEqual([]);
    expect(closeSpans(flat(1_000, NOW), [], daysFromNow(-1))).toEqual([]);
  });

  it('stays at 100 spans however often prices change, and forgets no lowest price', () => {
    const all = Array.from({ length: 300 }, (_, i) => 1_000 + i);
    const prices = fc.shuffledSubarray(all, { minLength: 300 });
    fc.assert(
      fc.property(prices, (each) => {
        const last = changeHourly(each);
        const now = last.since;
        expect(last.history.length).toBeLessThanOrEqual(100);
        expect(lowestPrice30Days(last, [], now)).toBe(Math.min(...each));
      }),
      { numRuns: 20 },
    );
  });

  it('stays at 100 spans when prices only rise, and then says a price too low, never one too high', () => {
    const rising = Array.from({ length: 300 }, (_, i) => 1_000 + i);
    const last = changeHourly(rising);
    expect(last.history).toHaveLength(100);
    for (const hours of [0, 100, 400, 500, 600, 900]) {
      const at = new Date(last.since.getTime() + hours * HOUR);
      const oldest = Math.max(0, 300 + hours - 30 * 24 - 1);
      expect(lowestPrice30Days(last, [], at)).toBeLessThanOrEqual(rising[Math.min(oldest, 299)] ?? 0);
    }
  });

  function changeHourly(prices: number[]): PricesOverTime {
    let pricing = flat(prices[0] ?? 0, NOW);
    for (const [hour, price] of prices.entries()) {
      const until = new Date(NOW.getTime() + hour * HOUR);
      pricing = flat(price, until, { history: closeSpans(pricing, [], until) });
    }
    return pricing;
  }
});

describe('lowestPrice30Days', () => {
  it('is the price itself when it never changed', () => {
    expect(lowestPrice30Days(flat(1_000, daysFromNow(-400)), [], NOW)).toBe(1_000);
  });

  it('counts a discount of the current prices that ended inside the 30 days, and forgets it after', () => {
    const pricing = flat(1_000, daysFromNow(-400), { discounts: [sale(-35, -29.5)] });
    expect(lowestPrice30Days(pricing, [], NOW)).toBe(800);
    expect(lowestPrice30Days(pricing, [], daysFromNow(0.5))).toBe(1_000);
  });

  it('counts the price of the moment it is asked for, and none of later', () => {
    const pricing = flat(1_000, daysFromNow(-400), { discounts: [sale(0, 1), sale(2, 3, 5000)] });
    expect(lowestPrice30Days(pricing, [], NOW)).toBe(800);
    expect(lowestPrice30Days(pricing, [], daysFromNow(-1))).toBe(1_000);
  });

  it('counts what was offered before the prices changed', () => {
    const history = [{ from: daysFromNow(-40), to: daysFromNow(-10), price: 600 }];
    const pricing = flat(1_000, daysFromNow(-10), { history });
    expect(lowestPrice30Days(pricing, [], NOW)).toBe(600);
    expect(lowestPrice30Days(pricing, [], daysFromNow(21))).toBe(1_000);
  });

  it('leaves out what came after the moment that it is asked for', () => {
    const history = [
      { from: daysFromNow(-20), to: daysFromNow(-10), price: 900 },
      { from: daysFromNow(-10), to: daysFromNow(-5), price: 600 },
    ];
    expect(lowestPrice30Days(flat(1_000, daysFromNow(-5), { history }), [], daysFromNow(-15))).toBe(900);
  });

  it('is null when nothing is known of those days', () => {
    expect(lowestPrice30Days(flat(1_000, NOW), [], daysFromNow(-1))).toBeNull();
  });

  it('equals brute force over all moments at which a price can have changed, across several changes', () => {
    const pasts = fc.array(
      fc.record({ pricing: productPrices, variants, hours: fc.integer({ min: 1, max: 600 }) }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(pasts, fc.integer({ min: 0, max: 900 }), (eras, hoursLater) => {
        const { pricing, of, sold, since } = live(eras);
        const at = new Date(since.getTime() + hoursLater * HOUR);
        expect(lowestPrice30Days(pricing, of, at)).toBe(bruteForce(sold, at));
      }),
    );
  });

  type Era = { pricing: Omit<PricesOverTime, 'since' | 'history'>; variants: PricedVariants; hours: number };
  type Sold = Era & { from: Date; to: Date | null };

  /** Each era ends with a write that closes its prices; the last one is what stands in the document. */
  function live(eras: Era[]) {
    let since = daysFromNow(-30);
    let history: PricesOverTime['history'] = [];
    const sold: Sold[] = [];
    for (const [i, era] of eras.entries()) {
      const last = i === eras.length - 1;
      const to = new Date(since.getTime() + era.hours * HOUR);
      sold.push({ ...era, from: since, to: last ? null : to });
      if (last) return { pricing: { ...era.pricing, since, history }, of: era.variants, sold, since };
      history = closeSpans({ ...era.pricing, since, history }, era.variants, to);
      since = to;
    }
    throw new Error('There is no era');
  }

  function bruteForce(sold: Sold[], at: Date): number {
    const start = new Date(at.getTime() - 30 * DAY);
    const prices = sold.flatMap(({ pricing, variants: of, from, to }) => {
      const first = from > start ? from : start;
      const moments = [first, at, ...changeMoments(pricing.discounts)];
      const inEra = moments.filter((time) => time >= first && time <= at && (to === null || time < to));
      return inEra.map((time) => lowestEffectivePrice(pricing, of, time));
    });
    return Math.min(...prices);
  }
});
