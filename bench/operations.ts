import { slugOf } from './catalogue.ts';
import type { Random } from './random.ts';

/** One thing that clients ask again and again, each time with other variables. */
export type Operation = {
  name: string;
  title: string;
  query: string;
  variables: (random: Random, shop: BenchShop) => Record<string, unknown>;
  /** How many commands the API may send for one of them alone. */
  commands: number;
  /** Asked with a key of the staff. */
  staff?: true;
};

/** What requests choose from. */
export type BenchShop = { products: number; categoryIds: string[] };

const anySlug = (random: Random, { products }: BenchShop) => slugOf(Math.floor(random() * products));

const PAGE = `query ProductPage($slug: String!) {
  product(slug: $slug) {
    id sku name slug description status
    pricing { currency basePrice { amount } salePrice { amount } taxRate effectivePrice { amount currency } }
    priceRange { min { amount currency } max { amount currency } }
    category { id name slug path }
    variants {
      id sku attributes { name value } pricing { effectivePrice { amount currency } } inventory { available inStock }
    }
    reviewSummary {
      count average distribution { rating count } recent { userName rating comment createdAt }
    }
    tags media { url alt position } seo { title description } version createdAt updatedAt
  }
}`;

const PICKS = 12;
const pickNumbers = Array.from({ length: PICKS }, (_, i) => i + 1);

const TILES = `query Tiles(${pickNumbers.map((n) => `$s${n}: String!`).join(', ')}) {
${pickNumbers.map((n) => `  p${n}: product(slug: $s${n}) { ...Tile }`).join('\n')}
}
fragment Tile on Product {
  name slug priceRange { min { amount currency } } reviewSummary { average count } category { name description }
}`;

/** The twelve slugs that a request for tiles names. */
export const slugsOf = (variables: Record<string, unknown>): string[] =>
  pickNumbers.map((n) => String(variables[`s${n}`]));

const LIST = `query List($category: ID!) {
  products(filter: { categoryId: $category }, sort: PRICE_ASC, first: 24) {
    nodes {
      id name slug priceRange { min { amount currency } max { amount currency } } reviewSummary { count average }
      media { url alt }
      variants {
        id sku attributes { name value } pricing { basePrice { amount } effectivePrice { amount currency } }
        inventory { available inStock }
      }
    }
    pageInfo { hasNextPage }
  }
}`;

export const operations: Operation[] = [
  {
    name: 'Q1',
    title: 'product page',
    query: PAGE,
    variables: (random, shop) => ({ slug: anySlug(random, shop) }),
    commands: 1,
  },
  {
    name: 'Q2',
    title: 'list of 24 with variants, by price',
    query: LIST,
    variables: (random, { categoryIds }) => ({
      category: categoryIds[Math.floor(random() * categoryIds.length)],
    }),
    commands: 1,
  },
  {
    name: 'Q5',
    title: '12 products by name, with their categories',
    query: TILES,
    variables: (random, shop) => Object.fromEntries(pickNumbers.map((n) => [`s${n}`, anySlug(random, shop)])),
    commands: 2,
  },
];
