import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { NewProduct } from '../../src/domains/catalogue/product-document.ts';
import { refreshVocabulary } from '../../src/domains/catalogue/vocabulary.ts';
import { termOf } from '../../src/domains/catalogue/words.ts';
import { type GeneratedShop, openGeneratedShop } from './generated-shop.ts';
import { type ModelFilter, modelKeeps, modelOrder, SORTS } from './product-model.ts';

let shop: GeneratedShop;

// Enough that some words are in hundreds of products, and are read from the index in the order of rank.
beforeAll(async () => {
  shop = await openGeneratedShop(1_500);
});

const SEARCH = `query ($search: String!, $filter: ProductFilter, $sort: ProductSort, $first: Int, $after: String, $last: Int, $before: String) {
  products(search: $search, filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) {
    nodes { id }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount
  }
}`;

type Answer = {
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  totalCount: number;
};

async function ask(variables: Record<string, unknown>): Promise<Answer> {
  const { data, errors } = await shop.request(SEARCH, variables);
  expect(errors).toBeUndefined();
  return data.products;
}

async function allPages(variables: Record<string, unknown>, size: number, way: 'forward' | 'backward') {
  const seen: string[] = [];
  let at: string | undefined;
  for (;;) {
    const window = way === 'forward' ? { first: size, after: at } : { last: size, before: at };
    const { nodes, pageInfo } = await ask({ ...variables, ...window });
    const ids = nodes.map(({ id }) => id);
    if (way === 'forward') seen.push(...ids);
    else seen.unshift(...ids);
    if (!(way === 'forward' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return seen;
    at = way === 'forward' ? pageInfo.endCursor : pageInfo.startCursor;
  }
}

const hasWord = ({ keys }: NewProduct, word: string) =>
  [...keys.nameTerms, ...keys.keywordTerms, ...keys.terms].includes(termOf(word));

const expected = (text: string, filter: ModelFilter = {}) =>
  shop.products.filter(
    (product) =>
      modelKeeps(product, filter, shop.categories) && text.split(' ').every((word) => hasWord(product, word)),
  );

const idsOf = (products: NewProduct[]) => products.map(({ _id }) => _id.toHexString());

it.each(['shirt', 'mug', 'vetiver', 'cotton shirt', 'comfortable', 'red shirt', 'steel mug blue', 'gift'])(
  'pages through all that %j finds, each once, the same from both ends',
  async (search) => {
    const forward = await allPages({ search }, 100, 'forward');
    expect(forward.toSorted()).toEqual(idsOf(expected(search)).toSorted());
    expect(await allPages({ search }, 70, 'backward')).toEqual(forward);
    expect(await allPages({ search }, 33, 'forward')).toEqual(forward);
    expect((await ask({ search, first: 1 })).totalCount).toBe(forward.length);
  },
);

it('finds each product once, however many of its words begin as the search does', async () => {
  const begins = ({ name, searchKeywords, tags, description }: NewProduct) =>
    /\bc/i.test([name, searchKeywords, tags, description].join(' '));
  const forward = await allPages({ search: 'c' }, 100, 'forward');
  const right = shop.products.filter(
    (product) => modelKeeps(product, {}, shop.categories) && begins(product),
  );
  expect(forward.toSorted()).toEqual(idsOf(right).toSorted());
  expect(await allPages({ search: 'c' }, 100, 'backward')).toEqual(forward);
});

it('keeps to the way in which a search began while its words are counted again', async () => {
  const own = await openGeneratedShop(300);
  const page = async (after?: string) =>
    (await own.request(SEARCH, { search: 'shirt', first: 2, after })).data.products as Answer;
  const before = await page();
  for (let n = 0; n < 250; n++) await own.product({ name: `Shirt ${n}` });
  await refreshVocabulary(own.db);
  const after = await page(before.pageInfo.endCursor);
  const ids = [...before.nodes, ...after.nodes].map(({ id }) => id);
  expect(new Set(ids).size).toBe(4);
});

it('shows what has all words in the name before what has one of them elsewhere', async () => {
  for (const search of ['cotton shirt', 'shirt']) {
    const found = await allPages({ search }, 100, 'forward');
    const byId = new Map(shop.products.map((product) => [product._id.toHexString(), product]));
    const inName = found.map((id) =>
      search.split(' ').every((word) => byId.get(id)?.keys.nameTerms.includes(termOf(word))),
    );
    expect(inName).toEqual(inName.toSorted((a, b) => Number(b) - Number(a)));
    expect(new Set(inName).size).toBe(2);
  }
});

const words = fc
  .uniqueArray(fc.constantFrom('shirt', 'mug', 'cotton', 'classic', 'red', 'vetiver', 'gift', 'lamp'), {
    minLength: 1,
    maxLength: 2,
  })
  .map((chosen) => chosen.join(' '));

const anyFilter: fc.Arbitrary<ModelFilter> = fc.record(
  {
    tagsIn: fc.subarray(['gift', 'sale', 'new']),
    inStock: fc.boolean(),
    minRating: fc.constantFrom(2, 4),
    attributes: fc
      .subarray(['Red', 'Blue'], { minLength: 1 })
      .map((colours) => [{ name: 'Colour', in: colours }]),
    price: fc.constantFrom({ min: '20.00' }, { max: '90.00' }),
  },
  { requiredKeys: [] },
);

it('finds what any words and filters ask for, in any order, and counts it', async () => {
  await fc.assert(
    fc.asyncProperty(words, anyFilter, fc.constantFrom(...SORTS), async (search, filter, sort) => {
      const right = modelOrder(expected(search, filter), sort);
      fc.pre(right.length > 0);
      const { nodes, totalCount, pageInfo } = await ask({ search, filter, sort, first: 10 });
      expect(nodes.map(({ id }) => id)).toEqual(idsOf(right.slice(0, 10)));
      expect(totalCount).toBe(right.length);
      if (!pageInfo.hasNextPage) return;
      const next = await ask({ search, filter, sort, first: 10, after: pageInfo.endCursor });
      expect(next.nodes.map(({ id }) => id)).toEqual(idsOf(right.slice(10, 20)));
      const back = await ask({ search, filter, sort, last: 10, before: next.pageInfo.startCursor });
      expect(back.nodes).toEqual(nodes);
    }),
    { numRuns: 20 },
  );
});

it('refuses the cursor of a list for a search, and of another order', async () => {
  const list = await shop.request('{ products(first: 1) { pageInfo { endCursor } } }');
  const cursors = [
    list.data.products.pageInfo.endCursor,
    (await ask({ search: 'shirt', sort: 'NEWEST', first: 1 })).pageInfo.endCursor,
    'forged.cursor',
  ];
  for (const after of cursors) {
    const { errors } = await shop.request(SEARCH, { search: 'shirt', after });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
  }
});
