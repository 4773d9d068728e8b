import type { RedisHandle } from './client.ts';

/** The lock's own key is changed by its owner alone. */
const EXTEND = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`;

const RELEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`;

/**
 * Says at once, and for all processes, that somebody else is at work. It may be wrong about nobody being, as after a
 * restart, so it only spares those who come too late the way to MongoDB, which decides.
 */
export type RedisLock = {
  /** False when somebody else has it; true also when Redis does not say. */
  mayTake: (name: string, owner: string, ttlMs: number) => Promise<boolean>;
  extend: (name: string, owner: string, ttlMs: number) => Promise<void>;
  release: (name: string, owner: string) => Promise<void>;
};

export const redisLock = (redis: RedisHandle): RedisLock => ({
  mayTake: async (name, owner, ttlMs) => {
    const set = await redis.run('unknown', (client) =>
      client.set(keyOf(name), owner, { condition: 'NX', expiration: { type: 'PX', value: ttlMs } }),
    );
    return set !== null;
  },
  extend: async (name, owner, ttlMs) => {
    const call = { keys: [keyOf(name)], arguments: [owner, String(ttlMs)] };
    await redis.run(null, (client) => client.eval(EXTEND, call));
  },
  release: async (name, owner) => {
    const call = { keys: [keyOf(name)], arguments: [owner] };
    await redis.run(null, (client) => client.eval(RELEASE, call));
  },
});

const keyOf = (name: string) => `souk:lock:${name}`;
