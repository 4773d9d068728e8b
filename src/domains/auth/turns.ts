import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { turns } from './collections.ts';

/** From here to its end, `tx` is alone with this kind of decision: another that takes the turn runs again after it. */
export async function takeTurn(tx: TenantDb, name: string): Promise<void> {
  await tx.collection(turns).updateOne({ name }, { $inc: { taken: 1 } }, { upsert: true });
}
