/**
 * Stripe counts in the smallest unit of a currency as we do, by ISO 4217, but for these: it keeps two decimals where
 * there are none any more (amounts are whole hundreds), and has none where ISO still has two.
 */
const TIMES: Record<string, number> = { ISK: 100, UGX: 100 };
const PARTS: Record<string, number> = { MGA: 100 };

export function toStripe(minor: number, currency: string): number {
  const amount = (minor * (TIMES[currency] ?? 1)) / (PARTS[currency] ?? 1);
  if (Number.isSafeInteger(amount)) return amount;
  throw new RangeError(`Stripe cannot take ${minor} minor units of ${currency}: only whole units`);
}

export const fromStripe = (amount: number, currency: string): number =>
  Math.round((amount * (PARTS[currency.toUpperCase()] ?? 1)) / (TIMES[currency.toUpperCase()] ?? 1));
