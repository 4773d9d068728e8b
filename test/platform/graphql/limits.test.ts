import { describe, expect, it } from 'vitest';
import { type Answer, ask, openShop } from '../../support/shop.ts';

const shop = await openShop();

const repeat = (times: number, text: (index: number) => string) =>
  Array.from({ length: times }, (_, index) => text(index)).join(' ');

/** Refused before it was run, with these words and numbers first. */
function expectRefused({ status, data, errors }: Answer, message: string, extensions: object) {
  expect(errors?.[0]?.message).toContain(message);
  expect(errors?.[0]?.extensions).toMatchObject(extensions);
  expect(data ?? null).toBeNull();
  expect(status).toBe(400);
}

const tooMany = (most: number, what: string, found: number) =>
  `An operation may have up to ${most} ${what}; this one has ${found}`;

const INVALID = 'GRAPHQL_VALIDATION_FAILED';

const deep = (levels: number) =>
  `category(id: "1") ${'{ parent '.repeat(levels - 2)} { id } ${'}'.repeat(levels - 2)}`;
const chain = (fragments: number) =>
  `{ shop { ...F0 } } ${repeat(fragments - 1, (n) => `fragment F${n} on Shop { ...F${n + 1} }`)}
   fragment F${fragments - 1} on Shop { name }`;

describe('the size of an operation', () => {
  it.each([
    ['aliases', 30, 31, (n: number) => `{ shop { ${repeat(n, (i) => `a${i}: name`)} } }`],
    ['aliases', 30, 31, (n: number) => `{ ${repeat(n, () => '__typename')} }`],
    ['aliases', 30, 31, (n: number) => `{ shop { name ${repeat(n + 1, () => 'limits { products }')} } }`],
    ['aliases', 30, 31, (n: number) => `{ shop { ${repeat(n + 1, () => '... { limits { products } }')} } }`],
    ['root fields', 20, 21, (n: number) => `{ ${repeat(n, (i) => `a${i}: shop { name }`)} }`],
    ['levels', 10, 11, (n: number) => `{ ${deep(n)} }`],
    ['fragments', 20, 21, chain],
    [
      'variables',
      50,
      51,
      (n: number) =>
        `query (${repeat(n, (i) => `$v${i}: ID!`)}) { productsByIds(ids: [${repeat(n, (i) => `$v${i}`)}]) { id } }`,
    ],
    ['directives', 10, 11, (n: number) => `{ shop { ${repeat(n, (i) => `a${i}: name @skip(if: false)`)} } }`],
  ] as const)('is at most so many %s: %i and not %i', async (what, most, over, document) => {
    const within = await shop.request(document(most));
    expect(JSON.stringify(within.errors ?? [])).not.toContain('An operation may have');
    const { errors, ...beyond } = await shop.request(document(over));
    expectRefused({ errors, ...beyond }, tooMany(most, what, over), {
      code: INVALID,
      limit: most,
      found: over,
    });
    // Nothing else is said of a document that nobody read further.
    expect(errors).toHaveLength(1);
  });

  it('is at most 5 root fields in a mutation', async () => {
    const document = (n: number) =>
      `mutation { ${repeat(n, (i) => `a${i}: sessionDelete { userErrors { code } }`)} }`;
    expect((await shop.request(document(5))).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expectRefused(await shop.request(document(6)), tooMany(5, 'root fields', 6), { limit: 5, found: 6 });
  });

  it('is at most 5 directives in one place', async () => {
    const document = `{ shop { name ${repeat(6, () => '@skip(if: false)')} } }`;
    expectRefused(await shop.request(document), tooMany(5, 'directives in one place', 6), {
      limit: 5,
      found: 6,
    });
  });

  it('leaves the __typename alone that clients put into each selection', async () => {
    const money = '{ __typename amount }';
    const { errors, data } = await shop.request(
      `{ __typename ${repeat(10, (i) => `p${i}: product(id: "1") { __typename pricing { __typename basePrice ${money} } }`)} }`,
    );
    expect(errors).toBeUndefined();
    expect(data.__typename).toBe('Query');
  });
});

describe('a hostile document', () => {
  it('of 10,000 aliases is not read to its end', async () => {
    const answer = await shop.request(`{ ${repeat(5_000, (i) => `a${i}:shop{name}`)} }`);
    expectRefused(answer, '1000 tokens', { code: 'GRAPHQL_PARSE_FAILED' });
  });

  it('of fragments that double each other is refused by what it unfolds to', async () => {
    const bomb = `{ shop { ...F0 } } ${repeat(19, (n) => `fragment F${n} on Shop { ...F${n + 1} ...F${n + 1} }`)}
      fragment F19 on Shop { name plan }`;
    expectRefused(await shop.request(bomb), tooMany(5_000, 'fields', 2 ** 20 + 1), { found: 2 ** 20 + 1 });
  });

  it('of fragments in a circle ends', async () => {
    const circle = '{ shop { ...A } } fragment A on Shop { ...B } fragment B on Shop { ...A }';
    expectRefused(await shop.request(circle), 'Cannot spread fragment "A" within itself', { code: INVALID });
  });

  it('that goes 300 levels down is refused', async () => {
    expectRefused(await shop.request(`{ ${deep(300)} }`), tooMany(10, 'levels', 300), {
      limit: 10,
      found: 300,
    });
  });

  it('whose equal fields would have to be compared pair by pair is refused', async () => {
    const twice = (levels: number): string =>
      levels === 0 ? 'id' : `parent { ${twice(levels - 1)} } parent { ${twice(levels - 1)} }`;
    expectRefused(
      await shop.request(`{ category(id: "1") { ${twice(6)} } }`),
      tooMany(30, 'aliases', 63),
      {},
    );
  });

  it('of unknown fields gets five errors at most', async () => {
    const { errors, ...answer } = await shop.request(`{ shop { ${repeat(200, (i) => `unknown${i}`)} } }`);
    expectRefused({ errors, ...answer }, 'Cannot query field "unknown0"', { code: INVALID });
    expect(errors).toHaveLength(5);
    expect(errors?.[4]?.message).toContain('Too many validation errors');
  });

  it('that introspects in circles is refused', async () => {
    const fields = (levels: number): string =>
      levels === 0 ? 'name' : `fields { type { ${fields(levels - 1)} } }`;
    expectRefused(await shop.request(`{ __schema { types { ${fields(4)} } } }`), 'introspection depth', {});
  });

  it('that is no GraphQL is told where', async () => {
    const { errors, ...answer } = await shop.request('{ shop { name }');
    expectRefused({ errors, ...answer }, 'Syntax Error: Expected Name, found <EOF>', {
      code: 'GRAPHQL_PARSE_FAILED',
    });
  });
});

describe('what goes into an operation', () => {
  const BY_IDS = 'query ($ids: [ID!]!) { productsByIds(ids: $ids) { id } }';
  const LIST = 'query ($filter: ProductFilter) { products(filter: $filter) { nodes { id } } }';
  const UPDATE =
    'mutation ($input: TenantUpdateInput!) { tenantUpdate(input: $input) { userErrors { code } } }';
  const nested = (levels: number): object => (levels === 0 ? {} : { a: nested(levels - 1) });

  it('has no list of more than 250 values among its variables', async () => {
    const code = 'BAD_USER_INPUT';
    const ids = Array.from({ length: 251 }, String);
    expectRefused(await shop.request(BY_IDS, { ids }), 'A list may have up to 250 values; ids has 251', {
      ...{ code, argument: 'ids', limit: 250, found: 251 },
    });
    const attributes = [
      { name: 'Size', in: ['M'] },
      { name: 'Size', in: ids },
    ];
    expectRefused(await shop.request(LIST, { filter: { attributes } }), 'filter.attributes.1.in has 251', {
      ...{ code, argument: 'filter.attributes.1.in' },
    });
    const { errors } = await shop.request(LIST, { filter: { tagsIn: ids.slice(1) } });
    expect(JSON.stringify(errors ?? [])).not.toContain('A list may have');
  });

  it('has no list of more than 250 values in its text', async () => {
    const document = `{ products(filter: { tagsIn: [${repeat(251, () => '"a"')}] }) { nodes { id } } }`;
    expectRefused(await shop.request(document), 'A list may have up to 250 values; filter.tagsIn has 251', {
      ...{ argument: 'filter.tagsIn', limit: 250, found: 251 },
    });
  });

  it('has no value of more than 20 levels', async () => {
    const settings = nested(18);
    expect((await shop.request(UPDATE, { input: { id: '1', settings } })).errors?.[0]?.extensions.code).toBe(
      'FORBIDDEN',
    );
    const deeper = { input: { id: '1', settings: nested(40_000 / 8) } };
    expectRefused(await shop.request(UPDATE, deeper), 'A value may have up to 20 levels', { limit: 20 });
    const text = `mutation { tenantUpdate(input: { id: "1", settings: { a: ${'['.repeat(30)} ${']'.repeat(30)} } }) {
      userErrors { code } } }`;
    expectRefused(await shop.request(text), 'A value may have up to 20 levels', { limit: 20 });
  });

  it.each(['$where', 'a.b', '__proto__', 'a\0'])('has no key %j', async (key) => {
    const settings = JSON.parse(`{ "theme": { ${JSON.stringify(key)}: 1 } }`);
    const answer = await shop.request(UPDATE, { input: { id: '1', settings } });
    expectRefused(answer, 'A key does not begin with $', { argument: 'input.settings.theme' });
  });

  it('has no key __proto__ in its text', async () => {
    const text =
      'mutation { tenantUpdate(input: { id: "1", settings: { __proto__: { a: 1 } } }) { userErrors { code } } }';
    expectRefused(await shop.request(text), 'A key does not begin with $', { argument: 'input.settings' });
  });

  it('is one operation', async () => {
    const { status, errors } = await ask(shop.url, [
      { query: '{ shop { name } }' },
      { query: '{ shop { name } }' },
    ]);
    expect(errors?.[0]?.message).toContain('one operation a request');
    expect(status).toBe(400);
  });

  it('is at most 100 kB', async () => {
    const { status, errors } = await shop.request(BY_IDS, { ids: ['x'.repeat(100_000)] });
    expect(errors?.[0]?.message).toContain('larger than 100000 bytes');
    expect(status).toBe(413);
  });

  it.each([
    ['products', '{ products(first: 101) { nodes { id } } }', 'first'],
    ['products from the end', '{ products(last: 101) { nodes { id } } }', 'last'],
    ['stock movements', '{ stockMovements(first: 101) { nodes { id } } }', 'first'],
    ['reviews', '{ reviewsToModerate(first: 1000000) { nodes { id } } }', 'first'],
    ['people', '{ users(first: 101) { nodes { id } } }', 'first'],
  ])('asks for at most 100 rows of %s', async (_, query, argument) => {
    const { errors } = await shop.request(query, {}, await shop.staff());
    expect(errors?.[0]?.message).toContain('A page has 1 to 100 rows, not 1');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  });
});
