import {
  createSourceEventStream,
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { badInput } from '../errors.ts';
import { isToken } from '../events/token.ts';
import type { Circle } from './audience.ts';
import type { CostLimit } from './cost-limit.ts';
import type { FanOut } from './fan-out.ts';
import { documentParser } from './parsed-documents.ts';
import type { Subscriber } from './subscriber.ts';
import { Feed } from './subscription.ts';

/** An operation as a client sends it. */
export type LiveRequest = {
  query: string;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
};

/** A subscription that is open: `recheck` asks again whether its caller may hear it. */
export type OpenSubscription<C> = { results: Subscriber; recheck: (context: C) => Promise<void> };

export type LiveOperationsOptions<C> = {
  schema: GraphQLSchema;
  production: boolean;
  fanOut: FanOut<C>;
  cost: CostLimit<C>;
  /** Whom a caller hears it with; alone when what is told depends on who they are. */
  circleOf: (context: C, personal: boolean) => Circle<C>;
  /** Errors as clients see them. */
  format: (error: unknown, context: C | null) => GraphQLFormattedError;
};

/** Errors as clients see them, before anything was told. */
export class Refused extends Error {
  readonly errors: GraphQLFormattedError[];

  constructor(errors: GraphQLFormattedError[]) {
    super(errors[0]?.message ?? 'Refused');
    this.errors = errors;
  }
}

type Asked = { document: DocumentNode; operation: OperationDefinitionNode; request: LiveRequest };

export type LiveOperations<C> = {
  /** Null for what is no subscription; throws Refused for what cannot be answered. */
  read: (request: LiveRequest) => Asked | null;
  subscribe: (asked: Asked, context: C, onFull: () => void) => Promise<OpenSubscription<C>>;
};

export function liveOperations<C>(options: LiveOperationsOptions<C>): LiveOperations<C> {
  const { schema, production, fanOut, cost, circleOf, format } = options;
  const parsed = documentParser(schema, production);
  const refused = (errors: readonly unknown[], context: C | null) =>
    new Refused(errors.map((error) => format(error, context)));

  function read(request: LiveRequest): Asked | null {
    const { document, errors } = parsed(request.query);
    if (errors) throw refused(errors, null);
    const operation = getOperationAST(document, request.operationName);
    if (!operation) throw refused([noSuchOperation(request)], null);
    return operation.operation === 'subscription' ? { document, operation, request } : null;
  }

  /** Begins a subscription as graphql-js does: the field is permitted, its arguments are read, its feed is made. */
  async function feedOf({ document, request }: Asked, context: C): Promise<Feed> {
    const { operationName, variables } = request;
    const feed = await createSourceEventStream({
      schema,
      document,
      operationName,
      variableValues: variables,
      contextValue: context,
    });
    if (feed instanceof Feed) return feed;
    throw refused('errors' in feed ? (feed.errors ?? []) : [], context);
  }

  async function pay({ document, operation, request }: Asked, context: C) {
    await cost.admit({ document, operation, variables: request.variables ?? {} }, context).catch((error) => {
      throw refused([error], context);
    });
  }

  async function subscribe(asked: Asked, context: C, onFull: () => void): Promise<OpenSubscription<C>> {
    await pay(asked, context);
    const feed = await feedOf(asked, context);
    const after = afterOf(feed);
    if (after !== null && !isToken(after)) throw refused([noToken], context);
    const { document, request } = asked;
    const variables = request.variables ?? {};
    const question = { schema, document, operationName: request.operationName ?? undefined, variables, feed };
    const circle = circleOf(context, feed.source.personal);
    const seat = await fanOut.join(circle, { words: wordsOf(asked), question, after }, onFull);
    return {
      results: seat.subscriber,
      recheck: async (now) => {
        await feedOf(asked, now);
        seat.move(circleOf(now, feed.source.personal));
      },
    };
  }

  return { read, subscribe };
}

const noToken = badInput('This is no resumeToken: give that of an event as it was received', 'after');

const noSuchOperation = ({ operationName }: LiveRequest) =>
  new GraphQLError(
    operationName
      ? `There is no operation ${operationName}`
      : 'Say by operationName which of the operations is meant',
    { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } },
  );

const afterOf = ({ args }: Feed): string | null => (typeof args.after === 'string' ? args.after : null);

/** The same for the same question, wherever each of those who ask it continues. */
function wordsOf({ document, operation, request }: Asked): string {
  const own = variableOfAfter(document, operation);
  const { [own ?? '']: _, ...shared } = request.variables ?? {};
  return JSON.stringify([request.query, operation.name?.value, shared]);
}

/** The variable that nothing but the argument `after` is given by. */
function variableOfAfter(document: DocumentNode, operation: OperationDefinitionNode): string | null {
  const [root] = operation.selectionSet.selections.filter(({ kind }) => kind === Kind.FIELD) as FieldNode[];
  const value = root?.arguments?.find(({ name }) => name.value === 'after')?.value;
  if (value?.kind !== Kind.VARIABLE) return null;
  let uses = 0;
  visit(document, {
    Variable: (node) => {
      if (node.name.value === value.name.value) uses += 1;
    },
  });
  // Its definition, and the argument.
  return uses === 2 ? value.name.value : null;
}
