import type { ObjectId } from 'mongodb';
import { defineLoader } from '../../platform/graphql/loader.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { orderEvents } from './collections.ts';
import type { OrderEvent } from './documents.ts';

type History = { orderId: ObjectId; events: OrderEvent[] };

const MOST_EVENTS = 100_000;

async function findHistories(db: TenantDb, orderIds: ObjectId[]): Promise<History[]> {
  const events = await db
    .collection(orderEvents)
    .find({ orderId: { $in: orderIds } }, { sort: { orderId: 1, seq: 1 }, limit: MOST_EVENTS });
  return orderIds.map((orderId) => ({
    orderId,
    events: events.filter((event) => event.orderId.equals(orderId)),
  }));
}

export const historyByOrder = defineLoader(findHistories, ({ orderId }) => orderId);
