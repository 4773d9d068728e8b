import type { createClient } from 'redis';
import type { Log } from '../log.ts';

const CONNECT_MS = 500;
const COMMAND_MS = 150;
/** After a command that got no answer, Redis is asked again each time this has passed; callers ask nothing until it answers. */
const REST_MS = 1_000;
const MOST_WAITING = 10_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

export type RedisClient = ReturnType<typeof createClient>;

/** Redis makes things faster and is never needed: what it cannot answer in time is done without it. */
export type RedisHandle = {
  /** What `command` answers, or `fallback` while Redis is away, frozen or slow. Never throws, never waits long. */
  run: <R, F>(fallback: F, command: (client: RedisClient) => Promise<R>) => Promise<R | F>;
  /** Whether it answers now. */
  ping: () => Promise<boolean>;
  figures: () => RedisFigures;
  close: () => Promise<void>;
};

export type RedisFigures = {
  /** `silent`: connected, and a command got no answer; `away`: not connected. */
  state: 'there' | 'silent' | 'away';
  /** What became of the commands since the start; `skipped` was done without Redis at once. */
  commands: { answered: number; unanswered: number; refused: number; skipped: number };
};

/** Connects, and goes on trying for as long as it takes; a Redis that is away at the start is waited for briefly. */
export async function openRedis(url: string, log: Log): Promise<RedisHandle> {
  const client = await clientOf(url);
  const tell = tellChanges(log);
  client.on('error', (error) => tell('away', error));
  client.on('ready', () => tell('there'));
  const connected = client.connect().catch(() => {});
  await within(CONNECT_MS, connected).catch(() => {});
  const commands = { answered: 0, unanswered: 0, refused: 0, skipped: 0 };
  /** Waits for the next question whether Redis answers again; null while it does. */
  let resting: NodeJS.Timeout | null = null;
  const rest = () => {
    resting = setTimeout(askAgain, REST_MS).unref();
  };
  async function askAgain(): Promise<void> {
    const error = await unanswered(client);
    if (resting === null) return;
    if (error === null) {
      resting = null;
      tell('there');
    } else {
      if (error instanceof NoAnswer) commands.unanswered += 1;
      rest();
    }
  }
  const run: RedisHandle['run'] = async (fallback, command) => {
    if (!client.isReady || resting !== null) {
      commands.skipped += 1;
      return fallback;
    }
    try {
      const answer = await within(COMMAND_MS, command(client));
      commands.answered += 1;
      if (resting === null) tell('there');
      return answer;
    } catch (error) {
      const silent = error instanceof NoAnswer;
      if (silent && resting === null) rest();
      commands[silent ? 'unanswered' : 'refused'] += 1;
      tell('away', error);
      return fallback;
    }
  };
  const stateNow = () => (resting === null ? 'there' : 'silent');
  return {
    run,
    ping: () => run(false, async () => (await client.ping()) === 'PONG'),
    figures: () => ({ state: client.isReady ? stateNow() : 'away', commands: { ...commands } }),
    close: async () => {
      clearTimeout(resting ?? undefined);
      resting = null;
      client.destroy();
    },
  };
}

/** Without an offline queue: what waits for a connection waits for nothing. */
async function clientOf(url: string): Promise<RedisClient> {
  // More than a quarter of all modules, which a process without Redis need not load.
  const { createClient } = await import('redis');
  return createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MOST_WAITING,
    socket: {
      connectTimeout: CONNECT_MS,
      // Not all processes come back in the same moment.
      reconnectStrategy: (tries) =>
        Math.min(FIRST_PAUSE_MS * 2 ** tries, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2),
    },
  });
}

/** Why it does not answer; null where it does. One that still reads its data answers that it does not. */
const unanswered = (client: RedisClient): Promise<unknown> =>
  within(COMMAND_MS, client.ping()).then(
    () => null,
    (error) => error,
  );

class NoAnswer extends Error {
  override name = 'NoAnswer';
}

/** The client's own timeout ends with the sending of a command; a frozen Redis takes commands and never answers. */
async function within<R>(ms: number, answer: Promise<R>): Promise<R> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const giveUp = () => reject(new NoAnswer(`Redis did not answer within ${ms} ms`));
    // To a process that was itself busy for so long, the answer may have come meanwhile: it is read first.
    timer = setTimeout(() => setImmediate(giveUp), ms);
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
