import { defineCollection, defineSystemCollection } from '../../platform/mongo/collection.ts';
import {
  anyOf,
  bool,
  count,
  date,
  id,
  list,
  nullable,
  object,
  text,
  whole,
} from '../../platform/mongo/schema.ts';
import type { Webhook, WebhookDelivery, WebhookFeed, WebhookQueue } from './documents.ts';

/** Longer than the outbox keeps an event: as long as one could be handed out anew, it is known that it was. */
const KEPT_SECONDS = 35 * 24 * 60 * 60;

const dated = { $type: 'date' };
const across = { acrossTenants: true as const };

export const webhooks = defineCollection<Webhook>(
  'webhooks',
  object({
    name: text,
    url: text,
    events: list(text),
    query: nullable(text),
    scopes: list(text),
    isActive: bool,
    pausedAt: nullable(date),
    pauseReason: nullable(anyOf('DEAD_IN_A_ROW', 'FAILING_FOR_LONG', 'GONE', 'NOT_PERMITTED')),
    secrets: list(object({ text, createdAt: date })),
    ownerId: nullable(id),
    version: whole,
    createdAt: date,
    updatedAt: date,
  }),
  [
    { key: { createdAt: 1 } },
    { key: { pausedAt: 1 }, ...across, partialFilterExpression: { pausedAt: dated } },
  ],
);

export const webhookQueues = defineCollection<WebhookQueue>(
  'webhook_queues',
  object({
    dueAt: nullable(date),
    wakes: count,
    owner: nullable(text),
    fence: count,
    leasedUntil: date,
    deadInRow: count,
    failingSince: nullable(date),
    delivered: count,
    failed: count,
    died: count,
  }),
  [{ key: { dueAt: 1 }, ...across, partialFilterExpression: { dueAt: dated } }],
);

const pending = { status: 'PENDING' };
const dead = { status: 'DEAD' };

export const webhookDeliveries = defineCollection<WebhookDelivery>(
  'webhook_deliveries',
  object({
    webhookId: id,
    eventId: id,
    type: text,
    subject: text,
    data: { bsonType: 'object' },
    at: date,
    place: text,
    status: anyOf('PENDING', 'DELIVERED', 'DEAD'),
    attempts: count,
    dueAt: nullable(date),
    fence: count,
    underway: bool,
    responseStatus: nullable(count),
    responseBody: nullable(text),
    error: nullable(text),
    triedAt: nullable(date),
    deliveredAt: nullable(date),
    createdAt: date,
  }),
  [
    { key: { webhookId: 1, eventId: 1 }, unique: true },
    { key: { webhookId: 1, createdAt: -1, _id: -1 } },
    { key: { webhookId: 1, status: 1, createdAt: -1, _id: -1 } },
    // With the status in the key nothing is left to be looked up, so that each subject costs one step in the index.
    { key: { webhookId: 1, status: 1, subject: 1, place: 1 }, partialFilterExpression: pending },
    { key: { at: 1 }, ...across, partialFilterExpression: pending },
    { key: { status: 1 }, ...across, partialFilterExpression: dead },
    { key: { createdAt: 1 }, expireAfterSeconds: KEPT_SECONDS },
  ],
);

export const webhookFeed = defineSystemCollection<WebhookFeed>(
  'webhook_feed',
  object({
    _id: anyOf('outbox'),
    owner: nullable(text),
    fence: count,
    leasedUntil: date,
    token: nullable(text),
    at: nullable(date),
  }),
  [],
);
