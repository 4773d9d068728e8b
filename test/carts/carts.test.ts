import { describe, expect, it } from 'vitest';
import { carts } from '../../src/domains/carts/collections.ts';
import { indexesOf } from '../../src/platform/mongo/collection.ts';
import { change, changed, readCart } from './requests.ts';
import { openStocked } from './stocked-shop.ts';

const DAY = 24 * 60 * 60 * 1000;

describe('a cart', () => {
  it('is opened by anybody, under an id that nobody can guess', async () => {
    const { shop } = await openStocked();
    const ids = await Promise.all(
      Array.from({ length: 5 }, async () => (await changed(shop, 'cartCreate', {})).id),
    );
    expect(new Set(ids).size).toBe(5);
    for (const id of ids) expect(Buffer.from(id, 'base64url')).toHaveLength(16);
  });

  it('begins with lines, and shows what they come to', async () => {
    const { shop } = await openStocked();
    const cart = await changed(shop, 'cartCreate', {
      lines: [{ sku: 'MUG-S', quantity: 3 }, { sku: 'PLATE' }],
      email: 'ada@example.com',
    });
    expect(cart).toMatchObject({
      status: 'OPEN',
      isPersonal: false,
      version: 1,
      email: 'ada@example.com',
      totalQuantity: 4,
      hasWarnings: false,
      lines: [
        { name: 'Mug', sku: 'MUG-S', quantity: 3, unitPrice: { amount: '8.00' }, total: { amount: '24.00' } },
        { name: 'Plate', quantity: 1, total: { amount: '10.00' } },
      ],
      totals: { subtotal: { amount: '34.00', currency: 'USD' }, total: { amount: '34.00' } },
    });
    expect(await readCart(shop, cart.id)).toEqual(cart);
  });

  it('is made once for one key, and a key without an account must not be guessable', async () => {
    const { shop } = await openStocked();
    const input = { idempotencyKey: crypto.randomUUID() };
    expect((await changed(shop, 'cartCreate', input)).id).toBe((await changed(shop, 'cartCreate', input)).id);
    const { cart, userErrors } = await change(shop, 'cartCreate', { idempotencyKey: '1' });
    expect([cart, userErrors]).toMatchObject([null, [{ path: ['input', 'idempotencyKey'] }]]);
  });

  it('stays for 30 days after its last change, or 90 with an account', async () => {
    const { shop } = await openStocked();
    const { headers } = await shop.person();
    const days = async (cart: { expiresAt: string }) =>
      Math.round((new Date(cart.expiresAt).getTime() - Date.now()) / DAY);
    const anonymous = await changed(shop, 'cartCreate', {});
    const personal = await changed(shop, 'cartCreate', {}, headers);
    expect([await days(anonymous), await days(personal)]).toEqual([30, 90]);
    await shop.db.collection(carts).updateOne({ _id: anonymous.id }, { $set: { expiresAt: new Date() } });
    const later = await changed(shop, 'cartLinesAdd', { cartId: anonymous.id, lines: [{ sku: 'PLATE' }] });
    expect(await days(later)).toBe(30);
    expect(indexesOf(carts)).toContainEqual(
      expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 }),
    );
  });

  it('that was given up or is not there can be neither changed nor found', async () => {
    const { shop } = await openStocked();
    const { id } = await changed(shop, 'cartCreate', {});
    expect((await changed(shop, 'cartAbandon', { cartId: id })).status).toBe('ABANDONED');
    const late = await change(shop, 'cartLinesAdd', { cartId: id, lines: [{ sku: 'PLATE' }] });
    expect(late.userErrors).toMatchObject([
      { code: 'ILLEGAL_STATE', state: 'ABANDONED', path: ['input', 'cartId'] },
    ]);
    const missing = await change(shop, 'cartLinesAdd', { cartId: 'nothing', lines: [{ sku: 'PLATE' }] });
    expect(missing.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'cartId'] }]);
    expect(await readCart(shop, 'nothing')).toBeNull();
  });

  it('of another shop is not there', async () => {
    const [here, there] = [await openStocked(), await openStocked()];
    const { id } = await changed(here.shop, 'cartCreate', {});
    expect(await readCart(there.shop, id)).toBeNull();
    const stolen = await change(there.shop, 'cartLinesAdd', { cartId: id, lines: [{ sku: 'PLATE' }] });
    expect(stolen.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const foreign = await change(here.shop, 'cartCreate', {
      lines: [{ productId: there.plate._id.toHexString() }],
    });
    expect(foreign.userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'lines', '0'] }]);
  });
});

describe('the cart of somebody with an account', () => {
  it('is there for them alone', async () => {
    const { shop } = await openStocked();
    const [ada, bob] = [await shop.person(), await shop.person()];
    const { id } = await changed(shop, 'cartCreate', {}, ada.headers);
    expect(await readCart(shop, id, ada.headers)).toMatchObject({ id, isPersonal: true });
    expect([await readCart(shop, id), await readCart(shop, id, bob.headers)]).toEqual([null, null]);
    expect(await readCart(shop, id, await shop.staff())).toBeNull();
    for (const headers of [{}, bob.headers]) {
      const { userErrors } = await change(shop, 'cartAbandon', { cartId: id }, headers);
      expect(userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    }
  });

  it('is one, however often and at once it is opened', async () => {
    const { shop } = await openStocked();
    const { headers } = await shop.person();
    const open = () => changed(shop, 'cartCreate', { lines: [{ sku: 'PLATE' }] }, headers);
    const opened = await Promise.all(Array.from({ length: 8 }, open));
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    expect(await shop.db.collection(carts).count({}, { limit: 9 })).toBe(1);
    expect((await readCart(shop, opened[0].id, headers)).totalQuantity).toBe(8);
  });

  it('can be followed by another once it is closed', async () => {
    const { shop } = await openStocked();
    const { headers } = await shop.person();
    const first = await changed(shop, 'cartCreate', {}, headers);
    await changed(shop, 'cartAbandon', { cartId: first.id }, headers);
    expect((await changed(shop, 'cartCreate', {}, headers)).id).not.toBe(first.id);
  });
});

describe('who buys', () => {
  const address = { name: 'Ada', line1: '1 Main St', city: 'Portland', country: 'us' };
  const QUERY =
    'query ($id: ID!) { cart(id: $id) { email shippingAddress { name city country line2 } billingAddress { city } } }';

  it('is said, and what is absent stays, and null takes away', async () => {
    const { shop } = await openStocked();
    const { id: cartId } = await changed(shop, 'cartCreate', {});
    await changed(shop, 'cartUpdate', {
      cartId,
      email: 'ada@example.com',
      shippingAddress: address,
      billingAddress: address,
    });
    await changed(shop, 'cartUpdate', { cartId, billingAddress: null });
    expect((await shop.request(QUERY, { id: cartId })).data.cart).toEqual({
      email: 'ada@example.com',
      shippingAddress: { name: 'Ada', city: 'Portland', country: 'US', line2: null },
      billingAddress: null,
    });
  });

  it.each([
    ['an address that is none', { email: 'ada' }, ['email']],
    [
      'a country that is none',
      { shippingAddress: { ...address, country: 'ZZ' } },
      ['shippingAddress', 'country'],
    ],
    ['no name', { billingAddress: { ...address, name: ' ' } }, ['billingAddress', 'name']],
    ['two lines in one', { billingAddress: { ...address, line2: 'a\nb' } }, ['billingAddress', 'line2']],
    ['a way to send that the shop has not', { shippingMethodId: 'x' }, ['shippingMethodId']],
  ])('is refused with %s', async (_, input, path) => {
    const { shop } = await openStocked();
    const { id: cartId } = await changed(shop, 'cartCreate', {});
    const { cart, userErrors } = await change(shop, 'cartUpdate', { cartId, ...input });
    expect([cart, userErrors]).toMatchObject([null, [{ path: ['input', ...path] }]]);
  });
});
