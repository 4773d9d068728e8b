import type { Filter, ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { foldKey } from '../auth/account-rules.ts';
import { hasEmail, hasOwner } from '../carts/collections.ts';
import type { Cart } from '../carts/documents.ts';
import type { HeadFilter } from '../orders/archive/stored-orders.ts';
import { orders } from '../orders/collections.ts';
import type { Order } from '../orders/documents.ts';

/**
 * Of whom something is held: an account, and with `emailKey` also what was done under that address without one. Nobody
 * has shown that an address is theirs by opening an account with it, so that part is for the staff to ask for.
 */
export type Person = { userId: ObjectId | null; emailKey: string | null };

export const personOf = (userId: ObjectId | null, email: string | null): Person => ({
  userId,
  emailKey: email === null ? null : foldKey(email.trim()),
});

/** One filter for each way in which something is somebody's, as there is an index for each; it fits the archive too. */
export function ordersOf({ userId, emailKey }: Person): HeadFilter[] {
  // The types are what the indexes are limited to, and so must be said.
  const byAddress: HeadFilter = { emailKey: { $eq: emailKey, $type: 'string' }, userId: null };
  return [
    ...(userId ? [{ $and: [{ userId }, { userId: { $type: 'objectId' as const } }] }] : []),
    ...(emailKey === null ? [] : [byAddress]),
  ];
}

export function cartsOf({ userId, emailKey }: Person): Filter<Cart>[] {
  return [
    ...(userId ? [{ $and: [{ userId }, hasOwner] }] : []),
    ...(emailKey === null ? [] : [{ $and: [hasEmail, { email: written(emailKey) }, { userId: null }] }]),
  ];
}

/** An address, however its letters are written. */
const written = (emailKey: string) => ({
  $regex: `^${emailKey.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`,
  $options: 'i',
});

const UNSENT: Order['status'][] = ['PLACED', 'PAID', 'PARTIALLY_FULFILLED'];

/** An order that still waits for money or goods: whoever is forgotten can no longer be sent anything. */
export async function findOpenOrder(db: TenantDb, person: Person): Promise<Order | null> {
  for (const filter of ordersOf(person)) {
    const open = await db.collection(orders).findOne({ $and: [filter, { status: { $in: UNSENT } }] });
    if (open) return open;
  }
  return null;
}
