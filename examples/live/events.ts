import { createClient } from 'graphql-sse';
import { operation } from '../fetch/operations.ts';

type Order = { number: string; status: string; paymentStatus: string };
type Told = { data?: { orderStatusChanged: { order: Order | null; resumeToken: string } } | null };

/** Follows a guest's order by server-sent events, across lost connections, until `told` says that it is enough. */
export async function followOrder(
  shop: { url: string; tenant: string },
  order: { id: string; accessToken: string; after?: string },
  told: (order: Order) => boolean,
): Promise<void> {
  const client = createClient({ url: shop.url, headers: { 'x-tenant': shop.tenant } });
  // Read anew for each connection, as over a WebSocket.
  const variables = { orderId: order.id, accessToken: order.accessToken, after: order.after ?? null };
  const results = client.iterate({ query: operation('OrderWatch'), variables });
  for await (const { data } of results as AsyncIterable<Told>) {
    if (!data) continue;
    variables.after = data.orderStatusChanged.resumeToken;
    if (data.orderStatusChanged.order && told(data.orderStatusChanged.order)) break;
  }
  client.dispose();
}
