import { MATERIALS } from '../src/demo/generated-words.ts';
import { pick, type Random } from '../src/demo/random.ts';
import { isShown, skuOf, slugOf } from './catalogue.ts';
import type { BenchShop } from './shops.ts';

/** One thing that clients ask again and again, each time with other variables. */
export type Operation = {
  name: string;
  title: string;
  query: string;
  variables: (random: Random, shop: Asked) => Record<string, unknown>;
  /** How many commands the API sends for one of them alone that was asked just before, and how many keys they may examine. */
  commands: number;
  mostKeys: number;
  /** Asked with a key of the staff. */
  staff?: true;
  /** Which page is asked for, where that is not the first: the variable `after` leads there. */
  page?: number;
  /** Changes stock, and so is asked of the shop that is there for it. */
  writes?: true;
};

/** What variables are chosen from. */
type Asked = Pick<BenchShop, 'products' | 'categoryIds'>;

/** Of a product that shoppers see: links lead to no others. */
function anySlug(random: Random, shop: Asked): string {
  const n = Math.floor(random() * shop.products);
  return isShown(n) ? slugOf(n) : anySlug(random, shop);
}

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

const SEARCH = `query Search($search: String!) {
  products(search: $search, first: 24) {
    nodes {
      id name slug priceRange { min { amount currency } max { amount currency } } reviewSummary { count average }
      media { url alt }
    }
    pageInfo { hasNextPage }
  }
}`;

const ANALYTICS = `query Analytics($currency: Currency) {
  categoryAnalytics(currency: $currency) {
    currency productCount variantCount totalInventory inventoryValue { amount } avgPrice { amount }
    minPrice { amount } maxPrice { amount } reviewCount averageRating
  }
}`;

const RESERVE = `mutation Reserve($sku: String!) {
  inventoryReserve(input: { lines: [{ sku: $sku, quantity: 1 }] }) { userErrors { code } }
}`;

export const productPage: Operation = {
  name: 'Q1',
  title: 'product page',
  query: PAGE,
  variables: (random, shop) => ({ slug: anySlug(random, shop) }),
  commands: 1,
  mostKeys: 1,
};

export const list: Operation = {
  name: 'Q2',
  title: 'list of 24 with variants, by price',
  query: LIST,
  variables: (random, { categoryIds }) => ({ category: pick(random, categoryIds) }),
  commands: 1,
  mostKeys: 27,
};

export const search: Operation = {
  name: 'Q3',
  title: 'search for a common word, first 24',
  query: SEARCH,
  variables: (random) => ({ search: pick(random, MATERIALS).toLowerCase() }),
  commands: 1,
  mostKeys: 80,
};

export const analytics: Operation = {
  name: 'Q4',
  title: 'analytics of all categories',
  query: ANALYTICS,
  variables: () => ({ currency: 'USD' }),
  commands: 1,
  mostKeys: 30,
  staff: true,
};

export const tiles: Operation = {
  name: 'Q5',
  title: '12 products by name, with their categories',
  query: TILES,
  variables: (random, shop) => Object.fromEntries(pickNumbers.map((n) => [`s${n}`, anySlug(random, shop)])),
  commands: 2,
  mostKeys: 40,
};

/** Of how many products pieces are reserved: far more than there are at once. */
export const STOCKED = 500;

export const reserve: Operation = {
  name: 'M1',
  title: 'reserve a piece, of many products',
  query: RESERVE,
  variables: (random) => ({ sku: skuOf(Math.floor(random() * STOCKED), Math.floor(random() * 4)) }),
  commands: 2,
  mostKeys: 2,
  staff: true,
  writes: true,
};

export const reserveHot: Operation = {
  ...reserve,
  title: 'reserve a piece of one variant, against many',
  variables: () => ({ sku: skuOf(0, 0) }),
};

export const queries: Operation[] = [productPage, list, search, analytics, tiles];

const ROWS = `nodes { id name slug priceRange { min { amount currency } } } pageInfo { endCursor }`;

/** Not driven, but looked at as the catalogue grows. */
export const others: Operation[] = [
  {
    name: 'page 10',
    title: 'of all products, by price',
    query: `query Page($after: String) {
      products(sort: PRICE_ASC, first: 24, after: $after) { ${ROWS} }
    }`,
    variables: () => ({}),
    page: 10,
    commands: 1,
    mostKeys: 27,
  },
  {
    name: 'page 5',
    title: 'of a search for a common word',
    query: `query SearchPage($search: String!, $after: String) {
      products(search: $search, first: 24, after: $after) { ${ROWS} }
    }`,
    variables: () => ({ search: 'cotton' }),
    page: 5,
    commands: 1,
    mostKeys: 82,
  },
];

/** What grows with the catalogue up to a bound. */
export const bounded: Operation[] = [
  {
    name: 'two words',
    title: 'search, first 24',
    query: SEARCH,
    variables: () => ({ search: 'larch lantern' }),
    commands: 1,
    mostKeys: 20_000,
  },
  {
    name: 'count',
    title: 'of the products of a category',
    query: 'query Count($category: ID!) { products(filter: { categoryId: $category }) { totalCount } }',
    variables: (_, { categoryIds }) => ({ category: categoryIds[0] }),
    commands: 2,
    mostKeys: 20_000,
  },
  {
    name: 'facets',
    title: 'of a category',
    query: `query Facets($category: ID!) {
      products(filter: { categoryId: $category }) { facets { key values { label count } } }
    }`,
    variables: (_, { categoryIds }) => ({ category: categoryIds[0] }),
    commands: 2,
    mostKeys: 20_000,
  },
];
