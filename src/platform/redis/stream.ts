import { randomUUID } from 'node:crypto';
import type { RedisClient, RedisHandle } from './client.ts';

export type Fields = Record<string, string>;
export type Entry = { id: string; fields: Fields };

export type StreamRules = {
  key: string;
  /** Those who read it share its entries. */
  group: string;
  /** About so many wait at most; past that the oldest are lost. */
  most: number;
  /** A reader that has not said for so long that an entry is done is taken for dead. */
  deadMs: number;
};

export type StreamState = {
  /** Entries that are not done. */
  waiting: number;
  /** Those of them that somebody has taken. */
  taken: number;
};

/** Work that is noted in Redis to be done later. Each entry is given to one reader, and to another when that one is dead. */
export type Stream = {
  /** False when Redis does not say that it has it; it may have it all the same. */
  add: (fields: Fields) => Promise<boolean>;
  /** What dead readers have left, and then what nobody has taken; none when there is no more, or Redis is away. */
  take: (most: number) => Promise<Entry[]>;
  /** To be told after the commit. */
  done: (entries: Entry[]) => Promise<void>;
  /** Null while Redis is away. */
  state: () => Promise<StreamState | null>;
};

/** As the client answers it. */
type Found = { id: string; message: Fields } | null;

export function openStream(
  redis: RedisHandle,
  { key, group, most, deadMs }: StreamRules,
  reader = randomUUID(),
): Stream {
  const trimmed = { TRIM: { strategy: 'MAXLEN', strategyModifier: '~', threshold: most } } as const;
  const left = async (client: RedisClient, count: number) =>
    (await client.xAutoClaim(key, group, reader, deadMs, '0-0', { COUNT: count })).messages;
  const fresh = async (client: RedisClient, count: number) =>
    (await client.xReadGroup(group, reader, { key, id: '>' }, { COUNT: count }))?.[0]?.messages ?? [];
  const takeSome = async (client: RedisClient, count: number): Promise<Found[]> => {
    const found = await left(client, count);
    return found.length > 0 ? found : fresh(client, count);
  };
  const withGroup = <R>(client: RedisClient, read: () => Promise<R>): Promise<R> =>
    read().catch(async (error) => {
      // Nobody has read yet, or Redis came back empty.
      if (!String(error.message).startsWith('NOGROUP')) throw error;
      await client.xGroupCreate(key, group, '0', { MKSTREAM: true }).catch(() => {});
      return read();
    });
  return {
    add: async (fields) =>
      (await redis.run(null, (client) => client.xAdd(key, '*', fields, trimmed))) !== null,
    take: async (count) => {
      const found = await redis.run<Found[], Found[]>([], (client) =>
        withGroup(client, () => takeSome(client, count)),
      );
      // An entry that was trimmed while somebody had it is there no more.
      return found.flatMap((entry) => (entry ? [{ id: entry.id, fields: entry.message }] : []));
    },
    done: async (entries) => {
      const ids = entries.map(({ id }) => id);
      if (ids.length === 0) return;
      await redis.run(null, (client) => client.multi().xAck(key, group, ids).xDel(key, ids).exec());
    },
    state: () =>
      redis.run(null, (client) =>
        withGroup(client, async () => {
          const [waiting, { pending: taken }] = await Promise.all([
            client.xLen(key),
            client.xPending(key, group),
          ]);
          return { waiting, taken };
        }),
      ),
  };
}
