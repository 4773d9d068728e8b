/** Amounts of a shop's currency, written as in its own country; the decimals are those of the API's amounts. */
export type MoneyFormat = { exact: (minor: number) => string; short: (minor: number) => string };

export function moneyFormat(currency: string, locale: string, sample: string): MoneyFormat {
  const digits = decimalsOf(sample);
  const unit = 10 ** digits;
  const style = { style: 'currency', currency } as const;
  const exact = new Intl.NumberFormat(locale, {
    ...style,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const short = new Intl.NumberFormat(locale, {
    ...{ ...style, notation: 'compact', currencyDisplay: 'narrowSymbol' },
    ...{ minimumFractionDigits: 0, maximumFractionDigits: 1 },
  });
  return {
    exact: (minor) => exact.format(minor / unit),
    short: (minor) => short.format(minor / unit),
  };
}

const decimalsOf = (amount: string): number => amount.split('.')[1]?.length ?? 0;
