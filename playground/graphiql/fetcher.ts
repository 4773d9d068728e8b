import { createGraphiQLFetcher, type Fetcher, type FetcherParams } from '@graphiql/toolkit';

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
  return (params, options) => ask(withoutStaleName(params), options);
}

/** The docs are asked for before any tab has said which shop it means. */
function withTenant(given: HeadersInit | undefined, tenant: string | null) {
  const headers = new Headers(given);
  if (tenant && !headers.has('x-tenant')) headers.set('x-tenant', tenant);
  return headers;
}

/** For a moment after a change of tabs GraphiQL still has the operation name of the tab before. */
function withoutStaleName(params: FetcherParams): FetcherParams {
  const { query, operationName } = params;
  return operationName && !query.includes(operationName) ? { ...params, operationName: undefined } : params;
}
