import { expect, it } from 'vitest';
import { commandsOf } from '../support/app.ts';
import { openShop, variantDraft } from '../support/shop.ts';

const PAGE = `query ($slug: String) { product(slug: $slug) {
  name slug priceRange { min { amount formatted } } category { name path }
  variants { sku inventory { available } } reviewSummary { count average } } }`;

it('answers a product page with one command', async () => {
  const shop = await openShop();
  const home = await shop.category('Home');
  await shop.product(
    { slug: 'mug', name: 'Mug', variants: [variantDraft({ sku: 'MUG-1' })] },
    { category: home },
  );
  const { data } = await shop.request(PAGE, { slug: 'mug' });
  expect(data.product).toEqual({
    name: 'Mug',
    slug: 'mug',
    priceRange: { min: { amount: '10.00', formatted: '$10.00' } },
    category: { name: 'Home', path: ['Home'] },
    variants: [{ sku: 'MUG-1', inventory: { available: 10 } }],
    reviewSummary: { count: 0, average: null },
  });

  const sent = await commandsOf(() => shop.request(PAGE, { slug: 'mug' }));
  expect(sent.map(({ name }) => name)).toEqual(['find']);
});

it('answers several products in the order of their ids, with null where there is none', async () => {
  const shop = await openShop();
  const [mug, bowl] = [await shop.product({ name: 'Mug' }), await shop.product({ name: 'Bowl' })];
  const ids = [`${bowl._id}`, '0123456789abcdef01234567', `${mug._id}`, 'nonsense'];
  const { data } = await shop.request('query ($ids: [ID!]!) { productsByIds(ids: $ids) { name } }', { ids });
  expect(data.productsByIds).toEqual([{ name: 'Bowl' }, null, { name: 'Mug' }, null]);
});

it('shows drafts, costs and codes to staff alone', async () => {
  const shop = await openShop();
  const far = { validFrom: new Date(0), validTo: new Date('2100-01-01') };
  const pricing = {
    ...{ currency: 'USD', basePrice: 1000, salePrice: null, cost: 400, taxRate: 0 },
    discounts: [{ type: 'PERCENTAGE' as const, value: 1000, code: 'TEN', ...far }],
  };
  await shop.product({ slug: 'draft', status: 'DRAFT' });
  await shop.product({ slug: 'mug', pricing });
  const query =
    '{ draft: product(slug: "draft") { slug } mug: product(slug: "mug") { pricing { cost { amount } discounts { code } } } }';

  const shopper = await shop.request(query);
  const staff = await shop.request(query, {}, await shop.staff('catalogue:read'));

  expect(shopper.data).toEqual({ draft: null, mug: { pricing: { cost: null, discounts: [] } } });
  expect(shopper.errors).toMatchObject([
    { path: ['mug', 'pricing', 'cost'], extensions: { code: 'FORBIDDEN' } },
  ]);
  expect(staff.data).toEqual({
    draft: { slug: 'draft' },
    mug: { pricing: { cost: { amount: '4.00' }, discounts: [{ code: 'TEN' }] } },
  });
});

it('gives a code its price, and none without it', async () => {
  const shop = await openShop();
  const far = { validFrom: new Date(0), validTo: new Date('2100-01-01') };
  const discounts = [{ type: 'PERCENTAGE' as const, value: 1000, code: 'TEN', ...far }];
  await shop.product({
    slug: 'mug',
    pricing: { currency: 'USD', basePrice: 1005, salePrice: null, cost: null, taxRate: 0, discounts },
  });
  const { data } = await shop.request(`{ product(slug: "mug") { pricing {
    plain: effectivePrice { amount } coded: effectivePrice(code: " ten ") { amount } } } }`);
  expect(data.product.pricing).toEqual({ plain: { amount: '10.05' }, coded: { amount: '9.05' } });
});

it.each([
  ['nothing', 'product { id }'],
  ['two keys at once', 'product(id: "0123456789abcdef01234567", slug: "mug") { id }'],
])('refuses a look-up by %s', async (_, field) => {
  const shop = await openShop();
  expect((await shop.request(`{ ${field} }`)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});
