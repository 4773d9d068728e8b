import { beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop, variantDraft } from '../support/shop.ts';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  await shop.product({ name: 'Mug', variants: [variantDraft({ sku: 'm', attributes: { Colour: 'Red' } })] });
});

const LIST = `query ($filter: ProductFilter, $sort: ProductSort, $first: Int, $after: String, $last: Int, $before: String) {
  products(filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) { nodes { name } totalCount }
}`;

it.each([
  [{ filter: { price: { min: '10.005' } } }, 'filter.price.min', /2 decimals/],
  [{ filter: { price: { min: '20', max: '10' } } }, 'filter.price', /from low to high/],
  [{ filter: { minRating: 0 } }, 'filter.minRating', /1 to 5/],
  [{ filter: { minRating: 5.5 } }, 'filter.minRating', /1 to 5/],
  [
    {
      filter: {
        attributes: [
          { name: 'a', in: ['x'] },
          { name: '$where', in: ['x'] },
        ],
      },
    },
    'filter.attributes.1.name',
    /dollar/,
  ],
  [{ filter: { attributes: [{ name: 'a.b', in: ['x'] }] } }, 'filter.attributes.0.name', /dot/],
  [{ filter: { attributes: [{ name: 'a\0', in: ['x'] }] } }, 'filter.attributes.0.name', /NUL/],
  [{ filter: { attributes: [{ name: '__proto__', in: ['x'] }] } }, 'filter.attributes.0.name', /name/],
  [{ filter: { attributes: [{ name: '', in: ['x'] }] } }, 'filter.attributes.0.name', /1 to 100/],
  [{ filter: { categoryId: '0'.repeat(24), categorySlug: 'x' } }, 'filter.categorySlug', /not by both/],
  [
    { filter: { createdAfter: '2025-02-01T00:00:00Z', createdBefore: '2025-01-01T00:00:00Z' } },
    'filter.createdAfter',
    /2025-02-01/,
  ],
  [{ first: 0 }, 'first', /1 to 100/],
  [{ first: 101 }, 'first', /1 to 100/],
  [{ first: 1, last: 1 }, 'last', /not both/],
  [{ after: 'made up' }, 'after', /cursor/],
  [{ filter: { categorySlug: 'nowhere' }, first: 0 }, 'first', /1 to 100/],
])('refuses %j and says where and why', async (variables, argument, message) => {
  const { data, errors } = await shop.request(LIST, variables);
  expect(data).toBeNull();
  expect(errors).toHaveLength(1);
  expect(errors?.[0]).toMatchObject({
    message: expect.stringMatching(message),
    extensions: { code: 'BAD_USER_INPUT', argument },
  });
});

it('refuses the cursor of another order, and of another shop', async () => {
  const cursor = `{ products(first: 1, sort: NEWEST) { pageInfo { endCursor } } }`;
  const after = (await shop.request(cursor)).data.products.pageInfo.endCursor;
  const byName = await shop.request(LIST, { sort: 'NAME_ASC', after });
  expect(byName.errors?.[0]).toMatchObject({
    message: expect.stringContaining('NEWEST'),
    extensions: { argument: 'after' },
  });
  const other = await openShop();
  const elsewhere = await other.request(LIST, { sort: 'NEWEST', after });
  expect(elsewhere.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'after' });
});

describe('what only staff may ask for', () => {
  it.each([{ status: ['DRAFT'] }, { status: ['ACTIVE', 'ARCHIVED'] }, { includeDeleted: true }])(
    'is refused to shoppers: %j',
    async (filter) => {
      const { errors } = await shop.request(LIST, { filter });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', permission: 'catalogue:read' });
      const staff = await shop.request(LIST, { filter }, await shop.staff('catalogue:read'));
      expect(staff.errors).toBeUndefined();
    },
  );

  it('is not what status: [ACTIVE] and includeDeleted: false ask for', async () => {
    const { errors } = await shop.request(LIST, { filter: { status: ['ACTIVE'], includeDeleted: false } });
    expect(errors).toBeUndefined();
  });
});

it.each([
  { tagsIn: [] },
  { attributes: [] },
  { attributes: [{ name: 'Colour', in: [] }] },
  { status: [] },
  { price: {} },
  { minRating: null, inStock: null, categoryId: null, createdAfter: null },
])('takes %j for no filter at all', async (filter) => {
  const { data } = await shop.request(LIST, { filter });
  expect(data.products.totalCount).toBe(1);
});

it('takes an amount in the decimals of the shop’s own currency', async () => {
  const yen = await openShop({ currency: 'JPY' });
  await yen.product({ name: 'Chawan' });
  const within = await yen.request(LIST, { filter: { price: { min: '1000', max: '1000' } } });
  expect(within.data.products.totalCount).toBe(1);
  const { errors } = await yen.request(LIST, { filter: { price: { max: '10.50' } } });
  expect(errors?.[0]).toMatchObject({
    message: expect.stringContaining('JPY'),
    extensions: { argument: 'filter.price.max' },
  });
});
