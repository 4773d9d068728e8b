import { openShop } from './client.ts';
import { operation } from './operations.ts';

type Card = { slug: string; name: string; priceRange: { min: { formatted: string } } };
type Page = { products: { nodes: Card[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } };

/** A list, page after page. A cursor stands for a place in the order: what comes or goes meanwhile shifts nothing. */
export async function* pagesOf(url: string, tenant: string, list: object): AsyncGenerator<Card[]> {
  const ask = openShop({ url, tenant });
  for (let after: string | null = null; ; ) {
    const { products }: Page = await ask<Page>(operation('ProductList'), { ...list, after });
    yield products.nodes;
    if (!products.pageInfo.hasNextPage) return;
    after = products.pageInfo.endCursor;
  }
}

if (import.meta.main) {
  const [url = 'http://127.0.0.1:4000/graphql', tenant = 'demo'] = process.argv.slice(2);
  for await (const page of pagesOf(url, tenant, { sort: 'PRICE_ASC', first: 24 }))
    for (const { name, priceRange } of page) console.log(priceRange.min.formatted, name);
}
