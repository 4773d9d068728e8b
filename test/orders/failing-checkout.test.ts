import { ObjectId } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { auditMonthsAhead } from '../../src/domains/audit/collections.ts';
import { users } from '../../src/domains/auth/collections.ts';
import { shopper } from '../../src/domains/auth/viewer.ts';
import { loadCheckoutCart } from '../../src/domains/carts/cart-checkout.ts';
import { newCartId } from '../../src/domains/carts/carts.ts';
import { carts } from '../../src/domains/carts/collections.ts';
import { products } from '../../src/domains/catalogue/collections.ts';
import { reservations } from '../../src/domains/inventory/collections.ts';
import { completeCheckout } from '../../src/domains/orders/checkout.ts';
import { reserveForCart } from '../../src/domains/orders/checkout-stock.ts';
import { orderCounters, orderEvents, orders } from '../../src/domains/orders/collections.ts';
import { promotions, redemptions } from '../../src/domains/promotions/collections.ts';
import { tenants } from '../../src/domains/tenants/collections.ts';
import { idempotencyKeys } from '../../src/platform/idempotency/collections.ts';
import { indexesOf, validatorOf } from '../../src/platform/mongo/collection.ts';
import { inventoryOf, stockFaults } from '../inventory/stock-facts.ts';
import { openStock, times } from '../inventory/stock-shop.ts';
import { openFailingDatabase, whileFailing } from '../support/failing-mongo.ts';
import { rawDb } from '../support/mongo.ts';
import type { Shop } from '../support/shop.ts';
import { orderFaults } from './order-facts.ts';

const BUYERS = 6;
const STOCK = 50;
const MOST = 1_000;

const failing = await openFailingDatabase();
const { open, sweep } = await openStock(Promise.resolve(failing));
const sold = [carts, orders, orderEvents, orderCounters, promotions, redemptions, idempotencyKeys, users];
for (const definition of [...sold, ...auditMonthsAhead(new Date()), tenants]) {
  const db = rawDb(failing);
  // A shop may have been opened before.
  await db.createCollection(definition.name, { validator: validatorOf(definition) }).catch(() => {});
  if (definition.indexes.length > 0)
    await db.collection(definition.name).createIndexes(indexesOf(definition));
}

/** An open cart with one piece of each product. */
async function newCart({ db }: Shop): Promise<string> {
  const at = new Date();
  const goods = await db.collection(products).find({}, { limit: MOST });
  const { _id } = await db.collection(carts).insertOne({
    ...{
      _id: newCartId(),
      userId: null,
      status: 'OPEN',
      codes: [],
      currency: 'USD',
      email: 'ada@example.com',
    },
    ...{
      shippingMethodId: null,
      shippingAddress: null,
      billingAddress: null,
      orderId: null,
      mergedInto: null,
    },
    ...{ version: 1, createdAt: at, updatedAt: at, expiresAt: new Date(at.getTime() + 3_600_000) },
    lines: goods.flatMap(({ _id: productId, name, variants }) =>
      variants.map(({ _id: variantId, sku }) => ({
        ...{
          _id: new ObjectId(),
          productId,
          variantId,
          name,
          sku,
          quantity: 1,
          seenPrice: 1_000,
          addedAt: at,
        },
      })),
    ),
  });
  return _id;
}

const buy = ({ db, tenant }: Shop, cartId: string, idempotencyKey = cartId) =>
  completeCheckout(null, { input: { cartId, idempotencyKey } }, { db, viewer: shopper(), shop: tenant });

/** As a client does that has heard nothing: the same call again, till it is answered. */
async function buyUntilAnswered(shop: Shop, cartId: string) {
  for (let tries = 0; tries < 10; tries++) {
    const answer = await buy(shop, cartId).catch(() => null);
    if (answer) return answer;
  }
  throw new Error('No answer in ten tries');
}

/** Until the last of it is done; mongod keeps what an interrupted commit has open for two seconds here. */
const sweepAll = () => expect.poll(() => sweep(2), { timeout: 20_000 }).toBe(0);

describe.each([
  ['update', ['update', 'findAndModify'], {}],
  ['insert', ['insert'], {}],
  ['commit', ['commitTransaction'], {}],
])('when a command of the kind %s fails', (_, failCommands) => {
  it.each([
    ['closes its connection', { closeConnection: true, times: 1 }],
    ['closes its connection, ten times', { closeConnection: true, times: 10 }],
    ['meets a shutdown (91)', { errorCode: 91, times: 3 }],
    ['meets another writer (112)', { errorCode: 112, times: 3 }],
  ])('and %s, each cart is one order and the stock is less by what they sold', async (__, failure) => {
    const shop = await open(STOCK, STOCK);
    const ids = await Promise.all(times(BUYERS).map(() => newCart(shop)));
    const answers = await whileFailing(failing.client, { failCommands, ...failure }, () =>
      Promise.all(ids.map((id) => buyUntilAnswered(shop, id))),
    );
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    await sweepAll();
    expect(await shop.db.collection(orders).count({}, { limit: MOST })).toBe(BUYERS);
    expect(await inventoryOf(shop.db, 'P0-1')).toMatchObject({ quantity: STOCK - BUYERS, reserved: 0 });
    expect(await orderFaults(shop.db)).toEqual([]);
    expect(await stockFaults(shop.db, STOCK)).toEqual([]);
  });
});

it('a commit of which nobody hears makes one order all the same, and the call is told of it', async () => {
  const shop = await open(STOCK);
  const id = await newCart(shop);
  const writeConcernError = { code: 64, errmsg: 'waiting for replication timed out' };
  const unheard = { failCommands: ['commitTransaction'], times: 1, writeConcernError };
  const answer = await whileFailing(failing.client, unheard, () => buyUntilAnswered(shop, id));
  expect(answer.userErrors).toEqual([]);
  await sweepAll();
  expect(await orderFaults(shop.db)).toEqual([]);
  expect(await inventoryOf(shop.db, 'P0-1')).toMatchObject({ quantity: STOCK - 1, reserved: 0 });
});

it('what a checkout that died has kept is sold by the next one of the same cart, and is free again without one', async () => {
  const shop = await open(STOCK);
  const asker = { viewer: shopper(), shop: shop.tenant };
  const [bought, left] = [await newCart(shop), await newCart(shop)];
  for (const id of [bought, left]) await reserveForCart(shop.db, await loadCheckoutCart(shop.db, id, asker));
  expect(await inventoryOf(shop.db, 'P0-1')).toMatchObject({ reserved: 2, available: STOCK - 2 });
  expect((await buy(shop, bought)).userErrors).toEqual([]);
  expect(await shop.db.collection(reservations).count({}, { limit: MOST })).toBe(2);
  await sweepAll();
  expect(await inventoryOf(shop.db, 'P0-1')).toMatchObject({
    quantity: STOCK - 1,
    reserved: 0,
    available: STOCK - 1,
  });
  // Its time is over; whoever comes back to the cart buys it with pieces that are kept anew.
  expect((await buy(shop, left)).userErrors).toEqual([]);
  expect(await orderFaults(shop.db)).toEqual([]);
});
