import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  figureChanges,
  foldFigures,
  liveFigures,
  readFigures,
  rebuildFigures,
} from '../../src/domains/catalogue/category-figures.ts';
import type { Category } from '../../src/domains/catalogue/documents.ts';
import { consumeReservation } from '../../src/domains/inventory/reservation-ends.ts';
import { reserveStock } from '../../src/domains/inventory/reservations.ts';
import { settleReservation } from '../../src/domains/inventory/settling.ts';
import { commandsOf } from '../support/app.ts';
import { openShop, type Shop } from '../support/shop.ts';

const sorted = (rows: Awaited<ReturnType<typeof readFigures>>) =>
  rows
    .map(({ _id, ...row }) => ({ place: `${_id.categoryId} ${_id.currency}`, ...row }))
    .sort((a, b) => (a.place < b.place ? -1 : 1));

async function same(shop: Shop) {
  const live = sorted(await liveFigures(shop.db));
  expect(sorted(await readFigures(shop.db, {}))).toEqual(live);
  return live;
}

async function staffed(shop: Shop) {
  const headers = await shop.staff('catalogue:write', 'inventory:write');
  return async (name: string, input: object) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const entity =
      name === 'inventoryAdjust' ? 'product' : name.startsWith('category') ? 'category' : 'product';
    const query = `mutation ($input: ${type}!) { payload: ${name}(input: $input) { ${entity} { id } userErrors { code message } } }`;
    const { data, errors } = await shop.request(query, { input }, headers);
    if (errors || data.payload.userErrors.length > 0)
      throw new Error(JSON.stringify(errors ?? data.payload.userErrors));
    return data.payload[entity];
  };
}

const step = fc.record({
  what: fc.constantFrom('create', 'price', 'move', 'archive', 'delete', 'restore', 'stock', 'fold'),
  which: fc.nat(5),
  amount: fc.integer({ min: 1, max: 50 }),
});

it('are at every moment what the products add up to, whatever is changed and whenever it is folded', async () => {
  const shop = await openShop();
  const homes = [await shop.category('Home'), await shop.category('Garden')];
  const change = await staffed(shop);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      await play(change, homes, shop, steps);
    }),
    { numRuns: 6 },
  );
}, 180_000);

let made = 0;
type Step = { what: string; which: number; amount: number };

async function play(
  change: Awaited<ReturnType<typeof staffed>>,
  homes: Category[],
  shop: Shop,
  steps: Step[],
) {
  const alive: { id: string; sku: string; deleted: boolean }[] = [];
  for (const { what, which, amount } of steps) {
    const one = alive[which % Math.max(alive.length, 1)];
    const home = homes[amount % 2] as Category;
    if (what === 'fold') await foldFigures(shop.db);
    else if (what === 'create' || !one) {
      const sku = `F-${++made}`;
      const variants = [{ sku: `${sku}-1`, quantity: amount }];
      const input = {
        sku,
        name: sku,
        status: 'ACTIVE',
        categoryId: `${home._id}`,
        pricing: { basePrice: `${amount}.00` },
        variants,
      };
      alive.push({ ...(await change('productCreate', input)), sku, deleted: false });
    } else if (one.deleted !== (what === 'restore')) continue;
    else if (what === 'price')
      await change('productUpdate', { id: one.id, pricing: { basePrice: `${amount}.50` } });
    else if (what === 'move') await change('productUpdate', { id: one.id, categoryId: `${home._id}` });
    else if (what === 'archive')
      await change('productUpdate', { id: one.id, status: amount % 2 ? 'ARCHIVED' : 'ACTIVE' });
    else if (what === 'stock')
      await change('inventoryAdjust', { sku: `${one.sku}-1`, setTo: amount, reason: 'count' });
    else {
      await change(what === 'delete' ? 'productDelete' : 'productRestore', { id: one.id });
      one.deleted = what === 'delete';
    }
    await same(shop);
  }
}

it('fold to the same once, also when several fold at once', async () => {
  const shop = await openShop();
  const home = await shop.category('Home');
  const change = await staffed(shop);
  for (const sku of ['A', 'B', 'C']) {
    await change('productCreate', {
      sku,
      name: sku,
      status: 'ACTIVE',
      categoryId: `${home._id}`,
      pricing: { basePrice: '5.00' },
    });
  }
  await Promise.all([foldFigures(shop.db), foldFigures(shop.db), foldFigures(shop.db)]);
  expect(await shop.db.collection(figureChanges).count({}, { limit: 9 })).toBe(0);
  expect(await same(shop)).toMatchObject([{ products: 3 }]);
});

it('follow products that a deleted category leaves to another', async () => {
  const shop = await openShop();
  const [home, garden] = [await shop.category('Home'), await shop.category('Garden')];
  const change = await staffed(shop);
  await change('productCreate', {
    sku: 'A',
    name: 'A',
    status: 'ACTIVE',
    categoryId: `${home._id}`,
    pricing: { basePrice: '5.00' },
  });
  await change('categoryDelete', { id: `${home._id}`, moveProductsTo: `${garden._id}` });
  expect(await same(shop)).toMatchObject([{ place: `${garden._id} USD`, products: 1 }]);
});

it('are read by one command, however many products there are, and rebuilt out of them', async () => {
  const shop = await openShop();
  const home = await shop.category('Home');
  for (let i = 0; i < 5; i++) await shop.product({}, { category: home });
  await rebuildFigures(shop.db);
  expect(await same(shop)).toMatchObject([{ products: 5 }]);
  const query = '{ categoryAnalytics { productCount priceRange } }';
  const staff = await shop.staff('analytics:read');
  await shop.request(query, {}, staff);
  const [sent, ...more] = await commandsOf(() => shop.request(query, {}, staff));
  expect(sent?.command).toMatchObject({ aggregate: 'category_figures' });
  expect(more).toEqual([]);
});

it('follow pieces that are sold, and tell of those that are promised', async () => {
  const shop = await openShop();
  const home = await shop.category('Home');
  const change = await staffed(shop);
  const variants = [{ sku: 'A-1', quantity: 9 }];
  await change('productCreate', {
    sku: 'A',
    name: 'A',
    status: 'ACTIVE',
    categoryId: `${home._id}`,
    pricing: { basePrice: '5.00' },
    variants,
  });
  const path = ['input', 'lines', '0'];
  const sold = await reserveStock(shop.db, { lines: [{ sku: 'A-1', quantity: 4, path }] });
  await reserveStock(shop.db, { lines: [{ sku: 'A-1', quantity: 2, path }] });
  await shop.db.transaction((tx) => consumeReservation(tx, sold._id, 'sold'));
  await settleReservation(shop.db, sold._id);

  expect(await same(shop)).toMatchObject([{ quantity: 5, value: 2500 }]);
  const query = '{ categoryAnalytics { totalInventory reservedInventory } }';
  const { data } = await shop.request(query, {}, await shop.staff('analytics:read'));
  expect(data.categoryAnalytics).toEqual([{ totalInventory: 5, reservedInventory: 2 }]);
});
