import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { paymentRefunds, payments } from '../payments/collections.ts';
import type { Payment, PaymentRefund } from '../payments/documents.ts';
import { type ArchivedHead, archivedOrders } from './archive/collections.ts';
import { orders } from './collections.ts';

const BATCH = 200;
/** More tries to pay, and refunds, than so many orders have. */
const MOST = 100_000;

/** A sum of an order that its payments and refunds do not add up to; minor units. */
export type WrongMoney = {
  orderId: ObjectId;
  number: string;
  path: 'paid' | 'refunded';
  stands: number;
  should: number;
};

/** Every order that was paid through a payment, against what providers said of the money. */
export async function* findWrongMoney(db: TenantDb): AsyncGenerator<WrongMoney> {
  let ids: ObjectId[] = [];
  for await (const { orderId } of db.collection(payments).scan({}, { sort: { orderId: 1, _id: -1 } })) {
    if (ids.at(-1)?.equals(orderId)) continue;
    ids.push(orderId);
    if (ids.length < BATCH) continue;
    yield* wrongAmong(db, ids);
    ids = [];
  }
  yield* wrongAmong(db, ids);
}

/** Money may have moved between the reads: what differs is looked at again as of one moment. */
async function* wrongAmong(db: TenantDb, ids: ObjectId[]): AsyncGenerator<WrongMoney> {
  const suspects = (await compared(db, ids)).map(({ orderId }) => orderId);
  if (suspects.length > 0) yield* await db.transaction((tx) => compared(tx, suspects));
}

type Head = Pick<ArchivedHead, '_id' | 'number' | 'paid' | 'refunded' | 'refunds'>;
const HEAD = { number: 1, paid: 1, refunded: 1, refunds: 1 };

async function compared(db: TenantDb, ids: ObjectId[]): Promise<WrongMoney[]> {
  const [wanted, limited] = [{ _id: { $in: ids } }, { limit: BATCH, projection: HEAD }];
  const atHand = await db.collection(orders).find<Head>(wanted, limited);
  const archived = await db.collection(archivedOrders).find<Head>(wanted, limited);
  const found = [...atHand, ...archived];
  const taken = await db.collection(payments).find({ orderId: { $in: ids } }, { limit: MOST });
  const paymentId = { $in: taken.map(({ _id }) => _id) };
  const sentBack = await db.collection(paymentRefunds).find({ paymentId }, { limit: MOST });
  const [takenOf, sentBackOf] = [byOrder(taken), byOrder(sentBack)];
  return found.flatMap((order) => {
    const key = String(order._id);
    return faultsOf(order, takenOf.get(key) ?? [], sentBackOf.get(key) ?? []);
  });
}

const byOrder = <T extends { orderId: ObjectId }>(rows: T[]): Map<string, T[]> =>
  Map.groupBy(rows, ({ orderId }) => String(orderId));

function faultsOf(order: Head, taken: Payment[], sentBack: PaymentRefund[]): WrongMoney[] {
  // What came in though the order was paid goes back, and was never the order's.
  const notOfOrder = sum(sentBack.filter(({ ofOrder }) => !ofOrder));
  const should = {
    paid: taken.reduce((total, { captured }) => total + captured, 0) - notOfOrder,
    refunded: sum(sentBack.filter((refund) => refund.ofOrder && counts(order, refund))),
  };
  return (['paid', 'refunded'] as const)
    .filter((path) => order[path] !== should[path])
    .map((path) => ({
      ...{ orderId: order._id, number: order.number, path },
      ...{ stands: order[path], should: should[path] },
    }));
}

const sum = (rows: { amount: number }[]) => rows.reduce((total, { amount }) => total + amount, 0);

/** One that came back after it had gone through is noted in the order, and sent by hand. */
const counts = ({ refunds }: Head, { _id, state }: PaymentRefund): boolean =>
  state !== 'FAILED' || refunds.some((refund) => refund._id.equals(_id) && refund.status === 'SUCCEEDED');
