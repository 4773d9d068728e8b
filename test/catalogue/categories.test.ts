import { expect, it } from 'vitest';
import { commandsOf } from '../support/app.ts';
import { openShop } from '../support/shop.ts';

async function openTree() {
  const shop = await openShop();
  const home = await shop.category('Home');
  const lamps = await shop.category('Lamps', home);
  const desk = await shop.category('Desk Lamps', lamps);
  const garden = await shop.category('Garden');
  await shop.product({ slug: 'lamp' }, { category: desk });
  await shop.product({ slug: 'bench' }, { category: garden });
  return { shop, home, lamps, desk, garden };
}

it('answers the tree depth first, to the depth that is asked, with one command', async () => {
  const { shop, home } = await openTree();
  const query =
    'query ($parentId: ID, $maxDepth: Int) { categories(parentId: $parentId, maxDepth: $maxDepth) { name depth path } }';
  const names = async (variables: object) =>
    (await shop.request(query, { ...variables })).data.categories.map(({ name }: { name: string }) => name);
  expect(await names({})).toEqual(['Home', 'Lamps', 'Desk Lamps', 'Garden']);
  expect(await names({ maxDepth: 2 })).toEqual(['Home', 'Lamps', 'Garden']);
  expect(await names({ parentId: `${home._id}` })).toEqual(['Lamps', 'Desk Lamps']);
  expect(await commandsOf(() => names({}))).toHaveLength(1);
});

it('answers a category page with parents, children, count and products in few commands', async () => {
  const { shop } = await openTree();
  const query = `{ category(slug: "home") {
    name productCount own: productCount(includeDescendants: false)
    children { name productCount } products(first: 5) { nodes { name category { name } } totalCount } } }`;
  const { data } = await shop.request(query);
  expect(data.category).toMatchObject({
    productCount: 1,
    own: 0,
    children: [{ name: 'Lamps', productCount: 1 }],
    products: { totalCount: 1, nodes: [{ category: { name: 'Desk Lamps' } }] },
  });
  const page = '{ category(slug: "home") { name children { name } products(first: 24) { nodes { name } } } }';
  expect((await commandsOf(() => shop.request(page))).length).toBeLessThanOrEqual(3);
});

it('answers twelve aliased products with their categories in two commands', async () => {
  const { shop } = await openTree();
  const aliases = Array.from(
    { length: 12 },
    (_, i) =>
      `p${i}: product(slug: "${i % 2 ? 'lamp' : 'bench'}") { name category { name description depth ancestors { name } } }`,
  );
  const query = `{ ${aliases.join('\n')} }`;
  const { data, errors } = await shop.request(query);
  expect(errors).toBeUndefined();
  expect(data.p1.category).toMatchObject({ depth: 3, ancestors: [{ name: 'Home' }, { name: 'Lamps' }] });
  const flat = query.replaceAll(' ancestors { name }', '');
  expect(await commandsOf(() => shop.request(flat))).toHaveLength(2);
});

it.each([
  ['both id and slug', 'category(id: "0123456789abcdef01234567", slug: "home") { id }'],
  ['neither', 'category { id }'],
  ['six levels', 'categories(maxDepth: 6) { id }'],
])('refuses %s', async (_, field) => {
  const { shop } = await openTree();
  expect((await shop.request(`{ ${field} }`)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

it('knows nothing of what cannot be an id', async () => {
  const { shop } = await openTree();
  expect((await shop.request('{ category(id: "x") { id } categories(parentId: "x") { id } }')).data).toEqual({
    category: null,
    categories: [],
  });
});
