import type { GraphQLSchema } from 'graphql';
import type { Log } from '../../platform/log.ts';
import type { Database } from '../../platform/mongo/client.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { Services } from '../../services.ts';
import { attempt } from './attempt.ts';
import { webhookDeliveries, webhookQueues, webhooks } from './collections.ts';
import type { Webhook, WebhookDelivery } from './documents.ts';
import { holds } from './lease.ts';
import { beginTry, endTry, giveBack } from './outcomes.ts';
import { isPermitted, pause } from './pausing.ts';
import type { Reading } from './payload.ts';
import {
  type DueQueue,
  dueHeads,
  nextDue,
  type QueueLease,
  releaseQueue,
  renewQueue,
  takeQueue,
} from './queues.ts';

/** How many subjects of one webhook are told at once. */
const AT_ONCE = 8;
const LOOKED_AT = 1_000;
const CLOSED_MS = 10 * 60_000;

export type Delivering = {
  database: Database;
  services: Services;
  schema: GraphQLSchema;
  log: Log;
  owner: string;
  leaseMs: number;
  /** Nothing more is begun. */
  stopping: AbortSignal;
  /** What is under way is broken off. */
  breaking: AbortSignal;
};

/** Sends what a webhook has to send, alone of all workers, until nothing is due. */
export async function deliverQueue(options: Delivering, { _id, tenantId }: DueQueue): Promise<void> {
  const { database, owner, leaseMs, log } = options;
  const db = database.tenantDb(tenantId);
  const lease = await takeQueue(db, _id, owner, leaseMs);
  if (!lease) return;
  const beat = setInterval(() => {
    renewQueue(db, _id, lease, leaseMs).catch((error) =>
      log.warn({ err: error }, 'the lease of a webhook could not be renewed'),
    );
  }, leaseMs / 3);
  try {
    const next = await deliverHeld(options, db, lease, { _id, tenantId });
    await db.retry(() => releaseQueue(db, _id, lease, next));
  } finally {
    clearInterval(beat);
  }
}

type Next = () => Promise<Date | null>;

const never: Next = async () => null;

/** Answers how to find out when there is something to do again. */
async function deliverHeld(
  options: Delivering,
  db: TenantDb,
  lease: QueueLease,
  { _id, tenantId }: DueQueue,
): Promise<Next> {
  const { services, schema } = options;
  const webhook = await db.collection(webhooks).findOne({ _id });
  if (!webhook) return forget(db, _id);
  const shop = await services.directory.byId(tenantId);
  if (!shop) return async () => new Date(db.now().getTime() + CLOSED_MS);
  if (!webhook.isActive || webhook.pausedAt) return never;
  const reading = { schema, services, shop, db };
  if (await isPermitted(db, webhook)) await drain(options, reading, lease, webhook);
  else await pause(db, { shop, mailer: services.mailer }, webhook, 'NOT_PERMITTED');
  const after = await db.collection(webhooks).findOne({ _id });
  return after?.isActive && !after.pausedAt ? () => nextDue(db, _id) : never;
}

/** It was deleted while events were handed out to it. */
async function forget(db: TenantDb, webhookId: Webhook['_id']): Promise<Next> {
  await db.collection(webhookDeliveries).deleteMany({ webhookId });
  await db.collection(webhookQueues).deleteOne({ _id: webhookId });
  return never;
}

/** Each subject's events one after the other, several subjects at once: one that fails holds back its own alone. */
async function drain(
  options: Delivering,
  reading: Reading,
  lease: QueueLease,
  webhook: Webhook,
): Promise<void> {
  const { stopping } = options;
  const underway = new Map<string, Promise<void>>();
  let ready: WebhookDelivery[] = [];
  let isPaused = false;
  const goesOn = () => !isPaused && !stopping.aborted && holds(lease);
  const start = (head: WebhookDelivery) => {
    const trying = deliver(options, reading, lease, webhook, head)
      .then((paused) => {
        isPaused ||= paused;
      })
      .catch((error) => options.log.error({ err: error, webhook: webhook._id }, 'a delivery was cut short'))
      .finally(() => underway.delete(head.subject));
    underway.set(head.subject, trying);
  };
  while (goesOn()) {
    if (ready.length === 0) {
      const found = await dueHeads(reading.db, webhook._id, lease, LOOKED_AT);
      ready = found.filter(({ subject }) => !underway.has(subject));
    }
    if (ready.length === 0 && underway.size === 0) return;
    while (ready.length > 0 && underway.size < AT_ONCE && goesOn()) start(ready.shift() as WebhookDelivery);
    if (underway.size > 0) await Promise.race(underway.values());
  }
  await Promise.all(underway.values());
}

/** Whether the webhook is paused for it. */
async function deliver(
  { breaking }: Delivering,
  reading: Reading,
  lease: QueueLease,
  webhook: Webhook,
  delivery: WebhookDelivery,
): Promise<boolean> {
  const { db, shop, services } = reading;
  if (!(await beginTry(db, delivery, lease))) return false;
  const tried = await attempt(reading, webhook, delivery, breaking);
  if (breaking.aborted && !tried.isDelivered) {
    await giveBack(db, delivery, lease);
    return false;
  }
  const reason = await endTry(db, delivery, lease, tried);
  if (reason) await pause(db, { shop, mailer: services.mailer }, webhook, reason);
  return reason !== null;
}
