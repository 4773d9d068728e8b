import type { Viewer } from './domains/auth/viewer.ts';
import type { Tenant } from './domains/tenants/collections.ts';
import type { ForOperator } from './domains/tenants/platform.ts';
import type { TenantDb } from './platform/mongo/tenant-db.ts';
import type { RequestRecord } from './platform/requests/record.ts';
import type { Services } from './services.ts';

/**
 * What every resolver is given: one request of one caller to one shop. A request of the platform's operator need not
 * name a shop; then `shop` and `db` throw TENANT_NOT_FOUND when a field asks for them.
 */
export type Context = Services &
  ForOperator & {
    requestId: string;
    /** What is noted for the log; undefined where nothing is. */
    record?: RequestRecord | undefined;
    readonly shop: Tenant;
    viewer: Viewer;
    readonly db: TenantDb;
    /** Loaders of this execution, by what they look up. */
    loaders: Map<unknown, unknown>;
  };
