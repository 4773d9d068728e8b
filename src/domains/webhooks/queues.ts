import type { ObjectId } from 'mongodb';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { webhookDeliveries, webhookQueues } from './collections.ts';
import type { WebhookDelivery, WebhookQueue } from './documents.ts';
import { wake } from './handing-out.ts';
import { heldSince, isFree, type Lease, released, renewing, taking } from './lease.ts';

const MOST_DUE = 50;
const NEVER = new Date(0);

export const newQueue = (webhookId: ObjectId): Omit<WebhookQueue, 'tenantId'> => ({
  _id: webhookId,
  dueAt: null,
  wakes: 0,
  owner: null,
  fence: 0,
  leasedUntil: NEVER,
  deadInRow: 0,
  failingSince: null,
  delivered: 0,
  failed: 0,
  died: 0,
});

export type DueQueue = Pick<WebhookQueue, '_id' | 'tenantId'>;

/** Webhooks of all shops that have something to send, and nobody who sends it. */
export const dueQueues = (db: SystemDb): Promise<DueQueue[]> =>
  db
    .collection(webhookQueues)
    .find<DueQueue>(
      { dueAt: { $type: 'date', $lte: db.now() }, ...isFree, ...db.here },
      {
        projection: { tenantId: 1 },
        sort: { dueAt: 1 },
        limit: MOST_DUE,
        ...db.options,
        ...db.because,
      },
    )
    .toArray();

/** What a worker knows of a queue while it alone sends from it. */
export type QueueLease = Lease & {
  /** Whether something failed since the last delivery that arrived. */
  isFailing: boolean;
  /** What arrived and is not counted in the queue yet. */
  delivered: number;
};

/** Null when another was faster. */
export async function takeQueue(
  db: TenantDb,
  _id: ObjectId,
  owner: string,
  leaseMs: number,
): Promise<QueueLease | null> {
  const asked = performance.now();
  const taken = await db
    .collection(webhookQueues)
    .findOneAndUpdate({ _id, ...isFree }, taking(owner, leaseMs));
  if (!taken) return null;
  const { fence, failingSince, deadInRow } = taken;
  const isFailing = failingSince !== null || deadInRow > 0;
  return { owner, fence, until: heldSince(asked, leaseMs), isFailing, delivered: 0 };
}

/** Keeps it for longer, and adds what arrived meanwhile. */
export async function renewQueue(
  db: TenantDb,
  _id: ObjectId,
  lease: QueueLease,
  leaseMs: number,
): Promise<void> {
  const asked = performance.now();
  const { delivered } = lease;
  const { matchedCount } = await db
    .collection(webhookQueues)
    .updateOne({ _id, ...heldBy(lease) }, renewing(leaseMs, delivered));
  lease.delivered -= delivered;
  lease.until = matchedCount === 1 ? heldSince(asked, leaseMs) : 0;
}

/** Says when to look next, unless something came in meanwhile: then that is at once. */
export async function releaseQueue(
  db: TenantDb,
  _id: ObjectId,
  lease: QueueLease,
  next: () => Promise<Date | null>,
): Promise<void> {
  const queues = db.collection(webhookQueues);
  const queue = await queues.findOne({ _id, ...heldBy(lease) });
  if (!queue) return;
  const dueAt = await next();
  const counted = { $inc: { delivered: lease.delivered } };
  const { matchedCount } = await queues.updateOne(
    { _id, ...heldBy(lease), wakes: queue.wakes },
    { $set: { dueAt, ...released }, ...counted },
  );
  if (matchedCount === 0) await queues.updateOne({ _id, ...heldBy(lease) }, { $set: released, ...counted });
}

const heldBy = ({ owner, fence }: Lease) => ({ owner, fence });

export const wakeQueue = (tx: TenantDb, _id: ObjectId) =>
  tx.collection(webhookQueues).updateOne({ _id }, wake(tx.now()));

/** The first delivery of each subject: those behind it wait. */
const heads = (webhookId: ObjectId) => [
  { $match: { webhookId, status: 'PENDING' } },
  { $sort: { webhookId: 1, status: 1, subject: 1, place: 1 } },
  { $group: { _id: '$subject', head: { $first: '$$ROOT' } } },
  { $replaceRoot: { newRoot: '$head' } },
];

/** Those that may be tried now; also those that a worker who is gone had under way. */
export const dueHeads = (
  db: TenantDb,
  webhookId: ObjectId,
  { fence }: Lease,
  limit: number,
): Promise<WebhookDelivery[]> =>
  db.collection(webhookDeliveries).aggregate<WebhookDelivery>([
    ...heads(webhookId),
    {
      $match: { $or: [{ dueAt: { $lte: db.now() } }, { underway: true, fence: { $lt: fence } }] },
    },
    { $sort: { place: 1 } },
    { $limit: limit },
  ]);

export async function nextDue(db: TenantDb, webhookId: ObjectId): Promise<Date | null> {
  const [first] = await db
    .collection(webhookDeliveries)
    .aggregate<WebhookDelivery>([...heads(webhookId), { $sort: { dueAt: 1 } }, { $limit: 1 }]);
  return first?.dueAt ?? null;
}
