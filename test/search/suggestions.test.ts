import { beforeAll, expect, it } from 'vitest';
import { refreshVocabulary } from '../../src/domains/catalogue/vocabulary.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { catalogueCommands } from './plans.ts';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  const kitchen = await shop.category('Kitchenware');
  await shop.product({ name: 'Kitchen timer' });
  await shop.product({ name: 'Copper kettle', sku: 'KET-1' }, { category: kitchen });
  await shop.product({ name: 'Steel kettle' }, { category: kitchen });
  await shop.product({ name: 'Red woollen hat' });
  await shop.product({ name: 'Red wood stain' });
  await shop.product({ name: 'Kept secret', status: 'DRAFT' });
  await shop.product({ name: 'Woven mat', description: 'Kerosene-proof.' });
  await refreshVocabulary(shop.db);
});

const SUGGEST = `query ($prefix: String!, $first: Int) {
  searchSuggestions(prefix: $prefix, first: $first) { text product { name slug } category { name slug } }
}`;

type Suggestion = { text: string; product: { name: string } | null; category: { name: string } | null };

async function suggest(prefix: string, first?: number, from = shop): Promise<Suggestion[]> {
  const { data, errors } = await from.request(SUGGEST, { prefix, first });
  expect(errors).toBeUndefined();
  return data.searchSuggestions;
}

const texts = async (prefix: string, first?: number) =>
  (await suggest(prefix, first)).map(({ text }) => text);

it('suggests categories, words and products that begin so', async () => {
  const found = await suggest('ki');
  expect(found).toContainEqual(
    expect.objectContaining({ text: 'Kitchenware', category: { name: 'Kitchenware', slug: 'kitchenware' } }),
  );
  expect(found).toContainEqual({ text: 'kitchen', product: null, category: null });
  expect(found).toContainEqual(
    expect.objectContaining({
      text: 'Kitchen timer',
      product: expect.objectContaining({ name: 'Kitchen timer' }),
    }),
  );
});

it('suggests products by any word of their name', async () => {
  expect(await texts('kett')).toEqual(expect.arrayContaining(['kettle', 'Copper kettle', 'Steel kettle']));
});

it('goes on from the words typed before', async () => {
  const found = await texts('red wo');
  expect(found).toEqual(
    expect.arrayContaining(['red woollen', 'red wood', 'Red wood stain', 'Red woollen hat']),
  );
  expect(await texts('copper ke')).not.toContain('Steel kettle');
  expect(await texts('copper wo')).toEqual([]);
});

it('suggests words of names alone', async () => {
  expect(await texts('kero')).toEqual([]);
});

it('shows no more than is asked for, and each text once', async () => {
  expect(await texts('k', 3)).toHaveLength(3);
  const all = await texts('k', 25);
  expect(new Set(all).size).toBe(all.length);
});

it('says nothing of drafts', async () => {
  expect(await texts('kept')).toEqual([]);
  expect(await texts('secr')).toEqual([]);
});

it('says nothing of another shop', async () => {
  const other = await openShop();
  await other.product({ name: 'Kettledrum' });
  await refreshVocabulary(other.db);
  expect((await suggest('kett', 10, other)).map(({ text }) => text)).toEqual(['kettledrum']);
  expect(await texts('kettled')).toEqual([]);
});

it.each(['', '  ', '%', '$', '.*', '\u0000'])('suggests nothing for %j', async (prefix) => {
  expect(await texts(prefix)).toEqual([]);
});

it.each([
  [{ prefix: 'k', first: 0 }, 'first'],
  [{ prefix: 'k', first: 26 }, 'first'],
  [{ prefix: 'k'.repeat(201) }, 'prefix'],
])('refuses %j', async (variables, argument) => {
  const { errors } = await shop.request(SUGGEST, variables);
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
});

it('takes two commands', async () => {
  expect(await catalogueCommands(() => suggest('copper ket'))).toHaveLength(2);
});
