import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import type { EventStream, StreamEvent } from '../events/stream.ts';
import { Audience, type Circle } from './audience.ts';
import { Group, type Member, type Question, type Shown } from './group.ts';
import { Interest } from './interest.ts';
import { Subscriber } from './subscriber.ts';

export type FanOutOptions<C> = {
  stream: EventStream;
  show: (result: ExecutionResult, context: C) => Shown;
  /** What is said instead of what cannot be told any more. */
  resync: (token: string) => FormattedExecutionResult;
};

/** `words` is the same for all who ask for the same in the same words. */
export type Request = { words: string; question: Question; after: string | null };

/** Somebody who is told; `move` puts them among others, when they may see more or less than before. */
export type Seat<C> = { subscriber: Subscriber; move: (circle: Circle<C>) => void };

type Place<C> = { audience: Audience<C>; group: Group<C> };

/** Brings each event of the one stream to all who asked for it, worked out once for those who see the same. */
export class FanOut<C> {
  readonly #options: FanOutOptions<C>;
  readonly #audiences = new Map<string, Audience<C>>();
  readonly #interest = new Interest<Group<C>>();
  #subscribers = 0;

  constructor(options: FanOutOptions<C>) {
    this.#options = options;
    options.stream.listen({
      hears: (type) => this.#interest.has(type),
      told: (events) => {
        for (const event of events) this.#tell(event);
      },
      lost: (token) => this.#resyncAll(token),
    });
  }

  get subscribers(): number {
    return this.#subscribers;
  }

  /** Tells somebody what happens from now on, or behind a token. `onFull` is asked to send away who does not read. */
  async join(circle: Circle<C>, request: Request, onFull: () => void): Promise<Seat<C>> {
    const reached = await this.#options.stream.reached();
    const subscriber = new Subscriber(onFull, () => {
      this.#leave(place, member);
      this.#subscribers -= 1;
    });
    const { after } = request;
    const member = { subscriber, after: after ?? reached, joined: after === null };
    let place = this.#sit(circle, request, member);
    this.#subscribers += 1;
    return {
      subscriber,
      move: (other) => {
        if (other.key === place.audience.circle.key) {
          place.audience.circle = other;
          return;
        }
        this.#leave(place, member);
        member.joined = false;
        place = this.#sit(other, request, member);
      },
    };
  }

  #sit(circle: Circle<C>, { words, question }: Request, member: Member): Place<C> {
    const { stream, show, resync } = this.#options;
    const audience = this.#audiences.get(circle.key) ?? new Audience(circle, stream);
    this.#audiences.set(circle.key, audience);
    const known = audience.groups.get(words);
    const group = known ?? new Group(audience, { words, question, show, resync });
    audience.groups.set(words, group);
    if (!known) this.#interest.add(group);
    group.members.add(member);
    if (!member.joined) void audience.join(member, group);
    return { audience, group };
  }

  #leave({ audience, group }: Place<C>, member: Member) {
    group.members.delete(member);
    if (group.members.size > 0) return;
    this.#interest.remove(group);
    audience.groups.delete(group.words);
    if (audience.groups.size === 0 && this.#audiences.get(audience.circle.key) === audience)
      this.#audiences.delete(audience.circle.key);
  }

  #tell(event: StreamEvent) {
    for (const group of this.#interest.in(event)) {
      const { audience } = group;
      if (event.tenantId === null || audience.circle.tenantId.equals(event.tenantId))
        audience.add(event, group);
    }
  }

  #resyncAll(token: string) {
    for (const { groups } of this.#audiences.values())
      for (const group of groups.values()) for (const member of group.members) group.resync(member, token);
  }
}
