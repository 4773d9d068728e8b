import { LRUCache } from 'lru-cache';
import type { Bucket, TokenBuckets } from './token-bucket.ts';

/** Who pays, and out of how large a budget. */
export type Account = { key: string; bucket: Bucket };

export type Payment = {
  allowed: boolean /** Seconds until it would be; 0 when it is. */;
  retryAfter: number;
};

export type Budget = {
  pay: (account: Account, cost: number) => Promise<Payment>;
  /** Puts back what was paid too much; less than nothing takes what was paid too little, as far as it is there. */
  refund: (account: Account, cost: number) => void;
  /** What an account can still pay, as far as this process knows. */
  available: (account: Account) => number;
};

/** What this process has taken out of a bucket beforehand, and what it last heard of the bucket. */
type Purse = {
  /** Below zero, it was spent before the bucket was asked. */
  held: number;
  left: number;
  heardAt: number;
  filling: Promise<void> | null;
};

const MOST_PURSES = 100_000;
/** What a purse holds for longer goes back: others may want it. */
const KEEP_MS = 1_000;
/** How much of a bucket a purse may hold: this part of it, or what comes back in this time. */
const SHARE_OF_SIZE = 0.01;
const SHARE_OF_REFILL_S = 0.05;

/**
 * Budgets out of buckets. Where all processes share the buckets in Redis, each takes a slice beforehand and pays from it,
 * and fetches the next one while requests go on: nobody waits for Redis who keeps within the budget, and nobody gets
 * more out of it than one slice a process above it.
 */
export function openBudget(buckets: TokenBuckets, shared: boolean, now: () => number = Date.now): Budget {
  const purses = new LRUCache<string, Purse>({ max: MOST_PURSES });
  /** What is taken at once beforehand: nothing where asking the bucket costs nothing. */
  const sliceOf = (bucket: Bucket) => (shared ? portionOf(bucket) : 0);

  function purseOf({ key, bucket }: Account): Purse {
    const known = purses.get(key);
    if (known) return known;
    const purse = { held: 0, left: bucket.size, heardAt: now(), filling: null };
    purses.set(key, purse);
    return purse;
  }

  const leftOf = ({ left, heardAt }: Purse, { size, perSecond }: Bucket) =>
    Math.min(size, left + (Math.max(0, now() - heardAt) / 1000) * perSecond);

  async function take(purse: Purse, { key, bucket }: Account, tokens: number): Promise<boolean> {
    const { allowed, left } = await buckets.take({ key, bucket, tokens });
    if (allowed) purse.held += tokens;
    purse.left = left[0] ?? 0;
    purse.heardAt = now();
    return allowed;
  }

  /** Takes what is missing, and a slice more where there is as much. */
  async function fill(purse: Purse, account: Account, missing: number): Promise<void> {
    const slice = sliceOf(account.bucket);
    if (await take(purse, account, missing + slice)) return;
    if (slice > 0 && purse.left >= missing) await take(purse, account, missing);
  }

  /** One at a time: those who come meanwhile wait for the same. */
  function filled(purse: Purse, account: Account, missing: number): Promise<void> {
    purse.filling ??= fill(purse, account, missing).finally(() => {
      purse.filling = null;
    });
    return purse.filling;
  }

  function giveBack(purse: Purse, { key, bucket }: Account, tokens: number) {
    purse.held -= tokens;
    purse.left = Math.min(bucket.size, purse.left + tokens);
    void buckets.take({ key, bucket, tokens: -tokens });
  }

  function available(account: Account): number {
    const purse = purseOf(account);
    const all = Math.floor(leftOf(purse, account.bucket) + purse.held);
    return Math.max(0, Math.min(account.bucket.size, all));
  }

  return {
    pay: async (account, cost) => {
      const { bucket } = account;
      const purse = purseOf(account);
      const slice = sliceOf(bucket);
      if (purse.held > 0 && now() - purse.heardAt > KEEP_MS) giveBack(purse, account, purse.held);
      while (purse.held - cost < -slice) {
        const missing = cost - purse.held;
        const short = missing - leftOf(purse, bucket);
        if (short > 0) return { allowed: false, retryAfter: Math.ceil(short / bucket.perSecond) };
        await filled(purse, account, missing);
      }
      purse.held -= cost;
      if (purse.held < slice / 2 && leftOf(purse, bucket) >= slice) void filled(purse, account, -purse.held);
      return { allowed: true, retryAfter: 0 };
    },
    refund: (account, cost) => {
      const purse = purseOf(account);
      const portion = portionOf(account.bucket);
      purse.held += Math.max(cost, -available(account));
      if (purse.held > 2 * portion) giveBack(purse, account, purse.held - portion);
    },
    available,
  };
}

const portionOf = ({ size, perSecond }: Bucket) =>
  Math.max(size * SHARE_OF_SIZE, perSecond * SHARE_OF_REFILL_S);
