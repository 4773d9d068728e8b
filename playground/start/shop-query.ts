const QUERY = `
  query StartPage {
    products(first: 4, sort: RATING_DESC) {
      totalCount
      nodes {
        name
        slug
        category { name }
        priceRange { min { minor formatted } max { minor } }
        pricing { basePrice { minor formatted } effectivePrice { minor } }
        media { url alt }
        reviewSummary { average count }
      }
    }
  }`;

export interface ShownProduct {
  name: string;
  slug: string;
  category: { name: string } | null;
  priceRange: { min: { minor: number; formatted: string }; max: { minor: number } };
  pricing: { basePrice: { minor: number; formatted: string }; effectivePrice: { minor: number } };
  media: { url: string; alt: string | null }[];
  reviewSummary: { average: number | null; count: number };
}

interface Answer {
  data?: { products: { totalCount: number; nodes: ShownProduct[] } } | null;
  errors?: { message: string }[];
}

/** A few products of a shop, at the prices of this moment. */
export async function askForProducts(tenant: string) {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tenant': tenant },
    body: JSON.stringify({ query: QUERY }),
  });
  const { data, errors }: Answer = await answer.json();
  if (!data) throw new Error(errors?.[0]?.message ?? `POST /graphql answered ${answer.status}`);
  return data.products;
}
