import type { SystemDb } from '../../platform/mongo/system-db.ts';
import { webhookFeed } from './collections.ts';
import type { WebhookFeed } from './documents.ts';
import { heldSince, isFree, type Lease, released, taking, untilLater } from './lease.ts';

const ID = 'outbox';
const UNTOUCHED: Omit<WebhookFeed, '_id'> = {
  owner: null,
  fence: 0,
  leasedUntil: new Date(0),
  token: null,
  at: null,
};

export type FeedLease = Lease & Pick<WebhookFeed, 'token' | 'at'>;

/** The right to hand events out, with the place to go on from; null while somebody else has it. */
export async function takeFeed(db: SystemDb, owner: string, leaseMs: number): Promise<FeedLease | null> {
  const feed = db.collection(webhookFeed);
  await feed.updateOne({ _id: ID }, { $setOnInsert: UNTOUCHED }, { upsert: true, ...db.options });
  const asked = performance.now();
  const taken = await feed.findOneAndUpdate({ _id: ID, ...isFree }, taking(owner, leaseMs), {
    returnDocument: 'after',
    ...db.options,
  });
  if (!taken) return null;
  const { fence, token, at } = taken;
  return { owner, fence, token, at, until: heldSince(asked, leaseMs) };
}

/** Renews it and, where there is one, keeps the place that was reached; false when another has taken over. */
export async function keepFeed(
  db: SystemDb,
  lease: Lease,
  leaseMs: number,
  token: string | null,
): Promise<boolean> {
  const asked = performance.now();
  const place = token === null ? {} : { token: { $literal: token }, at: { $literal: db.now() } };
  const { matchedCount } = await db
    .collection(webhookFeed)
    .updateOne(mine(lease), [{ $set: { leasedUntil: untilLater(leaseMs), ...place } }], db.options);
  if (matchedCount === 1) lease.until = heldSince(asked, leaseMs);
  return matchedCount === 1;
}

export async function releaseFeed(db: SystemDb, lease: Lease): Promise<void> {
  await db.collection(webhookFeed).updateOne(mine(lease), { $set: released }, db.options);
}

const mine = ({ owner, fence }: Lease) => ({ _id: ID, owner, fence }) as const;
