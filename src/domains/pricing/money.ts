import { LRUCache } from 'lru-cache';
import { badInput } from '../../platform/errors.ts';

/** Money is an integer in its currency's minor unit; a decimal string is how it is written: 7999 ↔ "79.99" USD. */

/**
 * Intl follows how cash is used (CLDR), and here departs from ISO 4217, by which amounts are stored and banks count.
 * An amount of the database must not change its worth with the ICU of a newer Node: a test holds all exponents.
 */
const ISO_DIGITS: Record<string, number> = {
  ...{ AFN: 2, ALL: 2, COP: 2, HUF: 2, IDR: 2, IRR: 2, KPW: 2, LAK: 2, LBP: 2, MGA: 2, MMK: 2, PKR: 2 },
  ...{ SOS: 2, SYP: 2, YER: 2, IQD: 3 },
};

type CurrencyDigits = { digits: number; usual: number };
const currencies = new Map<string, CurrencyDigits>();

function digitsOf(currency: string): CurrencyDigits {
  const known = currencies.get(currency);
  if (known) return known;

  if (!/^[A-Z]{3}$/.test(currency)) throw badInput(`${quote(currency)} is not a currency code; USD is one`);
  const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  const usual = options.maximumFractionDigits ?? 2;
  const found = { digits: ISO_DIGITS[currency] ?? usual, usual };
  currencies.set(currency, found);
  return found;
}

/** Decimals of a currency by ISO 4217: 2 for USD, 0 for JPY, 3 for KWD. */
export const currencyDigits = (currency: string) => digitsOf(currency).digits;

/** Reads "79.99" USD as 7999. Refuses what cannot be held exactly; `argument` names the value in the error. */
export function toMinor(decimal: string, currency: string, argument?: string): number {
  const digits = currencyDigits(currency);
  const match = /^(-?\d+)(?:\.(\d+))?$/.exec(decimal);
  if (!match)
    throw badInput(`${quote(decimal)} is not an amount of money; ${example(currency)} is one`, argument);

  const [, whole = '', decimals = ''] = match;
  if (decimals.length > digits) {
    const allowed = digits === 0 ? 'no decimals' : `at most ${digits} decimals`;
    throw badInput(`${quote(decimal)} has too many decimals: ${currency} has ${allowed}`, argument);
  }
  const minor = Number(whole + decimals.padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) {
    throw badInput(`${quote(decimal)} is too large: amounts go up to ${toDecimal(MAX, currency)}`, argument);
  }
  return minor === 0 ? 0 : minor;
}

const MAX = Number.MAX_SAFE_INTEGER;
const example = (currency: string) => quote(toDecimal(7999, currency));
const quote = (text: string) => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

export function toDecimal(minor: number, currency: string): string {
  assertMinor(minor);
  const digits = currencyDigits(currency);
  if (digits === 0) return String(minor === 0 ? 0 : minor);

  const padded = String(Math.abs(minor)).padStart(digits + 1, '0');
  return `${minor < 0 ? '-' : ''}${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

// Clients choose the locale: without a bound, they would choose how much memory this takes.
const formats = new LRUCache<string, Intl.NumberFormat>({ max: 500 });

/** "$79.99", "79,99 €", "￥1,490": every digit is exact, as Intl is given the decimal string and not a float. */
export function formatMoney(minor: number, currency: string, locale: string): string {
  return moneyFormat(currency, locale).format(toDecimal(minor, currency) as Intl.StringNumericLiteral);
}

function moneyFormat(currency: string, locale: string): Intl.NumberFormat {
  const key = `${currency} ${locale}`;
  const known = formats.get(key);
  if (known) return known;

  const { digits, usual } = digitsOf(currency);
  const made = newFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    // A price of 1,990 forints is shown without decimals, as there, and one of 1,990.50 with both.
    trailingZeroDisplay: digits === usual ? 'auto' : 'stripIfInteger',
  });
  formats.set(key, made);
  return made;
}

function newFormat(locale: string, options: Intl.NumberFormatOptions) {
  try {
    return new Intl.NumberFormat(locale, options);
  } catch {
    throw badInput(`${quote(locale)} is not a locale; en-US is one`);
  }
}

/** amount × numerator ÷ denominator, half a minor unit rounded away from zero; exact for any safe integers. */
export function multiplyHalfUp(amount: number, numerator: number, denominator: number): number {
  const product = amount * numerator;
  const rounded = Number.isSafeInteger(product)
    ? divideHalfUp(product, denominator)
    : Number(divideBigHalfUp(BigInt(amount) * BigInt(numerator), BigInt(denominator)));
  assertMinor(rounded);
  return rounded;
}

const BASIS_POINTS = 10_000;

/** 1500 basis points of an amount are 15 % of it. */
export const percentageOf = (amount: number, basisPoints: number) =>
  multiplyHalfUp(amount, basisPoints, BASIS_POINTS);

// By the remainder, which is exact: the quotient of two large numbers as a float may already be rounded up.
function divideHalfUp(numerator: number, denominator: number): number {
  const size = Math.abs(numerator);
  const rest = size % denominator;
  const quotient = (size - rest) / denominator + (rest >= denominator - rest ? 1 : 0);
  return numerator < 0 && quotient !== 0 ? -quotient : quotient;
}

function divideBigHalfUp(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const quotient = (2n * size + denominator) / (2n * denominator);
  return numerator < 0n ? -quotient : quotient;
}

/**
 * Splits an amount in proportion to whole weights so that the parts add up to it: each part is rounded down, and the
 * units left over go to the largest remainders, the first of equals first. Weights that are all 0 count as equal.
 */
export function splitAmount(total: number, weights: readonly number[]): number[] {
  assertMinor(total);
  if (weights.length === 0) throw new RangeError('An amount cannot be split over no weights');
  if (total < 0) return splitAmount(-total, weights).map((part) => (part === 0 ? 0 : -part));

  const shares = exactShares(BigInt(total), bigWeights(weights));
  const parts = shares.map(({ whole }) => Number(whole));
  const leftOver = total - parts.reduce((sum, part) => sum + part, 0);
  for (const { index } of shares.toSorted(largestRestFirst).slice(0, leftOver))
    parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}

type Share = { index: number; whole: bigint; rest: bigint };

function exactShares(total: bigint, weights: bigint[]): Share[] {
  const sum = weights.reduce((a, b) => a + b, 0n);
  return weights.map((weight, index) => ({
    index,
    whole: (total * weight) / sum,
    rest: (total * weight) % sum,
  }));
}

const largestRestFirst = (a: Share, b: Share) =>
  Number(b.rest > a.rest) - Number(b.rest < a.rest) || a.index - b.index;

function bigWeights(weights: readonly number[]): bigint[] {
  if (weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0)) {
    throw new RangeError(`Weights are whole numbers from 0 up, not ${weights.join(', ')}`);
  }
  return weights.map((weight) => (weights.some((other) => other > 0) ? BigInt(weight) : 1n));
}

function assertMinor(minor: number) {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${minor} is not a whole amount in minor units`);
}
