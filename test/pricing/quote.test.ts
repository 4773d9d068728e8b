import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_LINE_AMOUNT } from '../../src/domains/pricing/goods.ts';
import { type QuoteDiscount, type QuoteTerms, quoteOf } from '../../src/domains/pricing/quote.ts';
import { taxRateOf } from '../../src/domains/pricing/tax.ts';

const line = (id: string, unitPrice: number, quantity = 1, taxRate = 0) => ({
  id,
  unitPrice,
  quantity,
  taxRate: taxRateOf(taxRate),
});

const discount = (
  id: string,
  type: QuoteDiscount['type'],
  value = 0,
  ...lineIds: string[]
): QuoteDiscount => ({
  id,
  type,
  value,
  lineIds: lineIds.length > 0 ? new Set(lineIds) : null,
});

const quote = (terms: Partial<QuoteTerms>) =>
  quoteOf({ lines: [], discounts: [], shipping: null, taxIncluded: true, ...terms });

const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);

const rate = fc.constantFrom(0, 0.055, 0.07, 0.08875, 0.19, 0.25, 1).map(taxRateOf);
// Also prices that make a line as large as one may be, and those of currencies without decimals.
const unitPrice = fc.oneof(fc.integer({ min: 0, max: 50_000 }), fc.integer({ min: 0, max: 10 ** 9 }));
const lines = fc
  .array(fc.tuple(unitPrice, fc.integer({ min: 1, max: 10_000 }), rate), { maxLength: 12 })
  .map((rows) =>
    rows.map(([price, quantity, taxRate], i) => ({ id: `l${i}`, unitPrice: price, quantity, taxRate })),
  );
const value = fc.oneof(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10 ** 12 }));
const discounts = fc
  .array(
    fc.tuple(
      fc.constantFrom('PERCENTAGE' as const, 'FIXED_AMOUNT' as const, 'FREE_SHIPPING' as const),
      value,
      fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 13 }).map((i) => `l${i}`)), { nil: null }),
    ),
    { maxLength: 5 },
  )
  .map((rows) =>
    rows.map(([type, amount, ids], i) => ({
      id: `d${i}`,
      type,
      value: type === 'PERCENTAGE' ? amount % 10_001 : amount,
      lineIds: ids && new Set(ids),
    })),
  );
const terms = fc.record({
  lines,
  discounts,
  shipping: fc.option(
    fc.record({ price: fc.integer({ min: 0, max: 9_999 }), freeFrom: fc.option(value, { nil: null }) }),
    { nil: null },
  ),
  taxIncluded: fc.boolean(),
});

describe('whatever is bought', () => {
  it('the sums are the sums of the lines and of shipping', () => {
    fc.assert(
      fc.property(terms, (asked) => {
        const { lines: quoted, shipping, ...totals } = quoteOf(asked);
        expect(totals.subtotal).toBe(sum(quoted.map(({ subtotal }) => subtotal)));
        expect(totals.discount).toBe(sum(quoted.map(({ discount: taken }) => taken)));
        expect(totals.tax).toBe(sum(quoted.map(({ tax }) => tax)) + shipping.tax);
        expect(totals.total).toBe(sum(quoted.map(({ total }) => total)) + shipping.total);
        const added = asked.taxIncluded ? 0 : totals.tax;
        expect(totals.total).toBe(
          totals.subtotal - totals.discount + shipping.price - shipping.discount + added,
        );
      }),
    );
  });

  it('each discount is the sum of its shares, and each share of a line has its discount', () => {
    fc.assert(
      fc.property(terms, (asked) => {
        const { lines: quoted, discounts: taken, shipping, discount: off } = quoteOf(asked);
        expect(sum(taken.map(({ amount }) => amount))).toBe(off + shipping.discount);
        for (const { discounts: shares, discount: ofLine } of quoted)
          expect(sum(shares.map(({ amount }) => amount))).toBe(ofLine);
      }),
    );
  });

  it('the taxes of the rates are all of the tax, and with what is net, all that is paid', () => {
    fc.assert(
      fc.property(terms, (asked) => {
        const { taxes, tax, total } = quoteOf(asked);
        expect(sum(taxes.map((share) => share.tax))).toBe(tax);
        expect(sum(taxes.map(({ net }) => net)) + tax).toBe(total);
      }),
    );
  });

  it('no amount is negative, larger than before, or a fraction of a minor unit', () => {
    fc.assert(
      fc.property(terms, (asked) => {
        const {
          lines: quoted,
          shipping,
          taxes,
          discounts: taken,
          taxIncluded: _,
          ...totals
        } = quoteOf(asked);
        const amounts = [
          ...Object.values(totals),
          ...Object.values(shipping),
          ...taxes.flatMap(({ net, tax }) => [net, tax]),
          ...taken.map(({ amount }) => amount),
          ...quoted.flatMap(({ subtotal, discount: off, tax, total }) => [subtotal, off, tax, total]),
        ];
        for (const amount of amounts) expect(Number.isSafeInteger(amount) && amount >= 0).toBe(true);
        for (const { subtotal, discount: off } of quoted) expect(off).toBeLessThanOrEqual(subtotal);
      }),
    );
  });

  it('neither the order of the lines nor that of the discounts matters', () => {
    const shuffled = terms.chain((asked) =>
      fc.record({
        asked: fc.constant(asked),
        mixed: fc.record({
          lines: fc.shuffledSubarray(asked.lines, { minLength: asked.lines.length }),
          discounts: fc.shuffledSubarray(asked.discounts, { minLength: asked.discounts.length }),
        }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ asked, mixed }) => {
        const straight = quoteOf(asked);
        const other = quoteOf({ ...asked, ...mixed });
        const sorted = <T extends { id: string }>(rows: T[]) =>
          rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
        expect(sorted(other.lines)).toEqual(sorted(straight.lines));
        expect({ ...other, lines: [], discounts: sorted(other.discounts) }).toEqual({
          ...straight,
          lines: [],
          discounts: sorted(straight.discounts),
        });
      }),
    );
  });

  it('with 100 % off nothing is left of the goods', () => {
    fc.assert(
      fc.property(terms, (asked) => {
        const free = quoteOf({
          ...asked,
          shipping: null,
          discounts: [discount('all', 'PERCENTAGE', 10_000)],
        });
        expect([free.total, free.tax, free.discount]).toEqual([0, 0, free.subtotal]);
      }),
    );
  });
});

describe('a discount on several lines', () => {
  it('is split by largest remainder', () => {
    const { lines: quoted } = quote({
      lines: [line('a', 1_000), line('b', 1_000), line('c', 1_000)],
      discounts: [discount('ten', 'FIXED_AMOUNT', 1_000)],
    });
    expect(quoted.map(({ discount: off }) => off)).toEqual([334, 333, 333]);
  });

  it('takes a percentage of all of them together, not of each rounded', () => {
    const rows = Array.from({ length: 10 }, (_, i) => line(`l${i}`, 105));
    expect(quote({ lines: rows, discounts: [discount('x', 'PERCENTAGE', 500)] }).discount).toBe(53);
  });

  it('is for its own lines alone', () => {
    const { lines: quoted } = quote({
      lines: [line('a', 1_000), line('b', 500)],
      discounts: [discount('x', 'FIXED_AMOUNT', 2_000, 'b')],
    });
    expect(quoted.map(({ total }) => total)).toEqual([1_000, 0]);
  });

  it('takes percentages before fixed amounts, whatever their order', () => {
    const of = (...taken: QuoteDiscount[]) => quote({ lines: [line('a', 10_000)], discounts: taken }).total;
    const [percent, fixed] = [discount('p', 'PERCENTAGE', 1_000), discount('f', 'FIXED_AMOUNT', 1_000)];
    expect([of(percent, fixed), of(fixed, percent)]).toEqual([8_000, 8_000]);
  });
});

describe('tax', () => {
  it('is in the price, or on top of it, at the rate of each line, half up from what is left of it', () => {
    const asked = { lines: [line('a', 1_999, 3, 0.19), line('b', 250, 1, 0.07)] };
    const inside = quote(asked);
    expect(inside.taxes).toEqual([
      { rate: 70_000, net: 234, tax: 16 },
      { rate: 190_000, net: 5_039, tax: 958 },
    ]);
    expect(inside.total).toBe(6_247);
    // 17.5 is rounded up, 1139.43 down.
    const onTop = quote({ ...asked, taxIncluded: false });
    expect(onTop.lines.map(({ tax }) => tax)).toEqual([1_139, 18]);
    expect(onTop.total).toBe(6_247 + 1_157);
  });

  it('is on the discounted amount', () => {
    const { tax } = quote({
      lines: [line('a', 10_000, 1, 0.2)],
      discounts: [discount('half', 'PERCENTAGE', 5_000)],
      taxIncluded: false,
    });
    expect(tax).toBe(1_000);
  });

  it('is on shipping as on the goods, in proportion', () => {
    const { shipping, taxes } = quote({
      lines: [line('a', 3_000, 1, 0.19), line('b', 1_000, 1, 0.07)],
      shipping: { price: 400, freeFrom: null },
      taxIncluded: false,
    });
    expect(shipping).toEqual({ price: 400, discount: 0, tax: 57 + 7, total: 464 });
    expect(taxes).toEqual([
      { rate: 70_000, net: 1_100, tax: 77 },
      { rate: 190_000, net: 3_300, tax: 627 },
    ]);
  });

  it('is not changed by a rate that a float cannot hold', () => {
    expect([0.07, 0.055, 0.08875, 0.29].map(taxRateOf)).toEqual([70_000, 55_000, 88_750, 290_000]);
    expect(quote({ lines: [line('a', 100, 1, 0.29)], taxIncluded: false }).tax).toBe(29);
  });
});

describe('shipping', () => {
  const post = { price: 490, freeFrom: 5_000 };

  it('is free from a value of the goods on, after discounts', () => {
    const of = (unitPrice: number, ...taken: QuoteDiscount[]) =>
      quote({ lines: [line('a', unitPrice)], discounts: taken, shipping: post }).shipping.total;
    expect([of(4_999), of(5_000), of(5_000, discount('d', 'FIXED_AMOUNT', 1))]).toEqual([490, 0, 490]);
  });

  it('costs nothing with a code for it, and that is what the code is worth', () => {
    const quoted = quote({
      lines: [line('a', 1_000)],
      discounts: [discount('post', 'FREE_SHIPPING'), discount('post2', 'FREE_SHIPPING')],
      shipping: post,
    });
    expect(quoted.total).toBe(1_000);
    expect(quoted.discounts).toEqual([
      { id: 'post', amount: 490 },
      { id: 'post2', amount: 0 },
    ]);
  });

  it('of nothing costs nothing', () => {
    expect(quote({ shipping: post }).total).toBe(0);
  });
});

it('refuses a line that could not be counted exactly', () => {
  expect(() => quote({ lines: [line('a', MAX_LINE_AMOUNT)] })).not.toThrow();
  expect(() => quote({ lines: [line('a', MAX_LINE_AMOUNT, 2)] })).toThrow(RangeError);
  expect(() => quote({ lines: [line('a', 0.5)] })).toThrow(RangeError);
});
