import type { ObjectId } from 'mongodb';
import { defineLoader } from '../../platform/graphql/loader.ts';
import type { PageArgs } from '../../platform/mongo/page.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { Resolvers } from '../../schema.types.ts';
import type { User } from '../auth/collections.ts';
import { orders } from './collections.ts';
import { pageOrders } from './orders.ts';

/** What lets MongoDB see that the partial index holds what is looked for. */
const ofSomebody = { userId: { $type: 'objectId' as const } };

type Spent = { userId: ObjectId; currency: string; orders: number; minor: number };

/** What customers have paid and not got back, by currency. */
async function findSpent(db: TenantDb, userIds: ObjectId[]): Promise<{ userId: ObjectId; spent: Spent[] }[]> {
  const rows = await db.collection(orders).aggregate<Spent>([
    { $match: { $and: [{ userId: { $in: userIds } }, ofSomebody], paidAt: { $ne: null } } },
    {
      $group: {
        _id: { userId: '$userId', currency: '$currency' },
        orders: { $sum: 1 },
        minor: { $sum: { $subtract: ['$paid', '$refunded'] } },
      },
    },
    { $sort: { orders: -1, _id: 1 } },
    {
      $replaceWith: { userId: '$_id.userId', currency: '$_id.currency', orders: '$orders', minor: '$minor' },
    },
  ]);
  return userIds.map((userId) => ({ userId, spent: rows.filter((row) => row.userId.equals(userId)) }));
}

const spentBy = defineLoader(findSpent, ({ userId }) => userId);

const ordersOf = ({ _id: userId }: User, args: PageArgs, { db }: { db: TenantDb }) =>
  pageOrders(db, args, [{ userId }, ofSomebody]);

/** What a customer's page says of orders. */
export const customerOrderResolvers: Resolvers = {
  User: { orders: ordersOf },
  Customer: {
    orders: ordersOf,
    orderCount: async ({ _id }, _, context) => {
      const { spent = [] } = (await spentBy(context).load(_id)) ?? {};
      return spent.reduce((sum, { orders: count }) => sum + count, 0);
    },
    totalSpent: async ({ _id }, _, context) => (await spentBy(context).load(_id))?.spent ?? [],
  },
};
