import { LRUCache } from 'lru-cache';
import type { ObjectId } from 'mongodb';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import type { Tenant } from './collections.ts';
import { findTenant, findTenantById } from './tenants.ts';

/** A shop that closes or changes is known to every process after this time. */
const REMEMBER_MS = 5_000;
const MOST_REMEMBERED = 10_000;

/** Open shops by their address, remembered for a while; also that there is none. */
export type ShopDirectory = {
  bySubdomain: (subdomain: string) => Promise<Tenant | null>;
  byId: (id: ObjectId) => Promise<Tenant | null>;
  /** After a change of any shop; at once in this process. */
  forget: () => void;
};

export function openDirectory(db: SystemDb): ShopDirectory {
  const known = new LRUCache<string, { shop: Tenant | null }>({ max: MOST_REMEMBERED, ttl: REMEMBER_MS });
  let changes = 0;
  async function remember(name: string, find: () => Promise<Tenant | null>): Promise<Tenant | null> {
    const remembered = known.get(name);
    if (remembered) return remembered.shop;
    const before = changes;
    const shop = await find();
    // What was read before a change may be what it was before.
    if (before === changes) known.set(name, { shop });
    return shop;
  }
  return {
    bySubdomain: (subdomain) => remember(subdomain, () => findTenant(db, subdomain)),
    byId: (id) => remember(`id ${id}`, () => findTenantById(db, id)),
    forget: () => {
      changes += 1;
      known.clear();
    },
  };
}
