import type { Filter, ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { badInput } from '../../platform/errors.ts';
import { type Counted, countedOnce, type Edge } from '../../platform/graphql/connection.ts';
import { findPage, type Keyset, type Page, type PageArgs } from '../../platform/mongo/page.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { OrderFilter } from '../../schema.types.ts';
import { foldKey } from '../auth/account-rules.ts';
import { findId } from '../catalogue/products.ts';
import { orders } from './collections.ts';
import type { Order } from './documents.ts';

export type OrderList = Page<Order> & Counted;
export type OrderEdge = Edge<Order>;
export type OrderListArgs = PageArgs & { filter?: OrderFilter | null | undefined };

const latestFirst: Keyset<Order> = {
  name: 'PLACED_AT',
  path: 'placedAt',
  direction: -1,
  valueOf: ({ placedAt }) => placedAt,
};

const NONE: Filter<Order> = { _id: { $in: [] } };

/** All of the shop for the staff, the own ones for everybody else, which are none for somebody unknown. */
export async function listOrders(
  db: TenantDb,
  { filter, ...page }: OrderListArgs,
  viewer: Context['viewer'],
): Promise<OrderList> {
  const conditions = conditionsOf(filter ?? {});
  if (viewer.may('orders:read')) return pageOrders(db, page, conditions);
  const own = viewer.userId ? of(viewer.userId) : [NONE];
  return pageOrders(db, page, [...conditions, ...own]);
}

/** Newest first, of those for which all conditions hold. */
export async function pageOrders(
  db: TenantDb,
  args: PageArgs,
  conditions: readonly Filter<Order>[],
): Promise<OrderList> {
  const all = (more: readonly Filter<Order>[]): Filter<Order> => {
    const some = [...conditions, ...more].filter((condition) => Object.keys(condition).length > 0);
    return some.length > 0 ? { $and: some } : {};
  };
  const page = await findPage(db, args, latestFirst, ({ filter, sort, limit }) =>
    db.collection(orders).find<Order>(all([filter]), { sort, limit }),
  );
  return { ...page, count: countedOnce((limit) => db.collection(orders).count(all([]), { limit })) };
}

function conditionsOf(filter: OrderFilter): Filter<Order>[] {
  const { status, paymentStatus, number, email, userId, placedAfter, placedBefore } = filter;
  return [
    ...(status == null ? [] : [{ status: { $in: status } }]),
    ...(paymentStatus == null ? [] : [{ paymentStatus: { $in: paymentStatus } }]),
    ...(number == null ? [] : [{ number: numberOf(number) }]),
    ...(email == null ? [] : [{ emailKey: { $eq: foldKey(email.trim()), $type: 'string' as const } }]),
    ...(userId == null ? [] : of(readUserId(userId))),
    ...(placedAfter == null ? [] : [{ placedAt: { $gte: placedAfter } }]),
    ...(placedBefore == null ? [] : [{ placedAt: { $lt: placedBefore } }]),
  ];
}

/** Of one person. The type is what the index is limited to, and so must be said. */
const of = (userId: ObjectId): Filter<Order>[] => [{ userId }, { userId: { $type: 'objectId' } }];

/** As people write it: #1001. */
export const numberOf = (given: string): string => given.trim().replace(/^#/, '');

function readUserId(given: string) {
  const id = findId(given);
  if (id) return id;
  throw badInput('This is no id of a person', 'filter.userId');
}
