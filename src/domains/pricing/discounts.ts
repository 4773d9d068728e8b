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
