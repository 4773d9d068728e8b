import type { PageSettings } from '../../src/platform/http/pages-settings.ts';
import { element } from '../element.ts';
import { putInAddress, rangeInAddress } from './address.ts';
import type { Caller } from './api.ts';
import { type Card, card, type Format } from './card.ts';
import { showCategories } from './categories.ts';
import { showLowStock } from './low-stock.ts';
import { showBestSellers, showMostViewed } from './products.ts';
import { lastDays, type Range } from './range.ts';
import { rangePicker } from './range-picker.ts';
import { type Shop, showSales } from './sales.ts';
import { showServer } from './server-figures.ts';

const USUAL_DAYS = 30;

/** All pictures of a shop; each asks for itself, so that what one may not show the others still do. */
export function board(caller: Caller, shop: Shop, settings: PageSettings): HTMLElement {
  let range = rangeInAddress(lastDays(USUAL_DAYS));
  const file = (name: string, asked: () => string = () => '') => ({
    caller,
    path: (format: Format) => `/export/${name}.${format}${asked()}`,
  });
  const ofRange = () => `?${new URLSearchParams(range)}`;
  const sales = card(TEXTS.sales, file('sales', ofRange));
  const sellers = card(TEXTS.sellers, file('sold-products', ofRange));
  const showRange = () =>
    Promise.all([
      sales.fill(() => showSales(caller, shop, range)),
      sellers.fill(() => showBestSellers(caller, range)),
    ]);
  const picker = rangePicker(range, (chosen: Range) => {
    range = chosen;
    putInAddress(range);
    showRange();
  });
  const low = card(TEXTS.low, file('low-stock'));
  const categories = card(TEXTS.categories, file('categories'));
  const [viewed, server] = [card(TEXTS.viewed), card(TEXTS.server)];
  const filled = [
    showRange(),
    low.fill(() => showLowStock(caller)),
    categories.fill(() => showCategories(caller)),
    viewed.fill(() => showMostViewed(caller)),
  ];
  // Last, so that it has something to tell of.
  Promise.all(filled).then(() => server.fill(() => showServer(settings)));
  const columns = [column(sellers, categories), column(low, viewed, server)];
  return element('div', { class: 'board' }, picker, sales.section, ...columns);
}

const column = (...cards: Card[]) =>
  element('div', { class: 'column' }, ...cards.map(({ section }) => section));

const TEXTS = {
  sales: {
    ...{ id: 'sales', title: 'Sales' },
    about: 'Orders by the day on which they were paid (UTC).',
  },
  sellers: {
    ...{ id: 'best-sellers', title: 'Best sellers' },
    about: 'Pieces of orders paid in these days, without those that came back.',
  },
  low: {
    ...{ id: 'low-stock', title: 'Low stock' },
    about: 'At or under the shop’s own threshold; what sells best comes first.',
  },
  categories: {
    ...{ id: 'categories', title: 'Categories' },
    about: 'What lies in stock, at base prices, as of now.',
  },
  viewed: { id: 'most-viewed', title: 'Most viewed', about: 'Product pages opened in the last 30 days.' },
  server: {
    ...{ id: 'server', title: 'Cache and latency' },
    about: 'How quickly answers come, of all shops on this process since it started.',
  },
};
