import { ObjectId } from 'mongodb';
import { expect, it } from 'vitest';
import { checkData } from '../../src/domains/checks/check-data.ts';
import type { Difference } from '../../src/domains/checks/product-checks.ts';
import { orders } from '../../src/domains/orders/collections.ts';
import { paymentRefunds, payments } from '../../src/domains/payments/collections.ts';
import { ask, openPaying, paidOrder } from './paying-shop.ts';

it('tells where an order says that more or less was paid or sent back than its payments and refunds say', async () => {
  const shop = await openPaying();
  const { orderId, lines } = await paidOrder(shop, [{ sku: 'MUG-1', quantity: 2 }]);
  const staff = await shop.staff();
  await paidOrder(shop);
  const refund = { orderId, lines: [{ lineId: lines[0]?.id, quantity: 1 }] };
  expect((await ask(shop, 'orderRefund', refund, staff)).userErrors).toEqual([]);
  const faults = async () => {
    const found: Difference[] = [];
    await checkData(shop.db, { repair: false, onDifference: (difference) => found.push(difference) });
    return found.filter(({ check }) => check === 'money');
  };
  expect(await faults()).toEqual([]);

  const ofOrder = { orderId: new ObjectId(orderId) };
  const order = await shop.db.collection(orders).findOne({ _id: ofOrder.orderId });
  const { number = '', paid = 0, refunded = 0 } = order ?? {};
  expect(refunded).toBeGreaterThan(0);
  await shop.db.collection(payments).updateOne(ofOrder, { $inc: { captured: 7 } });
  await shop.db
    .collection(paymentRefunds)
    .updateOne(ofOrder, { $set: { state: 'PENDING', amount: refunded + 3 } });
  const wrong = (path: string, stands: number, should: number) => ({
    ...{ check: 'money', record: `order:${orderId} ${number} ${path}` },
    ...{ stands: String(stands), should: String(should) },
  });
  expect(await faults()).toEqual([wrong('paid', paid, paid + 7), wrong('refunded', refunded, refunded + 3)]);
});
