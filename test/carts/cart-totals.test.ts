import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { promotions } from '../../src/domains/promotions/collections.ts';
import { redeemCodes } from '../../src/domains/promotions/redemptions.ts';
import { openShop, type Shop, variantDraft } from '../support/shop.ts';
import { addCode, change, changed, type Json, readCart, setUp } from './requests.ts';

const priced = (sku: string, basePrice: number, taxRate = 0, currency = 'USD') => ({
  sku,
  pricing: { currency, basePrice, salePrice: null, cost: null, taxRate, discounts: [] },
  variants: [variantDraft({ sku: `${sku}-1` })],
});

const setCodes = (shop: Shop, cartId: string, ...codes: string[]) =>
  changed(shop, 'cartDiscountCodesSet', { cartId, codes });

const problems = ({ discountCodes }: Json) =>
  discountCodes.map(({ code, problem }: { code: string; problem: string | null }) => [code, problem]);

describe('codes', () => {
  async function openWithCart() {
    const shop = await openShop();
    const kitchen = await shop.category('Kitchen');
    const pans = await shop.category('Pans', kitchen);
    const pan = await shop.product(priced('PAN', 5_000), { category: pans });
    await shop.product({ ...priced('TOWEL', 1_000), tags: ['bath'] });
    const { id } = await changed(shop, 'cartCreate', {
      lines: [{ sku: 'PAN' }, { sku: 'TOWEL', quantity: 3 }],
    });
    return { shop, id, pan, kitchen };
  }

  it('take a percentage or an amount off all lines, split to the cent', async () => {
    const { shop, id } = await openWithCart();
    await addCode(shop, { code: 'TEN' });
    await addCode(shop, { code: 'FIVE', type: 'FIXED_AMOUNT', value: '5.01' });
    const ten = await setCodes(shop, id, 'ten');
    expect(ten).toMatchObject({
      discountCodes: [
        { code: 'ten', isApplied: true, amount: { amount: '8.00' }, problem: null, message: null },
      ],
      lines: [{ discount: { amount: '5.00' }, total: { amount: '45.00' } }, { discount: { amount: '3.00' } }],
      totals: { subtotal: { amount: '80.00' }, discount: { amount: '8.00' }, total: { amount: '72.00' } },
    });
    const five = await setCodes(shop, id, 'FIVE');
    expect(five.lines.map(({ discount }: Json) => discount.amount)).toEqual(['3.13', '1.88']);
    expect(five.totals.total.amount).toBe('74.99');
  });

  it('are for their products, their categories with what is below, or their tags', async () => {
    const { shop, id, pan, kitchen } = await openWithCart();
    await addCode(shop, { code: 'PRODUCT', productIds: [pan._id.toHexString()] });
    await addCode(shop, { code: 'CATEGORY', categoryIds: [kitchen._id.toHexString()] });
    await addCode(shop, { code: 'TAG', tags: ['bath'] });
    await addCode(shop, { code: 'OTHER', tags: ['garden'] });
    const discounts = async (code: string) =>
      (await setCodes(shop, id, code)).lines.map(({ discount }: Json) => discount.amount);
    expect(await discounts('PRODUCT')).toEqual(['5.00', '0.00']);
    expect(await discounts('CATEGORY')).toEqual(['5.00', '0.00']);
    expect(await discounts('TAG')).toEqual(['0.00', '3.00']);
    expect(await discounts('OTHER')).toEqual(['0.00', '0.00']);
  });

  it('that do not count say why, and stay in case they do later', async () => {
    const { shop, id } = await openWithCart();
    const always = { startsAt: '2000-01-01T00:00:00Z' };
    await addCode(shop, { code: 'LATER', startsAt: '2999-01-01T00:00:00Z' });
    await addCode(shop, { code: 'OVER', ...always, endsAt: '2001-01-01T00:00:00Z' });
    await addCode(shop, { code: 'PAUSED', isActive: false });
    await addCode(shop, { code: 'LARGE', minimumTotal: '80.01' });
    await addCode(shop, { code: 'GARDEN', tags: ['garden'] });
    await addCode(shop, { code: 'EURO', type: 'FIXED_AMOUNT', value: '1', currency: 'EUR' });
    await addCode(shop, { code: 'USED', usageLimit: 1 });
    await shop.db.collection(promotions).updateOne({ codeKey: 'USED' }, { $set: { usedCount: 1 } });
    const cart = await setCodes(shop, id, 'NO', 'LATER', 'OVER', 'PAUSED', 'LARGE', 'GARDEN', 'EURO', 'USED');
    expect(problems(cart)).toEqual([
      ['NO', 'UNKNOWN'],
      ['LATER', 'NOT_STARTED'],
      ['OVER', 'EXPIRED'],
      ['PAUSED', 'UNKNOWN'],
      ['LARGE', 'MINIMUM_NOT_REACHED'],
      ['GARDEN', 'OTHER_PRODUCTS'],
      ['EURO', 'OTHER_CURRENCY'],
      ['USED', 'USED_UP'],
    ]);
    expect(cart.totals.discount.amount).toBe('0.00');
    const more = await changed(shop, 'cartLinesAdd', { cartId: id, lines: [{ sku: 'TOWEL' }] });
    expect(more.discountCodes[4]).toMatchObject({
      code: 'LARGE',
      isApplied: true,
      amount: { amount: '9.00' },
    });
  });

  it('reach a minimum with the goods that they are for alone', async () => {
    const { shop, id } = await openWithCart();
    await addCode(shop, { code: 'BATH', tags: ['bath'], minimumTotal: '30.01' });
    expect(problems(await setCodes(shop, id, 'BATH'))).toEqual([['BATH', 'MINIMUM_NOT_REACHED']]);
  });

  it('are combined when all of them can be; else the first one counts', async () => {
    const { shop, id } = await openWithCart();
    await addCode(shop, { code: 'A', combinable: true });
    await addCode(shop, { code: 'B', combinable: true, value: '50' });
    await addCode(shop, { code: 'ALONE' });
    const both = await setCodes(shop, id, 'A', 'B', 'ALONE');
    expect(problems(both)).toEqual([
      ['A', null],
      ['B', null],
      ['ALONE', 'NOT_COMBINABLE'],
    ]);
    expect(both.totals.total.amount).toBe('36.00');
    expect(problems(await setCodes(shop, id, 'ALONE', 'A'))).toEqual([
      ['ALONE', null],
      ['A', 'NOT_COMBINABLE'],
    ]);
  });

  it('that a customer has used up are known by their account', async () => {
    const { shop } = await openWithCart();
    await addCode(shop, { code: 'FIRST', perCustomerLimit: 1 });
    const { user, headers } = await shop.person();
    const input = { lines: [{ sku: 'PAN' }], discountCodes: ['FIRST'] };
    const { id, discountCodes } = await changed(shop, 'cartCreate', input, headers);
    expect(discountCodes).toMatchObject([{ isApplied: true }]);
    const use = { customer: { userId: user._id }, orderId: new ObjectId() };
    await shop.db.transaction((tx) => redeemCodes(tx, ['FIRST'], use));
    expect(problems(await readCart(shop, id, headers))).toEqual([['FIRST', 'USED_UP_BY_CUSTOMER']]);
  });

  it('are at most 10, each once in whatever case', async () => {
    const { shop, id } = await openWithCart();
    expect(problems(await setCodes(shop, id, 'one', ' ONE ', '', 'two'))).toEqual([
      ['ONE', 'UNKNOWN'],
      ['two', 'UNKNOWN'],
    ]);
    const codes = Array.from({ length: 11 }, (_, i) => `CODE-${i}`);
    const { userErrors } = await change(shop, 'cartDiscountCodesSet', { cartId: id, codes });
    expect(userErrors).toMatchObject([{ code: 'LIMIT_EXCEEDED', limit: 10, path: ['input', 'codes'] }]);
  });

  it('of another shop are unknown', async () => {
    const [here, there] = [await openWithCart(), await openWithCart()];
    await addCode(there.shop, { code: 'THERE' });
    expect(problems(await setCodes(here.shop, here.id, 'THERE'))).toEqual([['THERE', 'UNKNOWN']]);
  });
});

describe('tax', () => {
  const openTaxed = async (included?: boolean) => {
    const shop = await openShop();
    if (included !== undefined) await setUp(shop, { tax: { included } });
    await shop.product(priced('LAMP', 1_999, 0.19));
    await shop.product(priced('BOOK', 250, 0.07));
    return changed(shop, 'cartCreate', { lines: [{ sku: 'LAMP', quantity: 3 }, { sku: 'BOOK' }] });
  };

  it('is in the prices where the shop says nothing', async () => {
    const { totals } = await openTaxed();
    expect(totals).toMatchObject({ taxIncluded: true, tax: { amount: '9.74' }, total: { amount: '62.47' } });
  });

  it('comes on top where the shop says so, rate by rate', async () => {
    const { totals, lines } = await openTaxed(false);
    expect(lines.map(({ tax }: Json) => tax.amount)).toEqual(['11.39', '0.18']);
    expect(totals).toMatchObject({
      taxIncluded: false,
      subtotal: { amount: '62.47' },
      tax: { amount: '11.57' },
      taxes: [
        { rate: 0.07, net: { amount: '2.50' }, tax: { amount: '0.18' } },
        { rate: 0.19, net: { amount: '59.97' }, tax: { amount: '11.39' } },
      ],
      total: { amount: '74.04' },
    });
  });
});

describe('shipping', () => {
  const METHODS = `id shippingMethod { id name price { amount } } shippingMethods { id price { amount } freeFrom { amount } }
    totals { shipping { amount } total { amount } }`;
  const methods = [
    { id: 'post', name: 'By post', price: 490, freeFrom: 5_000 },
    { id: 'courier', name: 'By courier', price: 1_200, freeFrom: null },
  ];

  async function openSending() {
    const shop = await openShop();
    await setUp(shop, { shipping: { methods } });
    await shop.product(priced('PAN', 4_000));
    const cart = await changed(shop, 'cartCreate', { lines: [{ sku: 'PAN' }] });
    const read = async () => {
      const { data } = await shop.request(`query ($id: ID!) { cart(id: $id) { ${METHODS} } }`, {
        id: cart.id,
      });
      return data.cart;
    };
    return { shop, cartId: cart.id, read };
  }

  it('costs nothing until it is chosen, and then what the shop says for these goods', async () => {
    const { shop, cartId, read } = await openSending();
    expect(await read()).toMatchObject({
      shippingMethod: null,
      shippingMethods: [
        { id: 'post', price: { amount: '4.90' }, freeFrom: { amount: '50.00' } },
        { id: 'courier', price: { amount: '12.00' }, freeFrom: null },
      ],
      totals: { shipping: { amount: '0.00' } },
    });
    await changed(shop, 'cartUpdate', { cartId, shippingMethodId: 'post' });
    expect(await read()).toMatchObject({
      shippingMethod: { name: 'By post', price: { amount: '4.90' } },
      totals: { shipping: { amount: '4.90' }, total: { amount: '44.90' } },
    });
    await changed(shop, 'cartLinesAdd', { cartId, lines: [{ sku: 'PAN' }] });
    expect(await read()).toMatchObject({
      shippingMethod: { price: { amount: '0.00' } },
      totals: { shipping: { amount: '0.00' }, total: { amount: '80.00' } },
    });
  });

  it('is free with a code for it', async () => {
    const { shop, cartId } = await openSending();
    await addCode(shop, { code: 'POST', type: 'FREE_SHIPPING', value: undefined });
    await changed(shop, 'cartUpdate', { cartId, shippingMethodId: 'courier' });
    const { totals, discountCodes } = await setCodes(shop, cartId, 'POST');
    expect([totals.total.amount, discountCodes[0].amount.amount]).toEqual(['40.00', '12.00']);
  });
});

it('counts yen without decimals', async () => {
  const shop = await openShop({ currency: 'JPY' });
  await shop.product(priced('TEA', 1_490, 0.1, 'JPY'));
  await addCode(shop, { code: 'TEN', value: '3.33' });
  const cart = await changed(shop, 'cartCreate', {
    lines: [{ sku: 'TEA', quantity: 10_000 }],
    discountCodes: ['TEN'],
  });
  expect(cart.totals).toMatchObject({
    subtotal: { amount: '14900000', currency: 'JPY' },
    discount: { amount: '496170' },
    tax: { amount: '1309439' },
    total: { amount: '14403830' },
  });
});

it('is in the currency that the cart was opened for', async () => {
  const shop = await openShop();
  await shop.product(priced('EURO', 700, 0, 'EUR'));
  const cart = await changed(shop, 'cartCreate', { currency: 'EUR', lines: [{ sku: 'EURO' }] });
  expect(cart).toMatchObject({ currency: 'EUR', totals: { total: { amount: '7.00', currency: 'EUR' } } });
});
