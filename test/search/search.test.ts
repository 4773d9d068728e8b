import { beforeAll, describe, expect, it, vi } from 'vitest';
import { refreshVocabulary } from '../../src/domains/catalogue/vocabulary.ts';
import { openShop, type Shop, variantDraft } from '../support/shop.ts';
import { catalogueCommands } from './plans.ts';

const SEARCH = `query ($search: String!, $filter: ProductFilter, $sort: ProductSort, $first: Int, $after: String, $last: Int, $before: String) {
  products(search: $search, filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) {
    nodes { id name }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount
  }
}`;

async function search(shop: Shop, text: string, variables: Record<string, unknown> = {}, headers = {}) {
  const { data, errors } = await shop.request(SEARCH, { search: text, ...variables }, headers);
  expect(errors).toBeUndefined();
  return data.products as {
    nodes: { id: string; name: string }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
    totalCount: number;
  };
}

const names = async (shop: Shop, text: string, variables = {}, headers = {}) =>
  (await search(shop, text, variables, headers)).nodes.map(({ name }) => name);

describe('a shop of a few products', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop();
    const kitchen = await shop.category('Kitchenware');
    const add = (name: string, draft = {}, options = {}) => shop.product({ name, ...draft }, options);
    await add(
      'Stoneware mug',
      { sku: 'MUG-01', description: 'Holds coffee and tea.' },
      { category: kitchen },
    );
    await add('Mug rack', { sku: 'RACK-9', searchKeywords: ['cup holder'] });
    await add('Oak shelf', { sku: 'SH-77', description: 'Room for a dozen mugs.', tags: ['handmade'] });
    await add("Women's running shoes", { sku: 'RUN-W' });
    await add('Crème brûlée set', { sku: 'CBS' });
    await add('Chocolate tin', { sku: 'CHOC-1' });
    await add('Cotton T-Shirt', { sku: 'TS-1' });
    await add('Cotton blanket', { sku: 'BL-1', tags: ['winter'] });
    await add('Secret drawer', { sku: 'DRAFT-1', status: 'DRAFT' });
    await add('コットンの半袖シャツ', { sku: 'JP-1' });
    await add('Vitamin B12', { sku: 'B12' });
    await add('Leg warmers', { sku: 'LW' });
    await add('Yoga leggings', { sku: 'YL' });
    await refreshVocabulary(shop.db);
  });

  it('puts a word in the name before one among the keywords, and that before one in the description', async () => {
    const soldOut = (sku: string) => [{ ...variantDraft({ sku }), quantity: 0 }];
    await shop.product({ name: 'Tablecloth', description: 'Made of linen.' });
    await shop.product({ name: 'Sheet', searchKeywords: ['linen'], variants: soldOut('sheet') });
    await shop.product({ name: 'Linen napkins', variants: soldOut('napkins') });
    expect(await names(shop, 'linen')).toEqual(['Linen napkins', 'Sheet', 'Tablecloth']);
  });

  it('puts what is better liked first among products that answer as well', async () => {
    await shop.product({ name: 'Brass knob' });
    await shop.product({ name: 'Brass hook', variants: [{ ...variantDraft({ sku: 'hook' }), quantity: 0 }] });
    expect(await names(shop, 'brass')).toEqual(['Brass knob', 'Brass hook']);
  });

  it('puts a product of the very name asked for first', async () => {
    await shop.product({ name: 'Cotton' });
    expect((await names(shop, 'cotton'))[0]).toBe('Cotton');
  });

  it.each(['MUG-01', 'mug-01', ' MUG-01 ', 'MUG-01-1'])(
    'puts the product with the sku %j first',
    async (sku) => {
      expect((await names(shop, sku))[0]).toBe('Stoneware mug');
    },
  );

  it('looks words up once for all who search for them within five seconds, and then again', async () => {
    await shop.product({ name: 'Slate board' });
    await refreshVocabulary(shop.db);
    const searched = () => catalogueCommands(() => names(shop, 'slate'));
    expect(await searched()).toHaveLength(3);
    expect(await searched()).toHaveLength(2);
    await shop.product({ name: 'Slate' });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5_001 });
    try {
      expect(await names(shop, 'slate')).toEqual(['Slate', 'Slate board']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('puts products whose sku begins so before those that have the word', async () => {
    await shop.product({ name: 'Plain thing', sku: 'COTTON-5' });
    expect((await names(shop, 'COTTON'))[0]).toBe('Plain thing');
    expect((await names(shop, 'sh-7'))[0]).toBe('Oak shelf');
  });

  it.each([
    ['mugs', 'Mug rack'],
    ['run shoe', "Women's running shoes"],
    ['woman shoe', "Women's running shoes"],
    ['creme brulee', 'Crème brûlée set'],
    ['CRÈME', 'Crème brûlée set'],
    ['tshirt', 'Cotton T-Shirt'],
    ['t shirt', 'Cotton T-Shirt'],
    ['t-shirts', 'Cotton T-Shirt'],
    ['kitchenware', 'Stoneware mug'],
    ['handmade', 'Oak shelf'],
    ['シャツ', 'コットンの半袖シャツ'],
    ['b12', 'Vitamin B12'],
    ['the mug of stoneware', 'Stoneware mug'],
  ])('finds %j', async (text, name) => {
    expect(await names(shop, text)).toContain(name);
  });

  it.each([
    ['choclate', 'Chocolate tin'],
    ['chcoolate', 'Chocolate tin'],
    ['chocollates', 'Chocolate tin'],
    ['blnaket', 'Cotton blanket'],
    ['stonware mgu', 'Stoneware mug'],
    ['brulée crame', 'Crème brûlée set'],
    ['leggins', 'Yoga leggings'],
  ])('finds the mistyped %j', async (text, name) => {
    expect((await names(shop, text))[0]).toBe(name);
  });

  it.each([
    ['choc', 'Chocolate tin'],
    ['cotton blan', 'Cotton blanket'],
    ['stonew mug', 'Stoneware mug'],
    ['w', "Women's running shoes"],
    ['runnin', "Women's running shoes"],
  ])('finds what %j is the beginning of', async (text, name) => {
    expect(await names(shop, text)).toContain(name);
  });

  it('asks for all words, and does with fewer where no product has all', async () => {
    expect(await names(shop, 'stoneware mug')).toEqual(['Stoneware mug']);
    const found = await search(shop, 'cotton mug');
    expect(found.nodes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Mug rack', 'Cotton blanket']),
    );
    expect(found.totalCount).toBe(found.nodes.length);
    expect(await names(shop, 'qqqq chocolate')).toEqual(['Chocolate tin']);
  });

  it('finds nothing for what is nowhere, and says so', async () => {
    expect(await search(shop, 'qqqqqq')).toMatchObject({ nodes: [], totalCount: 0 });
    expect(await search(shop, '!?')).toMatchObject({ nodes: [], totalCount: 0 });
  });

  it('lists as without a search when nothing was typed', async () => {
    expect((await search(shop, '  ')).totalCount).toBe(
      (await shop.request('{ products { totalCount } }')).data.products.totalCount,
    );
  });

  it.each(['^.*$', '$where', '{"$gt":""}', 'mug" OR "1', '(', '[', '\\', 'a'.repeat(200), '💥 mug'])(
    'takes %j as text',
    async (text) => {
      expect((await search(shop, text)).totalCount).toBeLessThan(10);
    },
  );

  it('refuses a search of more than 200 letters', async () => {
    const { errors } = await shop.request(SEARCH, { search: 'a'.repeat(201) });
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('200'),
      extensions: { code: 'BAD_USER_INPUT', argument: 'search' },
    });
  });

  it('finds drafts for the staff that asks for them, and for nobody else', async () => {
    const staff = await shop.staff('catalogue:read');
    expect(await names(shop, 'secret drawer')).not.toContain('Secret drawer');
    expect(await names(shop, 'secret drawer', { filter: { status: ['DRAFT'] } }, staff)).toEqual([
      'Secret drawer',
    ]);
    expect(await names(shop, 'DRAFT-1', { filter: { status: ['DRAFT'] } }, staff)).toEqual(['Secret drawer']);
  });

  it('finds a product whose words were never counted', async () => {
    await shop.product({ name: 'Quokka plush' });
    expect(await names(shop, 'quokka')).toEqual(['Quokka plush']);
  });

  it('knows the words of a product as soon as it is made', async () => {
    const input = { sku: 'XYLO', name: 'Xylophone', pricing: { basePrice: '10.00' }, status: 'ACTIVE' };
    const create =
      'mutation ($input: ProductCreateInput!) { productCreate(input: $input) { product { id } userErrors { message } } }';
    const { data } = await shop.request(create, { input }, await shop.staff());
    expect(data.productCreate.userErrors).toEqual([]);
    expect(await names(shop, 'xyloph')).toEqual(['Xylophone']);
    expect(await names(shop, 'xilophone')).toEqual(['Xylophone']);
  });

  it('sees nothing of another shop, nor of its words', async () => {
    const other = await openShop();
    await other.product({ name: 'Chocolate fountain', sku: 'FOUNT-1' });
    await refreshVocabulary(other.db);
    expect(await names(other, 'mug')).toEqual([]);
    expect(await names(other, 'MUG-01')).toEqual([]);
    expect(await names(shop, 'fountian')).toEqual([]);
    expect(await names(shop, 'FOUNT-1')).toEqual([]);
  });

  it.each([
    ['a known word', 'mug', 2],
    ['a mistyped word', 'choclate', 3],
    ['words that no product has together', 'cotton mug', 3],
    ['the worst of it', 'choclate mugg', 4],
  ])('needs few commands for %s', async (_, text, most) => {
    const commands = await catalogueCommands(() =>
      shop.request('query ($search: String!) { products(search: $search) { nodes { id } } }', {
        search: text,
      }),
    );
    expect(commands.length).toBeLessThanOrEqual(most);
  });
});
