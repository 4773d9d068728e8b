import type { ObjectId } from 'mongodb';
import { defineLoader } from '../../platform/graphql/loader.ts';
import type { PageArgs } from '../../platform/mongo/page.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { Resolvers } from '../../schema.types.ts';
import type { User } from '../auth/collections.ts';
import { archivedOrders } from './archive/collections.ts';
import { orders } from './collections.ts';
import { pageOrders } from './orders.ts';

/** What lets MongoDB see that the partial index holds what is looked for. */
const ofSomebody = { userId: { $type: 'objectId' as const } };

type Spent = { userId: ObjectId; currency: string; orders: number; minor: number };

/** What customers have paid and not got back, by currency; what is in the archive counts. */
async function findSpent(db: TenantDb, userIds: ObjectId[]): Promise<{ userId: ObjectId; spent: Spent[] }[]> {
  const pipeline = spentBy(userIds);
  const rows = summed([
    ...(await db.collection(orders).aggregate<Spent>(pipeline)),
    ...(await db.collection(archivedOrders).aggregate<Spent>(pipeline)),
  ]);
  return userIds.map((userId) => ({ userId, spent: rows.filter((row) => row.userId.equals(userId)) }));
}

const spentBy = (userIds: ObjectId[]) => [
  { $match: { $and: [{ userId: { $in: userIds } }, ofSomebody], paidAt: { $ne: null } } },
  {
    $group: {
      _id: { userId: '$userId', currency: '$currency' },
      orders: { $sum: 1 },
      minor: { $sum: { $subtract: ['$paid', '$refunded'] } },
    },
  },
  {
    $replaceWith: { userId: '$_id.userId', currency: '$_id.currency', orders: '$orders', minor: '$minor' },
  },
];

/** One row for each person and currency; the currency of most orders first. */
function summed(rows: Spent[]): Spent[] {
  const sums = new Map<string, Spent>();
  for (const row of rows) {
    const place = `${row.userId} ${row.currency}`;
    const { orders = 0, minor = 0 } = sums.get(place) ?? {};
    sums.set(place, { ...row, orders: orders + row.orders, minor: minor + row.minor });
  }
  return [...sums.values()].sort((a, b) => b.orders - a.orders || (a.currency < b.currency ? -1 : 1));
}

const spentOf = defineLoader(findSpent, ({ userId }) => userId);

const ordersOf = ({ _id: userId }: User, args: PageArgs, { db }: { db: TenantDb }) =>
  pageOrders(db, args, [{ userId }, ofSomebody]);

/** What a customer's page says of orders. */
export const customerOrderResolvers: Resolvers = {
  User: { orders: ordersOf },
  Customer: {
    orders: ordersOf,
    orderCount: async ({ _id }, _, context) => {
      const { spent = [] } = (await spentOf(context).load(_id)) ?? {};
      return spent.reduce((sum, { orders: count }) => sum + count, 0);
    },
    totalSpent: async ({ _id }, _, context) => (await spentOf(context).load(_id))?.spent ?? [],
  },
};
