import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { products } from '../../src/domains/catalogue/collections.ts';
import { openShop, variantDraft } from '../support/shop.ts';
import { change, changed, readCart } from './requests.ts';
import { openStocked, setPrice } from './stocked-shop.ts';

describe('lines', () => {
  it('are added by sku or by ids, and more of a variant goes to its line', async () => {
    const { shop, mug, plate } = await openStocked();
    const { id: cartId } = await changed(shop, 'cartCreate', {});
    const large = { productId: mug._id.toHexString(), variantId: mug.variants[1]?._id.toHexString() };
    const lines = [
      { sku: 'MUG-S' },
      { ...large, quantity: 2 },
      { productId: plate._id.toHexString() },
      { sku: 'MUG-S', quantity: 4 },
    ];
    await changed(shop, 'cartLinesAdd', { cartId, lines });
    const cart = await changed(shop, 'cartLinesAdd', { cartId, lines: [{ sku: 'MUG-L' }] });
    expect(cart.lines.map(({ sku, quantity }: { sku: string; quantity: number }) => [sku, quantity])).toEqual(
      [
        ['MUG-S', 5],
        ['MUG-L', 3],
        ['PLATE-1', 1],
      ],
    );
    expect(cart.version).toBe(3);
  });

  it('added by 20 at once all add up', async () => {
    const { shop } = await openStocked();
    const { id: cartId } = await changed(shop, 'cartCreate', {});
    await Promise.all(
      Array.from({ length: 20 }, () =>
        changed(shop, 'cartLinesAdd', { cartId, lines: [{ sku: 'PLATE', quantity: 2 }] }),
      ),
    );
    expect(await readCart(shop, cartId)).toMatchObject({ version: 21, lines: [{ quantity: 40 }] });
  });

  it('are added once for one key', async () => {
    const { shop } = await openStocked();
    const { id: cartId } = await changed(shop, 'cartCreate', {});
    const input = { cartId, lines: [{ sku: 'PLATE' }], idempotencyKey: 'add' };
    await Promise.all([changed(shop, 'cartLinesAdd', input), changed(shop, 'cartLinesAdd', input)]);
    expect((await changed(shop, 'cartLinesAdd', input)).totalQuantity).toBe(1);
  });

  it('are set to a quantity, and 0 takes them out', async () => {
    const { shop } = await openStocked();
    const { id: cartId, lines } = await changed(shop, 'cartCreate', {
      lines: [{ sku: 'MUG-S' }, { sku: 'PLATE' }],
    });
    const asked = [
      { lineId: lines[0].id, quantity: 7 },
      { lineId: lines[1].id, quantity: 0 },
    ];
    const cart = await changed(shop, 'cartLinesUpdate', { cartId, lines: asked });
    expect(cart.lines).toMatchObject([{ sku: 'MUG-S', quantity: 7 }]);
    const again = await change(shop, 'cartLinesUpdate', { cartId, lines: asked });
    expect(again.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'lines', '1', 'lineId'] }]);
  });

  it('are taken out, and it is no error when they are gone already', async () => {
    const { shop } = await openStocked();
    const { id: cartId, lines } = await changed(shop, 'cartCreate', {
      lines: [{ sku: 'MUG-S' }, { sku: 'PLATE' }],
    });
    const remove = () => changed(shop, 'cartLinesRemove', { cartId, lineIds: [lines[0].id] });
    await remove();
    expect((await remove()).lines).toMatchObject([{ sku: 'PLATE-1' }]);
  });

  it('are changed for the version that it was decided on', async () => {
    const { shop } = await openStocked();
    const { id: cartId } = await changed(shop, 'cartCreate', {});
    const input = { cartId, lines: [{ sku: 'PLATE' }], expectedVersion: 1 };
    await changed(shop, 'cartLinesAdd', input);
    const { cart, userErrors } = await change(shop, 'cartLinesAdd', input);
    expect([cart, userErrors]).toMatchObject([null, [{ code: 'VERSION_CONFLICT', currentVersion: 2 }]]);
  });

  it.each([
    ['a sku that is not there', { sku: 'NO' }, ['0']],
    ['a draft', { sku: 'DRAFT' }, ['0']],
    ['a product of which a variant must be chosen', { sku: 'MUG' }, ['0']],
    [
      'a variant of another product',
      { productId: 'PLATE', variantId: new ObjectId().toHexString() },
      ['0', 'variantId'],
    ],
    ['a product in another currency', { sku: 'EURO' }, ['0']],
    ['both a sku and an id', { sku: 'PLATE', productId: 'PLATE' }, ['0']],
    ['neither', {}, ['0']],
    ['an id that is none', { productId: 'x' }, ['0', 'productId']],
    ['no piece', { sku: 'PLATE', quantity: 0 }, ['0', 'quantity']],
    ['too many pieces', { sku: 'PLATE', quantity: 10_001 }, ['0', 'quantity']],
  ])(
    'refuse %s, and nothing is changed',
    async (_, { productId, ...line }: { productId?: string; sku?: string }, path) => {
      const { shop, plate } = await openStocked();
      await shop.product({ sku: 'DRAFT', status: 'DRAFT' });
      await shop.product({ sku: 'EURO', pricing: { ...plate.pricing, currency: 'EUR' } });
      const { id: cartId } = await changed(shop, 'cartCreate', {});
      const id = productId === 'PLATE' ? plate._id.toHexString() : productId;
      const lines = [{ ...line, ...(id !== undefined && { productId: id }) }, { sku: 'PLATE' }];
      const { cart, userErrors } = await change(shop, 'cartLinesAdd', { cartId, lines });
      expect([cart, userErrors]).toMatchObject([null, [{ path: ['input', 'lines', ...path] }]]);
      expect((await readCart(shop, cartId)).lines).toEqual([]);
    },
  );

  it('are at most 200, of at most 10,000 pieces each', async () => {
    const shop = await openShop();
    const variants = Array.from({ length: 201 }, (_, i) => variantDraft({ sku: `V-${i}` }));
    await shop.product({ sku: 'V', variants });
    const lines = variants.map(({ sku }) => ({ sku }));
    const { userErrors } = await change(shop, 'cartCreate', { lines });
    expect(userErrors).toMatchObject([{ code: 'LIMIT_EXCEEDED', limit: 200, path: ['input', 'lines'] }]);
    const { id: cartId } = await changed(shop, 'cartCreate', { lines: lines.slice(0, 200) });
    const more = async (line: object) =>
      (await change(shop, 'cartLinesAdd', { cartId, lines: [line] })).userErrors;
    expect(await more({ sku: 'V-200' })).toMatchObject([{ code: 'LIMIT_EXCEEDED', limit: 200 }]);
    expect(await more({ sku: 'V-0', quantity: 10_000 })).toMatchObject([
      { code: 'LIMIT_EXCEEDED', limit: 10_000 },
    ]);
    expect(await more({ sku: 'V-0', quantity: 9_999 })).toEqual([]);
  });
});

describe('what the buyer should know', () => {
  it('a price that changed, until they say that they want it so', async () => {
    const { shop } = await openStocked();
    const { id: cartId } = await changed(shop, 'cartCreate', { lines: [{ sku: 'PLATE', quantity: 2 }] });
    await setPrice(shop, 'PLATE', 1_200);
    const told = await readCart(shop, cartId);
    expect(told.lines[0]).toMatchObject({
      unitPrice: { amount: '12.00' },
      total: { amount: '24.00' },
      warnings: [
        { code: 'PRICE_CHANGED', was: { amount: '10.00' }, now: { amount: '12.00' }, available: null },
      ],
    });
    expect(told.hasWarnings).toBe(true);
    const more = await changed(shop, 'cartLinesAdd', { cartId, lines: [{ sku: 'PLATE' }] });
    expect(more.lines[0].warnings).toMatchObject([{ code: 'PRICE_CHANGED' }]);
    const lines = [{ lineId: more.lines[0].id, quantity: 3 }];
    expect((await changed(shop, 'cartLinesUpdate', { cartId, lines })).hasWarnings).toBe(false);
  });

  it('but not the price of another quantity, nor that of a code', async () => {
    const shop = await openShop();
    const always = { validFrom: new Date(0), validTo: new Date('2999-01-01') };
    const discounts = [
      { type: 'PERCENTAGE' as const, value: 1_000, ...always, code: null, minQuantity: 5 },
      { type: 'PERCENTAGE' as const, value: 5_000, ...always, code: 'VIP' },
    ];
    const { pricing } = await shop.product();
    await shop.product({ sku: 'PACK', pricing: { ...pricing, discounts } });
    const { id: cartId } = await changed(shop, 'cartCreate', { lines: [{ sku: 'PACK', quantity: 4 }] });
    const more = await changed(shop, 'cartLinesAdd', { cartId, lines: [{ sku: 'PACK' }] });
    expect(more).toMatchObject({ hasWarnings: false, lines: [{ unitPrice: { amount: '9.00' } }] });
    const coded = await changed(shop, 'cartDiscountCodesSet', { cartId, codes: ['vip'] });
    expect(coded).toMatchObject({
      hasWarnings: false,
      lines: [{ unitPrice: { amount: '5.00' } }],
      discountCodes: [{ code: 'vip', isApplied: true, amount: { amount: '0.00' } }],
    });
  });

  it('that there is less of it than is wanted', async () => {
    const { shop } = await openStocked();
    const cart = await changed(shop, 'cartCreate', { lines: [{ sku: 'PLATE', quantity: 11 }] });
    expect(cart.lines[0].warnings).toMatchObject([{ code: 'LOW_STOCK', available: 10, was: null }]);
  });

  it('but not when more of it can be ordered than there is', async () => {
    const shop = await openShop();
    await shop.product({ variants: [variantDraft({ sku: 'LATER', quantity: 0, backorder: true })] });
    const cart = await changed(shop, 'cartCreate', { lines: [{ sku: 'LATER', quantity: 11 }] });
    expect(cart.lines[0].warnings).toEqual([]);
  });

  it('that it is no longer sold; then it counts for nothing and can only be taken out', async () => {
    const { shop } = await openStocked();
    const cart = await changed(shop, 'cartCreate', { lines: [{ sku: 'PLATE' }, { sku: 'MUG-S' }] });
    await shop.db.collection(products).updateOne({ sku: 'PLATE' }, { $set: { isDeleted: true } });
    const told = await readCart(shop, cart.id);
    expect(told.lines[0]).toMatchObject({
      name: 'Plate',
      unitPrice: null,
      total: { amount: '0.00' },
      warnings: [{ code: 'UNAVAILABLE' }],
    });
    expect(told.totals.total.amount).toBe('8.00');
    const set = (quantity: number) =>
      change(shop, 'cartLinesUpdate', { cartId: cart.id, lines: [{ lineId: cart.lines[0].id, quantity }] });
    expect((await set(2)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await set(0)).cart).toMatchObject({ hasWarnings: false, lines: [{ sku: 'MUG-S' }] });
  });

  it('is the same to staff, who could see a draft', async () => {
    const { shop } = await openStocked();
    const headers = await shop.staff();
    const { id } = await changed(shop, 'cartCreate', { lines: [{ sku: 'PLATE' }] }, headers);
    await shop.db.collection(products).updateOne({ sku: 'PLATE' }, { $set: { status: 'DRAFT' } });
    expect((await readCart(shop, id, headers)).lines[0].warnings).toMatchObject([{ code: 'UNAVAILABLE' }]);
  });

  it('a line that is too large to be counted is not sold', async () => {
    const { shop } = await openStocked();
    await setPrice(shop, 'PLATE', Number.MAX_SAFE_INTEGER);
    const cart = await changed(shop, 'cartCreate', { lines: [{ sku: 'PLATE', quantity: 10_000 }] });
    expect(cart.lines[0].warnings).toMatchObject([{ code: 'UNAVAILABLE' }]);
  });
});
