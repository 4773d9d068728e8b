import type { TenantDb } from '../../../platform/mongo/tenant-db.ts';
import { opened } from './body.ts';
import { type ArchivedOrder, archivedOrders } from './collections.ts';
import { bringBack, type HeadFilter } from './stored-orders.ts';

const BATCH = 50;

/** Takes orders out of the archive, as they were; how many. Killed anywhere, it can be begun again. */
export async function restoreOrders(
  db: TenantDb,
  filter: HeadFilter,
  onStep: (orders: number) => unknown = () => {},
): Promise<number> {
  let restored = 0;
  for (;;) {
    const count = await db.transaction(async (tx) => {
      const rows = await tx
        .collection(archivedOrders)
        .find<ArchivedOrder>(filter as object, { limit: BATCH, sort: { placedAt: -1, _id: -1 } });
      for (const row of rows) await bringBack(tx, await opened(row));
      return rows.length;
    });
    if (count === 0) return restored;
    restored += count;
    await onStep(count);
  }
}
