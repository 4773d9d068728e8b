import type { Resolvers } from '../../schema.types.ts';
import { formatMoney, toDecimal } from './money.ts';
import { taxTotalResolvers, totalsResolvers } from './totals.ts';

export const pricingResolvers: Resolvers = {
  Money: {
    amount: ({ minor, currency }) => toDecimal(minor, currency),
    formatted: ({ minor, currency }, { locale }, { shop }) =>
      formatMoney(minor, currency, locale ?? shop.settings.locale),
  },
  Totals: totalsResolvers,
  TaxTotal: taxTotalResolvers,
};
