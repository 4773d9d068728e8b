import { LRUCache } from 'lru-cache';
import { BSON } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { RedisHandle } from '../../platform/redis/client.ts';
import { carts } from './collections.ts';
import type { Cart } from './documents.ts';

/** How long a copy may be wrong if Redis was away when its cart changed. */
const COPY_MS = 10_000;
/** Longer than a request lives that read the cart before it changed, and would write the copy back. */
const ASK_MS = 20_000;
const MOST_DOUBTED = 10_000;

/**
 * Carts are in MongoDB, and Redis has copies for those who only look: a change never begins with one. Who changes a cart
 * tells it after the commit and before the answer, so their own next look is never older than their change.
 */
export type CartCopies = {
  /** For a look at a cart, whoever may. */
  find: (db: TenantDb, id: string) => Promise<Cart | null>;
  /** A cart as it was committed. */
  keep: (cart: Cart) => Promise<void>;
  /** A cart that changed in a way that is not at hand. */
  forget: (db: TenantDb, id: string) => Promise<void>;
};

export function openCartCopies(redis: RedisHandle | null): CartCopies {
  const fromMongo = (db: TenantDb, id: string) => db.collection(carts).findOne({ _id: id });
  if (!redis) return { find: fromMongo, keep: async () => {}, forget: async () => {} };
  /** Carts that changed while Redis did not answer: what it has of them is old, for as long as it has it. */
  const doubted = new LRUCache<string, true>({ max: MOST_DOUBTED, ttl: COPY_MS });
  const write = async (key: string, script: string, values: string[]) => {
    const call = { keys: [key], arguments: values };
    const answer = await redis.run(null, (client) => client.eval(script, call));
    return answer !== null;
  };
  const keep = (cart: Cart) =>
    write(keyOf(cart.tenantId, cart._id), KEEP, [String(cart.version), writeCart(cart), String(COPY_MS)]);
  return {
    keep: async (cart) => {
      if (!(await keep(cart))) doubted.set(keyOf(cart.tenantId, cart._id), true);
    },
    forget: async (db, id) => {
      const key = keyOf(db.tenantId, id);
      if (!(await write(key, FORGET, [String(ASK_MS)]))) doubted.set(key, true);
    },
    find: async (db, id) => {
      const key = keyOf(db.tenantId, id);
      if (doubted.has(key)) return fromMongo(db, id);
      const copy = await redis.run(null, (client) => client.hGet(key, 'cart'));
      if (copy) return readCart(copy);
      const cart = await fromMongo(db, id);
      // Nobody waits for the copy.
      if (cart) void keep(cart);
      return cart;
    },
  };
}

/** Writes the copy, unless there is a later one, or a mark that what the writer read may be old. */
const KEEP = `
local known = redis.call('HGET', KEYS[1], 'version')
if known == 'ask' or (known and known + 0 > ARGV[1] + 0) then return 0 end
redis.call('HSET', KEYS[1], 'version', ARGV[1], 'cart', ARGV[2])
return redis.call('PEXPIRE', KEYS[1], ARGV[3])`;

/** In place of the copy a mark: ask MongoDB. */
const FORGET = `
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'version', 'ask')
return redis.call('PEXPIRE', KEYS[1], ARGV[1])`;

const keyOf = (tenantId: Cart['tenantId'], id: string) => `souk:${tenantId.toHexString()}:cart:${id}`;

const writeCart = (cart: Cart) => BSON.EJSON.stringify(cart);
const readCart = (copy: string): Cart => BSON.EJSON.parse(copy) as Cart;
