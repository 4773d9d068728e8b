import { describe, expect, it } from 'vitest';
import { generatedProducts } from '../../src/demo/generated-products.ts';
import { refreshAllDueCopies, refreshDueCopies } from '../../src/domains/catalogue/category-copies.ts';
import { categories, products } from '../../src/domains/catalogue/collections.ts';
import { newProduct } from '../../src/domains/catalogue/product-document.ts';
import { testApp } from '../support/app.ts';
import { openShop, type Shop } from '../support/shop.ts';

async function staffed(shop: Shop) {
  const headers = await shop.staff('catalogue:write');
  return async (name: 'categoryCreate' | 'categoryUpdate' | 'categoryDelete', input: object) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { payload: ${name}(input: $input) {
      category { id name slug path depth position version parent { name } }
      userErrors { code path ... on IllegalStateError { state } } } }`;
    const answer = await shop.request(query, { input }, headers);
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data.payload;
  };
}

it('adds categories one below the other, and refuses a sixth level', async () => {
  const change = await staffed(await openShop());
  let parentId: string | undefined;
  for (const name of ['A', 'B', 'C', 'D', 'E']) {
    const { category, userErrors } = await change('categoryCreate', { name, parentId });
    expect(userErrors).toEqual([]);
    parentId = category.id;
  }
  const { category, userErrors } = await change('categoryCreate', { name: 'F', parentId });
  expect(category).toBeNull();
  expect(userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'parentId'] }]);
});

it('puts a new category behind its siblings', async () => {
  const change = await staffed(await openShop());
  await change('categoryCreate', { name: 'First' });
  const { category } = await change('categoryCreate', { name: 'Second' });
  expect(category.position).toBe(1);
});

it('refuses a slug that is taken, a parent below the category itself, and a depth beyond the limit', async () => {
  const shop = await openShop();
  const change = await staffed(shop);
  const top = await shop.category('Top');
  const below = await shop.category('Below', top);
  const chain = [await shop.category('1')];
  for (const name of ['2', '3', '4']) chain.push(await shop.category(name, chain.at(-1)));

  expect((await change('categoryCreate', { name: 'Top' })).userErrors).toMatchObject([{ code: 'DUPLICATE' }]);
  const cycle = await change('categoryUpdate', { id: `${top._id}`, parentId: `${below._id}` });
  expect(cycle.userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'parentId'] }]);
  const deep = await change('categoryUpdate', { id: `${top._id}`, parentId: `${chain[3]?._id}` });
  expect(deep.userErrors).toMatchObject([{ code: 'INVALID', path: ['input', 'parentId'] }]);
});

describe('a renamed or moved category', () => {
  it('is at once what its products and those below it say, and what they are found by', async () => {
    const shop = await openShop();
    const change = await staffed(shop);
    const home = await shop.category('Home');
    const lighting = await shop.category('Lighting', home);
    const lamps = await shop.category('Lamps', lighting);
    const garden = await shop.category('Garden');
    await shop.product({ slug: 'lamp' }, { category: lamps });

    await change('categoryUpdate', { id: `${lighting._id}`, name: 'Lights', parentId: `${garden._id}` });

    const { data } = await shop.request(`{
      product(slug: "lamp") { category { path ancestors { name } } }
      garden: category(slug: "garden") { productCount }
      home: category(slug: "home") { productCount }
    }`);
    expect(data).toEqual({
      product: {
        category: {
          path: ['Garden', 'Lights', 'Lamps'],
          ancestors: [{ name: 'Garden' }, { name: 'Lights' }],
        },
      },
      garden: { productCount: 1 },
      home: { productCount: 0 },
    });
    const stored = await shop.db.collection(products).findOne({ slug: 'lamp' });
    expect(stored?.keys.keywordTerms).toEqual(expect.arrayContaining(['garden', 'light']));
  });

  it('reaches each of 2,500 products, in several batches, also when the process died on the way', async () => {
    const shop = await openShop();
    const { database } = await testApp();
    const home = await shop.category('Home');
    await fill(shop, home, 2_500);
    const change = await staffed(shop);
    // As a killed process leaves it: the category says its new name, half of the products do not.
    const half = await shop.db.collection(products).find({}, { limit: 1_200, projection: { _id: 1 } });
    await change('categoryUpdate', { id: `${home._id}`, name: 'Living' });
    await shop.db
      .collection(products)
      .updateMany(
        { _id: { $in: half.map(({ _id }) => _id) } },
        { $set: { 'category.name': 'Home', 'category.path': ['Home'] } },
      );

    await refreshAllDueCopies(database.systemDb('a test'));

    expect(await shop.db.collection(products).count({ 'category.name': 'Living' }, { limit: 20_000 })).toBe(
      2_500,
    );
    expect(await shop.db.collection(products).count({ 'category.path': 'Living' }, { limit: 20_000 })).toBe(
      2_500,
    );
  }, 180_000);

  it('stays due until a change that began before it can no longer bring the former name back', async () => {
    const shop = await openShop();
    const change = await staffed(shop);
    const home = await shop.category('Home');
    await change('categoryUpdate', { id: `${home._id}`, name: 'Living' });
    await shop.product({ slug: 'late' }, { category: home });
    await refreshDueCopies(shop.db);
    expect(
      (await shop.request('{ product(slug: "late") { category { name } } }')).data.product.category.name,
    ).toBe('Living');

    await shop.db
      .collection(categories)
      .updateOne({ _id: home._id }, { $set: { copiesDueSince: new Date(0) } });
    await refreshDueCopies(shop.db);
    expect((await shop.db.collection(categories).findOne({ _id: home._id }))?.copiesDueSince).toBeNull();
  });
});

describe('categoryDelete', () => {
  it('is refused while something is below it or in it', async () => {
    const shop = await openShop();
    const change = await staffed(shop);
    const home = await shop.category('Home');
    const lamps = await shop.category('Lamps', home);
    await shop.product({}, { category: lamps });
    expect((await change('categoryDelete', { id: `${home._id}` })).userErrors).toMatchObject([
      { state: 'HAS_CHILDREN' },
    ]);
    expect((await change('categoryDelete', { id: `${lamps._id}` })).userErrors).toMatchObject([
      { state: 'HAS_PRODUCTS' },
    ]);
  });

  it('moves the products where it is told', async () => {
    const shop = await openShop();
    const change = await staffed(shop);
    const [lamps, garden] = [await shop.category('Lamps'), await shop.category('Garden')];
    await shop.product({ slug: 'lamp' }, { category: lamps });
    await change('categoryDelete', { id: `${lamps._id}`, moveProductsTo: `${garden._id}` });
    const { data } = await shop.request(
      '{ product(slug: "lamp") { category { name } } category(slug: "lamps") { id } }',
    );
    expect(data).toEqual({ product: { category: { name: 'Garden' } }, category: null });
  });
});

async function fill(shop: Shop, category: Awaited<ReturnType<Shop['category']>>, count: number) {
  const change = { at: new Date(), by: null };
  const documents = [...generatedProducts(count, 'USD', 1)].map(({ draft }) =>
    newProduct(draft, category, change),
  );
  for (let at = 0; at < count; at += 1_000)
    await shop.db.collection(products).insertMany(documents.slice(at, at + 1_000));
}
