import { percentageOf } from './money.ts';

/**
 * A percentage is in basis points (1500 takes 15 % off), a fixed amount in minor units of the product's currency.
 * It holds from `validFrom` until just before `validTo`. Without a code it is for everyone; with one, for those who
 * give the code.
 */
export type Discount = {
  type: 'PERCENTAGE' | 'FIXED_AMOUNT';
  value: number;
  validFrom: Date;
  validTo: Date;
  code: string | null;
  /** Units of one variant in one line from which it holds; without it, 1. */
  minQuantity?: number;
};

/** What a shopper asks a price for. */
export type PriceTerms = { at: Date; quantity?: number; code?: string | null };

export function discountHolds(discount: Discount, { at, quantity = 1, code = null }: PriceTerms): boolean {
  return (
    discount.validFrom <= at &&
    at < discount.validTo &&
    quantity >= (discount.minQuantity ?? 1) &&
    (discount.code === null || sameCode(discount.code, code))
  );
}

/** Codes are typed by hand: case and the space around them do not matter. A blank one is none. */
export function sameCode(stored: string, given: string | null): boolean {
  const wanted = foldCode(stored);
  return wanted !== '' && given !== null && foldCode(given) === wanted;
}

export const foldCode = (code: string) => code.trim().toUpperCase();

/** A price after one discount. What is left is rounded half up in minor units, and is never below zero. */
export function discounted(price: number, { type, value }: Discount): number {
  const left = type === 'PERCENTAGE' ? percentageOf(price, WHOLE - value) : price - value;
  return Math.max(0, left);
}

const WHOLE = 10_000;

/** The moments at which a discount that needs no code starts or ends, in order, each once. */
export function changeMoments(discounts: readonly Discount[]): Date[] {
  const windows = discounts.filter(({ code, validFrom, validTo }) => code === null && validFrom < validTo);
  const times = windows.flatMap(({ validFrom, validTo }) => [validFrom.getTime(), validTo.getTime()]);
  return [...new Set(times)].sort((a, b) => a - b).map((time) => new Date(time));
}
