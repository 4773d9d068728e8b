import { randomUUID } from 'node:crypto';
import type { UpdateFilter } from 'mongodb';
import type { SystemDb } from '../mongo/system-db.ts';
import type { RedisHandle } from '../redis/client.ts';
import { type RedisLock, redisLock } from '../redis/lock.ts';
import { type Lock, locks } from './collections.ts';

export type Held = {
  /** Larger than that of every holder before: what is written says it, and an older one does not write over it. */
  fence: number;
  /** Aborted once it is known that somebody else has taken over. */
  lost: AbortSignal;
  /** Throws LockLost unless the lock is still held; in a transaction, what else that writes is written by the holder. */
  renew: (tx?: SystemDb) => Promise<void>;
};

export type LockRules = {
  name: string;
  /** How long a holder that is gone keeps others out; one that lives renews it. */
  ttlMs: number;
  /** Nobody begins within this time after it was last done. */
  everyMs?: number;
};

/** What `work` answers, or null when somebody else is at it or it was done just now. Never two at once. */
export type WithLock = <R>(rules: LockRules, work: (held: Held) => Promise<R>) => Promise<R | null>;

export class LockLost extends Error {
  override name = 'LockLost';
}

/**
 * MongoDB decides who holds a lock and numbers the holders, so that neither a Redis that is away nor one that comes back
 * empty lets two in or the numbers go back.
 */
export function openLocks(db: SystemDb, redis: RedisHandle | null): WithLock {
  const gate = redis && redisLock(redis);
  return async (rules, work) => {
    const owner = randomUUID();
    if (gate && !(await gate.mayTake(rules.name, owner, rules.ttlMs))) return null;
    const taken = await take(db, owner, rules).catch(async (error) => {
      await gate?.release(rules.name, owner);
      throw error;
    });
    if (taken) return hold(new Lease(db, gate, rules, owner, taken.fence), work);
    await gate?.release(rules.name, owner);
    return null;
  };
}

async function hold<R>(lease: Lease, work: (held: Held) => Promise<R>): Promise<R> {
  let done = false;
  try {
    const answer = await work(lease);
    done = true;
    return answer;
  } finally {
    await lease.release(done);
  }
}

class Lease implements Held {
  readonly fence: number;
  readonly #db: SystemDb;
  readonly #gate: RedisLock | null;
  readonly #rules: LockRules;
  readonly #owner: string;
  readonly #lost = new AbortController();
  readonly #heartbeat: NodeJS.Timeout;

  constructor(db: SystemDb, gate: RedisLock | null, rules: LockRules, owner: string, fence: number) {
    this.#db = db;
    this.#gate = gate;
    this.#rules = rules;
    this.#owner = owner;
    this.fence = fence;
    // A beat that does not arrive is none: the next one, or the next write, finds out whether the lock is lost.
    this.#heartbeat = setInterval(() => void this.#beat().catch(() => {}), rules.ttlMs / 3).unref();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  renew = async (tx: SystemDb = this.#db): Promise<void> => {
    if (!this.#lost.signal.aborted && (await this.#write(tx, { expiresAt: later(this.#rules.ttlMs) })))
      return;
    this.#lost.abort();
    throw new LockLost(`Somebody else has taken over: ${this.#rules.name}`);
  };

  async release(done: boolean): Promise<void> {
    clearInterval(this.#heartbeat);
    const over = { owner: null, expiresAt: new Date(0), ...(done && { doneAt: '$$NOW' }) };
    // Where this fails, the lock ends by itself.
    await this.#write(this.#db, over).catch(() => {});
    await this.#gate?.release(this.#rules.name, this.#owner);
  }

  async #beat(): Promise<void> {
    await this.renew();
    await this.#gate?.extend(this.#rules.name, this.#owner, this.#rules.ttlMs);
  }

  async #write(db: SystemDb, $set: UpdateFilter<Lock>): Promise<boolean> {
    const mine = { _id: this.#rules.name, owner: this.#owner, fence: this.fence };
    const { matchedCount } = await db.collection(locks).updateOne(mine, [{ $set }], db.options);
    return matchedCount === 1;
  }
}

const later = (ms: number) => ({ $add: ['$$NOW', ms] });

async function take(db: SystemDb, owner: string, rules: LockRules): Promise<Lock | null> {
  const taken = await takeFree(db, owner, rules);
  if (taken) return taken;
  const never = { owner: null, fence: 0, expiresAt: new Date(0), doneAt: new Date(0) };
  const { upsertedCount } = await db
    .collection(locks)
    .updateOne({ _id: rules.name }, { $setOnInsert: never }, { upsert: true, ...db.options });
  return upsertedCount === 1 ? takeFree(db, owner, rules) : null;
}

function takeFree(db: SystemDb, owner: string, { name, ttlMs, everyMs = 0 }: LockRules) {
  const isFree = { $lte: ['$expiresAt', '$$NOW'] };
  const isDue = { $lte: ['$doneAt', { $subtract: ['$$NOW', everyMs] }] };
  const $set = { owner: { $literal: owner }, fence: { $add: ['$fence', 1] }, expiresAt: later(ttlMs) };
  return db.collection(locks).findOneAndUpdate({ _id: name, $expr: { $and: [isFree, isDue] } }, [{ $set }], {
    returnDocument: 'after',
    ...db.options,
  });
}
