import { createClient } from 'redis';
import type { Log } from '../log.ts';

const CONNECT_MS = 500;
const COMMAND_MS = 150;
/** After a command that got no answer, nobody waits for Redis again until this has passed. */
const REST_MS = 1_000;
const MOST_WAITING = 10_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

export type RedisClient = ReturnType<typeof clientOf>;

/** Redis makes things faster and is never needed: what it cannot answer in time is done without it. */
export type RedisHandle = {
  /** What `command` answers, or `fallback` while Redis is away, frozen or slow. Never throws, never waits long. */
  run: <R, F>(fallback: F, command: (client: RedisClient) => Promise<R>) => Promise<R | F>;
  /** Whether it answers now. */
  ping: () => Promise<boolean>;
  close: () => Promise<void>;
};

/** Connects, and goes on trying for as long as it takes; a Redis that is away at the start is waited for briefly. */
export async function openRedis(url: string, log: Log): Promise<RedisHandle> {
  const client = clientOf(url);
  const tell = tellChanges(log);
  client.on('error', (error) => tell('away', error));
  client.on('ready', () => tell('there'));
  const connected = client.connect().catch(() => {});
  await within(CONNECT_MS, connected).catch(() => {});
  let restUntil = 0;
  const run: RedisHandle['run'] = async (fallback, command) => {
    if (!client.isReady || Date.now() < restUntil) return fallback;
    try {
      const answer = await within(COMMAND_MS, command(client));
      tell('there');
      return answer;
    } catch (error) {
      if (error instanceof NoAnswer) restUntil = Date.now() + REST_MS;
      tell('away', error);
      return fallback;
    }
  };
  return {
    run,
    ping: () => run(false, async () => (await client.ping()) === 'PONG'),
    close: async () => client.destroy(),
  };
}

/** Without an offline queue: what waits for a connection waits for nothing. */
const clientOf = (url: string) =>
  createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MOST_WAITING,
    socket: {
      connectTimeout: CONNECT_MS,
      reconnectStrategy: (tries) => Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS),
    },
  });

class NoAnswer extends Error {
  override name = 'NoAnswer';
}

/** The client's own timeout ends with the sending of a command; a frozen Redis takes commands and never answers. */
async function within<R>(ms: number, answer: Promise<R>): Promise<R> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(`Redis did not answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** One line when Redis goes and one when it comes back, however many commands notice. */
function tellChanges(log: Log) {
  let last = 'there';
  return (state: 'there' | 'away', error?: unknown) => {
    if (state === last) return;
    last = state;
    if (state === 'away') log.warn({ err: error }, 'Redis does not answer; going on without it');
    else log.info('Redis answers again');
  };
}
