import { LRUCache } from 'lru-cache';
import { limitExceeded } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { products } from './collections.ts';

/** How many products a shop had at the last count, and has got here since; counting at each one would cost more. */
const counts = new LRUCache<string, number>({ max: 10_000, ttl: 60_000 });
/** From here on it is counted each time. */
const NEARLY_FULL = 0.95;

/** LIMIT_EXCEEDED where the shop's plan has no room for another product. */
export async function refuseOverPlan(tx: TenantDb, most: number): Promise<void> {
  const shop = tx.tenantId.toHexString();
  const known = counts.get(shop);
  const count =
    known === undefined || known >= most * NEARLY_FULL
      ? await tx.collection(products).count({ isDeleted: false }, { limit: most })
      : known;
  if (count >= most) throw limitExceeded(`The shop's plan has room for ${most} products`, most, 'input');
  counts.set(shop, count + 1);
}
