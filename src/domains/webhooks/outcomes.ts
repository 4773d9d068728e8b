import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { type Attempt, shownOf } from './attempt.ts';
import { webhookDeliveries, webhookQueues } from './collections.ts';
import type { DeliveryStatus, PauseReason, WebhookDelivery, WebhookQueue } from './documents.ts';
import type { Lease } from './lease.ts';
import type { QueueLease } from './queues.ts';
import { MOST_TRIES, nextTry } from './schedule.ts';

const MOST_DEAD_IN_ROW = 20;
const LONGEST_FAILING_MS = 24 * 60 * 60_000;
const UNKNOWN_MS = 60_000;

/** Writes down that it is tried, before it is: a worker that dies of it has tried it. False when it is not to be tried. */
export async function beginTry(
  db: TenantDb,
  { _id, attempts }: WebhookDelivery,
  { fence }: Lease,
): Promise<boolean> {
  const now = db.now();
  const dueAt = nextTry(attempts + 1, now) ?? new Date(now.getTime() + UNKNOWN_MS);
  const { matchedCount } = await db
    .collection(webhookDeliveries)
    .updateOne(
      { _id, status: 'PENDING', attempts },
      { $set: { fence, underway: true, triedAt: now, dueAt }, $inc: { attempts: 1 } },
    );
  return matchedCount === 1;
}

/** It was stopped on the way, through no fault of its own. */
export const giveBack = (db: TenantDb, { _id, attempts }: WebhookDelivery, { fence }: Lease) =>
  db.retry(() =>
    db
      .collection(webhookDeliveries)
      .updateOne({ _id, fence, underway: true }, { $set: { underway: false, attempts, dueAt: db.now() } }),
  );

/** Writes down how a try ended; answers why its webhook is to be paused, if it is. */
export async function endTry(
  db: TenantDb,
  delivery: WebhookDelivery,
  lease: QueueLease,
  attempt: Attempt,
): Promise<PauseReason | null> {
  const { fence } = lease;
  const now = db.now();
  const tries = delivery.attempts + 1;
  // The clock that the try began by may be behind: the pause counts from now.
  const dueAt = attempt.isDelivered ? null : nextTry(tries, now);
  const isDead = !attempt.isDelivered && tries >= MOST_TRIES;
  const status: DeliveryStatus = attempt.isDelivered ? 'DELIVERED' : isDead ? 'DEAD' : 'PENDING';
  const end = {
    ...shownOf(attempt),
    ...{ status, dueAt, underway: false, deliveredAt: attempt.isDelivered ? now : null },
  } as const;
  const { _id, webhookId } = delivery;
  await db.retry(() =>
    db.collection(webhookDeliveries).updateOne({ _id, fence, underway: true }, { $set: end }),
  );
  if (attempt.isDelivered) return countDelivered(db, webhookId, lease);
  lease.isFailing = true;
  const queue = await db.collection(webhookQueues).findOneAndUpdate({ _id: webhookId }, failure(now, isDead));
  return attempt.isGone ? 'GONE' : queue && reasonToPause(queue, now, isDead);
}

/** Mostly without a word to the database, for all that arrives would be counted in one document. */
async function countDelivered(db: TenantDb, webhookId: ObjectId, lease: QueueLease): Promise<null> {
  lease.delivered += 1;
  if (!lease.isFailing) return null;
  lease.isFailing = false;
  const healed = { $set: { deadInRow: 0, failingSince: null } };
  await db.retry(() => db.collection(webhookQueues).updateOne({ _id: webhookId }, healed));
  return null;
}

const failure = (now: Date, isDead: boolean) => [
  {
    $set: {
      failingSince: { $ifNull: ['$failingSince', now] },
      failed: { $add: ['$failed', 1] },
      died: { $add: ['$died', isDead ? 1 : 0] },
      deadInRow: { $add: ['$deadInRow', isDead ? 1 : 0] },
    },
  },
];

function reasonToPause(
  { deadInRow, failingSince }: WebhookQueue,
  now: Date,
  isDead: boolean,
): PauseReason | null {
  if (isDead && deadInRow >= MOST_DEAD_IN_ROW) return 'DEAD_IN_A_ROW';
  const isLong = failingSince && now.getTime() - failingSince.getTime() >= LONGEST_FAILING_MS;
  return isLong ? 'FAILING_FOR_LONG' : null;
}
