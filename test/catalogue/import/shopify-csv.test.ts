import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { fixture, mug, readShopify, shopifyFile } from './sources.ts';

const draftsOf = async (file: string) => {
  const { products, faults, error } = await readShopify(fixture(file));
  expect({ faults, error }).toEqual({ faults: [], error: null });
  return products;
};

describe('a current export', () => {
  it('gives each product with what its rows say together', async () => {
    const [parka] = await draftsOf('current.csv');
    expect(parka).toMatchObject({
      place: { line: 2, column: 'Handle' },
      category: { path: ['Clothing', 'Outerwear', 'Jackets & Parkas'] },
      draft: {
        sku: 'fjord-parka',
        slug: 'fjord-parka',
        name: 'Fjord™ Parka & Hood',
        description:
          'Warm at -20 °C, and light.\n\n• Down filling.\n• "Storm" hood.\n\n• Two pockets\n• One inside',
        status: 'ACTIVE',
        pricing: { currency: 'USD', basePrice: 24000, salePrice: null, cost: 11050, discounts: [] },
        tags: ['winter', 'Warm', 'down'],
        searchKeywords: ['Nordwind', 'Jacket'],
        seo: { title: 'Fjord Parka, the warm one', description: 'Down parka for the far north.' },
      },
    });
    expect(parka?.draft.variants).toEqual([
      {
        sku: 'FP-S-NAVY',
        attributes: { Size: 'S', Color: 'Navy' },
        quantity: 12,
        pricing: { basePrice: null, salePrice: null },
        media: [{ url: 'https://cdn.example/fjord-navy.jpg', alt: null, position: 0 }],
      },
      expect.objectContaining({ sku: 'FP-S-MOSS', attributes: { Size: 'S', Color: 'Moss' }, quantity: 0 }),
      expect.objectContaining({ sku: 'FP-M-NAVY', pricing: { basePrice: null, salePrice: 19900 } }),
    ]);
  });

  it('puts the pictures in their stated order, with those of rows that only add one', async () => {
    const [parka] = await draftsOf('current.csv');
    expect(parka?.draft.media).toEqual([
      { url: 'https://cdn.example/fjord-1.jpg', alt: 'Front, closed', position: 0 },
      { url: 'https://cdn.example/fjord-2.jpg', alt: 'Back of the parka', position: 1 },
      { url: 'https://cdn.example/fjord-3.jpg', alt: null, position: 2 },
      { url: 'https://cdn.example/fjord-4.jpg', alt: 'Label', position: 3 },
    ]);
  });

  it('takes "Title / Default Title" for a product without options', async () => {
    const [, enamelMug] = await draftsOf('current.csv');
    expect(enamelMug?.draft.variants).toEqual([
      expect.objectContaining({ sku: '00123', attributes: {}, quantity: 40 }),
    ]);
  });

  it('files a product by its type where it has no category', async () => {
    const [, enamelMug, whistle, , lamp] = await draftsOf('current.csv');
    expect(enamelMug?.category).toEqual({ path: ['Kitchen', 'Mugs'] });
    expect(whistle?.category).toBeNull();
    expect(lamp?.category).toBeNull();
  });

  it('makes a sale of a higher "compare at" price, and nothing of an equal one', async () => {
    const [, enamelMug, whistle] = await draftsOf('current.csv');
    expect(enamelMug?.draft.pricing).toMatchObject({ basePrice: 1250, salePrice: null });
    expect(whistle?.draft.pricing).toMatchObject({ basePrice: 1400, salePrice: 900 });
  });

  it('keeps the sale price of most variants away from the one that is not on sale', async () => {
    const [, , , socks] = await draftsOf('current.csv');
    expect(socks?.draft.pricing).toMatchObject({ basePrice: 1000, salePrice: 800 });
    expect(socks?.draft.variants.map(({ pricing }) => pricing)).toEqual([
      { basePrice: null, salePrice: null },
      { basePrice: null, salePrice: null },
      { basePrice: 1000, salePrice: null },
    ]);
  });

  it('reads the status, and takes an unpublished product for a draft', async () => {
    const products = await draftsOf('current.csv');
    expect(products.map(({ draft }) => draft.status)).toEqual([
      'ACTIVE',
      'ACTIVE',
      'DRAFT',
      'DRAFT',
      'ARCHIVED',
    ]);
  });

  it('makes missing SKUs of the handle and the options, and says so', async () => {
    const [, , whistle, socks] = await draftsOf('current.csv');
    expect(whistle?.draft.variants.map(({ sku }) => sku)).toEqual(['tin-whistle-default']);
    expect(socks?.draft.variants.map(({ sku }) => sku)).toEqual([
      'wool-socks-6-9',
      'wool-socks-10-12',
      'wool-socks-groesse-xl',
    ]);
    expect(socks?.notes.map(({ text }) => text)).toContain(
      '3 variants have no SKU: it is made from the handle and the options',
    );
  });

  it('cleans the name of an option, cuts a category that is too deep, and notes both', async () => {
    const [, , , socks] = await draftsOf('current.csv');
    expect(socks?.category).toEqual({ path: ['A', 'B', 'C', 'D', 'E'] });
    expect(Object.keys(socks?.draft.variants[0]?.attributes ?? {})).toEqual(['Size (US)']);
    expect(socks?.notes.map(({ line, text }) => `${line}: ${text}`)).toEqual([
      '11: The option "Size (U.S.)" is stored as "Size (US)": no name has "." or "$"',
      '11: 3 variants have no SKU: it is made from the handle and the options',
      '11: Its category has 6 levels; it is filed under "A > B > C > D > E"',
    ]);
  });

  it('keeps what the file cannot say to the shop', async () => {
    const [parka] = await draftsOf('current.csv');
    expect([...(parka?.silent ?? [])].sort()).toEqual([
      'currency',
      'discounts',
      'searchKeywords',
      'sku',
      'taxRate',
    ]);
  });

  it('is read the same in pieces of any size, with other line ends and with a byte order mark', async () => {
    const content = await text(fixture('current.csv'));
    const expected = await readShopify(content);
    expect(expected.products).toHaveLength(5);
    const variants = [`\ufeff${content}`, content.replaceAll('\n', '\r\n')];
    for (const variant of variants) {
      const { products, faults } = await readShopify(variant);
      expect(faults).toEqual([]);
      expect(products.map(({ draft }) => draft)).toEqual(expected.products.map(({ draft }) => draft));
      expect(products.map(({ place }) => place.line)).toEqual([2, 9, 10, 11, 14]);
    }
    for (const size of [1, 7, 1000]) {
      const { bytes } = await import('./sources.ts');
      expect(await readShopify(bytes(content, size))).toEqual(expected);
    }
  });
});

it('reads an older export, which lacks some columns and says nothing of them', async () => {
  const [shirt, cap] = await draftsOf('older.csv');
  expect(shirt).toMatchObject({
    category: { path: ['Shirts'] },
    draft: {
      name: 'Plain Shirt',
      description: 'A shirt.\n\nWith two lines.',
      status: 'ACTIVE',
      pricing: { basePrice: 5000, cost: null },
      variants: [
        { sku: 'plain-shirt-small', pricing: { basePrice: null } },
        { sku: 'plain-shirt-large', pricing: { basePrice: 5500 } },
      ],
    },
  });
  expect([...(shirt?.silent ?? [])]).toEqual(
    expect.arrayContaining(['cost', 'quantity', 'seo', 'variantMedia']),
  );
  expect(cap?.draft.status).toBe('DRAFT');
});

it('reads the newest template, which names its columns otherwise', async () => {
  const [pot] = await draftsOf('template.csv');
  expect(pot).toMatchObject({
    place: { line: 2, column: 'URL handle' },
    category: { path: ['Home & Garden', 'Pots'] },
    draft: {
      slug: 'clay-pot',
      description: 'Fired twice.',
      status: 'ACTIVE',
      pricing: { basePrice: 1800, salePrice: 1500, cost: 600 },
      variants: [
        { sku: 'POT-S', quantity: 4, attributes: { Size: 'Small' } },
        { sku: 'POT-L', quantity: 2, pricing: { basePrice: 2500, salePrice: null } },
      ],
      media: [{ url: 'https://cdn.example/pot.jpg', alt: 'A pot' }],
      seo: { title: 'Clay pot', description: null },
    },
  });
});

it('reads amounts in the currency of the shop', async () => {
  const yen = await readShopify(shopifyFile([mug({ 'Variant Price': '1200.00' })]), 'JPY');
  expect(yen.products[0]?.draft.pricing).toMatchObject({ currency: 'JPY', basePrice: 1200 });
  const cents = await readShopify(shopifyFile([mug({ 'Variant Price': '1200.50' })]), 'JPY');
  expect(cents.faults[0]?.reason).toBe('"1200.5" has too many decimals: JPY has no decimals');
});

it('makes a slug of a handle that is written otherwise, and notes it', async () => {
  const { products } = await readShopify(
    shopifyFile([mug({ Handle: 'Blue_Mug.Large' }), mug({ Handle: 'большая', 'Variant SKU': 'B' })]),
  );
  expect(products.map(({ draft }) => draft.slug)).toEqual(['blue-mug-large', 'большая']);
  expect(products[0]?.notes).toEqual([
    { line: 2, product: 'Blue_Mug.Large', text: 'The handle is stored as "blue-mug-large"' },
  ]);
});

it('gives the product the handle for its SKU, or another where a variant has that', async () => {
  const { products } = await readShopify(shopifyFile([mug(), mug({ Handle: 'cup', 'Variant SKU': 'cup' })]));
  expect(products.map(({ draft }) => draft.sku)).toEqual(['mug', 'product-cup']);
});

it('tells variants apart whose options no slug can be made of', async () => {
  const rows = ['红', '蓝'].map((colour) => ({
    ...mug({ 'Option1 Name': 'Colour', 'Option1 Value': colour, 'Variant SKU': '' }),
  }));
  const { products } = await readShopify(shopifyFile(rows));
  const [red, blue] = products[0]?.draft.variants ?? [];
  expect(red?.sku).toMatch(/^mug-[0-9a-f]{8}$/);
  expect(red?.sku).not.toBe(blue?.sku);
});

describe('a file with faults', () => {
  const faultsOf = async (content: string) =>
    (await readShopify(content)).faults.map(({ line, column, reason }) => ({ line, column, reason }));

  it('refuses what is wrong with line, column and reason, and reads the rest', async () => {
    const { products, faults, error } = await readShopify(fixture('faulty.csv'));
    expect(error).toBeNull();
    expect(products.map(({ draft }) => draft.slug)).toEqual(['good-one', 'good-two', 'good-three']);
    expect(faults.map(({ line, column, value }) => `${line} ${column} ${value}`)).toEqual([
      '3 Variant Price 12,50',
      '4 Variant Price -4',
      '5 Variant Compare At Price 12.345',
      '5 Variant Price ',
      '5 Cost per item free',
      '6 Variant Inventory Qty -3',
      '7 Variant Inventory Qty 1.5',
      '8 Variant Inventory Qty many',
      '9 Title ',
      '12 Variant SKU GOOD-1',
      '13 Handle good-one',
      '15 Option1 Value S',
      '16 Option2 Value ',
      '18 Variant SKU SS-1',
      '19 Option1 Name __proto__',
      '20 Option1 Name $',
      '21 Option1 Value S',
      '22 Image Src javascript:alert(1)',
      '22 Image Position first',
      '23 Published perhaps',
      '23 Status sold',
      '24 null null',
      '26 Title Two Titles',
      '26 Option1 Name Colour',
      '27 Handle !!!',
      '28 Handle null',
      '30 Handle null',
      '31 null null',
    ]);
  });

  it('names both lines where a SKU or a handle is there twice', async () => {
    const { faults } = await readShopify(fixture('faulty.csv'));
    const reasons = faults.map(({ reason }) => reason);
    expect(reasons).toContain('The SKU "GOOD-1" is taken by the product on line 2');
    expect(reasons).toContain('The SKU "SS-1" stands on line 17 already');
    expect(reasons).toContain(
      'The rows of a handle follow one another: this one began on line 2, and other handles came between',
    );
  });

  it('does not count what a refused product wanted to have', async () => {
    const first = mug({ Handle: 'first', 'Variant Price': 'free' });
    const { products } = await readShopify(shopifyFile([first, mug({ Handle: 'second' })]));
    expect(products.map(({ draft }) => draft.slug)).toEqual(['second']);
  });

  it('refuses the product before a row that was cut within its handle', async () => {
    const content = shopifyFile([mug(), mug({ Handle: 'teapot-large', 'Variant SKU': 'T' })]);
    const { products, faults } = await readShopify(`${content}teapot-la`);
    expect(products.map(({ draft }) => draft.slug)).toEqual(['mug']);
    expect(faults).toMatchObject([{ product: 'teapot-large', line: 4 }]);
  });

  it('refuses a product whose row has lost a quote, and those that it ran into', async () => {
    const content = shopifyFile([
      mug({ Type: 'T' }),
      mug({ Handle: 'b', 'Variant SKU': 'B', Type: 'a "b"' }),
    ]);
    const { products, faults } = await readShopify(
      content
        .replace('12.00,T', '12.00,"T')
        .concat(shopifyFile([mug({ Handle: 'c', 'Variant SKU': 'C' })]).split('\n')[1] ?? ''),
    );
    expect(products.map(({ draft }) => draft.slug)).toEqual(['c']);
    expect(faults).toMatchObject([
      { line: 2, product: 'mug', reason: expect.stringMatching(/^A quote stands/) },
    ]);
  });

  it('refuses only the product with a cell of 10 MB', async () => {
    const huge = mug({ Handle: 'huge', 'Variant SKU': 'H', 'Body (HTML)': 'x'.repeat(10 * 1024 * 1024) });
    const { products, faults, error } = await readShopify(shopifyFile([huge, mug()]));
    expect(error).toBeNull();
    expect(products.map(({ draft }) => draft.slug)).toEqual(['mug']);
    expect(faults).toMatchObject([
      {
        line: 2,
        column: 'Body (HTML)',
        reason: 'The cell has 10485760 characters; at most 262144 are taken',
      },
    ]);
    expect(faults[0]?.value?.length).toBeLessThan(100);
  });

  it('refuses HTML that nests without end, before it takes its time', async () => {
    const content = shopifyFile([mug({ 'Body (HTML)': '<div>'.repeat(20_000) })]);
    expect(await faultsOf(content)).toEqual([
      { line: 2, column: 'Body (HTML)', reason: 'The HTML is nested more than 1000 deep' },
    ]);
  });

  it('refuses more variants than a product can have', async () => {
    const rows = Array.from({ length: 2049 }, (_, size) =>
      mug({ 'Option1 Name': 'Size', 'Option1 Value': `${size}`, 'Variant SKU': `M-${size}` }),
    );
    expect(await faultsOf(shopifyFile(rows))).toEqual([
      { line: 2, column: null, reason: 'The product has 2049 variants; at most 2048 fit' },
    ]);
  });
});
