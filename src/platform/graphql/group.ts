import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import type { StreamEvent } from '../events/stream.ts';
import type { Audience, Contexts } from './audience.ts';
import type { Subscriber } from './subscriber.ts';
import type { Feed } from './subscription.ts';

export type Member = {
  subscriber: Subscriber;
  /** The last event that it was told of, or from where on it is to be told. */
  after: string;
  /** Whether it has been told what it missed; until then the rest waits. */
  joined: boolean;
};

export type Question = {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName: string | undefined;
  variables: Record<string, unknown>;
  feed: Feed;
};

/** A result with its errors as clients see them; `later` says that another attempt may succeed. */
export type Shown = { result: FormattedExecutionResult; later: boolean };

type GroupOptions<C> = {
  words: string;
  question: Question;
  show: (result: ExecutionResult, context: C) => Shown;
  resync: (token: string) => FormattedExecutionResult;
};

/** Subscribers of one circle who ask for the same in the same words: what is told them is worked out once. */
export class Group<C> {
  readonly audience: Audience<C>;
  readonly words: string;
  readonly members = new Set<Member>();
  /** What it asks for by name; null for all. */
  readonly about: ReadonlySet<string> | null;
  readonly #options: GroupOptions<C>;

  constructor(audience: Audience<C>, options: GroupOptions<C>) {
    const { source, args } = options.question.feed;
    const about = source.about(args);
    this.audience = audience;
    this.words = options.words;
    this.about = about && new Set(about);
    this.#options = options;
  }

  get type(): string {
    return this.#options.question.feed.source.type;
  }

  /** Of an event of its type. */
  concerns({ tenantId, keys }: StreamEvent): boolean {
    const { about, audience } = this;
    if (tenantId && !audience.circle.tenantId.equals(tenantId)) return false;
    return about === null || keys.some((key) => about.has(key));
  }

  async resultsOf(event: StreamEvent, contexts: Contexts<C>): Promise<FormattedExecutionResult[]> {
    for (let attempt = 0, last: FormattedExecutionResult[] = []; ; attempt++) {
      const context = await contexts(attempt);
      if (context === null) return last;
      const shown = await this.#attempt(event, context);
      last = shown.map(({ result }) => result);
      if (!shown.some(({ later }) => later)) return last;
    }
  }

  async #attempt(event: StreamEvent, context: C): Promise<Shown[]> {
    const { feed, schema, document, operationName, variables } = this.#options.question;
    const told = feed.source.tell(event, feed.args, context);
    return Promise.all(
      told.map(async (rootValue) => {
        const asked = { schema, document, operationName, variableValues: variables, contextValue: context };
        return this.#options.show(await execute({ ...asked, rootValue }), context);
      }),
    );
  }

  tell(token: string, results: FormattedExecutionResult[]): void {
    for (const member of this.members) if (member.joined) this.tellOne(member, token, results);
  }

  tellOne(member: Member, token: string, results: FormattedExecutionResult[]): void {
    if (token <= member.after) return;
    member.after = token;
    for (const result of results) member.subscriber.push(result);
  }

  resync(member: Member, token: string): void {
    member.after = token;
    member.joined = true;
    member.subscriber.push(this.#options.resync(token));
  }
}
