import { expect, it } from 'vitest';
import { commandsOf } from '../support/app.ts';
import { openShop } from '../support/shop.ts';

it('answers a product page with one command', async () => {
  const shop = await openShop();
  await shop.product({ slug: 'mug', name: 'Mug' });
  const query = `query ($slug: String) { product(slug: $slug) { name slug priceRange { min { amount formatted } } variants { sku inventory { available } } } }`;
  await shop.request(query, { slug: 'mug' });
  let answer: unknown;
  const sent = await commandsOf(async () => {
    answer = await shop.request(query, { slug: 'mug' });
  });
  console.log(JSON.stringify(answer));
  expect(sent.map(({ name }) => name)).toEqual(['find']);
});
