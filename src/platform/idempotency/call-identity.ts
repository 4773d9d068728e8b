import { createHash } from 'node:crypto';
import { ObjectId } from 'mongodb';
import type { TenantDb } from '../mongo/tenant-db.ts';
import { type Call, hashOf } from './once.ts';

/** For what is known by the call that made it: a repeated call finds it by `id`, another input has another hash. */
export type CallIdentity = { id: ObjectId; inputHash: string };

export function identityOf({ tenantId }: TenantDb, { caller, operation, key, input }: Call): CallIdentity {
  const name = JSON.stringify([tenantId.toHexString(), caller, operation, key]);
  const digest = createHash('sha256').update(name).digest();
  return { id: new ObjectId(digest.subarray(0, 12)), inputHash: hashOf(input) };
}
