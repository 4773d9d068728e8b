import type { Context } from '../../context.ts';
import { callerAddress } from '../../platform/limits/address.ts';
import type { Account } from '../../platform/limits/budget.ts';
import type { Tenant } from '../tenants/collections.ts';
import { limitsOf } from '../tenants/plans.ts';

/** Out of whose budget an operation is paid: each key's, each person's and, for the unknown, each address's own. */
export function costAccount(context: Context): Account {
  const { viewer } = context;
  if (viewer.kind === 'operator') return { key: 'cost:operator', bucket: limitsOf('ENTERPRISE').cost };
  const { shop, db } = context;
  if (viewer.id === null) return addressAccount(shop, db.origin.ip);
  return { key: `cost:${shop._id}:${viewer.kind}:${viewer.id}`, bucket: limitsOf(shop.plan).cost };
}

/** Of somebody unknown. */
export const addressAccount = ({ _id, plan }: Pick<Tenant, '_id' | 'plan'>, ip: string | null): Account => ({
  key: `cost:${_id}:address:${callerAddress(ip ?? 'unknown')}`,
  bucket: limitsOf(plan).cost,
});
