import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { refreshVocabulary } from '../../src/domains/catalogue/vocabulary.ts';
import { refreshShopPrices } from '../../src/domains/search/price-keys.ts';
import { recountShop } from '../../src/domains/search/recount.ts';
import { testApp } from '../support/app.ts';
import { openShop, type Shop, variantDraft } from '../support/shop.ts';
import { GENERATED_AT } from './generated-catalogue.ts';
import { type GeneratedShop, openGeneratedShop } from './generated-shop.ts';
import { catalogueCommands } from './plans.ts';
import { type ModelFilter, modelKeeps } from './product-model.ts';

const FACETS = `query ($search: String, $filter: ProductFilter) {
  products(search: $search, filter: $filter, first: 1) {
    facets { key label countsAreExact values { label count selected filter } }
  }
}`;
const COUNT =
  'query ($search: String, $filter: ProductFilter) { products(search: $search, filter: $filter) { totalCount } }';

type Value = { label: string; count: number; selected: boolean; filter: ModelFilter };
type Facet = { key: string; label: string; countsAreExact: boolean; values: Value[] };

async function facetsOf(shop: Shop, filter: ModelFilter, search?: string): Promise<Facet[]> {
  const { data, errors } = await shop.request(FACETS, { filter, search });
  expect(errors).toBeUndefined();
  return data.products.facets;
}

const facet = (facets: Facet[], key: string) => facets.find((one) => one.key === key)?.values ?? [];
const counts = (values: Value[]) => Object.fromEntries(values.map(({ label, count }) => [label, count]));

describe('a generated shop', () => {
  let shop: GeneratedShop;

  beforeAll(async () => {
    shop = await openGeneratedShop(300);
  });

  const anyFilter = (): fc.Arbitrary<ModelFilter> =>
    fc.record(
      {
        categoryId: fc.constantFrom(...shop.categories.map(({ _id }) => _id.toHexString())),
        includeDescendants: fc.boolean(),
        tagsIn: fc.subarray(['gift', 'sale'], { minLength: 1 }),
        tagsAll: fc.constant(['new']),
        price: fc.constantFrom({ min: '20.00' }, { max: '90.00' }, { min: '10.00', max: '80.00' }),
        minRating: fc.constantFrom(2, 4),
        inStock: fc.boolean(),
        attributes: fc.subarray(
          [
            { name: 'Colour', in: ['Red', 'Blue', 'Green'] },
            { name: 'Size', in: ['S', 'M'] },
          ],
          { minLength: 1 },
        ),
        createdAfter: fc.constant('2025-06-01T00:10:00.000Z'),
      },
      { requiredKeys: [] },
    );

  it('counts what the list has when a choice is given back as its filter', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyFilter(),
        fc.constantFrom(undefined, 'shirt', 'cotton'),
        fc.nat(),
        async (filter, search, at) => {
          const values = (await facetsOf(shop, filter, search)).flatMap((one) => one.values);
          for (const value of values.filter((_, index) => index % 7 === at % 7)) {
            const { data, errors } = await shop.request(COUNT, { filter: value.filter, search });
            expect(errors).toBeUndefined();
            expect({ ...value, count: data.products.totalCount }).toEqual(value);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('says which choices are made, and counts the others of that facet as if none were', async () => {
    const none = await facetsOf(shop, {});
    const [tag, ...others] = facet(none, 'tag');
    const chosen = facet(await facetsOf(shop, { tagsIn: [tag?.label ?? ''] }), 'tag');
    expect(chosen.filter(({ selected }) => selected).map(({ label }) => label)).toEqual([tag?.label]);
    expect(counts(chosen)).toEqual(counts([tag as Value, ...others]));
  });

  it('has at most six ranges of prices, which hold all products in the currency of the shop', async () => {
    const values = facet(await facetsOf(shop, {}), 'price');
    const inUsd = shop.products.filter(
      ({ isDeleted, status, pricing }) => !isDeleted && status === 'ACTIVE' && pricing.currency === 'USD',
    );
    expect(values.length).toBeGreaterThan(2);
    expect(values.length).toBeLessThanOrEqual(6);
    expect(values.reduce((sum, { count }) => sum + count, 0)).toBe(inUsd.length);
    expect(values[0]?.label).toMatch(/^\$\d+\.\d\d – \$\d+\.\d\d$/);
  });

  it('lists below a category what is in it', async () => {
    const [top] = shop.categories;
    const query = `query ($id: ID!) { category(id: $id) { products(first: 1) { facets { key values { label count filter } } } } }`;
    const { data } = await shop.request(query, { id: top?._id.toHexString() });
    const values = facet(data.category.products.facets, 'category');
    const inside = shop.categories.filter(({ ancestorIds }) =>
      ancestorIds.some((id) => id.equals(top?._id ?? '')),
    );
    expect(values.map(({ label }) => label).toSorted()).toEqual(
      inside.map(({ path }) => path.join(' › ')).toSorted(),
    );
    const narrowed = `query ($id: ID!, $filter: ProductFilter) { category(id: $id) { products(filter: $filter) { totalCount } } }`;
    const [value] = values;
    const answer = await shop.request(narrowed, { id: top?._id.toHexString(), filter: value?.filter });
    expect(answer.data.category.products.totalCount).toBe(value?.count);
  });

  it('takes one command more than the list, whatever is chosen, and none when it is not asked for', async () => {
    const filter = { tagsIn: ['gift'], minRating: 2, attributes: [{ name: 'Colour', in: ['Red'] }] };
    expect(await catalogueCommands(() => facetsOf(shop, filter))).toHaveLength(2);
    // Whether there are counts of the whole shop is one more look-up.
    expect(await catalogueCommands(() => facetsOf(shop, {}))).toHaveLength(3);
    expect(await catalogueCommands(() => shop.request('{ products { nodes { id } } }'))).toHaveLength(1);
  });
});

describe('a shop with more products than are counted while somebody waits', () => {
  let shop: GeneratedShop;
  const later = async (minutes: number) => {
    const at = new Date(Date.now() + minutes * 60_000);
    return (await testApp()).database.tenantDb(shop.db.tenantId, { now: () => at });
  };

  beforeAll(async () => {
    shop = await openGeneratedShop(3_000);
  });

  /** What the model counts for each value's filter. */
  const asInModel = (facets: Facet[]) =>
    facets.map((one) => ({
      ...one,
      values: one.values.map((value) => ({
        ...value,
        count: shop.products.filter((product) => modelKeeps(product, value.filter, shop.categories)).length,
      })),
    }));
  const largest = () => ({ categoryId: shop.categories[0]?._id.toHexString() ?? '' });

  it('counts some of them as long as they were not all counted, and says so', async () => {
    const facets = await facetsOf(shop, {});
    expect(facets.map(({ countsAreExact }) => countsAreExact)).not.toContain(true);
    const [tag] = facet(facets, 'tag');
    const [right] = facet(asInModel(facets), 'tag');
    expect(tag?.count).toBeGreaterThan(0);
    expect(tag?.count).toBeLessThan(right?.count ?? 0);
  });

  it('counts what fits exactly, and says so', async () => {
    const facets = await facetsOf(shop, { tagsIn: ['gift'] });
    expect(facets.filter(({ key }) => key !== 'tag').every(({ countsAreExact }) => countsAreExact)).toBe(
      true,
    );
    expect(facets.find(({ key }) => key === 'tag')?.countsAreExact).toBe(false);
    const below = await facetsOf(shop, largest());
    expect(below.filter(({ key }) => key !== 'category')).toEqual(
      asInModel(below).filter(({ key }) => key !== 'category'),
    );
  });

  it('answers from counts of the whole shop once the clock has made them, all as the model has it', async () => {
    expect(await recountShop(shop.db)).toBe(true);
    const facets = await facetsOf(shop, {});
    expect(facets).toEqual(asInModel(facets));
    expect(facets.map(({ key }) => key)).toEqual([
      ...['category', 'tag', 'price', 'rating', 'attribute.Colour', 'attribute.Size'],
    ]);
    expect(facets[0]?.values.map(({ count }) => count)).toEqual(
      shop.categories
        .map(({ _id }) => modelCount({ categoryId: _id.toHexString() }))
        .toSorted((a, b) => b - a),
    );
    expect(await catalogueCommands(() => facetsOf(shop, {}))).toHaveLength(2);
    const inCategory = await facetsOf(shop, largest());
    expect(inCategory).toEqual(asInModel(inCategory));
    expect(facet(inCategory, 'category').filter(({ selected }) => selected)).toHaveLength(1);
  });

  const modelCount = (filter: ModelFilter) =>
    shop.products.filter((product) => modelKeeps(product, filter, shop.categories)).length;

  it('is counted again where its products changed, once a round, and else left alone', async () => {
    await recountShop(shop.db);
    expect(await recountShop(await later(5))).toBe(false);
    const quiet = await catalogueCommands(async () => recountShop(await later(9)));
    expect(quiet).toEqual([]);
    const headers = await shop.staff();
    const { data } = await shop.request(
      'mutation { productCreate(input: { sku: "N-1", name: "Nonpareil", status: ACTIVE, tags: ["nonpareil"], pricing: { basePrice: "5.00" } }) { userErrors { message } } }',
      {},
      headers,
    );
    expect(data.productCreate.userErrors).toEqual([]);
    expect(facet(await facetsOf(shop, {}), 'tag').map(({ label }) => label)).not.toContain('nonpareil');
    const both = await Promise.all([recountShop(await later(18)), recountShop(await later(18))]);
    expect(both.toSorted()).toEqual([false, true]);
    expect(counts(facet(await facetsOf(shop, {}), 'tag')).nonpareil).toBe(1);
    expect(await recountShop(await later(27))).toBe(false);
    const ends = new Date(Date.now() + 30 * 60_000);
    const discount = { type: 'PERCENTAGE' as const, value: 1_000, validFrom: GENERATED_AT, validTo: ends };
    await shop.product({
      pricing: {
        ...{ currency: 'USD', basePrice: 1000, salePrice: null, cost: null, taxRate: 0 },
        discounts: [{ ...discount, code: null, minQuantity: 1 }],
      },
    });
    await refreshShopPrices(await later(35));
    expect(await recountShop(await later(36))).toBe(true);
  });
});

describe('attributes', () => {
  it('counts a product once, and only by variants that have all that is chosen', async () => {
    const shop = await openShop();
    const variant = (sku: string, Colour: string, Size: string) =>
      variantDraft({ sku, attributes: { Colour, Size } });
    await shop.product({
      variants: [variant('a', 'Red', 'S'), variant('b', 'Red', 'M'), variant('c', 'Blue', 'L')],
    });
    await shop.product({ variants: [variant('d', 'Red', 'M'), variant('e', 'Red', 'M')] });
    const chosen = await facetsOf(shop, { attributes: [{ name: 'Colour', in: ['Red'] }] });
    expect(counts(facet(chosen, 'attribute.Size'))).toEqual({ S: 1, M: 2 });
    expect(counts(facet(chosen, 'attribute.Colour'))).toEqual({ Red: 2, Blue: 1 });
  });

  it('takes names and values as text', async () => {
    const shop = await openShop();
    await shop.product({
      variants: [variantDraft({ sku: 'x', attributes: { Colour: '$pricing.cost', Size: 'S' } })],
    });
    const chosen = await facetsOf(shop, {
      attributes: [{ name: 'Colour', in: ['$pricing.cost', '$$ROOT'] }],
    });
    expect(counts(facet(chosen, 'attribute.Colour'))).toEqual({ '$pricing.cost': 1 });
    expect(counts(facet(chosen, 'attribute.Size'))).toEqual({ S: 1 });
  });

  it('keeps what is chosen among the fifty values shown', async () => {
    const shop = await openShop();
    for (let batch = 0; batch < 3; batch++) {
      const variants = Array.from({ length: 25 }, (_, i) =>
        variantDraft({ sku: `v${batch}-${i}`, attributes: { Code: `code ${100 + batch * 25 + i}` } }),
      );
      await shop.product({ variants });
    }
    const values = facet(
      await facetsOf(shop, { attributes: [{ name: 'Code', in: ['code 174'] }] }),
      'attribute.Code',
    );
    expect(values).toHaveLength(50);
    expect(values[0]).toMatchObject({ label: 'code 174', selected: true, count: 1 });
  });
});

it('counts in this shop alone', async () => {
  const [one, other] = [await openShop(), await openShop()];
  await one.product({ tags: ['gift'], name: 'Mug' });
  await other.product({ tags: ['gift', 'theirs'], name: 'Mug' });
  await refreshVocabulary(one.db);
  expect(counts(facet(await facetsOf(one, {}), 'tag'))).toEqual({ gift: 1 });
  expect(counts(facet(await facetsOf(one, { tagsIn: ['theirs'] }), 'tag'))).toEqual({ gift: 1 });
  expect(counts(facet(await facetsOf(one, {}, 'mug'), 'tag'))).toEqual({ gift: 1 });
});
