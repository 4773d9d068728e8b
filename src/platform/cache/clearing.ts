import type { RedisClient } from '../redis/client.ts';
import { VALUE } from './shared-store.ts';

const LOOKED_AT_ONCE = 500;

/** Names of kept answers that fit a pattern of Redis (`*`, `?`, `[ab]`), some at a time; it looks at all keys there are. */
export async function* keysLike(client: RedisClient, pattern: string): AsyncGenerator<string[]> {
  for await (const keys of client.scanIterator({ MATCH: VALUE + pattern, COUNT: LOOKED_AT_ONCE })) yield keys;
}

/** For an operator alone; answers how many it removed. */
export async function clearKeys(client: RedisClient, pattern: string): Promise<number> {
  let removed = 0;
  for await (const keys of keysLike(client, pattern))
    if (keys.length > 0) removed += await client.unlink(keys);
  return removed;
}
