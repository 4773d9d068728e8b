import { LRUCache } from 'lru-cache';
import { readMoment, writeAfter } from '../http/after.ts';
import { type Moment, unknownMoment } from '../mongo/own-writes.ts';
import { FORGET_MS } from '../mongo/secondaries.ts';
import type { TenantDb } from '../mongo/tenant-db.ts';
import type { RedisHandle } from '../redis/client.ts';

/** When each caller has last changed something, for those who do not say it themselves. */
export type LastWrites = {
  /** To be awaited before the change is answered. */
  note: (db: TenantDb, moment: Moment) => Promise<void>;
  /** All that is known of it; none of callers whom nobody knows. */
  find: (db: TenantDb) => Promise<Moment[]>;
};

const MOST_CALLERS = 10_000;

/** Of this process, and of all with Redis: where that does not answer, the caller may have changed something just now. */
export function openLastWrites(redis: RedisHandle | null): LastWrites {
  const own = new LRUCache<string, Moment>({ max: MOST_CALLERS, ttl: FORGET_MS });
  return {
    note: async (db, moment) => {
      const key = keyOf(db);
      if (key === null) return;
      own.set(key, moment);
      await redis?.run(null, (client) => client.set(key, writeAfter(moment), { PX: FORGET_MS }));
    },
    find: async (db) => {
      const key = keyOf(db);
      if (key === null) return [];
      const shared = redis && (await redis.run(undefined, (client) => client.get(key)));
      const elsewhere = shared === undefined ? unknownMoment() : shared && readMoment(shared);
      return [own.get(key), elsewhere].filter((moment) => !!moment);
    },
  };
}

/** What may be a little behind, though never behind what its caller has changed; null where all is read from the primary. */
export const fromSecondaries = async ({ db, lastWrites }: { db: TenantDb; lastWrites: LastWrites | null }) =>
  lastWrites ? db.fromSecondaries(await lastWrites.find(db)) : db;

const keyOf = ({ tenantId, origin: { actor } }: TenantDb): string | null =>
  actor === null ? null : `souk:wrote:${tenantId}:${actor}`;
