import { LRUCache } from 'lru-cache';
import { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { RedisHandle } from '../../platform/redis/client.ts';
import type { Session } from './collections.ts';
import type { Role } from './permissions.ts';
import { extendSession, findSession, isWorn } from './sessions.ts';
import { hashOfToken } from './tokens.ts';

/** What another process changed about a session is known here after this time. */
const REMEMBER_MS = 5_000;
/** A session that could not be extended is not tried again by every request. */
const EXTEND_AGAIN_MS = 60_000;
const MOST_REMEMBERED = 10_000;
/** How long a copy may be wrong if Redis was away when its session ended. */
const COPY_MS = 60_000;
/** Longer than a request lives that read the session before it changed, and would write the copy back. */
const ASK_MS = 20_000;

/** Sessions live in MongoDB. Redis has copies that last a minute, this process some that last five seconds. */
export type SessionStore = {
  /**
   * The session behind a token, while it lasts; one command at most when it is known to Redis or to this process. One that
   * is used lasts longer: beside the first request of each day it is extended.
   */
  find: (db: TenantDb, token: string) => Promise<Session | null>;
  /** A session that was opened or extended; to be told after the commit. */
  keep: (session: Session) => Promise<void>;
  /** Sessions that ended or changed, by their hashes; to be told after the commit. */
  forget: (db: TenantDb, hashes: string[]) => Promise<void>;
};

export function openSessionStore(redis: RedisHandle | null): SessionStore {
  const known = new LRUCache<string, Session>({ max: MOST_REMEMBERED, ttl: REMEMBER_MS });
  const tried = new LRUCache<string, true>({ max: MOST_REMEMBERED, ttl: EXTEND_AGAIN_MS });
  const copies = redis && sessionCopies(redis);
  const keep = async (session: Session) => {
    known.set(session.hash, session);
    await copies?.keep(session);
  };
  async function fromRedis(db: TenantDb, hash: string) {
    const session = await copies?.find(db, hash);
    // The copy itself is not renewed: it would never grow old.
    if (session) known.set(hash, session);
    return session;
  }
  async function fromMongo(db: TenantDb, hash: string) {
    const session = await findSession(db, hash);
    // Nobody waits for the copy.
    if (session) void keep(session);
    return session;
  }
  async function extendWorn(db: TenantDb, session: Session): Promise<void> {
    if (tried.has(session.hash) || !isWorn(session, db.now())) return;
    tried.set(session.hash, true);
    const longer = await extendSession(db, session);
    if (!longer) return;
    await keep(longer);
    tried.delete(session.hash);
  }
  return {
    keep,
    find: async (db, token) => {
      const hash = hashOfToken(token);
      const session = known.get(hash) ?? (await fromRedis(db, hash)) ?? (await fromMongo(db, hash));
      if (!session || session.expiresAt <= db.now()) return null;
      // Nobody waits for it, and where it fails, the session lasts as long as before.
      void extendWorn(db, session).catch(() => {});
      return session;
    },
    forget: async (db, hashes) => {
      for (const hash of hashes) known.delete(hash);
      if (hashes.length > 0) await copies?.forget(db, hashes);
    },
  };
}

/** Writes the copy, unless a mark says that what the writer read may be old. */
const KEEP = `
if redis.call('HEXISTS', KEYS[1], 'ask') == 1 then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 2))
return redis.call('PEXPIRE', KEYS[1], ARGV[1])`;

/** In place of each copy a mark: ask MongoDB. */
const FORGET = `
for _, key in ipairs(KEYS) do
  redis.call('DEL', key)
  redis.call('HSET', key, 'ask', '1')
  redis.call('PEXPIRE', key, ARGV[1])
end`;

function sessionCopies(redis: RedisHandle) {
  return {
    find: async (db: TenantDb, hash: string): Promise<Session | null> => {
      const copy = await redis.run(null, (client) => client.hGetAll(keyOf(db.tenantId, hash)));
      return copy && readCopy(db, hash, copy);
    },
    keep: async (session: Session) => {
      const left = session.expiresAt.getTime() - Date.now();
      const lasts = Math.max(1, Math.min(COPY_MS, left));
      const fields = [String(lasts), ...Object.entries(writeCopy(session)).flat()];
      const keys = [keyOf(session.tenantId, session.hash)];
      await redis.run(null, (client) => client.eval(KEEP, { keys, arguments: fields }));
    },
    forget: async (db: TenantDb, hashes: string[]) => {
      const keys = hashes.map((hash) => keyOf(db.tenantId, hash));
      await redis.run(null, (client) => client.eval(FORGET, { keys, arguments: [String(ASK_MS)] }));
    },
  };
}

const keyOf = (tenantId: ObjectId, hash: string) => `souk:${tenantId.toHexString()}:session:${hash}`;

const writeCopy = ({ _id, userId, roles, createdAt, expiresAt }: Session): Record<string, string> => ({
  id: _id.toHexString(),
  userId: userId.toHexString(),
  roles: roles.join(' '),
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
});

function readCopy({ tenantId }: TenantDb, hash: string, copy: Record<string, string>): Session | null {
  const { id, userId, roles, createdAt, expiresAt } = copy;
  if (!id || !userId || !roles || !createdAt || !expiresAt) return null;
  return {
    _id: new ObjectId(id),
    tenantId,
    userId: new ObjectId(userId),
    hash,
    roles: roles.split(' ') as Role[],
    createdAt: new Date(createdAt),
    expiresAt: new Date(expiresAt),
  };
}
