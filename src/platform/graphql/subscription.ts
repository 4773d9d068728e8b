import type { ChangeDefinition } from '../events/change.ts';
import type { EventDefinition } from '../events/event.ts';
import type { StreamEvent } from '../events/stream.ts';

/** What one subscriber is told of one event: the object that the fields of the subscription are read from. */
export type Told = { resumeToken: string };

export type EventSource<D, A, C, T extends Told> = {
  /** The names of what is asked for, as events have them in `keys`; without it, or where it is null, all of the shop. */
  about?: (args: A) => readonly string[] | null;
  /** Refuses who may not hear of it; asked at the beginning, and once a minute from then on. */
  check?: (args: A, context: C) => void | Promise<void>;
  /** What is told of an event: often one thing, nothing to whom it does not concern. */
  tell: (event: StreamEvent & { data: D }, args: A, context: C) => T[];
  /** Whether what is told depends on who asks, and not only on what they may. */
  personal?: boolean;
};

/** As it is kept, when the types of its parts do not matter any more. */
export type AnySource = {
  type: string;
  personal: boolean;
  about: (args: Arguments) => readonly string[] | null;
  tell: (event: StreamEvent, args: Arguments, context: unknown) => Told[];
};

export type Arguments = Record<string, unknown>;

/**
 * What a subscriber asked for. It is joined to those who ask for the same, and not read by itself; that it can be
 * iterated is what graphql-js wants of it.
 */
export class Feed implements AsyncIterable<never> {
  readonly source: AnySource;
  readonly args: Arguments;

  constructor(source: AnySource, args: Arguments) {
    this.source = source;
    this.args = args;
  }

  [Symbol.asyncIterator](): never {
    throw new Error(`A feed of ${this.source.type} is read by its audience`);
  }
}

/** Answers a field of Subscription with events of the outbox, or with changes of documents. */
export function onEvent<D, A, C, T extends Told>(
  { type }: Pick<EventDefinition<never> | ChangeDefinition, 'type'>,
  { about, check, tell, personal = false }: EventSource<D, A, C, T>,
) {
  const source: AnySource = {
    type,
    personal,
    about: (args) => about?.(args as A) ?? null,
    tell: (event, args, context) => tell(event as StreamEvent & { data: D }, args as A, context as C),
  };
  return {
    subscribe: async (_: unknown, args: A, context: C): Promise<AsyncIterable<never>> => {
      await check?.(args, context);
      return new Feed(source, args as Arguments);
    },
    resolve: (told: T) => told,
  };
}
