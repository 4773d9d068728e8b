import { expect, it } from 'vitest';
import { products } from '../../src/domains/catalogue/collections.ts';
import { stockMovements } from '../../src/domains/catalogue/stock-movements.ts';
import { outbox } from '../../src/platform/events/collections.ts';
import { openShop, type Shop, variantDraft } from '../support/shop.ts';

const ADJUST = `mutation ($input: InventoryAdjustInput!) { inventoryAdjust(input: $input) {
  inventory { quantity reserved available inStock } product { sku } variant { sku }
  userErrors { code message path ... on OutOfStockError { sku available } } } }`;

async function openStocked(quantity: number) {
  const shop = await openShop();
  await shop.product({
    sku: 'MUG',
    variants: [variantDraft({ sku: 'MUG-1', quantity }), variantDraft({ sku: 'MUG-2', quantity: 1 })],
  });
  return { shop, adjust: await adjusting(shop) };
}

async function adjusting(shop: Shop) {
  const headers = await shop.staff('inventory:write');
  return async (input: object) => {
    const answer = await shop.request(
      ADJUST,
      { input: { sku: 'MUG-1', reason: 'count', ...input } },
      headers,
    );
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data.inventoryAdjust;
  };
}

it('counts pieces in and out, of this variant alone', async () => {
  const { shop, adjust } = await openStocked(10);
  expect((await adjust({ delta: 5 })).inventory).toEqual({
    quantity: 15,
    reserved: 0,
    available: 15,
    inStock: true,
  });
  expect((await adjust({ delta: -3 })).inventory.available).toBe(12);
  const product = await shop.db.collection(products).findOne({ sku: 'MUG' });
  expect(product?.variants[1]?.inventory.quantity).toBe(1);
});

it('sets how many there are, unless the count was made on another number', async () => {
  const { adjust } = await openStocked(10);
  expect((await adjust({ setTo: 7, expectedQuantity: 10 })).inventory.quantity).toBe(7);
  const late = await adjust({ setTo: 9, expectedQuantity: 10 });
  expect(late).toMatchObject({
    inventory: null,
    userErrors: [{ code: 'ILLEGAL_STATE', path: ['input', 'expectedQuantity'] }],
  });
});

it('never takes out what is not there or is promised', async () => {
  const { shop, adjust } = await openStocked(10);
  await shop.db
    .collection(products)
    .updateOne(
      { sku: 'MUG' },
      { $set: { 'variants.0.inventory': { quantity: 10, reserved: 4, available: 6, backordered: 0 } } },
    );
  expect((await adjust({ delta: -7 })).userErrors).toMatchObject([
    { code: 'OUT_OF_STOCK', sku: 'MUG-1', available: 6 },
  ]);
  expect((await adjust({ setTo: 3 })).userErrors).toMatchObject([{ code: 'OUT_OF_STOCK' }]);
  expect((await adjust({ setTo: 4 })).inventory).toMatchObject({ quantity: 4, reserved: 4, available: 0 });
});

it('lets only as many of 20 parallel takers through as there are pieces, and the ledger adds up', async () => {
  const { shop, adjust } = await openStocked(10);
  const answers = await Promise.all(Array.from({ length: 20 }, () => adjust({ delta: -1 })));
  expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(10);
  const product = await shop.db.collection(products).findOne({ sku: 'MUG' });
  const lines = await shop.db.collection(stockMovements).find({ sku: 'MUG-1' }, { limit: 100 });
  expect(product?.variants[0]?.inventory).toMatchObject({ quantity: 0, reserved: 0, available: 0 });
  expect(lines.reduce((sum, { quantity }) => sum + quantity, 10)).toBe(0);
});

it('tells once when the stock becomes low', async () => {
  const { shop, adjust } = await openStocked(10);
  for (const delta of [-4, -2, -1]) await adjust({ delta });
  const low = await shop.db.collection(outbox).find({ type: 'inventory.low' }, { limit: 9 });
  expect(low.map(({ data }) => data)).toMatchObject([{ sku: 'MUG-1', available: 4, threshold: 5 }]);
});

it.each([
  ['both a delta and a number', { delta: 1, setTo: 1 }, 'delta'],
  ['neither', {}, 'delta'],
  ['no reason', { delta: 1, reason: ' ' }, 'reason'],
  ['less than none', { setTo: -1 }, 'setTo'],
  ['a sku that is not there', { delta: 1, sku: 'NO' }, 'sku'],
])('refuses %s', async (_, input, name) => {
  const { adjust } = await openStocked(1);
  expect((await adjust(input)).userErrors).toMatchObject([{ path: ['input', name] }]);
});

it('shows the ledger to staff, latest first', async () => {
  const { shop, adjust } = await openStocked(10);
  await adjust({ delta: 5, reason: 'delivery' });
  await adjust({ delta: -2, reason: 'damage' });
  const query =
    '{ stockMovements(sku: "MUG-1", first: 1) { nodes { quantity reason actor } pageInfo { hasNextPage } } }';
  const { data } = await shop.request(query, {}, await shop.staff('catalogue:read'));
  expect(data.stockMovements).toMatchObject({
    nodes: [{ quantity: -2, reason: 'damage', actor: expect.stringMatching(/^apiKey:/) }],
    pageInfo: { hasNextPage: true },
  });
  expect((await shop.request(query)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
