import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { GENERATED_AT } from './generated-catalogue.ts';
import { type GeneratedShop, openGeneratedShop } from './generated-shop.ts';
import { type ModelFilter, modelKeeps, modelOrder, SORTS } from './product-model.ts';

let shop: GeneratedShop;
let staff: Record<string, string>;

beforeAll(async () => {
  shop = await openGeneratedShop(300);
  staff = await shop.staff('catalogue:read');
});

const LIST = `query ($filter: ProductFilter, $sort: ProductSort, $first: Int, $after: String, $last: Int, $before: String) {
  products(filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) {
    nodes { id }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount
  }
}`;

async function list(variables: Record<string, unknown>, headers = {}) {
  const { data, errors } = await shop.request(LIST, variables, headers);
  expect(errors).toBeUndefined();
  const { nodes, pageInfo, totalCount } = data.products;
  return { ids: nodes.map(({ id }: { id: string }) => id) as string[], pageInfo, totalCount };
}

const expected = (filter: ModelFilter, sort = 'NEWEST') =>
  modelOrder(
    shop.products.filter((product) => modelKeeps(product, filter, shop.categories)),
    sort,
  ).map(({ _id }) => _id.toHexString());

it.each(SORTS)('pages through all products by %s from the front, each once and in order', async (sort) => {
  const seen: string[] = [];
  let after: string | undefined;
  for (;;) {
    const { ids, pageInfo } = await list({ sort, first: 37, after });
    expect(pageInfo.hasPreviousPage).toBe(after !== undefined);
    seen.push(...ids);
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  expect(seen).toEqual(expected({}, sort));
});

it.each(SORTS)('pages through all products by %s from the end, each once and in order', async (sort) => {
  const seen: string[] = [];
  let before: string | undefined;
  for (;;) {
    const { ids, pageInfo } = await list({ sort, last: 41, before });
    expect(pageInfo.hasNextPage).toBe(before !== undefined);
    seen.unshift(...ids);
    if (!pageInfo.hasPreviousPage) break;
    before = pageInfo.startCursor;
  }
  expect(seen).toEqual(expected({}, sort));
});

const day = 24 * 60 * 60_000;
const moment = fc
  .integer({ min: -60, max: 160 })
  .map((minutes) => new Date(GENERATED_AT.getTime() + minutes * 60_000).toISOString());
const tags = fc.subarray(['gift', 'sale', 'new', 'handmade', 'no such tag'], { maxLength: 2 });
const amount = fc.integer({ min: 0, max: 22_000 }).map((cents) => (cents / 100).toFixed(2));

const anyFilter = () =>
  fc.record(
    {
      categoryId: fc.constantFrom(...shop.categories.map(({ _id }) => _id.toHexString()), '0'.repeat(24)),
      includeDescendants: fc.boolean(),
      tagsIn: tags,
      tagsAll: tags,
      price: fc.oneof(
        fc.record({ min: amount }),
        fc.record({ max: amount }),
        fc
          .tuple(amount, amount)
          .map(([a, b]) => (Number(a) < Number(b) ? { min: a, max: b } : { min: b, max: a })),
      ),
      inStock: fc.boolean(),
      minRating: fc.constantFrom(1, 2.5, 3, 4, 4.7),
      attributes: fc.array(
        fc.oneof(
          fc.record({ name: fc.constant('Colour'), in: fc.subarray(['Red', 'Blue', 'Green', 'Ochre']) }),
          fc.record({ name: fc.constantFrom('Size', 'No such name'), in: fc.subarray(['S', 'M', 'XL']) }),
        ),
        { maxLength: 2 },
      ),
      status: fc.subarray(['ACTIVE', 'DRAFT', 'ARCHIVED']),
      createdAfter: moment,
      createdBefore: fc.constant(new Date(GENERATED_AT.getTime() + day).toISOString()),
      includeDeleted: fc.boolean(),
    },
    { requiredKeys: [] },
  );

it('keeps what any mix of filters asks for, in any order, and counts it', async () => {
  await fc.assert(
    fc.asyncProperty(anyFilter(), fc.constantFrom(...SORTS), async (filter, sort) => {
      const right = expected(filter, sort);
      const { ids, totalCount } = await list({ filter, sort, first: 100 }, staff);
      expect(ids).toEqual(right.slice(0, 100));
      expect(totalCount).toBe(right.length);
    }),
    { numRuns: 60 },
  );
});

it('pages through what any mix of filters leaves, both ways', async () => {
  await fc.assert(
    fc.asyncProperty(anyFilter(), fc.constantFrom(...SORTS), async (filter, sort) => {
      const right = expected(filter, sort);
      const first = await list({ filter, sort, first: 3 }, staff);
      const second = await list({ filter, sort, first: 3, after: first.pageInfo.endCursor }, staff);
      expect([...first.ids, ...second.ids]).toEqual(right.slice(0, first.ids.length === 0 ? 3 : 6));
      if (second.ids.length === 0) return;
      const back = await list({ filter, sort, last: 3, before: second.pageInfo.startCursor }, staff);
      expect(back.ids).toEqual(first.ids);
    }),
    { numRuns: 60 },
  );
});

it('answers an empty list for a category that is not there', async () => {
  for (const filter of [
    { categorySlug: 'nowhere' },
    { categoryId: 'not an id' },
    { categoryId: '0'.repeat(24) },
  ]) {
    expect(await list({ filter })).toMatchObject({ ids: [], totalCount: 0 });
  }
});

it('lists a category by its slug, with what is below it', async () => {
  const [top] = shop.categories;
  const { ids } = await list({ filter: { categorySlug: top?.slug }, first: 100 });
  expect(ids).toEqual(expected({ categoryId: top?._id.toHexString() ?? '' }).slice(0, 100));
});

it('keeps the place in a list while products are added and deleted around it', async () => {
  const own = await openGeneratedShop(30);
  const ask = async (after?: string) =>
    (await own.request(LIST, { sort: 'NAME_ASC', first: 10, after })).data.products;
  const page = await ask();
  await own.product({ name: 'AAA first of all' });
  const next = await ask(page.pageInfo.endCursor);
  const ids = [...page.nodes, ...next.nodes].map(({ id }) => id);
  expect(new Set(ids).size).toBe(20);
});

it('lists as in stock what says so of itself: what is there, and what may be bought before it comes', async () => {
  const query = `query ($inStock: Boolean) { products(filter: { inStock: $inStock }, first: 100) {
    nodes { id availability { inStock available } variants { backorder inventory { inStock available } } } } }`;
  const own = await openGeneratedShop(90);
  let onlyOrdered = 0;
  for (const inStock of [true, false]) {
    const { data } = await own.request(query, { inStock });
    expect(data.products.nodes.length).toBeGreaterThan(0);
    for (const { availability, variants } of data.products.nodes) {
      const buyable = variants.filter((one: { inventory: { inStock: boolean } }) => one.inventory.inStock);
      expect(buyable.length > 0).toBe(inStock);
      expect(availability.inStock).toBe(inStock);
      for (const { backorder, inventory } of variants)
        expect(inventory.inStock).toBe(backorder || inventory.available > 0);
      if (inStock && availability.available === 0) onlyOrdered += 1;
    }
  }
  expect(onlyOrdered).toBeGreaterThan(0);
});
