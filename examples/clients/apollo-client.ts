import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache } from '@apollo/client';
import { RetryLink } from '@apollo/client/link/retry';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';

const PASSING = new Set(['RATE_LIMITED', 'SERVICE_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'INTERNAL']);

/** What passes by itself; also that nothing was heard. Each mutation has an idempotencyKey, so to repeat one is safe. */
const passes = (error: unknown) =>
  !CombinedGraphQLErrors.is(error) ||
  error.errors.some(({ extensions }) => PASSING.has(String(extensions?.code)));

export function openSouk(url: string, tenant: string) {
  const headers = { 'x-tenant': tenant };
  const asking = ApolloLink.from([
    new RetryLink({ delay: { initial: 300, jitter: true }, attempts: { max: 5, retryIf: passes } }),
    new HttpLink({ uri: url, headers }),
  ]);
  const listening = new GraphQLWsLink(
    createClient({ url: url.replace('http', 'ws'), connectionParams: headers }),
  );
  return new ApolloClient({
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      listening,
      asking,
    ),
    cache: new InMemoryCache({
      possibleTypes: {
        UserError: [
          'InvalidInputError',
          'NotFoundError',
          'DuplicateError',
          'VersionConflictError',
          'OutOfStockError',
          'PlanLimitError',
          'IllegalStateError',
          'PaymentDeclinedError',
          'IdempotencyMismatchError',
        ],
      },
      typePolicies: { Query: { fields: { products: { keyArgs: ['search', 'filter', 'sort'], merge } } } },
    }),
  });
}

type Page = { nodes: readonly unknown[] };

/** The next page goes behind those that are there; a list that is asked for anew begins anew. */
function merge(
  before: Page | undefined,
  page: Page,
  { args }: { args: Record<string, unknown> | null },
): Page {
  return args?.after ? { ...page, nodes: [...(before?.nodes ?? []), ...page.nodes] } : page;
}
