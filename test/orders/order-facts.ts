import { differencesOf } from '../../src/domains/audit/diff.ts';
import { carts } from '../../src/domains/carts/collections.ts';
import { reservations } from '../../src/domains/inventory/collections.ts';
import { orderEvents, orders } from '../../src/domains/orders/collections.ts';
import { rebuildOrder } from '../../src/domains/orders/order-history.ts';
import { redemptions } from '../../src/domains/promotions/collections.ts';
import { outbox } from '../../src/platform/events/collections.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';

const MOST = 100_000;

/** What is not as it must be between a shop's orders, carts, reservations, codes and outbox, one line each. */
export async function orderFaults(db: TenantDb): Promise<string[]> {
  const all = await db.collection(orders).find({}, { limit: MOST });
  const events = await db.collection(orderEvents).find({}, { sort: { orderId: 1, seq: 1 }, limit: MOST });
  const bought = await db.collection(carts).find({ status: 'CHECKED_OUT' }, { limit: MOST });
  const sold = await db.collection(reservations).find({ state: 'CONSUMED' }, { limit: MOST });
  const used = await db.collection(redemptions).find({}, { limit: MOST });
  const told = await db.collection(outbox).find({ type: 'order.placed' }, { limit: MOST });
  const live = all.filter(({ status }) => status !== 'CANCELLED');
  const count = (what: string, is: number, should: number) =>
    is === should ? [] : [`${is} ${what}, ${should} expected`];
  return [
    ...count('carts bought', bought.length, all.length),
    ...count('reservations sold', sold.length, all.length),
    ...count('orders told', told.length, all.length),
    ...count(
      'codes used',
      used.length,
      live.reduce((sum, { codes }) => sum + codes.length, 0),
    ),
    ...count('numbers', new Set(all.map(({ number }) => number)).size, all.length),
    ...all.flatMap((order) => {
      const rebuilt = rebuildOrder(events.filter(({ orderId }) => orderId.equals(order._id)));
      const differences = differencesOf(order, rebuilt ?? {});
      return differences.map(({ path }) => `order ${order.number}: ${path} is not what its history says`);
    }),
  ];
}
