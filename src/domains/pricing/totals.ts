import type { Amount } from './amount.ts';
import type { QuoteTotals } from './quote.ts';
import { fractionOf, type TaxShare } from './tax.ts';

/** The sums of a quote with the currency that they are in. */
export type TotalsOf = { totals: QuoteTotals; currency: string };
export type TaxOf = { share: TaxShare; currency: string };

const amountIn = (currency: string, minor: number): Amount => ({ minor, currency });

export const totalsResolvers = {
  subtotal: ({ totals, currency }: TotalsOf) => amountIn(currency, totals.subtotal),
  discount: ({ totals, currency }: TotalsOf) => amountIn(currency, totals.discount),
  shipping: ({ totals: { shipping }, currency }: TotalsOf) =>
    amountIn(currency, shipping.price - shipping.discount),
  tax: ({ totals, currency }: TotalsOf) => amountIn(currency, totals.tax),
  taxIncluded: ({ totals }: TotalsOf) => totals.taxIncluded,
  taxes: ({ totals, currency }: TotalsOf): TaxOf[] => totals.taxes.map((share) => ({ share, currency })),
  total: ({ totals, currency }: TotalsOf) => amountIn(currency, totals.total),
};

export const taxTotalResolvers = {
  rate: ({ share }: TaxOf) => fractionOf(share.rate),
  net: ({ share, currency }: TaxOf) => amountIn(currency, share.net),
  tax: ({ share, currency }: TaxOf) => amountIn(currency, share.tax),
};
