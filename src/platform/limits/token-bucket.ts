import { LRUCache } from 'lru-cache';
import type { RedisHandle } from '../redis/client.ts';

/** Full at first; what is taken comes back at this rate. */
export type Bucket = { size: number; perSecond: number };

/** Some tokens of one bucket; fewer than none puts tokens back, as when something cost less than was taken for it. */
export type Demand = { key: string; bucket: Bucket; tokens: number };

export type Taken = {
  allowed: boolean;
  /** Seconds until the same demands can be met; 0 when they were. Infinity for more than a bucket holds. */
  retryAfter: number;
  /** What each bucket holds now, in the order of the demands. */
  left: number[];
};

/** `take` takes from all buckets or from none, in one step. */
export type TokenBuckets = { take: (...demands: Demand[]) => Promise<Taken> };

const MOST_BUCKETS = 100_000;

/** Buckets that all processes share while Redis is there; without it, each process counts, to half of the limit. */
export function openBuckets(redis: RedisHandle | null): TokenBuckets {
  const memory = memoryBuckets();
  if (!redis) return memory;
  const shared = redisBuckets(redis);
  return {
    take: async (...demands) => (await shared(demands)) ?? memory.take(...demands.map(halved)),
  };
}

/** What the whole bucket could give at once, half of it can still give, only later. */
const halved = ({ key, bucket: { size, perSecond }, tokens }: Demand): Demand => ({
  key,
  bucket: { size: Math.max(size / 2, Math.min(tokens, size)), perSecond: perSecond / 2 },
  tokens,
});

/** Buckets of this process alone. A bucket nobody has taken from for long is full again, and so may be forgotten. */
export function memoryBuckets(now: () => number = Date.now): TokenBuckets {
  const kept = new LRUCache<string, { tokens: number; at: number }>({ max: MOST_BUCKETS });
  const held = ({ key, bucket }: Demand, at: number) => {
    const last = kept.get(key);
    if (!last) return bucket.size;
    const back = (Math.max(0, at - last.at) / 1000) * bucket.perSecond;
    return Math.min(bucket.size, last.tokens + back);
  };
  return {
    take: async (...demands) => {
      const at = now();
      const before = demands.map((demand) => held(demand, at));
      const taken = answerOf(demands, before);
      demands.forEach(({ key }, index) => {
        kept.set(key, { tokens: taken.left[index] ?? 0, at });
      });
      return taken;
    },
  };
}

/**
 * One script call, so that no two callers take the same token; the clock is Redis's own, so that no two processes
 * disagree. Answers what each bucket held before.
 */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local held, enough = {}, true
for i, key in ipairs(KEYS) do
  local size, rate, tokens = ARGV[3 * i - 2] + 0, ARGV[3 * i - 1] + 0, ARGV[3 * i] + 0
  local last = redis.call('HMGET', key, 'tokens', 'at')
  local back = last[1] and math.max(0, now - last[2]) / 1000 * rate or 0
  held[i] = math.min(size, (last[1] or size) + back)
  if held[i] < tokens then enough = false end
end
local told = {}
for i, key in ipairs(KEYS) do
  local size, rate, tokens = ARGV[3 * i - 2] + 0, ARGV[3 * i - 1] + 0, ARGV[3 * i] + 0
  local left = enough and math.min(size, held[i] - tokens) or held[i]
  redis.call('HSET', key, 'tokens', tostring(left), 'at', tostring(now))
  redis.call('PEXPIRE', key, math.ceil(size / rate * 1000) + 1000)
  told[i] = tostring(held[i])
end
return told`;

const redisBuckets = (redis: RedisHandle) => async (demands: Demand[]) => {
  const before = await redis.run(null, (client) =>
    client.eval(TAKE, {
      keys: demands.map(({ key }) => `souk:bucket:${key}`),
      arguments: demands.flatMap(({ bucket, tokens }) => [bucket.size, bucket.perSecond, tokens].map(String)),
    }),
  );
  return Array.isArray(before) ? answerOf(demands, before.map(Number)) : null;
};

/** The same arithmetic as the script's, on what the buckets held before. */
function answerOf(demands: Demand[], before: number[]): Taken {
  const rows = demands.map((demand, index) => ({ ...demand, held: before[index] ?? 0 }));
  const allowed = rows.every(({ held, tokens }) => held >= tokens);
  return {
    allowed,
    retryAfter: Math.ceil(Math.max(0, ...rows.map(waitFor))),
    left: rows.map(({ held, tokens, bucket }) => (allowed ? Math.min(bucket.size, held - tokens) : held)),
  };
}

type Row = Demand & { held: number };

function waitFor({ held, tokens, bucket }: Row): number {
  if (held >= tokens) return 0;
  return tokens > bucket.size ? Number.POSITIVE_INFINITY : (tokens - held) / bucket.perSecond;
}
