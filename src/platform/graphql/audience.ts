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
  readonly #joining: { member: Member; group: Group<C> }[] = [];
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

  /** Tells somebody what they have missed, and from then on what happens. */
  join(member: Member, group: Group<C>): void {
    this.#joining.push({ member, group });
    void this.#tellAll();
  }

  async #tellAll(): Promise<void> {
    if (this.#telling) return;
    this.#telling = true;
    // All that was heard in this turn goes into one lot.
    await Promise.resolve();
    try {
      while (this.#events.size > 0 || this.#joining.length > 0) {
        const joining = this.#joining.splice(0);
        if (joining.length > 0) await this.circle.run(() => this.#tellMissed(joining));
        await this.circle.run(() => this.#tellLot());
      }
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

  async #tellMissed(joining: { member: Member; group: Group<C> }[]): Promise<void> {
    const known = new Map<string, Promise<FormattedExecutionResult[]>>();
    const context = this.#contexts();
    await Promise.all(
      joining.map(async ({ member, group }) => {
        const events = await this.#stream.since(member.after, group.type).catch(() => null);
        if (events === null) return group.resync(member, await this.#stream.reached());
        const missed = events.filter((event) => group.concerns(event));
        const results = missed.map((event) => {
          const key = `${group.words} ${event.token}`;
          const result = known.get(key) ?? group.resultsOf(event, context);
          known.set(key, result);
          return result;
        });
        for (const [place, result] of results.entries())
          group.tellOne(member, missed[place]?.token ?? member.after, await result);
        member.joined = true;
      }),
    );
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
