import type { Viewer } from './domains/auth/viewer.ts';
import type { Tenant } from './domains/tenants/collections.ts';
import type { TenantDb } from './platform/mongo/tenant-db.ts';

/** What every resolver is given: one request of one caller to one shop. */
export type Context = {
  requestId: string;
  shop: Tenant;
  viewer: Viewer;
  db: TenantDb;
  /** Loaders of this execution, by what they look up. */
  loaders: Map<unknown, unknown>;
};
