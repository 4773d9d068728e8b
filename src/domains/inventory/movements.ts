import { findPage, type Keyset, type PageArgs } from '../../platform/mongo/page.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { type StockMovement, stockMovements } from '../catalogue/stock-movements.ts';

const latestFirst: Keyset<StockMovement> = { name: 'AT', path: 'at', direction: -1, valueOf: ({ at }) => at };

/** The ledger, of one sku or of the whole shop. */
export const listMovements = (db: TenantDb, { sku, ...args }: PageArgs & { sku?: string | null }) =>
  findPage(db, args, latestFirst, ({ filter, sort, limit }) =>
    db.collection(stockMovements).find({ ...(sku != null && { sku }), ...filter }, { sort, limit }),
  );
