import type { Context } from '../../context.ts';
import { callerAddress } from '../../platform/limits/address.ts';
import type { Account } from '../../platform/limits/budget.ts';
import { limitsOf } from '../tenants/plans.ts';

/** Out of whose budget an operation is paid: each key's, each person's and, for the unknown, each address's own. */
export function costAccount(context: Context): Account {
  const { viewer } = context;
  if (viewer.kind === 'operator') return { key: 'cost:operator', bucket: limitsOf('ENTERPRISE').cost };
  const { shop, db } = context;
  const caller =
    viewer.id === null
      ? `address:${callerAddress(db.origin.ip ?? 'unknown')}`
      : `${viewer.kind}:${viewer.id}`;
  return { key: `cost:${shop._id}:${caller}`, bucket: limitsOf(shop.plan).cost };
}
