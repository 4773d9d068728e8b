import { randomUUID } from 'node:crypto';
import type { RedisHandle } from '../redis/client.ts';

/**
 * What several processes keep together in Redis. Each tag has the time at which it was last dropped; a value is there as
 * long as none of its tags was dropped since it began to be made. All times are Redis's own. Tags are found by their
 * names out of the value, so this is for one Redis and not for a Redis Cluster.
 */
export type SharedStore = {
  /** The value; or that it is for the caller to make, or that another one is making it. */
  read: (key: string) => Promise<SharedRead>;
  /** What is there, true or not; null also when Redis does not say. */
  peek: (key: string) => Promise<string | null>;
  /** Whether it is for the caller to make it anew, though it is there. */
  claim: (key: string) => Promise<Claim | null>;
  /** Refused where a tag was dropped since the claim. Ends the claim. */
  write: (key: string, claim: Claim, value: StoredValue) => Promise<void>;
  release: (key: string, claim: Claim) => Promise<void>;
  /** All of them in one step. */
  dropTags: (tags: readonly string[]) => Promise<void>;
};

export type Claim = { owner: string; since: string };
export type StoredValue = { text: string; tags: readonly string[]; ttlMs: number };
export type SharedRead =
  | { state: 'there'; text: string }
  | { state: 'yours'; claim: Claim }
  | { state: 'busy' }
  | { state: 'away' };

/** Answers of queries; and values that each request needs, which are not an operator's to throw away. */
export const VALUE = 'souk:answer:';
const BESIDE = 'souk:beside:';
const MAKER = 'souk:making:';
export const TAG = 'souk:tag:';
/** Whoever makes a value and does not come back keeps the others from it no longer than this. */
const CLAIM_MS = 2_000;
/** No value lives longer, so a tag that was dropped longer ago concerns none. */
export const LONGEST_MS = 10 * 60_000;

const NOW = `
local time = redis.call('TIME')
local now = string.format('%d%06d', time[1], time[2])
`;

const READ = `${NOW}
local value = redis.call('HMGET', KEYS[1], 'text', 'tags', 'since')
if value[1] then
  local current = true
  for tag in string.gmatch(value[2], '[^\\n]+') do
    local dropped = redis.call('GET', ARGV[3] .. tag)
    if dropped and dropped >= value[3] then current = false end
  end
  if current then return {'there', value[1]} end
  redis.call('DEL', KEYS[1])
end
if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return {'yours', now} end
return {'busy', ''}`;

const CLAIM = `${NOW}
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return now end
return false`;

const RELEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1`;

const WRITE = `
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
for tag in string.gmatch(ARGV[4], '[^\\n]+') do
  local dropped = redis.call('GET', ARGV[6] .. tag)
  if dropped and dropped >= ARGV[2] then return 0 end
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'text', ARGV[3], 'tags', ARGV[4], 'since', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1`;

const DROP = `${NOW}
for _, key in ipairs(KEYS) do redis.call('SET', key, now, 'PX', ARGV[1]) end
return 1`;

export const sharedAnswers = (redis: RedisHandle): SharedStore => sharedStore(redis, VALUE);
export const sharedLookUps = (redis: RedisHandle): SharedStore => sharedStore(redis, BESIDE);

function sharedStore(redis: RedisHandle, values: string): SharedStore {
  return {
    read: async (key) => {
      const owner = randomUUID();
      const answer = await redis.run(null, (client) =>
        client.eval(READ, { keys: [values + key, MAKER + key], arguments: [owner, String(CLAIM_MS), TAG] }),
      );
      if (!Array.isArray(answer)) return { state: 'away' };
      const [state, text] = answer.map(String);
      if (state === 'there') return { state, text: text ?? '' };
      return state === 'yours' ? { state, claim: { owner, since: text ?? '' } } : { state: 'busy' };
    },
    peek: async (key) => (await redis.run(null, (client) => client.hGet(values + key, 'text'))) ?? null,
    claim: async (key) => {
      const owner = randomUUID();
      const since = await redis.run(null, (client) =>
        client.eval(CLAIM, { keys: [MAKER + key], arguments: [owner, String(CLAIM_MS)] }),
      );
      return typeof since === 'string' ? { owner, since } : null;
    },
    write: async (key, { owner, since }, { text, tags, ttlMs }) => {
      const ttl = String(Math.ceil(Math.min(ttlMs, LONGEST_MS)));
      await redis.run(null, (client) =>
        client.eval(WRITE, {
          keys: [values + key, MAKER + key],
          arguments: [owner, since, text, tags.join('\n'), ttl, TAG],
        }),
      );
    },
    release: async (key, { owner }) => {
      await redis.run(null, (client) => client.eval(RELEASE, { keys: [MAKER + key], arguments: [owner] }));
    },
    dropTags: async (tags) => {
      if (tags.length === 0) return;
      await redis.run(null, (client) =>
        client.eval(DROP, { keys: tags.map((tag) => TAG + tag), arguments: [String(LONGEST_MS)] }),
      );
    },
  };
}
