import type { Context } from '../../../context.ts';
import { badInput } from '../../../platform/errors.ts';
import { HttpError } from '../../../platform/http/body.ts';
import type { Cell } from '../../../platform/http/csv.ts';
import { DAY_MS, type Days, dayOf } from '../days.ts';
import { categoryRows } from './category-rows.ts';
import { bestSellerRows, lowStockRows } from './product-rows.ts';
import { saleRows } from './sale-rows.ts';

type Rows = AsyncGenerator<readonly Cell[], void>;

export type Report = {
  permission: string;
  columns: readonly string[];
  /** `asked` is the query string. */
  rows: (context: Context, asked: URLSearchParams) => Rows;
};

const REPORTS: Record<string, Report> = {
  'sales.csv': {
    permission: 'analytics:read',
    columns: ['date', 'currency', 'orders', 'units_sold', 'gross_revenue', 'refunds', 'average_order_value'],
    rows: (context, asked) => saleRows(context, daysAsked(context, asked)),
  },
  'categories.csv': {
    permission: 'analytics:read',
    columns: [
      ...['category', 'currency', 'products', 'variants', 'total_inventory', 'reserved_inventory'],
      ...['inventory_value', 'avg_price', 'min_price', 'max_price', 'reviews', 'average_rating'],
    ],
    rows: categoryRows,
  },
  'best-sellers.csv': {
    permission: 'analytics:read',
    columns: ['sku', 'name', 'category', 'sold_in_30_days', 'available'],
    rows: ({ db }) => bestSellerRows(db),
  },
  'low-stock.csv': {
    permission: 'catalogue:read',
    columns: ['sku', 'product', 'attributes', 'available', 'reserved', 'quantity', 'product_sold_in_30_days'],
    rows: ({ db, shop }, asked) => lowStockRows(db, shop, readCount(asked, 'threshold')),
  },
};

export function findReport(pathname: string): { name: string; report: Report } {
  const name = pathname.slice(pathname.lastIndexOf('/') + 1);
  const report = Object.hasOwn(REPORTS, name) ? REPORTS[name] : undefined;
  if (!report)
    throw new HttpError(404, `There is no such file; there are ${Object.keys(REPORTS).join(', ')}`);
  return { name, report };
}

const USUAL_DAYS = 30;

/** The days from ?from= to ?to=; the last 30 where neither says. */
function daysAsked({ db }: Context, asked: URLSearchParams): Days {
  const to = readDay(asked, 'to') ?? dayOf(db.now());
  const from = readDay(asked, 'from') ?? dayOf(new Date(Date.parse(to) - (USUAL_DAYS - 1) * DAY_MS));
  return { from, to };
}

function readDay(asked: URLSearchParams, name: string): string | null {
  const day = asked.get(name);
  if (day === null) return null;
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(day) : Number.NaN;
  if (Number.isNaN(parsed) || dayOf(new Date(parsed)) !== day)
    throw badInput(`${name} is a day such as 2026-11-24, not ${JSON.stringify(day.slice(0, 20))}`, name);
  return day;
}

function readCount(asked: URLSearchParams, name: string): number | null {
  const text = asked.get(name);
  if (text === null) return null;
  if (!/^\d{1,7}$/.test(text)) throw badInput(`${name} is a whole number such as 5`, name);
  return Number(text);
}
