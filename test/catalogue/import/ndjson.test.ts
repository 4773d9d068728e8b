import { expect, it } from 'vitest';
import { ndjsonProducts } from '../../../src/domains/catalogue/import/ndjson.ts';
import { bytes, fixture, outcomeOf } from './sources.ts';

const read = (source: AsyncIterable<Uint8Array>, currency = 'USD') =>
  outcomeOf(ndjsonProducts(source, { currency }));
const readOne = async (product: object, currency?: string) => read(bytes(JSON.stringify(product)), currency);

const stool = { sku: 'STOOL', name: 'Bar Stool', pricing: { basePrice: '79.00' }, variants: [] };

it('reads a product with everything that can be said of it', async () => {
  const { products } = await read(fixture('products.ndjson'));
  const [desk] = products;
  expect(desk?.category).toEqual({ path: ['Furniture', 'Desks'] });
  expect(desk?.draft).toEqual({
    sku: 'DESK',
    slug: 'oak-desk',
    name: 'Oak Desk',
    description: 'A desk of oak.',
    status: 'ACTIVE',
    pricing: {
      currency: 'USD',
      basePrice: 49900,
      salePrice: 44900,
      cost: 21000,
      taxRate: 0.19,
      discounts: [
        {
          type: 'PERCENTAGE',
          value: 1250,
          validFrom: new Date('2026-01-01'),
          validTo: new Date('2026-02-01'),
          code: 'DESK',
          minQuantity: 2,
        },
      ],
    },
    variants: [
      {
        sku: 'DESK-120',
        attributes: { Width: '120 cm' },
        quantity: 4,
        pricing: { basePrice: null, salePrice: null },
        media: [{ url: 'https://cdn.example/desk-120.jpg', alt: null, position: 0 }],
      },
      {
        sku: 'DESK-160',
        attributes: { Width: '160 cm' },
        quantity: 2,
        pricing: { basePrice: 59900, salePrice: null },
        media: [],
      },
    ],
    tags: ['oak', 'office'],
    searchKeywords: ['table'],
    media: [{ url: 'https://cdn.example/desk.jpg', alt: 'The desk', position: 0 }],
    seo: { title: 'Oak desk', description: null },
  });
  expect([...(desk?.silent ?? [])]).toEqual([]);
});

it('refuses bad lines with line, path and reason, and reads the rest', async () => {
  const { products, faults, error } = await read(fixture('products.ndjson'));
  expect(error).toBeNull();
  expect(products.map(({ draft, place }) => [draft.slug, place.line])).toEqual([
    ['oak-desk', 1],
    ['bar-stool', 3],
    ['shelf', 7],
  ]);
  expect(faults.map(({ line, column, reason }) => `${line} ${column}: ${reason}`)).toEqual([
    '4 name: This is empty',
    '4 pricing.basePrice: An amount is a string, so that it stays exact: "79.99"',
    '4 pricing.salePrice: An amount is written like "79.99"',
    '4 variants.0.attributes.0.name: The name of an attribute has no ".", "$" or control character',
    '4 variants.0.quantity: Too small: expected number to be >=0',
    '4 variants.0: Unrecognized key: "colour"',
    '5 pricing.basePrice: "10.999" has too many decimals: USD has at most 2 decimals',
    '5 pricing.salePrice: A sale price is not above the base price',
    '5 variants.1.attributes: Another variant has the same attributes',
    '5 variants.1.quantity: Either every variant states its quantity, or none does',
    expect.stringMatching(/^6 null: The line is not JSON: /),
    '8 sku: The SKU "STOOL" is taken by the product on line 3',
  ]);
});

it('keeps to the shop what a line leaves out, and not what it empties', async () => {
  const { products } = await readOne({ ...stool, description: null, tags: [] });
  expect([...(products[0]?.silent ?? [])].sort()).toEqual([
    'category',
    'cost',
    'currency',
    'discounts',
    'media',
    'quantity',
    'searchKeywords',
    'seo',
    'status',
    'taxRate',
    'variantMedia',
  ]);
});

it('names a category by its path or its slug', async () => {
  const byPath = await readOne({ ...stool, category: ['Bar', 'Stools'] });
  expect(byPath.products[0]?.category).toEqual({ path: ['Bar', 'Stools'] });
  const bySlug = await readOne({ ...stool, category: 'bar-stools' });
  expect(bySlug.products[0]?.category).toEqual({ slug: 'bar-stools' });
  const tooDeep = await readOne({ ...stool, category: ['1', '2', '3', '4', '5', '6'] });
  expect(tooDeep.faults[0]).toMatchObject({
    column: 'category',
    reason: 'A category is the names from the root down, at most 5, or a slug',
  });
});

it('takes the currency of the shop where the line names none', async () => {
  const { products } = await readOne({ ...stool, pricing: { basePrice: '790' } }, 'JPY');
  expect(products[0]?.draft.pricing).toMatchObject({ currency: 'JPY', basePrice: 790 });
});

it.each([
  [
    'a discount that ends before it begins',
    'pricing.discounts.0.validTo',
    discountOf({ validTo: '2025-01-01T00:00:00Z' }),
  ],
  ['more than everything off', 'pricing.discounts.0.value', discountOf({ value: '100.01' })],
  [
    'a third of a cent off',
    'pricing.discounts.0.value',
    discountOf({ type: 'FIXED_AMOUNT', value: '0.333' }),
  ],
  ['a local time', 'pricing.discounts.0.validFrom', discountOf({ validFrom: '2026-01-01' })],
  ['a script for a picture', 'media.0.url', { media: [{ url: 'javascript:alert(1)' }] }],
  ['no name', 'name', { name: undefined }],
  ['one SKU for product and variant', 'variants.0.sku', { variants: [{ sku: 'STOOL' }] }],
  ['a name that no slug is in', 'slug', { name: '???' }],
  ['an unknown field', null, { titel: 'Bar Stool' }],
])('refuses %s', async (_, column, change) => {
  const { products, faults } = await readOne({ ...stool, ...change });
  expect(products).toEqual([]);
  expect(faults.map((fault) => fault.column)).toEqual([column]);
});

function discountOf(change: object) {
  const discount = {
    type: 'PERCENTAGE',
    value: '10',
    validFrom: '2026-01-01T00:00:00Z',
    validTo: '2026-02-01T00:00:00Z',
    ...change,
  };
  return { pricing: { basePrice: '79.00', discounts: [discount] } };
}
