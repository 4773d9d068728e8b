import { multiplyHalfUp } from './money.ts';

/** A rate counts whole millionths here: 0.19 is 190,000. So an amount is never multiplied by a float. */
const MILLION = 1_000_000;

export type TaxedAmount = { rate: number; amount: number };

/** All that is taxed at one rate. */
export type TaxShare = { rate: number; net: number; tax: number };

/** A product stores its rate as a fraction, the float nearest to what was written; six decimals of it are meant. */
export const taxRateOf = (fraction: number): number => Math.round(fraction * MILLION);

export const fractionOf = (rate: number): number => rate / MILLION;

/** The tax on an amount, rounded half up: the part of it that is tax where prices include it, else what is added. */
export const taxOn = (amount: number, rate: number, included: boolean): number =>
  multiplyHalfUp(amount, rate, included ? MILLION + rate : MILLION);

/** Sums of the taxes on each amount, rate by rate, lowest first. */
export function taxesOn(amounts: readonly TaxedAmount[], included: boolean): TaxShare[] {
  const shares = new Map<number, TaxShare>();
  for (const { rate, amount } of amounts) {
    const tax = taxOn(amount, rate, included);
    const { net, tax: before } = shares.get(rate) ?? { net: 0, tax: 0 };
    shares.set(rate, { rate, net: net + amount - (included ? tax : 0), tax: before + tax });
  }
  return [...shares.values()].sort((a, b) => a.rate - b.rate);
}
