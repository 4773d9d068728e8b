import { createClient } from 'graphql-ws';
import { operation } from '../fetch/operations.ts';

export type Stock = { sku: string; inventory: { available: number } | null; resumeToken: string };
type Told = {
  data?: { inventoryChanged: Stock } | null;
  errors?: readonly { message: string; extensions?: Record<string, unknown> }[];
};

export type Watching = {
  /** Where the API is: wss://api.example/graphql */
  url: string;
  tenant: string;
  skus: string[];
  told: (stock: Stock) => void;
  /** What happened is not known any more: read anew what you show. */
  readAnew: () => void;
};

/** Follows stock over a WebSocket, across lost connections. Gives a function that ends it. */
export function watchStock({ url, tenant, skus, told, readAnew }: Watching): () => void {
  const client = createClient({
    url,
    // A browser sets no headers here: what they would say goes into the first message.
    connectionParams: { 'x-tenant': tenant },
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
  });
  // The client sends this very object again after each lost connection: so it continues behind the last event.
  const variables: { skus: string[]; after: string | null } = { skus, after: null };
  client.on('connected', (_, payload) => {
    variables.after ??= (payload as { resumeToken?: string } | undefined)?.resumeToken ?? null;
  });
  const next = ({ data, errors = [] }: Told) => {
    if (data) {
      variables.after = data.inventoryChanged.resumeToken;
      told(data.inventoryChanged);
    }
    const lost = errors.find(({ extensions }) => extensions?.code === 'RESYNC_REQUIRED');
    if (!lost) return;
    variables.after = String(lost.extensions?.resumeToken);
    readAnew();
  };
  client.subscribe<Told['data']>(
    { query: operation('StockWatch'), variables },
    { next: (result) => next(result as Told), error: console.error, complete: () => {} },
  );
  return () => void client.dispose();
}
