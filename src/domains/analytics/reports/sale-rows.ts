import type { Context } from '../../../context.ts';
import { toDecimal } from '../../pricing/money.ts';
import type { Days } from '../days.ts';
import { findSalesDays } from '../sales-days.ts';
import { averageOf, type SalesFigures } from '../sales-live.ts';

export async function* saleRows({ db, shop }: Context, days: Days) {
  for (const day of await findSalesDays(db, days, shop.settings.currency)) yield cellsOf(day);
}

const cellsOf = ({ date, currency, orders, unitsSold, grossRevenue, refunds }: SalesFigures) => [
  ...[date, currency, orders, unitsSold],
  ...[grossRevenue, refunds].map((minor) => toDecimal(minor, currency)),
  orders === 0 ? null : toDecimal(averageOf({ orders, grossRevenue }), currency),
];
