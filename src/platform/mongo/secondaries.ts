import {
  type ClientSession,
  type MongoClient,
  MongoServerError,
  ReadPreference,
  type Timestamp,
} from 'mongodb';
import type { Moment } from './own-writes.ts';
import { type CommandOptions, MAX_TIME_MS_EXPIRED } from './scope.ts';

/** No node is asked that is further behind the primary; the driver knows none closer. */
export const STALENESS_SECONDS = 90;
/** How long a secondary may take when it first has to come to a moment; then the primary answers. */
export const CATCH_UP_MS = 1_000;
/** After that, every node that is asked has a change: the staleness, and how far clocks differ. */
export const FORGET_MS = (STALENESS_SECONDS + 30) * 1_000;

const PREFERENCE = new ReadPreference('secondaryPreferred', undefined, {
  maxStalenessSeconds: STALENESS_SECONDS,
});

export type ReadOptions = CommandOptions & {
  readPreference?: ReadPreference;
  readConcern?: { level: 'majority' };
};

/** Whether what was changed then can be waited for at a secondary. */
export const canBeWaitedFor = ({ at, time }: Moment): boolean => time !== null || at + FORGET_MS < Date.now();

/** The last of their times, where one is known. */
export const lastTime = (moments: readonly Moment[]): Timestamp | null =>
  moments.reduce<Timestamp | null>(
    (last, { time }) => (time && (!last || time.greaterThan(last)) ? time : last),
    null,
  );

/**
 * Where one operation reads that may be a little behind. None of its reads is older than the one before it, or than what
 * its caller changed last. Where a secondary fails, or is not there in time, the primary answers, and all that follows.
 */
export class Secondaries {
  readonly #client: MongoClient;
  #after: Timestamp | null;
  #isLeft = false;

  constructor(client: MongoClient, after: Timestamp | null) {
    this.#client = client;
    this.#after = after;
  }

  /** `optionsNow` says anew what is left of the time. */
  async read<R>(optionsNow: () => CommandOptions, run: (options: ReadOptions) => Promise<R>): Promise<R> {
    if (this.#isLeft) return run(optionsNow());
    const session = this.#session();
    const waits = this.#after !== null;
    try {
      const found = await run(this.#options(optionsNow(), session, waits));
      this.#seen(session);
      return found;
    } catch (error) {
      if (!waits && isTooSlow(error)) throw error;
      this.#isLeft = true;
      return run(optionsNow());
    } finally {
      await session.endSession();
    }
  }

  /** The same for what comes in batches; only who has had nothing yet is given to the primary. */
  async *scan<R>(
    optionsNow: () => CommandOptions,
    run: (options: ReadOptions) => AsyncIterable<R>,
  ): AsyncGenerator<R, void, void> {
    const session = this.#session();
    let hasBegun = this.#isLeft;
    try {
      const options = hasBegun ? optionsNow() : this.#options(optionsNow(), session, false);
      for await (const row of run(options)) {
        hasBegun = true;
        yield row;
      }
      this.#seen(session);
    } catch (error) {
      if (hasBegun) throw error;
      this.#isLeft = true;
      yield* run(optionsNow());
    } finally {
      await session.endSession();
    }
  }

  #session(): ClientSession {
    const session = this.#client.startSession({ causalConsistency: true });
    if (this.#after) session.advanceOperationTime(this.#after);
    return session;
  }

  #options(options: CommandOptions, session: ClientSession, waits: boolean): ReadOptions {
    const maxTimeMS = waits ? Math.min(options.maxTimeMS, CATCH_UP_MS) : options.maxTimeMS;
    // Into the read concern that the collection has for all, the driver would write the time for good.
    const readConcern = { level: 'majority' } as const;
    return { ...options, maxTimeMS, session, readPreference: PREFERENCE, readConcern };
  }

  #seen({ operationTime }: ClientSession) {
    if (operationTime && (!this.#after || operationTime.greaterThan(this.#after)))
      this.#after = operationTime;
  }
}

const isTooSlow = (error: unknown) => error instanceof MongoServerError && error.code === MAX_TIME_MS_EXPIRED;
