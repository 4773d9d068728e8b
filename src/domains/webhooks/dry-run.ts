import type { GraphQLSchema } from 'graphql';
import { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { invalid } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { WebhookEvent, WebhookTestInput } from '../../schema.types.ts';
import { type Attempt, attempt, prepare } from './attempt.ts';
import { webhookDeliveries } from './collections.ts';
import type { Webhook } from './documents.ts';
import { EVENT_TYPES, typeOf } from './event-types.ts';
import { refuseWider } from './input.ts';
import type { Reading, Told } from './payload.ts';
import { findWebhook } from './webhook-writes.ts';

const NO_RECORD = '000000000000000000000000';

/** Shows what would be sent for the last event that the webhook is told of, and sends it where that is asked for. */
export async function testWebhook(
  db: TenantDb,
  input: WebhookTestInput,
  context: Context,
  schema: GraphQLSchema,
) {
  const webhook = await findWebhook(db, input.id);
  refuseWider(webhook.scopes, context.viewer);
  const events = input.event == null ? webhook.events : [heardBy(webhook, input.event)];
  const last = input.sampleOf == null ? await lastEvent(db, webhook, events) : null;
  const event = last ?? sampleOf(events[0] as WebhookEvent, input.sampleOf ?? NO_RECORD, db.now());
  const reading: Reading = { schema, services: context, shop: context.shop, db };
  const { url, headers, body } = await prepare(reading, webhook, event);
  const sent: Attempt | null = input.send ? await attempt(reading, webhook, event) : null;
  const shown = Object.entries(headers).map(([name, value]) => ({ name, value }));
  return { request: { url, headers: shown, body, isSample: last === null }, response: sent };
}

function heardBy({ events }: Webhook, event: WebhookEvent): WebhookEvent {
  if (events.includes(event)) return event;
  throw invalid(`This webhook is told of ${events.join(', ')}`, 'input', 'event');
}

async function lastEvent(
  db: TenantDb,
  { _id: webhookId }: Webhook,
  events: readonly WebhookEvent[],
): Promise<Told | null> {
  const [last] = await db
    .collection(webhookDeliveries)
    .find({ webhookId, type: { $in: events.map(typeOf) } }, { sort: { createdAt: -1, _id: -1 }, limit: 1 });
  return last ?? null;
}

function sampleOf(event: WebhookEvent, id: string, at: Date): Told {
  const { type, variables } = EVENT_TYPES[event];
  const data = Object.fromEntries(variables.map((name) => [name, id]));
  const [record = ''] = type.split('.');
  const kind = record === 'inventory' || record === 'review' ? 'product' : record;
  return { eventId: new ObjectId(NO_RECORD), type, subject: `${kind}:${id}`, data, at };
}
