import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  currencyDigits,
  formatMoney,
  multiplyHalfUp,
  percentageOf,
  splitAmount,
  toDecimal,
  toMinor,
} from '../../src/domains/pricing/money.ts';
import { AppError } from '../../src/platform/errors.ts';

const minor = fc.maxSafeInteger();
const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'CLF', 'HUF');

const ISO_4217 = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC
      CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD
      KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO
      NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL
      THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

function refusal(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It was not refused');
}

describe('currencyDigits', () => {
  it.each(Object.entries(ISO_4217))('is %s for the currencies that ISO 4217 says so of', (digits, codes) => {
    const others = codes.split(/\s+/).filter((code) => currencyDigits(code) !== Number(digits));
    expect(others).toEqual([]);
  });

  it('refuses what is no currency code', () => {
    for (const wrong of ['usd', 'US', 'DOLLAR', '', '$']) {
      expect(refusal(() => currencyDigits(wrong)).message).toMatch(/is not a currency code; USD is one/);
    }
  });
});

describe('toMinor and toDecimal', () => {
  it.each([
    ['79.99', 'USD', 7999],
    ['80', 'USD', 8000],
    ['0.5', 'USD', 50],
    ['-12.30', 'EUR', -1230],
    ['1490', 'JPY', 1490],
    ['1.005', 'KWD', 1005],
    ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
  ])('reads %s %s as %i', (decimal, code, expected) => {
    expect(toMinor(decimal, code)).toBe(expected);
  });

  it.each([
    [7999, 'USD', '79.99'],
    [5, 'USD', '0.05'],
    [-5, 'USD', '-0.05'],
    [0, 'JPY', '0'],
    [1005, 'KWD', '1.005'],
  ])('writes %i %s as %s', (amount, code, expected) => {
    expect(toDecimal(amount, code)).toBe(expected);
  });

  it('reads back every amount that it writes', () => {
    fc.assert(
      fc.property(minor, currency, (amount, code) => toMinor(toDecimal(amount, code), code) === amount),
    );
  });

  it('never answers minus zero', () => {
    expect(Object.is(toMinor('-0.00', 'USD'), 0)).toBe(true);
    expect(toDecimal(-0, 'JPY')).toBe('0');
  });

  it.each([
    ['79.999', 'USD', '"79.999" has too many decimals: USD has at most 2 decimals'],
    ['1490.00', 'JPY', '"1490.00" has too many decimals: JPY has no decimals'],
    ['1e3', 'USD', '"1e3" is not an amount of money; "79.99" is one'],
    ['NaN', 'USD', '"NaN" is not an amount of money; "79.99" is one'],
    ['Infinity', 'JPY', '"Infinity" is not an amount of money; "7999" is one'],
    ['79,99', 'EUR', '"79,99" is not an amount of money; "79.99" is one'],
    ['', 'USD', '"" is not an amount of money; "79.99" is one'],
    ['.5', 'USD', '".5" is not an amount of money; "79.99" is one'],
    ['90071992547409.92', 'USD', '"90071992547409.92" is too large: amounts go up to 90071992547409.91'],
    ['9'.repeat(500), 'USD', `"${'9'.repeat(40)}…" is too large: amounts go up to 90071992547409.91`],
  ])('refuses %s %s', (decimal, code, message) => {
    const error = refusal(() => toMinor(decimal, code, 'price.min'));
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', message, details: { argument: 'price.min' } });
  });

  it('refuses to write what is no whole amount', () => {
    for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => toDecimal(wrong, 'USD')).toThrow(RangeError);
    }
  });
});

describe('formatMoney', () => {
  it.each([
    [7999, 'USD', 'en-US', '$79.99'],
    [7999, 'EUR', 'de-DE', '79,99 €'],
    [1490, 'JPY', 'ja-JP', '￥1,490'],
    [199000, 'HUF', 'hu-HU', '1990 Ft'],
    [199050, 'HUF', 'hu-HU', '1990,50 Ft'],
    [Number.MAX_SAFE_INTEGER, 'USD', 'en-US', '$90,071,992,547,409.91'],
  ])('shows %i %s in %s as %s', (amount, code, locale, expected) => {
    expect(formatMoney(amount, code, locale).replace(/\s/g, ' ')).toBe(expected);
  });

  it('refuses a locale that is none', () => {
    expect(refusal(() => formatMoney(1, 'USD', 'en_US')).message).toBe(
      '"en_US" is not a locale; en-US is one',
    );
  });
});

describe('rounding', () => {
  it.each([
    [990, 8500, 842],
    [989, 8500, 841],
    [-990, 8500, -842],
    [1, 4999, 0],
    [1, 5000, 1],
  ])('percentageOf(%i, %i) is %i', (amount, basisPoints, expected) => {
    expect(percentageOf(amount, basisPoints)).toBe(expected);
  });

  it('is exact where the product does not fit a float', () => {
    const size = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(minor, size, size, (amount, a, b) => {
        const [numerator, denominator] = a < b ? [a, b] : [b, a];
        const result = multiplyHalfUp(amount, numerator, denominator);
        const twice = 2n * BigInt(Math.abs(amount)) * BigInt(numerator);
        const size2 = 2n * BigInt(Math.abs(result)) * BigInt(denominator);
        expect(size2 - twice <= BigInt(denominator) && twice - size2 < BigInt(denominator)).toBe(true);
        expect(result === 0 || Math.sign(result) === Math.sign(amount)).toBe(true);
      }),
    );
  });

  it('refuses a result that cannot be held exactly', () => {
    expect(() => multiplyHalfUp(Number.MAX_SAFE_INTEGER, 3, 2)).toThrow(RangeError);
  });
});

describe('splitAmount', () => {
  it('gives the units left over to the largest remainders, the first of equals first', () => {
    expect(splitAmount(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(splitAmount(10, [25, 10, 25])).toEqual([4, 2, 4]);
    expect(splitAmount(-100, [1, 1, 1])).toEqual([-34, -33, -33]);
    expect(splitAmount(5, [0, 0])).toEqual([3, 2]);
    expect(splitAmount(5, [0, 1])).toEqual([0, 5]);
  });

  it('adds up to the amount, each part within one unit of its exact share', () => {
    const weights = fc.array(fc.maxSafeNat(), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(minor, weights, (total, given) => {
        const parts = splitAmount(total, given);
        expect(parts.reduce((sum, part) => sum + BigInt(part), 0n)).toBe(BigInt(total));

        const sum = given.reduce((a, b) => a + BigInt(b), 0n);
        parts.forEach((part, i) => {
          const distance = BigInt(part) * sum - BigInt(total) * BigInt(given[i] ?? 0);
          expect(sum === 0n || (distance < sum && distance > -sum)).toBe(true);
        });
      }),
    );
  });

  it('refuses no weights, and weights that are no whole numbers from 0', () => {
    expect(() => splitAmount(1, [])).toThrow('no weights');
    expect(() => splitAmount(1, [1, -1])).toThrow('not 1, -1');
    expect(() => splitAmount(1, [0.5])).toThrow('not 0.5');
  });
});
