import { indexName } from '../../platform/mongo/collection.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { orders } from '../orders/collections.ts';
import type { SalesDay } from './collections.ts';
import { type Days, dayIn, momentsOf } from './days.ts';

const BY_PAYMENT = { hint: indexName({ tenantId: 1, paidAt: 1 }) };
const BY_REFUND = { hint: indexName({ tenantId: 1, 'refunds.at': 1 }) };
const BY_CHANGE = { hint: indexName({ tenantId: 1, updatedAt: 1 }) };

/** What was sold on one day; amounts are minor units of the shop's currency. */
export type SalesFigures = Omit<SalesDay, '_id' | 'tenantId' | 'refreshedAt'>;

/** A cancelled order is as if it had never been: neither its money nor what of it went back counts. */
const counted = (currency: string) => ({ currency, status: { $ne: 'CANCELLED' as const } });

/** Worked out from the orders themselves: days on which there was something, by their date. */
export async function liveSales(
  db: TenantDb,
  days: Days,
  currency: string,
): Promise<Map<string, SalesFigures>> {
  const rows = new Map<string, SalesFigures>();
  const figuresOf = (date: string) => rows.get(date) ?? noSales(date, currency);
  for (const { _id: date, ...sold } of await soldOn(db, days, currency))
    rows.set(date, { ...figuresOf(date), ...sold });
  for (const { _id: date, refunds } of await refundedOn(db, days, currency))
    rows.set(date, { ...figuresOf(date), refunds });
  return rows;
}

export const noSales = (date: string, currency: string): SalesFigures => ({
  ...{ date, currency },
  ...{ orders: 0, unitsSold: 0, grossRevenue: 0, refunds: 0 },
});

/** What an order came to; half a minor unit goes up. */
export const averageOf = ({ orders, grossRevenue }: Pick<SalesFigures, 'orders' | 'grossRevenue'>) =>
  Math.floor(grossRevenue / orders + 0.5);

type Sold = { _id: string } & Pick<SalesFigures, 'orders' | 'unitsSold' | 'grossRevenue'>;

/** An order counts on the day on which it was paid in full. */
const soldOn = (db: TenantDb, days: Days, currency: string): Promise<Sold[]> =>
  db.collection(orders).aggregate<Sold>(
    [
      { $match: { paidAt: momentsOf(days), ...counted(currency) } },
      {
        $group: {
          _id: dayIn('$paidAt'),
          orders: { $sum: 1 },
          unitsSold: { $sum: { $sum: '$lines.quantity' } },
          grossRevenue: { $sum: '$paid' },
        },
      },
    ],
    BY_PAYMENT,
  );

/** The type is what the index is limited to; both ends of the range hold for one refund only when said so. */
const withRefundsIn = (days: Days) => ({
  'refunds.at': { $type: 'date' as const },
  refunds: { $elemMatch: { at: momentsOf(days) } },
});

type Refunded = { _id: string; refunds: number };

/** A refund counts on the day on which it was given, whenever the order was: what was told of a day stays. */
const refundedOn = (db: TenantDb, days: Days, currency: string): Promise<Refunded[]> =>
  db
    .collection(orders)
    .aggregate<Refunded>(
      [
        { $match: { ...withRefundsIn(days), ...counted(currency) } },
        { $unwind: '$refunds' },
        { $match: { 'refunds.at': momentsOf(days), 'refunds.status': 'SUCCEEDED' } },
        { $group: { _id: dayIn('$refunds.at'), refunds: { $sum: '$refunds.amount' } } },
      ],
      BY_REFUND,
    );

/** The days of the orders that have changed since a moment, which may be others than they were. */
export async function touchedDays(db: TenantDb, since: Date, currency: string): Promise<string[]> {
  const rows = await db
    .collection(orders)
    .aggregate<{ _id: string }>(
      [
        { $match: { updatedAt: { $gte: since }, currency } },
        { $project: { at: { $concatArrays: [['$paidAt'], '$refunds.at'] } } },
        { $unwind: '$at' },
        { $match: { at: { $type: 'date' } } },
        { $group: { _id: dayIn('$at') } },
      ],
      BY_CHANGE,
    );
  return rows.map(({ _id }) => _id).sort();
}
