import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ObjectId } from 'mongodb';
import { badInput, notFound, versionConflict } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { Viewer } from '../auth/viewer.ts';
import { findId } from '../catalogue/products.ts';
import { bringBack, type Found, findStored } from './archive/stored-orders.ts';
import type { Order } from './documents.ts';
import { numberOf } from './orders.ts';

/** With it, somebody without an account may read an order, pay and cancel it. Nothing is stored: the id gives it. */
export const accessTokenOf = ({ cursorKey }: TenantDb, orderId: ObjectId): string =>
  createHmac('sha256', cursorKey).update(`order:${orderId.toHexString()}`).digest('base64url');

function isToken(db: TenantDb, orderId: ObjectId, given: string | null | undefined): boolean {
  const right = Buffer.from(accessTokenOf(db, orderId));
  const token = Buffer.from(given ?? '');
  return token.length === right.length && timingSafeEqual(token, right);
}

type Asked = {
  id?: string | null | undefined;
  number?: string | null | undefined;
  accessToken?: string | null | undefined;
};

/** Somebody's own order, any for staff, and the one that a token is for; to all others it is as if there were none. */
export async function findOrder(db: TenantDb, asked: Asked, viewer: Viewer): Promise<Order | null> {
  return (await findShown(db, asked, viewer))?.order ?? null;
}

async function findShown(
  db: TenantDb,
  { id, number, accessToken }: Asked,
  viewer: Viewer,
): Promise<Found | null> {
  if ((id == null) === (number == null)) throw badInput('Give exactly one of id and number', 'id');
  const _id = id == null ? null : findId(id);
  if (id != null && !_id) return null;
  const found = await findStored(db, _id ? { _id } : { number: numberOf(number ?? '') });
  if (!found) return null;
  const { order } = found;
  const isShown = viewer.may('orders:read') || viewer.owns(order) || isToken(db, order._id, accessToken);
  return isShown ? found : null;
}

type Named = Pick<Asked, 'accessToken'> & { orderId: string; expectedVersion?: number | null | undefined };

/** The order that a change is for. In the change's transaction, one of the archive comes back. */
export async function orderNamed(
  tx: TenantDb,
  { orderId: id, accessToken, expectedVersion }: Named,
  viewer: Viewer,
): Promise<Order> {
  const found = await findShown(tx, { id, accessToken }, viewer);
  if (!found) throw notFound('order', 'input', 'orderId');
  const { order, archived } = found;
  if (expectedVersion != null && expectedVersion !== order.version) throw versionConflict(order.version);
  if (archived && tx.inTransaction) await bringBack(tx, archived);
  return order;
}
