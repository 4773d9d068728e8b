import type { ObjectId } from 'mongodb';
import { openAside } from '../../platform/cache/aside.ts';
import type { SharedStore } from '../../platform/cache/shared-store.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import type { Tenant } from './collections.ts';
import { findTenant, findTenantById, isOriginAllowed } from './tenants.ts';

/** A shop that closes or changes is known to every process after this time. */
const REMEMBER_MS = 5_000;
const REMEMBER_NONE_MS = 2_000;
const MOST_REMEMBERED = 10_000;

/** Open shops by their address, remembered for a while; also that there is none. */
export type ShopDirectory = {
  bySubdomain: (subdomain: string) => Promise<Tenant | null>;
  byId: (id: ObjectId) => Promise<Tenant | null>;
  /** Whether some shop allows the pages of this origin. */
  allowsOrigin: (origin: string) => Promise<boolean>;
  /** After a change of any shop; at once in this process, and for those that ask Redis. */
  forget: () => void;
};

export function openDirectory(db: SystemDb, shared: SharedStore | null): ShopDirectory {
  const settings = { shared, ttlMs: REMEMBER_MS, negativeMs: REMEMBER_NONE_MS, most: MOST_REMEMBERED };
  const shops = openAside<Tenant | null>({ name: 'shops', ...settings });
  const origins = openAside<boolean>({ name: 'origins', ...settings });
  return {
    bySubdomain: (subdomain) => shops.find(subdomain, () => findTenant(db, subdomain)),
    byId: (id) => shops.find(`id ${id}`, () => findTenantById(db, id)),
    allowsOrigin: (origin) => origins.find(origin, () => isOriginAllowed(db, origin)),
    forget: () => {
      shops.forget();
      origins.forget();
    },
  };
}
