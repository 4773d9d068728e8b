import { beforeAll, expect, it } from 'vitest';
import { signUp } from '../auth/requests.ts';
import { commandsOf } from '../support/app.ts';
import { happen, paidOrder, placedOrder, refunded } from '../support/orders.ts';
import { openShop, type Shop } from '../support/shop.ts';

const LIST = `query ($filter: CustomerFilter, $first: Int, $after: String) {
  customers(filter: $filter, first: $first, after: $after) {
    totalCount nodes { id email name addresses { address { city } } } pageInfo { hasNextPage endCursor }
  }
}`;
const ADD = 'mutation ($input: AddressAddInput!) { addressAdd(input: $input) { address { id } } }';

let shop: Shop;
let reader: Record<string, string>;
const list = async (variables: object = {}) =>
  (await shop.request(LIST, { ...variables }, reader)).data.customers;

beforeAll(async () => {
  shop = await openShop();
  reader = await shop.staff('customers:read');
  await shop.person('SUPPORT');
  for (const name of ['ada', 'Adam', 'eve']) {
    const { headers } = await signUp(shop, { email: `${name}@shop.example`, name });
    const address = { name, line1: '1 Hill Road', city: `${name}ville`, country: 'GB' };
    await shop.request(ADD, { input: { address } }, headers);
  }
});

it('lists everybody but the staff, newest first, page by page, with their addresses', async () => {
  const first = await list({ first: 2 });
  const second = await list({ first: 2, after: first.pageInfo.endCursor });
  expect(first.totalCount).toBe(3);
  expect([...first.nodes, ...second.nodes].map(({ name }) => name)).toEqual(['eve', 'Adam', 'ada']);
  expect(second.nodes[0].addresses).toEqual([{ address: { city: 'adaville' } }]);
  expect(second.pageInfo.hasNextPage).toBe(false);
});

it('finds those whose address begins so, whatever the letters’ case', async () => {
  const { nodes, totalCount } = await list({ filter: { emailStartsWith: 'ADA' } });
  expect([totalCount, ...nodes.map(({ email }: { email: string }) => email)]).toEqual([
    2,
    'ada@shop.example',
    'Adam@shop.example',
  ]);
});

it('takes two commands a page, however many customers it has', async () => {
  for (const filter of [{}, { emailStartsWith: 'a' }]) {
    const query = '{ nodes { name addresses { id } } }';
    const text = `query ($filter: CustomerFilter) { customers(filter: $filter, first: 50) ${query} }`;
    await shop.request(text, { filter }, reader);
    const sent = await commandsOf(() => shop.request(text, { filter }, reader));
    expect(sent.map(({ name, command }) => `${name} ${command[name]}`)).toEqual([
      'find users',
      'find address_books',
    ]);
  }
});

it('shows one, and nobody to those who may not look after customers', async () => {
  const [{ id }] = (await list({ first: 1 })).nodes;
  const query = 'query ($id: ID!) { customer(id: $id) { email phone lastLogin version } }';
  expect((await shop.request(query, { id }, reader)).data.customer).toMatchObject({
    email: 'eve@shop.example',
  });
  expect((await shop.request(query, { id: 'nobody' }, reader)).data.customer).toBeNull();
  for (const headers of [{}, (await shop.person('CATALOGUE')).headers, (await shop.person()).headers]) {
    const { errors } = await shop.request(query, { id }, headers);
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  }
});

it('shows what a customer has bought and what it came to, to them and to the staff, three commands a page', async () => {
  const { user, headers } = await shop.person();
  const userId = user._id;
  const order = await paidOrder(shop.db, { userId, lines: [{ quantity: 3 }] });
  await happen(shop.db, order, ...refunded(order, 500));
  await paidOrder(shop.db, { userId, currency: 'EUR' });
  await placedOrder(shop.db, { userId });
  const mine = '{ me { orders(first: 2) { totalCount nodes { number } pageInfo { hasNextPage } } } }';
  expect((await shop.request(mine, {}, headers)).data.me.orders).toMatchObject({
    ...{ totalCount: 3, nodes: [{}, {}], pageInfo: { hasNextPage: true } },
  });
  const query = `query ($id: ID!) {
    customer(id: $id) { orderCount totalSpent { amount currency } orders(first: 5) { nodes { status } } }
  }`;
  const id = userId.toHexString();
  const staff = await shop.staff('customers:read', 'orders:read');
  expect((await shop.request(query, { id }, staff)).data.customer).toEqual({
    orderCount: 2,
    totalSpent: [
      { amount: '10.00', currency: 'EUR' },
      { amount: '25.00', currency: 'USD' },
    ],
    orders: { nodes: [{ status: 'PLACED' }, { status: 'PAID' }, { status: 'PAID' }] },
  });
  const all = '{ customers(first: 50) { nodes { orderCount totalSpent { amount } } } }';
  const sent = await commandsOf(() => shop.request(all, {}, staff));
  expect(sent.map(({ name, command }) => `${name} ${command[name]}`)).toEqual([
    'find users',
    'aggregate orders',
    'aggregate archived_orders',
  ]);
  const { errors } = await shop.request(query, { id }, reader);
  expect(errors?.map(({ path, extensions }) => [path?.at(-1), extensions.code])).toEqual([
    ['orders', 'FORBIDDEN'],
  ]);
});
