import { type Filter, ObjectId } from 'mongodb';
import { badInput } from '../../platform/errors.ts';
import { type Counted, countedOnce, type Edge } from '../../platform/graphql/connection.ts';
import { findPage, type Keyset, type Page, type PageArgs } from '../../platform/mongo/page.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { CustomerFilter } from '../../schema.types.ts';
import { foldKey } from '../auth/account-rules.ts';
import { type StoredUser, type User, users } from '../auth/collections.ts';
import { findUser } from '../auth/users.ts';

const withoutHash = { projection: { passwordHash: 0 } };

export type CustomerPage = Page<User> & Counted;
export type CustomerEdge = Edge<User>;

export type CustomerArgs = PageArgs & { filter?: CustomerFilter | null | undefined };

const newest: Keyset<User> = {
  ...{ name: 'CUSTOMERS', path: 'createdAt', direction: -1 },
  valueOf: ({ createdAt }) => createdAt,
};
const byEmail: Keyset<User> = {
  ...{ name: 'CUSTOMERS BY EMAIL', path: 'keys.email', direction: 1 },
  valueOf: ({ keys }) => keys.email,
};

/** Everybody with an account who is not of the staff, newest first; those whose address begins so, by address. */
export async function listCustomers(db: TenantDb, { filter, ...args }: CustomerArgs): Promise<CustomerPage> {
  const wanted = filterOf(filter ?? {});
  const order = filter?.emailStartsWith == null ? newest : byEmail;
  const page = await findPage(db, args, order, (window) =>
    db
      .collection(users)
      .find<User>(
        { $and: [wanted, window.filter] },
        { ...withoutHash, sort: window.sort, limit: window.limit },
      ),
  );
  return { ...page, count: countedOnce((limit) => db.collection(users).count(wanted, { limit })) };
}

function filterOf({ emailStartsWith, createdAfter, createdBefore }: CustomerFilter): Filter<StoredUser> {
  if (createdAfter && createdBefore && createdAfter >= createdBefore)
    throw badInput('createdAfter is a moment before createdBefore', 'filter.createdBefore');
  const opened = {
    ...(createdAfter && { $gte: createdAfter }),
    ...(createdBefore && { $lt: createdBefore }),
  };
  return {
    'keys.staff': false,
    isDeleted: false,
    ...(emailStartsWith != null && { 'keys.email': beginning(foldKey(emailStartsWith)) }),
    ...(Object.keys(opened).length > 0 && { createdAt: opened }),
  };
}

/** All texts that begin so, as a range of the index. */
const beginning = (start: string) => ({ $gte: start, $lt: `${start}\u{10FFFF}` });

/** Null for an id that is nobody's. */
export const findCustomer = async (db: TenantDb, id: string): Promise<User | null> =>
  ObjectId.isValid(id) ? findUser(db, new ObjectId(id)) : null;
