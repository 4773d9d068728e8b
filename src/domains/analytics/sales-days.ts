import { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { analyticsMarks, type SalesDay, salesDays } from './collections.ts';
import { type Days, datesOf, MAX_DAYS } from './days.ts';
import { liveSales, noSales, type SalesFigures, touchedDays } from './sales-live.ts';

const MARK = 'sales';
/**
 * Orders that changed up to so long before the last run are looked at again: a change is stamped before it is committed,
 * by a machine whose clock may be another.
 */
const OVERLAP_MS = 10 * 60_000;
/** For how long a change that is stamped may wait for its commit. */
const UNCOMMITTED_MS = 60_000;
const MOST_ROWS = 100_000;
const DAYS_OF_MONTH = 31;

/** One row for each day from `from` to `to`, both included. */
export async function findSalesDays(db: TenantDb, days: Days, currency: string): Promise<SalesFigures[]> {
  const dates = datesOf(days);
  const kept = await keptDays(db, days, MAX_DAYS);
  return dates.map((date) => kept.get(date) ?? noSales(date, currency));
}

async function keptDays(db: TenantDb, { from, to }: Days, limit: number): Promise<Map<string, SalesDay>> {
  const rows = await db.collection(salesDays).find({ date: { $gte: from, $lte: to } }, { limit });
  return new Map(rows.map((row) => [row.date, row]));
}

/** Works out again the days of all orders that changed since the last run. */
export async function refreshSales(db: TenantDb, currency: string): Promise<void> {
  const until = db.now();
  const marks = db.collection(analyticsMarks);
  const last = await marks.findOne({ name: MARK });
  const since = last ? new Date(last.until.getTime() - OVERLAP_MS) : new Date(0);
  await refreshDays(db, await touchedDays(db, since, currency), currency);
  await marks.updateOne(
    { name: MARK },
    { $max: { until }, $setOnInsert: { _id: new ObjectId() } },
    { upsert: true },
  );
}

/** Works out again each day from `since` on that has orders, or has had some. */
export async function rebuildSales(db: TenantDb, currency: string, since: string): Promise<void> {
  const dates = (await allDays(db, currency)).filter((date) => date >= since);
  await refreshDays(db, dates, currency);
}

async function allDays(db: TenantDb, currency: string): Promise<string[]> {
  const kept = await db.collection(salesDays).find({}, { limit: MOST_ROWS, projection: { date: 1 } });
  return [
    ...new Set([...(await touchedDays(db, new Date(0), currency)), ...kept.map(({ date }) => date)]),
  ].sort();
}

/**
 * A month at a time, read and written in one transaction: of two who work out a day at once, the one that has read less
 * begins anew. A day that lost its last order keeps a row of nothing, so that this holds for it as well.
 */
async function refreshDays(db: TenantDb, dates: string[], currency: string): Promise<void> {
  for (const month of monthsOf(dates)) {
    await db.transaction(async (tx) => {
      const live = await liveSales(tx, spanOf(month), currency);
      const writes = month.map((date) => rowWrite(tx, live.get(date) ?? noSales(date, currency)));
      await tx.collection(salesDays).bulkWrite(writes);
    });
  }
}

const rowWrite = (tx: TenantDb, { date, ...figures }: SalesFigures) => ({
  updateOne: {
    filter: { date },
    update: { $set: { ...figures, refreshedAt: tx.now() }, $setOnInsert: { _id: new ObjectId() } },
    upsert: true,
  },
});

const monthsOf = (dates: string[]): string[][] => [
  ...Map.groupBy(dates, (date) => date.slice(0, '2026-11'.length)).values(),
];

const spanOf = (sorted: string[]): Days => ({ from: sorted[0] ?? '', to: sorted.at(-1) ?? '' });

export type WrongDay = { date: string; stands: SalesFigures; should: SalesFigures };

/**
 * Days that are kept otherwise than their orders say, after what has changed was worked out. A day of which an order
 * changes at this very moment is left to the next run.
 */
export async function wrongSales(db: TenantDb, currency: string): Promise<WrongDay[]> {
  const since = new Date(db.now().getTime() - UNCOMMITTED_MS);
  await refreshSales(db, currency);
  const wrong: WrongDay[] = [];
  for (const month of monthsOf(await allDays(db, currency))) {
    wrong.push(...(await db.transaction((tx) => wrongIn(tx, month, currency))));
  }
  const changing = wrong.length === 0 ? [] : await touchedDays(db, since, currency);
  return wrong.filter(({ date }) => !changing.includes(date));
}

async function wrongIn(tx: TenantDb, month: string[], currency: string): Promise<WrongDay[]> {
  const live = await liveSales(tx, spanOf(month), currency);
  const kept = await keptDays(tx, spanOf(month), DAYS_OF_MONTH);
  return month.flatMap((date) => {
    const should = live.get(date) ?? noSales(date, currency);
    const row = kept.get(date);
    const stands = row ? figuresOf(row) : noSales(date, currency);
    return JSON.stringify(stands) === JSON.stringify(figuresOf(should)) ? [] : [{ date, stands, should }];
  });
}

/** In one order, so that they can be compared as text. */
const figuresOf = ({ date, currency, orders, unitsSold, grossRevenue, refunds }: SalesFigures) => ({
  ...{ date, currency, orders, unitsSold, grossRevenue, refunds },
});
