import { setTimeout as sleep } from 'node:timers/promises';
import type { FormattedExecutionResult } from 'graphql';
import type { ObjectId } from 'mongodb';
import type { EventStream, StreamEvent } from '../events/stream.ts';
import type { Group, Member } from './group.ts';

/** Callers of one shop to whom the same is shown. */
export type Circle<C> = {
  /** The same for all of them. */
  key: string;
  tenantId: ObjectId;
  /** For one lot of events: nothing in it was read before they happened. */
  freshContext: () => C;
  /** Runs what is done for them as of their shop. */
  run: <R>(work: () => R) => R;
};

const AT_ONCE = 64;
const TRIES = 6;
const FIRST_PAUSE_MS = 100;

/**
 * Tells one circle what happens, lot by lot. All that a lot needs is looked up together, for however many groups and
 * subscribers; what happens meanwhile waits for the next lot.
 */
export class Audience<C> {
  /** The shop in it is as it was when one of them was last looked at. */
  circle: Circle<C>;
  readonly groups = new Map<string, Group<C>>();
  readonly #stream: EventStream;
  readonly #events = new Map<StreamEvent, Set<Group<C>>>();
  readonly #missed = new Map<string, Promise<FormattedExecutionResult[]>>();
  #joining = 0;
  #telling = false;

  constructor(circle: Circle<C>, stream: EventStream) {
    this.circle = circle;
    this.#stream = stream;
  }

  add(event: StreamEvent, group: Group<C>): void {
    const groups = this.#events.get(event) ?? new Set();
    this.#events.set(event, groups.add(group));
    void this.#tellAll();
  }

  /**
   * Tells somebody what they have missed, as fast as they read, and only then what happens: it is the same that is told
   * to others who come back, and so worked out once.
   */
  async join(member: Member, group: Group<C>): Promise<void> {
    this.#joining += 1;
    try {
      await this.circle.run(() => this.#tellMissed(member, group));
    } finally {
      this.#joining -= 1;
      if (this.#joining === 0) this.#missed.clear();
    }
  }

  async #tellAll(): Promise<void> {
    if (this.#telling) return;
    this.#telling = true;
    // All that was heard in this turn goes into one lot.
    await Promise.resolve();
    try {
      while (this.#events.size > 0) await this.circle.run(() => this.#tellLot());
    } finally {
      this.#telling = false;
    }
  }

  async #tellLot(): Promise<void> {
    const lot = [...this.#events].slice(0, AT_ONCE);
    for (const [event] of lot) this.#events.delete(event);
    const context = this.#contexts();
    const told = lot.map(([event, groups]) =>
      Promise.all(
        [...groups].map(async (group) => ({ group, results: await group.resultsOf(event, context) })),
      ),
    );
    for (const [place, results] of told.entries()) {
      const event = lot[place]?.[0];
      for (const { group, results: some } of await results) if (event) group.tell(event.token, some);
    }
  }

  async #tellMissed(member: Member, group: Group<C>): Promise<void> {
    for (;;) {
      const events = await this.#stream.since(member.after, group.type).catch(() => null);
      if (events === null) return group.resync(member, await this.#stream.reached());
      const missed = events.filter((event) => group.concerns(event));
      if (missed.length === 0) break;
      for (let i = 0; i < missed.length; i += AT_ONCE)
        await this.#tellSome(member, group, missed.slice(i, i + AT_ONCE));
    }
    // What has been heard of since then waits for its turn, and finds it joined.
    member.joined = true;
  }

  async #tellSome(member: Member, group: Group<C>, events: StreamEvent[]): Promise<void> {
    const contexts = this.#contexts();
    const results = events.map((event) => this.#resultsOf(event, group, contexts));
    for (const [place, event] of events.entries()) {
      await member.subscriber.room();
      group.tellOne(member, event.token, (await results[place]) ?? []);
    }
  }

  #resultsOf(event: StreamEvent, group: Group<C>, contexts: Contexts<C>) {
    const key = `${group.words} ${event.token}`;
    const results = this.#missed.get(key) ?? group.resultsOf(event, contexts);
    this.#missed.set(key, results);
    return results;
  }

  /** One context for a lot; a new one for what is tried again, since the first remembers what went wrong. */
  #contexts(): Contexts<C> {
    let context: C | undefined;
    return async (attempt) => {
      if (attempt >= TRIES) return null;
      if (attempt > 0) {
        await sleep(FIRST_PAUSE_MS * 2 ** attempt);
        return this.circle.freshContext();
      }
      context ??= this.circle.freshContext();
      return context;
    };
  }
}

/** The context of an attempt; null when it was tried often enough. */
export type Contexts<C> = (attempt: number) => Promise<C | null>;
