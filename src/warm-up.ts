import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { Context } from './context.ts';
import { products } from './domains/catalogue/collections.ts';
import { isActive } from './domains/catalogue/products.ts';
import { listTenants } from './domains/tenants/tenants.ts';
import type { Database } from './platform/mongo/client.ts';

/** Short enough to start quickly, and long enough for the compilers of Node to have seen what is hot. */
const WARM_MS = 400;
const AT_ONCE = 8;

const QUERIES = [
  `query WarmUpPage($slug: String!) {
    product(slug: $slug) {
      id sku name slug description status tags version createdAt
      pricing { currency basePrice { amount } salePrice { amount } effectivePrice { amount formatted } }
      priceRange { min { amount formatted } max { amount formatted } } category { id name slug path }
      variants { id sku attributes { name value } pricing { effectivePrice { amount } } inventory { available inStock } }
      reviewSummary { count average distribution { rating count } recent { userName rating comment createdAt } }
      media { url alt } seo { title description }
    }
  }`,
  `query WarmUpList($slug: String!) {
    product(slug: $slug) { id }
    products(first: 24, sort: PRICE_ASC) {
      nodes { id name slug priceRange { min { amount formatted } } reviewSummary { count average } media { url alt }
        variants { id sku pricing { effectivePrice { amount } } inventory { inStock } } }
      pageInfo { hasNextPage endCursor }
    }
  }`,
];

/** Asks what shops are asked most, until the first shoppers need not wait for code to become fast. */
export async function warmUp(
  database: Database,
  ask: (query: string, variables: Record<string, unknown>, subdomain: string) => Promise<unknown>,
  forMs = WARM_MS,
): Promise<void> {
  const [shop] = await listTenants(database.systemDb('a shop to warm up with'));
  if (!shop) return;
  const [product] = await database.tenantDb(shop._id).collection(products).find(isActive, { limit: 1 });
  if (!product) return;
  const end = performance.now() + forMs;
  const askUntilWarm = async () => {
    for (let n = 0; performance.now() < end; n++)
      await ask(QUERIES[n % QUERIES.length] ?? '', { slug: product.slug }, shop.subdomain);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, askUntilWarm));
}

const NOT_OF_A_BROWSER = new HeaderMap([['apollo-require-preflight', 'true']]);

type ContextOf = (asked: {
  headers: Record<string, string>;
  socket: { remoteAddress: string };
}) => Promise<Context>;

/** By the way of a request, but for the socket; on an account of its own, so that nobody pays for it. */
export const askApollo =
  (apollo: ApolloServer<Context>, contextOf: ContextOf) =>
  (query: string, variables: Record<string, unknown>, subdomain: string) =>
    apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: 'POST',
        headers: NOT_OF_A_BROWSER,
        search: '',
        body: { query, variables },
      },
      context: () => contextOf({ headers: { 'x-tenant': subdomain }, socket: { remoteAddress: 'warm-up' } }),
    });
