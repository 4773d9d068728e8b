import { ObjectId } from 'mongodb';
import { forbidden } from '../../platform/errors.ts';
import { mutationOn } from '../../platform/graphql/mutation.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';

/** The platform counts as a tenant of its own for what it must remember: its calls, and who signs its cursors. */
export const PLATFORM_ID = new ObjectId('000000000000000000000000');

/** What the operator's requests have besides, and nobody else's. */
export type ForOperator = { platform: SystemDb | null };

export function platformOf({ platform }: ForOperator): SystemDb {
  if (!platform) throw forbidden('operator');
  return platform;
}

/** A mutation of the operator's: `tx` is a transaction over the whole database. */
export const operatorMutation = mutationOn(platformOf, (db: SystemDb) => db.forTenant(PLATFORM_ID));
