import { expect, it } from 'vitest';
import { carts } from '../../src/domains/carts/collections.ts';
import { products } from '../../src/domains/catalogue/collections.ts';
import { openShop, type Shop, variantDraft } from '../support/shop.ts';
import { change, changed, type Json, readCart } from './requests.ts';

async function openStocked() {
  const shop = await openShop();
  for (const sku of ['CUP', 'POT', 'TEA'])
    await shop.product({ name: sku, sku, variants: [variantDraft({ sku: `${sku}-1` })] });
  return { shop, ...(await shop.person()) };
}

const line = (sku: string, quantity: number) => ({ sku, quantity });
const contents = ({ lines }: Json) => lines.map((one: Json) => [one.name, one.quantity]);

async function openBoth(shop: Shop, headers: Record<string, string>) {
  const source = await changed(shop, 'cartCreate', {
    lines: [line('CUP', 2), line('POT', 1)],
    discountCodes: ['A'],
    email: 'guest@example.com',
  });
  const target = await changed(
    shop,
    'cartCreate',
    { lines: [line('TEA', 4), line('CUP', 3)], discountCodes: ['a', 'B'] },
    headers,
  );
  return { source, target };
}

it.each([
  ['KEEP_BOTH', 5],
  ['PREFER_TARGET', 3],
  ['PREFER_SOURCE', 2],
])('puts what somebody gathered unknown into the cart of their account: %s', async (mode, cups) => {
  const { shop, headers } = await openStocked();
  const { source, target } = await openBoth(shop, headers);
  const { cart, merge } = await change(shop, 'cartMerge', { sourceId: source.id, mode }, headers);
  expect(contents(cart)).toEqual([
    ['TEA', 4],
    ['CUP', cups],
    ['POT', 1],
  ]);
  expect(cart).toMatchObject({ id: target.id, email: 'guest@example.com' });
  expect(cart.discountCodes.map(({ code }: Json) => code.toUpperCase())).toEqual(['A', 'B']);
  expect(merge).toEqual([
    { name: 'CUP', sku: 'CUP-1', wanted: 2, quantity: cups, outcome: 'MERGED', reason: null },
    { name: 'POT', sku: 'POT-1', wanted: 1, quantity: 1, outcome: 'ADDED', reason: null },
  ]);
  expect(await readCart(shop, source.id)).toMatchObject({ status: 'MERGED' });
});

it('is done once: the second time, the source is closed', async () => {
  const { shop, headers } = await openStocked();
  const { source, target } = await openBoth(shop, headers);
  const merges = await Promise.all(
    [1, 2, 3].map(() => change(shop, 'cartMerge', { sourceId: source.id }, headers)),
  );
  expect(merges.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
  expect(merges.flatMap(({ userErrors }) => userErrors)).toMatchObject([
    { state: 'MERGED' },
    { state: 'MERGED' },
  ]);
  expect(contents(await readCart(shop, target.id, headers))).toEqual([
    ['TEA', 4],
    ['CUP', 5],
    ['POT', 1],
  ]);
});

it('makes the source the cart of somebody who has none', async () => {
  const { shop, headers } = await openStocked();
  const { id } = await changed(shop, 'cartCreate', { lines: [line('CUP', 2)] });
  const { cart, merge } = await change(shop, 'cartMerge', { sourceId: id }, headers);
  expect([cart.id, cart.isPersonal, merge]).toMatchObject([id, true, [{ outcome: 'ADDED', quantity: 2 }]]);
  expect(await readCart(shop, id)).toBeNull();
  expect((await changed(shop, 'cartCreate', {}, headers)).id).toBe(id);
});

it('leaves one open cart when carts of one person are merged and opened at once', async () => {
  const { shop, headers } = await openStocked();
  const sources = await Promise.all(
    [1, 2, 3].map(() => changed(shop, 'cartCreate', { lines: [line('CUP', 1)] })),
  );
  await Promise.all([
    ...sources.map(({ id }) => changed(shop, 'cartMerge', { sourceId: id }, headers)),
    changed(shop, 'cartCreate', { lines: [line('CUP', 1)] }, headers),
  ]);
  const open = await shop.db.collection(carts).find({ status: 'OPEN' }, { limit: 9 });
  expect(open.map(({ lines }) => lines.map(({ quantity }) => quantity))).toEqual([[4]]);
});

it('drops what is no longer sold, and says so', async () => {
  const { shop, headers } = await openStocked();
  const { source } = await openBoth(shop, headers);
  await shop.db.collection(products).updateOne({ sku: 'POT' }, { $set: { status: 'ARCHIVED' } });
  const { cart, merge } = await change(shop, 'cartMerge', { sourceId: source.id }, headers);
  expect(contents(cart)).toEqual([
    ['TEA', 4],
    ['CUP', 5],
  ]);
  expect(merge[1]).toEqual({
    name: 'POT',
    sku: 'POT-1',
    wanted: 1,
    quantity: 0,
    outcome: 'DROPPED',
    reason: 'UNAVAILABLE',
  });
});

it('keeps to the limits of a cart, and says where', async () => {
  const { shop, headers } = await openStocked();
  const variants = Array.from({ length: 199 }, (_, i) => variantDraft({ sku: `V-${i}` }));
  await shop.product({ sku: 'V', variants });
  const many = variants.map(({ sku }) => line(sku, 1));
  await changed(shop, 'cartCreate', { lines: [...many, line('CUP', 9_999)] }, headers);
  const source = await changed(shop, 'cartCreate', { lines: [line('CUP', 2), line('POT', 1)] });
  const { cart, merge } = await change(shop, 'cartMerge', { sourceId: source.id }, headers);
  expect(cart.lines).toHaveLength(200);
  expect(merge).toMatchObject([
    { outcome: 'MERGED', quantity: 10_000, reason: 'QUANTITY_LIMIT' },
    { outcome: 'DROPPED', quantity: 0, reason: 'CART_FULL' },
  ]);
});

it('drops what is in another currency than the target', async () => {
  const { shop, headers } = await openStocked();
  const { pricing } = await shop.product();
  await shop.product({ sku: 'EURO', pricing: { ...pricing, currency: 'EUR' } });
  const source = await changed(shop, 'cartCreate', { currency: 'EUR', lines: [line('EURO', 1)] });
  await changed(shop, 'cartCreate', {}, headers);
  const { merge } = await change(shop, 'cartMerge', { sourceId: source.id }, headers);
  expect(merge).toMatchObject([{ outcome: 'DROPPED', reason: 'OTHER_CURRENCY' }]);
});

it("takes nothing out of somebody else's cart, nor puts anything into it", async () => {
  const { shop, headers } = await openStocked();
  const other = await shop.person();
  const { id: theirs } = await changed(shop, 'cartCreate', { lines: [line('CUP', 1)] }, other.headers);
  const { id: mine } = await changed(shop, 'cartCreate', { lines: [line('POT', 1)] }, headers);
  const refusals = [
    await change(shop, 'cartMerge', { sourceId: theirs }, headers),
    await change(shop, 'cartMerge', { sourceId: mine, targetId: theirs }, headers),
    await change(shop, 'cartMerge', { sourceId: mine }, headers),
    await change(shop, 'cartMerge', { sourceId: (await changed(shop, 'cartCreate', {})).id }),
  ];
  expect(refusals.map(({ userErrors: [error] }) => [error.code, error.path.at(-1)])).toEqual([
    ['NOT_FOUND', 'sourceId'],
    ['NOT_FOUND', 'targetId'],
    ['INVALID', 'sourceId'],
    ['INVALID', 'targetId'],
  ]);
});

it('goes from one unknown cart to another where both are named', async () => {
  const { shop } = await openStocked();
  const [source, target] = [
    await changed(shop, 'cartCreate', { lines: [line('CUP', 1)] }),
    await changed(shop, 'cartCreate', {}),
  ];
  const { cart } = await change(shop, 'cartMerge', { sourceId: source.id, targetId: target.id });
  expect([cart.id, contents(cart)]).toEqual([target.id, [['CUP', 1]]]);
});
