import type { Document } from 'mongodb';
import { indexName } from '../../platform/mongo/collection.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { archivedOrders } from '../orders/archive/collections.ts';
import { mayBeInArchive } from '../orders/archive/retention.ts';
import { orders } from '../orders/collections.ts';
import type { SalesDay } from './collections.ts';
import { type Days, dayIn, momentsOf } from './days.ts';

export const BY_PAYMENT = { hint: indexName({ tenantId: 1, paidAt: 1 }) };
const BY_REFUND = { hint: indexName({ tenantId: 1, 'refunds.at': 1 }) };
const BY_CHANGE = { hint: indexName({ tenantId: 1, updatedAt: 1 }) };

/** What was sold on one day; amounts are minor units of the shop's currency. */
export type SalesFigures = Omit<SalesDay, '_id' | 'tenantId' | 'refreshedAt'>;

/** A cancelled order is as if it had never been: neither its money nor what of it went back counts. */
const counted = (currency: string) => ({ currency, status: { $ne: 'CANCELLED' as const } });

/** Worked out from the orders themselves, also of the archive: days on which there was something, by their date. */
export async function liveSales(
  db: TenantDb,
  days: Days,
  currency: string,
): Promise<Map<string, SalesFigures>> {
  const rows = new Map<string, SalesFigures>();
  const since = new Date(days.from);
  const figuresOf = (date: string) => rows.get(date) ?? noSales(date, currency);
  for (const { _id: date, ...sold } of await inBoth<Sold>(db, since, soldOn(days, currency), BY_PAYMENT))
    rows.set(date, added(figuresOf(date), sold));
  for (const { _id: date, refunds } of await inBoth<Refunded>(
    db,
    since,
    refundedOn(days, currency),
    BY_REFUND,
  ))
    rows.set(date, added(figuresOf(date), { refunds }));
  return rows;
}

/** What is at the same paths in both, from a moment on; in a transaction, all of it is as of one. */
export async function inBoth<R extends Document>(
  db: TenantDb,
  since: Date,
  pipeline: readonly Document[],
  hint: { hint: string },
): Promise<R[]> {
  const atHand = await db.collection(orders).aggregate<R>(pipeline, hint);
  if (!mayBeInArchive(since, db.now())) return atHand;
  return [...atHand, ...(await db.collection(archivedOrders).aggregate<R>(pipeline, hint))];
}

const added = (row: SalesFigures, more: Partial<SalesFigures>): SalesFigures => ({
  ...row,
  orders: row.orders + (more.orders ?? 0),
  unitsSold: row.unitsSold + (more.unitsSold ?? 0),
  grossRevenue: row.grossRevenue + (more.grossRevenue ?? 0),
  refunds: row.refunds + (more.refunds ?? 0),
});

export const noSales = (date: string, currency: string): SalesFigures => ({
  ...{ date, currency },
  ...{ orders: 0, unitsSold: 0, grossRevenue: 0, refunds: 0 },
});

/** What an order came to; half a minor unit goes up. */
export const averageOf = ({ orders, grossRevenue }: Pick<SalesFigures, 'orders' | 'grossRevenue'>) =>
  Math.floor(grossRevenue / orders + 0.5);

type Sold = { _id: string } & Pick<SalesFigures, 'orders' | 'unitsSold' | 'grossRevenue'>;

/** An order counts on the day on which it was paid in full. */
const soldOn = (days: Days, currency: string): Document[] => [
  { $match: { paidAt: momentsOf(days), ...counted(currency) } },
  {
    $group: {
      _id: dayIn('$paidAt'),
      orders: { $sum: 1 },
      unitsSold: { $sum: { $sum: '$lines.quantity' } },
      grossRevenue: { $sum: '$paid' },
    },
  },
];

/** The type is what the index is limited to; both ends of the range hold for one refund only when said so. */
const withRefundsIn = (days: Days) => ({
  'refunds.at': { $type: 'date' as const },
  refunds: { $elemMatch: { at: momentsOf(days) } },
});

type Refunded = { _id: string; refunds: number };

/** A refund counts on the day on which it was given, whenever the order was: what was told of a day stays. */
const refundedOn = (days: Days, currency: string): Document[] => [
  { $match: { ...withRefundsIn(days), ...counted(currency) } },
  { $unwind: '$refunds' },
  { $match: { 'refunds.at': momentsOf(days), 'refunds.status': 'SUCCEEDED' } },
  { $group: { _id: dayIn('$refunds.at'), refunds: { $sum: '$refunds.amount' } } },
];

/** The days of the orders that have changed since a moment, which may be others than they were. */
export async function touchedDays(db: TenantDb, since: Date, currency: string): Promise<string[]> {
  const pipeline = [
    { $match: { updatedAt: { $gte: since }, currency } },
    { $project: { at: { $concatArrays: [['$paidAt'], '$refunds.at'] } } },
    { $unwind: '$at' },
    { $match: { at: { $type: 'date' } } },
    { $group: { _id: dayIn('$at') } },
  ];
  const rows = await inBoth<{ _id: string }>(db, since, pipeline, BY_CHANGE);
  return [...new Set(rows.map(({ _id }) => _id))].sort();
}
