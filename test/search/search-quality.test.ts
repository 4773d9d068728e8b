import { beforeAll, expect, it } from 'vitest';
import { seedDemoShops } from '../../src/demo/seed.ts';
import { testApp } from '../support/app.ts';
import { ask } from '../support/shop.ts';

/** What people type into the demo shop, and what they should see among the first three. */

let url: string;

beforeAll(async () => {
  const app = await testApp();
  await seedDemoShops(app.database);
  url = app.url;
});

const RIGHT: [string, RegExp][] = [
  ['cast iron skillet', /Skillet/],
  ['frying pan', /Skillet|Griddle|Wok/],
  ['dutch oven', /Dutch Oven/],
  ['coffee grinder', /Coffee Grinder/],
  ['pourover', /Pour-Over/],
  ['tea', /Tea$|Teapot/],
  ['wool socks', /Ragg Wool Socks/],
  ['rain jacket', /Raincoat|Deck Jacket/],
  ['merino', /Merino/],
  ['bed sheets', /Sheet Set/],
  ['towel', /Towel/],
  ['lamp', /Lamp/],
  ['chefs knife', /Chef/],
  ['cutting board', /Chopping Board/],
  ['knives', /Knife/],
  ['water bottle', /Bottle/],
  ['tent', /Tent/],
  ['backpack', /Rucksack/],
  ['tote bag', /Tote/],
  ['leather belt', /Belt/],
  ['beanie', /Watch Cap/],
  ['hat', /Cap/],
  ['mugs', /Mug/],
  ['enamel mug', /Enamel Mug/],
  ['t-shirt', /Tee/],
  ['blanket', /Blanket|Throw/],
  ['garden tools', /Trowel|Pruner/],
  ['secateurs', /Pruner/],
  ['soap', /Soap/],
  ['decaf coffee', /Decaf/],
  ['gloves', /Glove/],
  ['HP-1001', /Skillet/],
  ['hp-40', /Bottle|Flask|Kettle|Grill/],
];

const MISTYPED: [string, RegExp][] = [
  ['skilet', /Skillet/],
  ['cofee grinder', /Grinder/],
  ['tepaot', /Teapot/],
  ['merrino', /Merino/],
  ['rainocat', /Raincoat/],
  ['candel', /Candle/],
  ['blankett', /Blanket|Throw/],
  ['slepping bag', /Sleeping/],
  ['leahter belt', /Belt/],
  ['swaeter', /Sweater/],
  ['pilow', /Pillow/],
  ['expresso', /Espresso/],
  ['duvay', /Duvet/],
  ['chopping bord', /Board/],
  ['enammel mug', /Enamel/],
  ['lantren', /Lantern/],
  ['wollen socks', /Sock/],
];

const SEARCH = 'query ($search: String!) { products(search: $search, first: 3) { nodes { name } } }';

async function missed(queries: [string, RegExp][]): Promise<string[]> {
  const misses: string[] = [];
  for (const [search, wanted] of queries) {
    const { data } = await ask(url, { query: SEARCH, variables: { search } }, { 'x-tenant': 'demo' });
    const names = data.products.nodes.map(({ name }: { name: string }) => name);
    if (!names.some((name: string) => wanted.test(name))) misses.push(`${search}: ${names.join(', ')}`);
  }
  return misses;
}

it('has the product that is meant among the first three for nine of ten searches', async () => {
  const misses = await missed(RIGHT);
  expect(misses.length, misses.join('\n')).toBeLessThanOrEqual(RIGHT.length / 10);
});

it('has it there for three of four mistyped searches', async () => {
  const misses = await missed(MISTYPED);
  expect(misses.length, misses.join('\n')).toBeLessThanOrEqual(MISTYPED.length / 4);
});
