import { describe, expect, it } from 'vitest';
import { auditMonth } from '../../src/domains/audit/collections.ts';
import { stockMovements } from '../../src/domains/catalogue/stock-movements.ts';
import { productVersions } from '../../src/domains/catalogue/versions.ts';
import { outbox } from '../../src/platform/events/collections.ts';
import { openShop, type Shop } from '../support/shop.ts';

const FIELDS = `product {
  id sku name slug canonicalSlug description status version tags
  pricing { basePrice { amount } salePrice { amount } discounts { code value } }
  category { name path }
  variants { sku inventory { available } attributes { name value } pricing { basePrice { amount } } }
} userErrors { __typename code message path
  ... on DuplicateError { existingId } ... on VersionConflictError { currentVersion } ... on IllegalStateError { state } }`;

const change = (name: string) =>
  `mutation ($input: P!) { payload: ${name}(input: $input) { ${FIELDS} } }`.replace(
    'P!',
    `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`,
  );

async function staffed(shop: Shop) {
  const headers = await shop.staff('catalogue:write');
  return async (name: string, input: object) => {
    const answer = await shop.request(change(name), { input }, headers);
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data.payload;
  };
}

const LAMP = { sku: 'LAMP', name: 'Storm Lantern', pricing: { basePrice: '49.99' } };

describe('productCreate', () => {
  it('answers the product as stated, with a slug made from its name', async () => {
    const shop = await openShop();
    const lighting = await shop.category('Lighting');
    const change = await staffed(shop);

    const { product, userErrors } = await change('productCreate', {
      ...LAMP,
      categoryId: lighting._id.toHexString(),
      variants: [
        {
          sku: 'LAMP-RED',
          attributes: [{ name: 'Colour', value: 'Red' }],
          quantity: 3,
          pricing: { basePrice: '59.99' },
        },
      ],
    });

    expect(userErrors).toEqual([]);
    expect(product).toMatchObject({
      slug: 'storm-lantern',
      status: 'DRAFT',
      version: 1,
      category: { name: 'Lighting' },
      variants: [
        { sku: 'LAMP-RED', inventory: { available: 3 }, pricing: { basePrice: { amount: '59.99' } } },
      ],
    });
  });

  it('numbers the slugs of namesakes', async () => {
    const change = await staffed(await openShop());
    const slugs = [];
    for (const sku of ['A', 'B', 'C'])
      slugs.push((await change('productCreate', { ...LAMP, sku })).product.slug);
    expect(slugs).toEqual(['storm-lantern', 'storm-lantern-2', 'storm-lantern-3']);
  });

  it('names who has the sku already, be it a product or a variant', async () => {
    const change = await staffed(await openShop());
    const { product } = await change('productCreate', { ...LAMP, variants: [{ sku: 'LAMP-RED' }] });

    const asProduct = await change('productCreate', { ...LAMP, sku: 'LAMP-RED' });
    const asVariant = await change('productCreate', {
      ...LAMP,
      sku: 'NEW',
      variants: [{ sku: 'NEW-1' }, { sku: 'LAMP' }],
    });

    expect(asProduct).toMatchObject({
      product: null,
      userErrors: [{ __typename: 'DuplicateError', existingId: product.id, path: ['input', 'sku'] }],
    });
    expect(asVariant.userErrors).toMatchObject([
      { code: 'DUPLICATE', existingId: product.id, path: ['input', 'variants', '1', 'sku'] },
    ]);
  });

  it.each([
    [
      'the sku of a variant twice',
      { variants: [{ sku: 'X' }, { sku: 'X' }] },
      ['input', 'variants', '1', 'sku'],
    ],
    ['its own sku for a variant', { variants: [{ sku: 'LAMP' }] }, ['input', 'variants', '0', 'sku']],
    [
      'more decimals than the currency has',
      { pricing: { basePrice: '1.999' } },
      ['input', 'pricing', 'basePrice'],
    ],
    ['a price below zero', { pricing: { basePrice: '-1' } }, ['input', 'pricing', 'basePrice']],
    ['a slug with spaces', { slug: 'Storm Lantern' }, ['input', 'slug']],
    ['an empty name', { name: '  ' }, ['input', 'name']],
    ['a category that is not there', { categoryId: '0123456789abcdef01234567' }, ['input', 'categoryId']],
    [
      'an attribute name with a dot',
      { variants: [{ sku: 'X', attributes: [{ name: 'a.b', value: '1' }] }] },
      ['input', 'variants', '0', 'attributes', '0', 'name'],
    ],
  ])('refuses %s, and says where', async (_, part, path) => {
    const shop = await openShop();
    const { product, userErrors } = await (await staffed(shop))('productCreate', { ...LAMP, ...part });
    expect(product).toBeNull();
    expect(userErrors).toMatchObject([{ path }]);
    expect(await shop.db.collection(outbox).count({}, { limit: 10 })).toBe(0);
  });

  it('writes the audit, the event and the first line of the ledger with it', async () => {
    const shop = await openShop();
    await (await staffed(shop))('productCreate', { ...LAMP, variants: [{ sku: 'LAMP-RED', quantity: 3 }] });

    const [entry] = await shop.db
      .collection(auditMonth(new Date()))
      .find({ 'record.type': 'product' }, { limit: 9 });
    const events = await shop.db.collection(outbox).find({}, { limit: 9, sort: { _id: 1 } });
    const lines = await shop.db.collection(stockMovements).find({}, { limit: 9 });
    expect(entry).toMatchObject({
      action: 'insert',
      actor: expect.stringMatching(/^apiKey:/),
      changes: expect.arrayContaining([{ path: 'name', after: 'Storm Lantern' }]),
    });
    expect(events.map(({ type }) => type)).toEqual(['product.changed', 'inventory.changed']);
    expect(lines).toMatchObject([{ sku: 'LAMP-RED', quantity: 3, reserved: 0 }]);
  });
});

describe('productUpdate', () => {
  it('leaves what is absent and clears what is null', async () => {
    const change = await staffed(await openShop());
    const { product } = await change('productCreate', {
      ...LAMP,
      description: 'Bright',
      tags: ['gift'],
      pricing: { basePrice: '49.99', salePrice: '39.99' },
    });

    const patched = await change('productUpdate', {
      id: product.id,
      description: null,
      pricing: { salePrice: null },
    });

    expect(patched.product).toMatchObject({
      name: 'Storm Lantern',
      description: null,
      tags: ['gift'],
      pricing: { basePrice: { amount: '49.99' }, salePrice: null },
      version: 2,
    });
  });

  it('refuses a change that was decided on another version, and changes nothing', async () => {
    const shop = await openShop();
    const change = await staffed(shop);
    const { product } = await change('productCreate', LAMP);
    await change('productUpdate', { id: product.id, name: 'Lantern', expectedVersion: 1 });

    const late = await change('productUpdate', { id: product.id, name: 'Late', expectedVersion: 1 });

    expect(late.userErrors).toMatchObject([{ __typename: 'VersionConflictError', currentVersion: 2 }]);
    const { data } = await shop.request(`{ product(id: "${product.id}") { name } }`, {}, await shop.staff());
    expect(data.product.name).toBe('Lantern');
  });

  it('lets one of several that were decided on the same version through', async () => {
    const change = await staffed(await openShop());
    const { product } = await change('productCreate', LAMP);
    const names = ['a', 'b', 'c', 'd', 'e'];
    const answers = await Promise.all(
      names.map((name) => change('productUpdate', { id: product.id, name, expectedVersion: 1 })),
    );
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
  });

  it('keeps leading to the product by its former slug', async () => {
    const shop = await openShop();
    const change = await staffed(shop);
    const { product } = await change('productCreate', { ...LAMP, status: 'ACTIVE' });
    await change('productUpdate', { id: product.id, slug: 'hurricane-lamp' });

    const { data } = await shop.request('{ product(slug: "storm-lantern") { name canonicalSlug } }');
    expect(data.product).toEqual({ name: 'Storm Lantern', canonicalSlug: 'hurricane-lamp' });
  });

  it('keeps the former version, which can be brought back', async () => {
    const shop = await openShop();
    const change = await staffed(shop);
    const { product } = await change('productCreate', { ...LAMP, variants: [{ sku: 'L-1', quantity: 5 }] });
    await change('productUpdate', { id: product.id, name: 'Lantern' });
    await change('productVariantsUpsert', { productId: product.id, variants: [{ sku: 'L-1', quantity: 9 }] });

    const history = `{ product(id: "${product.id}") { history { nodes { version replacedBy product { name } } } } }`;
    const { data } = await shop.request(history, {}, await shop.staff());
    const back = await change('productRestoreVersion', { id: product.id, version: 1 });

    expect(
      data.product.history.nodes.map((node: { version: number; product: { name: string } }) => [
        node.version,
        node.product.name,
      ]),
    ).toEqual([
      [2, 'Lantern'],
      [1, 'Storm Lantern'],
    ]);
    expect(back.product).toMatchObject({
      name: 'Storm Lantern',
      version: 4,
      variants: [{ inventory: { available: 9 } }],
    });
    expect(await shop.db.collection(productVersions).count({}, { limit: 9 })).toBe(3);
  });

  it('shows the lowest price of the last 30 days after the price went up', async () => {
    const shop = await openShop();
    const change = await staffed(shop);
    const { product } = await change('productCreate', {
      ...LAMP,
      status: 'ACTIVE',
      pricing: { basePrice: '30.00' },
    });
    await change('productUpdate', { id: product.id, pricing: { basePrice: '60.00' } });
    const { data } = await shop.request(
      '{ product(sku: "LAMP") { lowestPrice30Days { amount } priceRange { min { amount } } } }',
    );
    expect(data.product).toEqual({
      lowestPrice30Days: { amount: '30.00' },
      priceRange: { min: { amount: '60.00' } },
    });
  });
});

describe('productUpsert', () => {
  it('adds a new product and then changes it, known by its sku', async () => {
    const change = await staffed(await openShop());
    const input = {
      sku: 'LAMP',
      name: 'Lantern',
      pricing: { basePrice: '10.00' },
      variants: [{ sku: 'L-1', quantity: 1 }],
    };
    const first = await change('productUpsert', input);
    const second = await change('productUpsert', { sku: 'LAMP', variants: [{ sku: 'L-2', quantity: 2 }] });
    expect(second.product).toMatchObject({ id: first.product.id, name: 'Lantern', version: 2 });
    expect(second.product.variants.map(({ sku }: { sku: string }) => sku)).toEqual(['L-1', 'L-2']);
  });
});

describe('productDelete', () => {
  it('takes the product out of the shop and frees its sku; productRestore says who has it by then', async () => {
    const shop = await openShop();
    const change = await staffed(shop);
    const { product } = await change('productCreate', { ...LAMP, status: 'ACTIVE' });
    await change('productDelete', { id: product.id });

    expect((await shop.request('{ product(sku: "LAMP") { id } }')).data.product).toBeNull();
    const heir = await change('productCreate', LAMP);
    const refused = await change('productRestore', { id: product.id });
    expect(refused.userErrors).toMatchObject([{ code: 'DUPLICATE', existingId: heir.product.id }]);

    await change('productDelete', { id: heir.product.id });
    const restored = await change('productRestore', { id: product.id });
    expect(restored.product).toMatchObject({ id: product.id, sku: 'LAMP' });
  });
});

it('keeps shoppers from changing anything', async () => {
  const shop = await openShop();
  const { data, errors } = await shop.request(change('productCreate'), { input: LAMP });
  expect(data).toBeNull();
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
