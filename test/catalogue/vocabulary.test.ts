import { beforeEach, expect, it } from 'vitest';
import { products, vocabulary } from '../../src/domains/catalogue/collections.ts';
import { learnWords, refreshVocabulary } from '../../src/domains/catalogue/vocabulary.ts';
import { catalogueCommands } from '../search/plans.ts';
import { openShop, type Shop } from '../support/shop.ts';

let shop: Shop;

beforeEach(async () => {
  shop = await openShop();
});

async function words(from = shop) {
  const rows = await from.db.collection(vocabulary).find({}, { limit: 100, sort: { term: 1 } });
  return rows.map(({ term, shown, products: count, inNames }) => ({ term, shown, products: count, inNames }));
}

it('counts in how many active products a term is, and in how many names', async () => {
  await shop.product({ name: 'Candles', tags: ['gift'] });
  await shop.product({ name: 'Tray 500', description: 'For a candle or a gift.' });
  await shop.product({ name: 'Candle snuffer', status: 'DRAFT' });
  await refreshVocabulary(shop.db);
  expect(await words()).toEqual([
    { term: 'candl', shown: expect.stringMatching(/^candles?$/), products: 2, inNames: 1 },
    { term: 'gift', shown: 'gift', products: 2, inNames: 0 },
    { term: 'trai', shown: 'tray', products: 1, inNames: 1 },
  ]);
});

it('knows the forms in which a term is written, the most common first, but shows no joined one', async () => {
  for (const name of ['Leggings', 'Yoga leggings', 'Leg warmers', 'Pour-over']) await shop.product({ name });
  await refreshVocabulary(shop.db);
  const rows = await shop.db.collection(vocabulary).find({}, { limit: 10 });
  const of = (term: string) => rows.find((row) => row.term === term);
  expect(of('leg')).toMatchObject({
    words: ['leggings', 'leg'],
    shown: 'leggings',
    starts: ['l', 'le', 'leg'],
  });
  expect(of('pourov')).toMatchObject({ words: ['pourover'], shown: null });
});

it('follows what is added, changed and taken away', async () => {
  await shop.product({ name: 'Candle' });
  await shop.product({ name: 'Lamp' });
  await refreshVocabulary(shop.db);
  await shop.product({ name: 'Lamp shade' });
  await shop.db.collection(products).updateMany({ name: 'Candle' }, { $set: { isDeleted: true } });
  await refreshVocabulary(shop.db);
  expect((await words()).map(({ term, products: count }) => [term, count])).toEqual([
    ['lamp', 2],
    ['shade', 1],
  ]);
});

it('writes nothing when nothing has changed', async () => {
  await shop.product({ name: 'Candle' });
  await refreshVocabulary(shop.db);
  const commands = await catalogueCommands(() => refreshVocabulary(shop.db));
  expect(commands.map(({ name }) => name)).toEqual(['find', 'aggregate']);
});

it('learns the words of new products without touching what is known', async () => {
  const made = await shop.product({ name: 'Quokka plush' });
  await refreshVocabulary(shop.db);
  const before = await words();
  const next = await shop.product({ name: 'Quokka mug' });
  await learnWords(shop.db, [next, made]);
  expect(await words()).toEqual([{ term: 'mug', shown: 'mug', products: 1, inNames: 1 }, ...before]);
});

it('lets any number of writers learn the same words at once', async () => {
  const made = await shop.product({ name: 'Amber bead necklace' });
  await Promise.all(Array.from({ length: 10 }, () => learnWords(shop.db, [made])));
  expect((await words()).map(({ term }) => term)).toEqual(['amber', 'bead', 'necklac']);
});

it('keeps what is learnt while it counts', async () => {
  const made = await shop.product({ name: 'Amber bead' });
  await Promise.all([refreshVocabulary(shop.db), learnWords(shop.db, [made]), refreshVocabulary(shop.db)]);
  expect((await words()).map(({ term }) => term)).toEqual(['amber', 'bead']);
});

it('is each shop’s own', async () => {
  const other = await openShop();
  await other.product({ name: 'Theirs' });
  await shop.product({ name: 'Ours' });
  await refreshVocabulary(shop.db);
  expect((await words()).map(({ shown }) => shown)).toEqual(['ours']);
  expect(await words(other)).toEqual([]);
});
