import { beforeAll, expect, it } from 'vitest';
import { seedDemoShops } from '../../src/demo/seed.ts';
import { testApp } from '../support/app.ts';
import { ask } from '../support/shop.ts';

/** What people type into the demo shops, rightly and with one slip, and what should be among the first three. */

let url: string;

beforeAll(async () => {
  const app = await testApp();
  await seedDemoShops(app.database);
  url = app.url;
});

type Search = [typed: string, mistyped: string, wanted: RegExp];

const HARBOUR: Search[] = [
  ['cast iron skillet', 'cast iron skilet', /Skillet/],
  ['frying pan', 'frying pna', /Skillet|Griddle|Wok/],
  ['dutch oven', 'dutch ovne', /Dutch Oven/],
  ['saucepan', 'suacepan', /Saucepan/],
  ['coffee grinder', 'cofee grinder', /Coffee Grinder/],
  ['pour over', 'puor over', /Pour-Over/],
  ['kettle', 'ketle', /Kettle/],
  ['teapot', 'tepaot', /Teapot/],
  ['breakfast tea', 'brekfast tea', /Tea$/],
  ['espresso cups', 'expresso cups', /Espresso Cups/],
  ['mugs', 'muggs', /Mug/],
  ['enamel mug', 'enammel mug', /Enamel Mug/],
  ['dinner plates', 'diner plates', /Dinner Plate/],
  ['salad bowl', 'sallad bowl', /Salad Bowl/],
  ['chefs knife', 'chefs knive', /Chef/],
  ['knives', 'knifes', /Knife/],
  ['cutting board', 'cuting board', /Chopping Board/],
  ['chopping board', 'chopping bord', /Chopping Board/],
  ['rolling pin', 'roling pin', /Rolling Pin/],
  ['apron', 'aprn', /Apron/],
  ['oven gloves', 'oven golves', /Oven Mitts/],
  ['decaf coffee', 'decaff coffee', /Decaf/],
  ['blanket', 'blankett', /Blanket|Throw/],
  ['cushion', 'cusion', /Cushion/],
  ['candle', 'candel', /Candle/],
  ['desk lamp', 'desk lmap', /Lamp/],
  ['lantern', 'lantren', /Lantern/],
  ['bed sheets', 'bed sheeets', /Sheet Set/],
  ['linen pillowcases', 'linnen pillowcases', /Pillowcases/],
  ['duvet', 'duvett', /Duvet/],
  ['bath towel', 'bath twoel', /Towel/],
  ['soap', 'saop', /Soap/],
  ['wool sweater', 'wool swaeter', /Sweater|Crew|Cardigan/],
  ['merino', 'merrino', /Merino/],
  ['navy t-shirt', 'navvy t-shirt', /Tee/],
  ['striped shirt', 'stripped shirt', /Breton/],
  ['rain jacket', 'rain jaket', /Raincoat|Deck Jacket/],
  ['waterproof jacket', 'watreproof jacket', /Deck Jacket|Raincoat/],
  ['linen pants', 'linen pnats', /Linen Pants/],
  ['beanie', 'beanei', /Watch Cap/],
  ['wool socks', 'wollen socks', /Ragg Wool Socks/],
  ['gloves', 'glovse', /Glove/],
  ['leather belt', 'leahter belt', /Belt/],
  ['tent', 'tennt', /Tent/],
  ['sleeping bag', 'slepping bag', /Sleeping/],
  ['water bottle', 'watter bottle', /Bottle/],
  ['backpack', 'backpak', /Rucksack/],
  ['tote bag', 'toat bag', /Tote/],
  ['secateurs', 'secatuers', /Pruner/],
  ['camping gift', 'campign gift', /Mug|Grinder|Bottle|Lantern/],
  ['HP-1001', 'hp1001', /Skillet/],
  ['hp-40', 'HP-4O', /Bottle|Flask|Kettle|Grill/],
];

const NORDLYS: Search[] = [
  ['espresso', 'espreso', /Polarnatt/],
  ['koffeinfri kaffe', 'kofeinfri kaffe', /Kveldsro/],
  ['kaffebønner', 'kaffebonner', /husblanding|Guji|Nyeri|Polarnatt/],
  ['kaffekvern', 'kafekvern', /Håndkvern/],
  ['håndkvern', 'handkven', /Håndkvern/],
  ['etiopisk', 'etipisk', /Guji/],
  ['vekt', 'vektt', /Kaffevekt/],
  ['bølgetrakt', 'bølgetarkt', /Bølgetrakt|bølgetrakt/],
  ['filter', 'fliter', /filter|husblanding|Guji|Nyeri|Smakspakke/i],
  ['kjele', 'kjelle', /kjele/],
  ['gave', 'gaev', /Smakspakke|Bølgetrakt|Håndkvern|Kaffevekt/],
  ['NK-201', 'nk-20l', /Bølgetrakt/],
];

const KUMO: Search[] = [
  ['notebook', 'notebok', /Notebook|Memo/],
  ['a5 grid notebook', 'a5 grdi notebook', /Cloud Notebook/],
  ['fountain pen', 'fountian pen', /Fountain Pen/],
  ['pencils', 'pencsil', /Pencils/],
  ['washi', 'wahsi', /Kozo/],
  ['letter paper', 'leter paper', /Letter Set/],
  ['postcards', 'postcrads', /Postcards/],
  ['ink', 'inkk', /Ink/],
  ['pen case', 'pen csae', /Pen Roll/],
  ['brass pen', 'bras pen', /Ballpoint/],
  ['ks-301', 'ks301', /Ink/],
];

const SHOPS: [subdomain: string, searches: Search[]][] = [
  ['demo', HARBOUR],
  ['nordlys', NORDLYS],
  ['kumo', KUMO],
];

const SEARCH = 'query ($search: String!) { products(search: $search, first: 3) { nodes { name } } }';

async function namesFound(shop: string, search: string): Promise<string[]> {
  const { data } = await ask(url, { query: SEARCH, variables: { search } }, { 'x-tenant': shop });
  return data.products.nodes.map(({ name }: { name: string }) => name);
}

async function missed(which: 0 | 1) {
  const searches = SHOPS.flatMap(([shop, all]) => all.map((search) => ({ shop, search })));
  const misses: string[] = [];
  for (const { shop, search } of searches) {
    const names = await namesFound(shop, search[which]);
    if (!names.some((name) => search[2].test(name))) misses.push(`${search[which]}: ${names.join(', ')}`);
  }
  return { misses, share: misses.length / searches.length };
}

it('has the product that is meant among the first three for nine of ten searches', async () => {
  const { misses, share } = await missed(0);
  expect(share, misses.join('\n')).toBeLessThanOrEqual(0.1);
});

it('has it there for three of four mistyped searches', async () => {
  const { misses, share } = await missed(1);
  expect(share, misses.join('\n')).toBeLessThanOrEqual(0.25);
});
