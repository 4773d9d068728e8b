import type { Context } from '../../../context.ts';
import { badInput } from '../../../platform/errors.ts';
import { HttpError } from '../../../platform/http/body.ts';
import type { Cell } from '../../../platform/http/csv.ts';
import type { CellType, Column } from '../../../platform/http/parquet.ts';
import { DAY_MS, type Days, dayOf } from '../days.ts';
import { categoryRows } from './category-rows.ts';
import { bestSellerRows, lowStockRows, soldProductRows } from './product-rows.ts';
import { saleRows } from './sale-rows.ts';

type Rows = AsyncGenerator<readonly Cell[], void>;

export type Report = {
  permission: string;
  columns: readonly Column[];
  /** `asked` is the query string. */
  rows: (context: Context, asked: URLSearchParams) => Rows;
};

/** Of one type after each other. */
const columns = (type: CellType, ...names: string[]): Column[] => names.map((name) => [name, type]);

const REPORTS: Record<string, Report> = {
  sales: {
    permission: 'analytics:read',
    columns: [
      ...[...columns('day', 'date'), ...columns('text', 'currency')],
      ...columns('count', 'orders', 'units_sold'),
      ...columns('amount', 'gross_revenue', 'refunds', 'average_order_value'),
    ],
    rows: (context, asked) => saleRows(context, daysAsked(context, asked)),
  },
  categories: {
    permission: 'analytics:read',
    columns: [
      ...columns('text', 'category', 'currency'),
      ...columns('count', 'products', 'variants', 'total_inventory', 'reserved_inventory'),
      ...columns('amount', 'inventory_value', 'avg_price', 'min_price', 'max_price'),
      ...[...columns('count', 'reviews'), ...columns('amount', 'average_rating')],
    ],
    rows: categoryRows,
  },
  'best-sellers': {
    permission: 'analytics:read',
    columns: [
      ...columns('text', 'sku', 'name', 'category'),
      ...columns('count', 'sold_in_30_days', 'available'),
    ],
    rows: ({ db }) => bestSellerRows(db),
  },
  'sold-products': {
    permission: 'analytics:read',
    columns: [
      ...columns('text', 'product_id', 'sku', 'name', 'category'),
      ...columns('count', 'sold', 'available'),
    ],
    rows: (context, asked) => soldProductRows(context.db, daysAsked(context, asked)),
  },
  'low-stock': {
    permission: 'catalogue:read',
    columns: [
      ...columns('text', 'sku', 'product', 'attributes'),
      ...columns('count', 'available', 'reserved', 'quantity', 'product_sold_in_30_days'),
    ],
    rows: ({ db, shop }, asked) => lowStockRows(db, shop, readCount(asked, 'threshold')),
  },
};

export const FORMATS = ['csv', 'parquet'] as const;
export type Format = (typeof FORMATS)[number];

/** Of a path such as /export/sales.csv. */
export function findReport(pathname: string): { file: string; report: Report; format: Format } {
  const file = pathname.slice(pathname.lastIndexOf('/') + 1);
  const [, name = file, extension] = /^(.*)\.([^.]*)$/.exec(file) ?? [];
  const report = Object.hasOwn(REPORTS, name) ? REPORTS[name] : undefined;
  const format = FORMATS.find((one) => one === extension);
  if (report && format) return { file, report, format };
  const names = report ? [name] : Object.keys(REPORTS);
  const there = names.flatMap((one) => FORMATS.map((ending) => `${one}.${ending}`));
  throw new HttpError(404, `There is no such file; there are ${there.join(', ')}`);
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
