import { LRUCache } from 'lru-cache';
import type { ObjectId } from 'mongodb';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import type { Tenant } from './collections.ts';
import { findTenant, findTenantById, isOriginAllowed } from './tenants.ts';

/** A shop that closes or changes is known to every process after this time. */
const REMEMBER_MS = 5_000;
const MOST_REMEMBERED = 10_000;

/** Open shops by their address, remembered for a while; also that there is none. */
export type ShopDirectory = {
  bySubdomain: (subdomain: string) => Promise<Tenant | null>;
  byId: (id: ObjectId) => Promise<Tenant | null>;
  /** Whether some shop allows the pages of this origin. */
  allowsOrigin: (origin: string) => Promise<boolean>;
  /** After a change of any shop; at once in this process. */
  forget: () => void;
};

export function openDirectory(db: SystemDb): ShopDirectory {
  const settings = { max: MOST_REMEMBERED, ttl: REMEMBER_MS };
  const shops = new LRUCache<string, { answer: Tenant | null }>(settings);
  const origins = new LRUCache<string, { answer: boolean }>(settings);
  let changes = 0;
  async function remember<R>(known: LRUCache<string, { answer: R }>, name: string, find: () => Promise<R>) {
    const remembered = known.get(name);
    if (remembered) return remembered.answer;
    const before = changes;
    const answer = await find();
    // What was read before a change may be what it was before.
    if (before === changes) known.set(name, { answer });
    return answer;
  }
  return {
    bySubdomain: (subdomain) => remember(shops, subdomain, () => findTenant(db, subdomain)),
    byId: (id) => remember(shops, `id ${id}`, () => findTenantById(db, id)),
    allowsOrigin: (origin) => remember(origins, origin, () => isOriginAllowed(db, origin)),
    forget: () => {
      changes += 1;
      shops.clear();
      origins.clear();
    },
  };
}
