import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { costHints } from '../../../src/platform/graphql/cost-hints.ts';
import { commandsOf } from '../../support/app.ts';
import { openShop, variantDraft } from '../../support/shop.ts';

const shop = await openShop({ plan: 'ENTERPRISE' });
const staff = await shop.staff();

type Variables = Record<string, unknown>;

/** What an operation is said to cost. */
async function costOf(query: string, variables?: Variables, headers = staff) {
  const { extensions, errors } = await shop.request(query, variables, headers);
  if (!extensions?.cost) throw new Error(JSON.stringify(errors));
  return extensions.cost;
}

const requested = async (query: string, variables?: Variables) => (await costOf(query, variables)).requested;

const PAGE = `query ($slug: String!) { product(slug: $slug) {
  id sku name pricing { basePrice { amount } effectivePrice { amount } } priceRange { min { amount } max { amount } }
  category { id name } variants { id sku attributes { name value } inventory { available } }
  reviewSummary { count distribution { rating count } } media { url } seo { title }
} }`;

describe('what an operation may cost', () => {
  it.each([
    ['a product with its variants and its category', PAGE, 5],
    ['a product by name', '{ product(slug: "x") { name pricing { basePrice { amount } } } }', 3],
    ['a list of 24 with variants', '{ products(first: 24) { nodes { name variants { sku } } } }', 50],
    ['the same by edges', '{ products(first: 24) { edges { cursor node { name variants { sku } } } } }', 50],
    ['a list without a size', '{ products { nodes { name } } }', 22],
    ['a page from the end', '{ products(last: 7) { nodes { name } } }', 9],
    ['a list for nothing but its ends', '{ products(first: 100) { pageInfo { endCursor } } }', 2],
    ['a search', '{ products(search: "mug", first: 10) { nodes { name } } }', 22],
    ['a count', '{ products(first: 10) { nodes { name } totalCount } }', 22],
    ['facets', '{ products(first: 10) { nodes { name } facets { key values { label count } } } }', 62],
    ['products by ids', '{ productsByIds(ids: ["1", "2", "3"]) { name } }', 5],
    ['lists in lists', '{ products(first: 10) { nodes { reviews(first: 5) { nodes { rating } } } } }', 82],
    ['the tree of categories', '{ categories { name children { name } } }', 552],
    ['a suggestion of ten products', '{ searchSuggestions(prefix: "x") { text product { name } } }', 15],
    ['what is known anyway', '{ shop { name limits { products } } }', 2],
    ['nothing at all', '{ __typename }', 1],
    ['introspection', '{ __schema { types { name fields { name } } } __type(name: "Product") { name } }', 2],
    [
      'two operations in one',
      '{ a: products(first: 3) { nodes { name } } b: products(first: 4) { nodes { name } } }',
      11,
    ],
  ])('%s', async (_, query, cost) => {
    expect(await requested(query, { slug: 'x' })).toBe(cost);
  });

  it('takes page sizes and lists out of the variables of each request', async () => {
    const query = `query ($n: Int = 5, $ids: [ID!]!) {
      products(first: $n) { nodes { name } } productsByIds(ids: $ids) { name } }`;
    expect(await requested(query, { ids: [] })).toBe(2 + 5 + 2);
    expect(await requested(query, { ids: ['1', '2'], n: 50 })).toBe(2 + 50 + 2 + 2);
    expect(await requested(query, { ids: ['1'], n: null })).toBe(2 + 20 + 2 + 1);
    expect(await requested(query, { ids: [], n: 5_000_000 })).toBe(2 + 100 + 2);
    expect(await requested(query, { ids: [], n: -5 })).toBe(2 + 2);
  });

  it('counts a field once, whatever fragments ask for it', async () => {
    const query = `{ products(first: 10) { ...Rows nodes { ...Name category { name } } } }
      fragment Rows on ProductConnection { nodes { ...Name ...Name category { slug } } }
      fragment Name on Product { name category { id } ... on Product { category { path } } }`;
    expect(await requested(query)).toBe(2 + 10 * (1 + 1));
  });

  it('counts a field under another name once more', async () => {
    expect(await requested('{ product(id: "1") { a: category { id } b: category { id } } }')).toBe(2 + 1 + 2);
  });

  it('leaves out what @skip and @include drop', async () => {
    const query = `query ($all: Boolean = false, $no: Boolean!) {
      products(first: 10) @include(if: $all) { nodes { name } }
      product(id: "1") { name ... @skip(if: $no) { category { name } } }
      shop @include(if: false) { name }
    }`;
    expect(await requested(query, { no: true })).toBe(2 + 1);
    expect(await requested(query, { no: false })).toBe(2 + 1 + 1);
    expect(await requested(query, { no: false, all: true })).toBe(2 + 10 + 2 + 1 + 1);
  });

  it('is 10 for each mutation', async () => {
    const query = `mutation { a: productDelete(input: { id: "1" }) { userErrors { code } }
      b: productDelete(input: { id: "2" }) { product { name } userErrors { code } } }`;
    expect(await requested(query)).toBe(10 + 10 + 1);
  });
});

describe('what an operation did cost', () => {
  it('is what was answered, and the rest is given back', async () => {
    const category = await shop.category('Mugs');
    for (const slug of ['one', 'two', 'three']) await shop.product({ slug }, { category });
    const query = '{ products(first: 100) { nodes { name category { name } variants { sku } } } }';
    const { available: before } = await costOf(query);
    const cost = await costOf(query);
    // Two for the list, and a product, its category and one variant, three times.
    expect(cost).toMatchObject({ requested: 302, actual: Math.ceil(2 + 3 * 2.2), restoreRate: 500_000 });
    expect(before - cost.available).toBeLessThanOrEqual(cost.actual);
    expect((await costOf(PAGE, { slug: 'one' })).actual).toBe(5);
    expect((await costOf(PAGE, { slug: 'no such' })).actual).toBe(2);
  });

  it('is more than was asked for where lists are longer than they were taken to be', async () => {
    const variants = Array.from({ length: 60 }, (_, index) => variantDraft({ sku: `LONG-${index}` }));
    await shop.product({ slug: 'long', variants });
    expect(await costOf('{ product(slug: "long") { variants { sku } } }')).toMatchObject({
      requested: 4,
      actual: 15,
    });
  });

  it('is what was asked for when it ended in an error', async () => {
    const query = '{ products(first: 50, after: "nonsense") { nodes { name } } }';
    expect(await costOf(query)).toMatchObject({ requested: 52, actual: 52 });
  });

  it('is shown to everybody', async () => {
    const cost = await costOf('{ shop { name } }', {}, {});
    expect(Object.keys(cost)).toEqual(['requested', 'actual', 'available', 'restoreRate']);
    expect(cost).toMatchObject({ requested: 2, actual: 2, restoreRate: 500_000 });
  });
});

describe('an operation that would cost more than 1,000', () => {
  const query = `query ($n: Int) { products(first: 100) { nodes { reviews(first: $n) { nodes { rating } } } } }`;

  it('is refused before anything is read', async () => {
    await costOf(query, { n: 6 });
    const sent = await commandsOf(async () => {
      const { status, errors, data } = await shop.request(query, { n: 7 });
      expect(status).toBe(400);
      expect(data).toBeUndefined();
      expect(errors).toHaveLength(1);
      expect(errors?.[0]?.message).toContain('An operation may cost 1000; this one costs 1002');
      expect(errors?.[0]?.extensions).toEqual({ code: 'COST_LIMIT_EXCEEDED', requested: 1002, limit: 1000 });
    });
    expect(sent.filter(({ command }) => command.find !== 'tenants')).toEqual([]);
  });

  it('costs nothing', async () => {
    const key = await shop.staff();
    const before = await costOf('{ shop { name } }', {}, key);
    await shop.request(query, { n: 100 }, key);
    const after = await costOf('{ shop { name } }', {}, key);
    expect(after.available).toBeGreaterThanOrEqual(before.available - 2);
  });

  it('may be made of fragments', async () => {
    const bomb = `{ category(id: "1") { ...A } } fragment A on Category { children { ...B } }
      fragment B on Category { children { ...C } } fragment C on Category { children { children { name } } }`;
    const { errors } = await shop.request(bomb);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'COST_LIMIT_EXCEEDED', requested: 11_113 });
  });
});

describe('a hint that limits nothing', () => {
  const DIRECTIVES = `directive @cost(weight: String!) on OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION
    directive @listSize(assumedSize: Int, slicingArguments: [String!]) on FIELD_DEFINITION`;
  const hints = (field: string) => costHints(buildSchema(`${DIRECTIVES} type Query { ${field} }`));

  it.each([
    [
      'a weight that is no number',
      'dear(a: Int): Int @cost(weight: "much")',
      'The cost or size of dear is a number',
    ],
    ['a weight below zero', 'dear(a: Int @cost(weight: "-1")): Int', 'The cost or size of a is a number'],
    [
      'a size by no argument',
      'all(ids: [ID!]): [Int] @listSize(slicingArguments: ["id"])',
      'The size of all is said',
    ],
  ])('is refused at the start: %s', (_, field, message) => {
    expect(() => hints(field)).toThrow(message);
  });
});
