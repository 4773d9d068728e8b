import { type Client, createClient } from 'graphql-ws';
import { askForStock, type Stock } from './shop-query.ts';

const STOCK = `
  subscription StartPageStock($skus: [String!]!) {
    inventoryChanged(skus: $skus) {
      product { id availability { available } variants { sku inventory { available } } }
    }
  }`;

type Told = { inventoryChanged: { product: Stock | null } };

/**
 * Shows the stock of a shop's products as it changes. Each time that it is connected, also again after the server was
 * away, what is shown is read anew.
 */
export function followStock(
  tenant: string,
  products: Stock[],
  show: (stock: Stock, moved: boolean) => void,
): Client {
  const address = new URL('/graphql', location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  const client = createClient({
    url: address.href,
    connectionParams: { 'x-tenant': tenant },
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
  });
  client.on('connected', () => {
    const ids = products.map(({ id }) => id);
    askForStock(tenant, ids).then(
      (now) => {
        for (const stock of now) show(stock, false);
      },
      () => {},
    );
  });
  const skus = products.flatMap(({ variants }) => variants.map(({ sku }) => sku));
  client.subscribe<Told>(
    { query: STOCK, variables: { skus } },
    {
      next: ({ data }) => {
        const stock = data?.inventoryChanged.product;
        if (stock) show(stock, true);
      },
      error: () => {},
      complete: () => {},
    },
  );
  return client;
}
