import { ObjectId } from 'mongodb';
import { expect, it } from 'vitest';
import { shopper } from '../../src/domains/auth/viewer.ts';
import { closeCart, loadCheckoutCart } from '../../src/domains/carts/cart-checkout.ts';
import { carts } from '../../src/domains/carts/collections.ts';
import { products } from '../../src/domains/catalogue/collections.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { addCode, change, changed, readCart } from './requests.ts';

async function openWithCart() {
  const shop = await openShop();
  await shop.product({ name: 'Pan', sku: 'PAN' });
  await addCode(shop, { code: 'TEN' });
  const { id } = await changed(shop, 'cartCreate', {
    lines: [{ sku: 'PAN', quantity: 2 }],
    discountCodes: ['TEN', 'NO'],
  });
  return { shop, id };
}

const asShopper = (shop: Shop) => ({ viewer: shopper(), shop: shop.tenant });

const buy = (shop: Shop, id: string, orderId = new ObjectId()) =>
  shop.db.transaction(async (tx) => {
    const { cart } = await loadCheckoutCart(tx, id, asShopper(shop));
    return closeCart(tx, cart, orderId);
  });

it('is loaded for an order with goods, prices and codes', async () => {
  const { shop, id } = await openWithCart();
  const loaded = await shop.db.transaction((tx) => loadCheckoutCart(tx, id, asShopper(shop)));
  expect(loaded).toMatchObject({
    cart: { _id: id, version: 1 },
    lines: [
      {
        unitPrice: 1_000,
        goods: { product: { name: 'Pan' }, variant: { sku: expect.any(String) } },
        quoted: { total: 1_800 },
      },
    ],
    applied: [{ code: 'TEN' }],
    codes: [
      { code: 'TEN', amount: 200 },
      { code: 'NO', problem: 'UNKNOWN' },
    ],
    quote: { total: 1_800 },
    shippingMethod: null,
  });
});

it('becomes one order, however many try at once, and can no longer be changed', async () => {
  const { shop, id } = await openWithCart();
  const orders = Array.from({ length: 5 }, () => new ObjectId());
  const outcomes = await Promise.allSettled(orders.map((orderId) => buy(shop, id, orderId)));
  const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
  const lost = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? outcome.reason.data.state : [],
  );
  expect(lost).toEqual(Array(4).fill('CHECKED_OUT'));
  expect((await shop.db.collection(carts).findOne({ _id: id }))?.orderId).toEqual(orders[winner]);
  expect((await readCart(shop, id)).status).toBe('CHECKED_OUT');
  const late = await change(shop, 'cartLinesAdd', { cartId: id, lines: [{ sku: 'PAN' }] });
  expect(late.userErrors).toMatchObject([{ code: 'ILLEGAL_STATE', state: 'CHECKED_OUT' }]);
});

it('is not closed as it was when it was changed since', async () => {
  const { shop, id } = await openWithCart();
  const cart = await shop.db.collection(carts).findOne({ _id: id });
  await changed(shop, 'cartLinesAdd', { cartId: id, lines: [{ sku: 'PAN' }] });
  if (!cart) throw new Error('The cart is gone');
  await expect(shop.db.transaction((tx) => closeCart(tx, cart, new ObjectId()))).rejects.toMatchObject({
    code: 'VERSION_CONFLICT',
  });
  expect((await readCart(shop, id)).status).toBe('OPEN');
});

it('is refused when it is empty, has what is no longer sold, or is not there for who asks', async () => {
  const { shop, id } = await openWithCart();
  const { id: empty } = await changed(shop, 'cartCreate', {});
  const { id: personal } = await changed(shop, 'cartCreate', {}, (await shop.person()).headers);
  await expect(buy(shop, empty)).rejects.toMatchObject({ data: { state: 'EMPTY' } });
  await expect(buy(shop, personal)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await shop.db.collection(products).updateOne({ sku: 'PAN' }, { $set: { status: 'ARCHIVED' } });
  await expect(buy(shop, id)).rejects.toMatchObject({
    data: { state: 'UNAVAILABLE' },
    message: expect.stringContaining('Pan'),
  });
});
