import { beforeAll, describe, expect, it } from 'vitest';
import { refreshShopPrices } from '../../src/domains/search/price-keys.ts';
import { type GeneratedShop, openGeneratedShop } from './generated-shop.ts';
import { catalogueCommands, type Plan, plansOf } from './plans.ts';
import { SORTS } from './product-model.ts';

/** Every shape of list and search at 10,000 products, beside a shop with a tenth of them. */

let large: GeneratedShop;
let small: GeneratedShop;

beforeAll(async () => {
  small = await openGeneratedShop(1_000);
  large = await openGeneratedShop(10_000);
}, 300_000);

const PAGE = 24;
const LIST = `query ($search: String, $filter: ProductFilter, $sort: ProductSort, $after: String) {
  products(search: $search, filter: $filter, sort: $sort, first: ${PAGE}, after: $after) {
    nodes { name } pageInfo { endCursor }
  }
}`;

type Variables = Record<string, unknown>;

async function plans(shop: GeneratedShop, variables: Variables, headers = {}, query = LIST): Promise<Plan[]> {
  const commands = await catalogueCommands(async () => {
    const { errors } = await shop.request(query, variables, headers);
    expect(errors).toBeUndefined();
  });
  return plansOf(commands);
}

const onProducts = (all: Plan[]) => all.filter(({ collection }) => collection === 'products');
const sum = (all: Plan[], what: 'keys' | 'documents') => all.reduce((total, plan) => total + plan[what], 0);

function expectIndexed(all: Plan[]) {
  for (const { stages, indexes } of all) {
    expect(stages).not.toContain('COLLSCAN');
    expect(indexes.length).toBeGreaterThan(0);
  }
}

function expectInOrder(all: Plan[]) {
  expectIndexed(all);
  for (const { stages } of all) {
    expect(stages).not.toContain('SORT');
    expect(stages).not.toContain('$sort');
  }
}

const categoryOf = (shop: GeneratedShop) => shop.categories[0]?._id.toHexString();

describe.each(SORTS)('a list by %s', (sort) => {
  it('reads one page of the index, whatever the shop holds', async () => {
    const [few, many] = [await plans(small, { sort }), await plans(large, { sort })];
    expectInOrder(many);
    expect(many).toEqual(few);
    expect(sum(many, 'keys')).toBeLessThanOrEqual(PAGE + 2);
  });

  it('reads one page of a category with all that is below it', async () => {
    const of = (shop: GeneratedShop) => plans(shop, { sort, filter: { categoryId: categoryOf(shop) } });
    const [few, many] = [await of(small), await of(large)];
    expectInOrder(many);
    expect(many).toEqual(few);
    expect(sum(many, 'keys')).toBeLessThanOrEqual(PAGE + 2);
  });

  it('goes on from a cursor as cheaply, however many products have the same value', async () => {
    for (const filter of [{}, { categoryId: categoryOf(large) }]) {
      let after: string | undefined;
      // With 100 a page, this is past the rated ones, where thousands of ratings are 0.
      for (let page = 0; page < 20; page++) {
        const deep = LIST.replace(`first: ${PAGE}`, 'first: 100');
        const { data } = await large.request(deep, { sort, filter, after });
        after = data.products.pageInfo.endCursor;
      }
      const many = await plans(large, { sort, filter, after });
      expectInOrder(many);
      expect(sum(many, 'keys')).toBeLessThanOrEqual(PAGE + 4);
    }
  });

  it('keeps its order for staff who see drafts and deleted products too', async () => {
    const staff = await large.staff('catalogue:read');
    const filter = { status: ['ACTIVE', 'DRAFT', 'ARCHIVED'], includeDeleted: true };
    const first = await large.request(LIST, { sort, filter }, staff);
    const { endCursor } = first.data.products.pageInfo;
    for (const after of [undefined, endCursor]) {
      const many = onProducts(await plans(large, { sort, filter, after }, staff));
      expectInOrder(many);
      expect(sum(many, 'keys')).toBeLessThanOrEqual(PAGE + 15);
    }
  });

  it('uses its index beside any other filter', async () => {
    const filter = {
      tagsIn: ['gift', 'sale'],
      price: { max: '150.00' },
      inStock: true,
      minRating: 2,
      attributes: [{ name: 'Colour', in: ['Red'] }],
      createdAfter: '2025-01-01T00:00:00Z',
    };
    expectInOrder(await plans(large, { sort, filter }));
  });

  it('is searched in order, by the index or over few products', async () => {
    expectInOrder(onProducts(await plans(large, { sort, search: 'comfortable' })).slice(-1));
    const rare = onProducts(await plans(large, { sort, search: 'vetiver' })).slice(-1);
    expectIndexed(rare);
    expect(sum(rare, 'documents')).toBeLessThan(100);
  });
});

describe('newest first', () => {
  it.each([
    ['of one tag', () => ({ tagsIn: ['gift'] }), 'tags'],
    [
      'of a category itself',
      () => ({ categoryId: categoryOf(large), includeDescendants: false }),
      'category._id',
    ],
  ])('reads one page %s', async (_, filter, path) => {
    const many = await plans(large, { filter: filter() });
    expectInOrder(many);
    expect(many[0]?.indexes[0]).toContain(path);
    expect(sum(many, 'keys')).toBeLessThanOrEqual(PAGE + 2);
  });
});

describe('a search', () => {
  it.each(['shirt', 'comfortable'])(
    'for the common word %j reads one page, whatever the shop holds',
    async (search) => {
      const many = await plans(large, { search });
      expectIndexed(many);
      // The tiers of the list itself: a later one is read only when an earlier one leaves the page open.
      const tiers = onProducts(many).slice(-3);
      expectInOrder(tiers);
      for (const tier of tiers) expect(tier.keys).toBeLessThanOrEqual(PAGE + 2);
    },
  );

  it('goes on from a cursor as cheaply', async () => {
    let after: string | undefined;
    for (let page = 0; page < 30; page++) {
      const { data } = await large.request(LIST, { search: 'shirt', after });
      after = data.products.pageInfo.endCursor;
    }
    const tiers = onProducts(await plans(large, { search: 'shirt', after })).slice(-3);
    expectInOrder(tiers);
    for (const tier of tiers) expect(tier.keys).toBeLessThanOrEqual(PAGE + 4);
  });

  it('for a rare word looks at no more than the products that have it', async () => {
    const many = await plans(large, { search: 'vetiver' });
    expectIndexed(many);
    const having = large.products.filter(({ keys }) => keys.nameTerms.includes('vetiv')).length;
    expect(sum(onProducts(many), 'documents')).toBeLessThanOrEqual(having);
  });

  it('for several words begins with the rarest', async () => {
    const many = await plans(large, { search: 'shirt vetiver red' });
    expectIndexed(many);
    const having = large.products.filter(({ keys }) => keys.nameTerms.includes('vetiv')).length;
    expect(sum(onProducts(many), 'documents')).toBeLessThanOrEqual(having);
  });

  it.each(['shrit', 'comfor', 'SHI-12', 'vetiver basket zephyr'])(
    'for %j uses indexes alone',
    async (search) => {
      expectIndexed(await plans(large, { search }));
    },
  );
});

describe('what is worked out when asked', () => {
  it.each([
    ['the count', 'products(search: $search, filter: $filter) { totalCount }'],
    ['the facets', 'products(search: $search, filter: $filter) { facets { key } }'],
  ])('uses indexes for %s', async (_, field) => {
    const query = `query ($search: String, $filter: ProductFilter) { ${field} }`;
    for (const variables of [{}, { filter: { categoryId: categoryOf(large) } }, { search: 'shirt' }]) {
      expectIndexed(await plans(large, variables, {}, query));
    }
  });

  it('counts no further than 10,000, and says so', async () => {
    const staff = await large.staff('catalogue:read');
    const all = { status: ['ACTIVE', 'DRAFT', 'ARCHIVED'], includeDeleted: true };
    const query =
      'query ($filter: ProductFilter) { products(filter: $filter) { totalCount totalCountIsExact } }';
    const count = async () => (await large.request(query, { filter: all }, staff)).data.products;
    expect(await count()).toEqual({ totalCount: 10_000, totalCountIsExact: true });
    await large.product();
    expect(await count()).toEqual({ totalCount: 10_000, totalCountIsExact: false });
    expect(await catalogueCommands(count)).toHaveLength(2);
  });

  it('bounds what facets and counts look at', async () => {
    const query = '{ products(first: 1) { totalCount facets { key } } }';
    const commands = await catalogueCommands(() => large.request(query));
    const limits = commands
      .flatMap(({ command }) => command.pipeline ?? [])
      .flatMap(({ $limit }) => $limit ?? []);
    expect(limits).toEqual([10_001, 2_001]);
  });
});

it('suggests from indexes, a bounded part of them', async () => {
  const query = 'query ($prefix: String!) { searchSuggestions(prefix: $prefix) { text } }';
  for (const prefix of ['s', 'cott', 'classic cotton sh']) {
    const many = await plans(large, { prefix }, {}, query);
    expectIndexed(many);
    expect(sum(many, 'keys')).toBeLessThan(400);
  }
});

it('finds the prices that are due by their index', async () => {
  const many = await plansOf(await catalogueCommands(() => refreshShopPrices(large.db)));
  expectInOrder(many);
  expect(sum(many, 'documents')).toBe(0);
});
