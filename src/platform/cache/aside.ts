import { LRUCache } from 'lru-cache';
import { BSON } from 'mongodb';
import { madeOnce } from './made-once.ts';
import type { Claim, SharedStore } from './shared-store.ts';

/** Values that each request needs and that seldom change, kept beside the database: each is loaded by one who asks, for all. */
export type Aside<V> = {
  find: (key: string, load: () => Promise<V>) => Promise<V>;
  /** After a change of any of them; at once in this process, and in Redis. */
  forget: () => void;
};

export type AsideOptions = {
  /** Tells its values from others in Redis, where they are dropped together. */
  name: string;
  /** Null where each process is on its own. */
  shared: SharedStore | null;
  /** A change that nobody hears of is known everywhere after this time. */
  ttlMs: number;
  /** The same where nothing was found: null or false. */
  negativeMs: number;
  most: number;
  now?: () => number;
};

type Kept<V> = { value: V; madeAt: number; expiresAt: number };

export function openAside<V>({
  name,
  shared,
  ttlMs,
  negativeMs,
  most,
  now = Date.now,
}: AsideOptions): Aside<V> {
  const kept = new LRUCache<string, Kept<V>>({ max: most });
  const underWay = new Map<string, Promise<Kept<V>>>();
  let forgottenAt = 0;
  let changes = 0;

  async function make(key: string, load: () => Promise<V>, claim: Claim | null): Promise<Kept<V>> {
    const madeAt = now();
    try {
      const value = await load();
      const lives = value === null || value === false ? negativeMs : ttlMs;
      // Not all of them end in the same moment.
      const made = { value, madeAt, expiresAt: madeAt + lives * (0.9 + 0.1 * Math.random()) };
      const stored = { text: BSON.EJSON.stringify(made), tags: [name], ttlMs: made.expiresAt - now() };
      if (claim) void shared?.write(key, claim, stored);
      return made;
    } catch (error) {
      if (claim) void shared?.release(key, claim);
      throw error;
    }
  }

  const take = (text: string): Kept<V> | null => {
    const found = BSON.EJSON.parse(text) as Kept<V>;
    // Redis may have been away when it was to be dropped.
    return found.madeAt > forgottenAt && found.expiresAt > now() ? found : null;
  };

  async function findOrMake(key: string, load: () => Promise<V>): Promise<Kept<V>> {
    const before = changes;
    const found = await madeOnce(shared, `${name}:${key}`, {
      take,
      make: (claim) => make(`${name}:${key}`, load, claim),
    });
    // What was read before a change may be what it was before.
    if (before === changes) kept.set(key, found);
    return found;
  }

  return {
    find: async (key, load) => {
      const known = kept.get(key);
      if (known && known.expiresAt > now()) return known.value;
      const asked = underWay.get(key) ?? findOrMake(key, load);
      underWay.set(key, asked);
      const done = () => underWay.get(key) === asked && underWay.delete(key);
      return asked.then(({ value }) => value).finally(done);
    },
    forget: () => {
      changes += 1;
      forgottenAt = now();
      kept.clear();
      // Who asks from now on is not given what was read before.
      underWay.clear();
      void shared?.dropTags([name]);
    },
  };
}
