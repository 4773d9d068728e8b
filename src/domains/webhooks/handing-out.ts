import { ObjectId } from 'mongodb';
import { outbox, type StoredEvent } from '../../platform/events/collections.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import type { WebhookEvent } from '../../schema.types.ts';
import { webhookDeliveries, webhookQueues, webhooks } from './collections.ts';
import type { Webhook } from './documents.ts';
import { eventOfType } from './event-types.ts';

const MOST_WEBHOOKS = 10_000;
const BATCH = 500;
/** By how much clocks may differ, and how long a transaction may take to commit what it wrote. */
const MARGIN_MS = 10 * 60_000;

/** An event with its place in the order of all commits. */
export type FedEvent = { event: StoredEvent; place: string };

type Listening = Pick<Webhook, '_id' | 'tenantId' | 'events'> & { createdAt: Date };
type Handed = { listening: Listening; fed: FedEvent };

/** Makes a delivery of each event for each webhook that is told of it: once, however often it is called. */
export async function handOut(db: SystemDb, feed: readonly FedEvent[]): Promise<number> {
  const known = feed.filter(({ event }) => eventOfType(event.type));
  let handed = 0;
  for (const some of Map.groupBy(known, ({ event }) => db.placeOf(event.tenantId)).values()) {
    const tenants = [
      ...new Map(some.map(({ event: { tenantId } }) => [String(tenantId), tenantId])).values(),
    ];
    const there = tenants[0] ? db.of(tenants[0]) : db;
    handed += await write(there, some, await listeningIn(there, tenants));
  }
  return handed;
}

async function write(db: SystemDb, feed: readonly FedEvent[], all: readonly Listening[]): Promise<number> {
  const ofTenant = Map.groupBy(all, ({ tenantId }) => String(tenantId));
  const handed = feed.flatMap((fed): Handed[] => {
    const name = eventOfType(fed.event.type) as WebhookEvent;
    return (ofTenant.get(String(fed.event.tenantId)) ?? [])
      .filter(({ events }) => events.includes(name))
      .map((listening) => ({ listening, fed }));
  });
  if (handed.length === 0) return 0;
  const options = { ...db.options, ...db.because };
  // In their order: whoever sees one sees those before it.
  await db.collection(webhookDeliveries).bulkWrite(
    handed.map((one) => upsertOf(one, db.now())),
    options,
  );
  const woken = [...new Map(handed.map(({ listening: { _id } }) => [String(_id), _id])).values()];
  await db.collection(webhookQueues).updateMany({ _id: { $in: woken } }, wake(db.now()), options);
  return handed.length;
}

/** There is something to send. */
export const wake = (now: Date) => [
  { $set: { dueAt: { $min: ['$dueAt', now] }, wakes: { $add: ['$wakes', 1] } } },
];

const listeningIn = (db: SystemDb, tenants: ObjectId[]): Promise<Listening[]> =>
  db
    .collection(webhooks)
    .find<Listening>(
      { tenantId: { $in: tenants }, isActive: true },
      {
        projection: { tenantId: 1, events: 1, createdAt: 1 },
        limit: MOST_WEBHOOKS,
        ...db.options,
        ...db.because,
      },
    )
    .toArray();

function upsertOf({ listening, fed: { event, place } }: Handed, now: Date) {
  const { _id: eventId, tenantId, type, subject, data, at } = event;
  return {
    updateOne: {
      filter: { tenantId, webhookId: listening._id, eventId },
      update: {
        $setOnInsert: {
          _id: new ObjectId(),
          ...{ type, subject, data, at, place },
          ...{ status: 'PENDING' as const, attempts: 0, dueAt: now, fence: 0, underway: false },
          ...{ responseStatus: null, responseBody: null, error: null },
          ...{ triedAt: null, deliveredAt: null, createdAt: now },
        },
      },
      upsert: true,
    },
  };
}

/**
 * Hands out what the change stream cannot tell any more, out of the outbox itself: all since then, or since there are
 * webhooks. What was handed out before stays as it is.
 */
export async function handOutSince(db: SystemDb, reached: Date | null): Promise<number> {
  const options = { ...db.options, ...db.because };
  const all = await db
    .collection(webhooks)
    .find<Listening>(
      { isActive: true, ...db.here },
      { projection: { tenantId: 1, events: 1, createdAt: 1 }, ...options },
    )
    .toArray();
  if (all.length === 0) return 0;
  const oldest = Math.min(...all.map(({ createdAt }) => createdAt.getTime()));
  const from = new Date(Math.max(oldest, reached?.getTime() ?? 0) - MARGIN_MS);
  const events = db
    .collection(outbox)
    .find({ at: { $gte: from }, ...db.here }, { sort: { at: 1 }, ...options });
  let handed = 0;
  let batch: FedEvent[] = [];
  const flush = async () => {
    handed += await write(db, batch, all);
    batch = [];
  };
  for await (const event of events) {
    if (!eventOfType(event.type)) continue;
    batch.push({ event, place: placeAt(event) });
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return handed;
}

/** Like a token of the change stream, in front of those of the same second. */
function placeAt({ at, _id }: StoredEvent): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  const hex = seconds.toString(16).toUpperCase().padStart(8, '0');
  return `82${hex}00000000${String(at.getTime() % 1_000).padStart(3, '0')}${_id}`;
}
