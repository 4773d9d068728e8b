import { element } from '../element.ts';
import { ask, type Caller } from './api.ts';
import { note } from './card.ts';
import { type MoneyFormat, moneyFormat } from './money.ts';
import SALES from './queries/sales.graphql?raw';
import { before, daysIn, type Range } from './range.ts';

type Amount = { minor: number; amount: string };
export type Sold = { orders: number; unitsSold: number; grossRevenue: Amount; refunds: Amount };
export type SoldOnDay = Sold & { date: string };

export type Shop = { name: string; currency: string; locale: string };

/** The sums of the range beside those of as many days before it, and each day as a bar. */
export async function showSales(caller: Caller, shop: Shop, range: Range): Promise<Node[]> {
  const { from: fromBefore, to: toBefore } = before(range);
  const asked = { ...range, fromBefore, toBefore };
  const sold = await ask<{ days: SoldOnDay[]; before: Sold[] }>(caller, SALES, asked);
  const money = moneyFormat(shop.currency, shop.locale, sold.days[0]?.grossRevenue.amount ?? '');
  const now = sumOf(sold.days);
  const tiles = sumTiles(now, sumOf(sold.before), money);
  const beside = element('p', { class: 'soft beside' }, `Changes are on the ${daysIn(range)} days before.`);
  if (now.orders === 0 && now.refunds === 0)
    return [
      tiles,
      beside,
      note('No order was paid in these days. One that is paid shows here after some seconds.'),
    ];
  // The library that draws is only needed here, and refuses some browsers: then this part alone says so.
  const { salesChart } = await import('./sales-chart.ts');
  return [tiles, beside, salesChart(sold.days, money)];
}

type Sums = { orders: number; units: number; revenue: number; refunds: number };

const sumOf = (days: Sold[]): Sums =>
  days.reduce(
    (sum, { orders, unitsSold, grossRevenue, refunds }) => ({
      orders: sum.orders + orders,
      units: sum.units + unitsSold,
      revenue: sum.revenue + grossRevenue.minor,
      refunds: sum.refunds + refunds.minor,
    }),
    { orders: 0, units: 0, revenue: 0, refunds: 0 },
  );

function sumTiles(now: Sums, past: Sums, money: MoneyFormat) {
  const average = ({ orders, revenue }: Sums) => (orders === 0 ? 0 : Math.round(revenue / orders));
  const tiles: [string, string, number, number][] = [
    ['Revenue', money.exact(now.revenue), now.revenue, past.revenue],
    ['Orders', now.orders.toLocaleString('en'), now.orders, past.orders],
    ['Pieces', now.units.toLocaleString('en'), now.units, past.units],
    ['Per order', money.exact(average(now)), average(now), average(past)],
    ['Refunds', money.exact(now.refunds), now.refunds, past.refunds],
  ];
  return element('dl', { class: 'sums' }, ...tiles.map(sumTile));
}

function sumTile([name, shown, now, past]: [string, string, number, number]) {
  const change = element('dd', { class: 'change soft' }, changeOf(now, past));
  return element('div', {}, element('dt', {}, name), element('dd', { class: 'sum' }, shown), change);
}

function changeOf(now: number, past: number): string {
  if (past === 0) return now === 0 ? 'none before either' : 'none before';
  const percent = Math.round((100 * (now - past)) / past);
  const sign = percent === 0 ? '±' : percent > 0 ? '+' : '−';
  return `${sign}${Math.abs(percent).toLocaleString('en')} %`;
}
