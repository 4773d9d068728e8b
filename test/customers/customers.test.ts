import { beforeAll, expect, it } from 'vitest';
import { signUp } from '../auth/requests.ts';
import { commandsOf } from '../support/app.ts';
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
