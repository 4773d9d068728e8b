import { createGraphiQLFetcher, type Fetcher, type FetcherOpts, type FetcherParams } from '@graphiql/toolkit';
import { type DocumentNode, Kind, parse } from 'graphql';

/** Asks this server; subscriptions go over a WebSocket to the same address, with the tab's headers as its payload. */
export function createFetcher(tenant: string | null): Fetcher {
  const socket = new URL('/graphql', location.href);
  socket.protocol = socket.protocol.replace('http', 'ws');
  const ask = createGraphiQLFetcher({
    url: '/graphql',
    fetch: (url, init) => fetch(url, { ...init, headers: withTenant(init?.headers, tenant) }),
    subscriptionUrl: socket.href,
    wsConnectionParams: tenant ? { 'x-tenant': tenant } : {},
  });
  return (params, options) => ask(...ofThisTab(params, options));
}

/** The docs are asked for before any tab has said which shop it means. */
function withTenant(given: HeadersInit | undefined, tenant: string | null) {
  const headers = new Headers(given);
  if (tenant && !headers.has('x-tenant')) headers.set('x-tenant', tenant);
  return headers;
}

/**
 * For a moment after a change of tabs GraphiQL still has the operation name and the document of the tab before; by them it
 * decides what goes over the WebSocket.
 */
function ofThisTab({ query, ...rest }: FetcherParams, options?: FetcherOpts): [FetcherParams, FetcherOpts] {
  const documentAST = parseIfPossible(query);
  const names = documentAST?.definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION ? (one.name?.value ?? []) : [],
  );
  const operationName = names?.includes(rest.operationName ?? '') ? rest.operationName : names?.[0];
  return [
    { ...rest, query, operationName },
    { ...options, documentAST },
  ];
}

/** What cannot be parsed the API says best. */
function parseIfPossible(query: string): DocumentNode | undefined {
  try {
    return parse(query);
  } catch {
    return undefined;
  }
}
