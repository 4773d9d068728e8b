const QUERY = `
  query StartPage {
    products(first: 4, sort: RATING_DESC) {
      totalCount
      nodes {
        id
        name
        slug
        category { name }
        priceRange { min { minor formatted } max { minor } }
        pricing { basePrice { minor formatted } effectivePrice { minor } }
        media { url alt }
        reviewSummary { average count }
        availability { available }
        variants { sku inventory { available } }
      }
    }
  }`;

const STOCK_QUERY = `
  query StartPageStock($ids: [ID!]!) {
    productsByIds(ids: $ids) { id availability { available } variants { sku inventory { available } } }
  }`;

/** How many pieces of a product there are. */
export interface Stock {
  id: string;
  availability: { available: number };
  variants: { sku: string; inventory: { available: number } }[];
}

export interface ShownProduct extends Stock {
  name: string;
  slug: string;
  category: { name: string } | null;
  priceRange: { min: { minor: number; formatted: string }; max: { minor: number } };
  pricing: { basePrice: { minor: number; formatted: string }; effectivePrice: { minor: number } };
  media: { url: string; alt: string | null }[];
  reviewSummary: { average: number | null; count: number };
}

interface Answer<D> {
  data?: D | null;
  errors?: { message: string }[];
}

/** Asks the API as anybody may. */
export async function ask<D>(tenant: string, query: string, variables: object = {}): Promise<D> {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tenant': tenant },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors }: Answer<D> = await answer.json();
  if (!data || errors) throw new Error(errors?.[0]?.message ?? `POST /graphql answered ${answer.status}`);
  return data;
}

/** A few products of a shop, at the prices of this moment. */
export async function askForProducts(tenant: string) {
  type Shown = { products: { totalCount: number; nodes: ShownProduct[] } };
  return (await ask<Shown>(tenant, QUERY)).products;
}

/** How many pieces there are in this moment; without those products that are not for sale any more. */
export async function askForStock(tenant: string, ids: string[]): Promise<Stock[]> {
  const { productsByIds } = await ask<{ productsByIds: (Stock | null)[] }>(tenant, STOCK_QUERY, { ids });
  return productsByIds.filter((stock) => stock !== null);
}
