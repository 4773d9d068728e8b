import type { ObjectId } from 'mongodb';
import { orderEventOf } from '../../src/domains/orders/events.ts';
import { appendEvent } from '../../src/platform/events/event.ts';
import type { TenantDb } from '../../src/platform/mongo/tenant-db.ts';
import type { Shop } from '../support/shop.ts';

const ERRORS = 'userErrors { code message path }';

export const CREATE = `mutation($input: WebhookCreateInput!) {
  webhookCreate(input: $input) {
    webhook { id name url events scopes query version secretsInUse secretsAreSealed }
    secret ${ERRORS}
  }
}`;
export const UPDATE = `mutation($input: WebhookUpdateInput!) {
  webhookUpdate(input: $input) { webhook { id url version } ${ERRORS} }
}`;
export const ROTATE = `mutation($input: WebhookSecretRotateInput!) {
  webhookSecretRotate(input: $input) { secret webhook { secretsInUse } ${ERRORS} }
}`;
export const RETIRE = `mutation($input: WebhookSecretRetireInput!) {
  webhookSecretRetire(input: $input) { webhook { secretsInUse } ${ERRORS} }
}`;
export const DELETE = `mutation($input: WebhookDeleteInput!) { webhookDelete(input: $input) { webhook { id } ${ERRORS} } }`;
export const RESUME = `mutation($input: WebhookResumeInput!) {
  webhookResume(input: $input) { webhook { pausedAt } replayed ${ERRORS} }
}`;
export const REPLAY = `mutation($input: DeliveryReplayInput!) { webhookDeliveryReplay(input: $input) { replayed ${ERRORS} } }`;
export const TEST = `mutation($input: WebhookTestInput!) {
  webhookTest(input: $input) {
    request { url headers { name value } body isSample }
    response { isDelivered responseStatus responseBody error }
    ${ERRORS}
  }
}`;
export const WEBHOOK = `query($id: ID!, $status: WebhookDeliveryStatus) {
  webhook(id: $id) {
    id name pausedAt pauseReason secretsInUse
    deliveries(first: 100, status: $status) {
      nodes { id eventId event type subject status attempts responseStatus responseBody error nextTryAt deliveredAt }
    }
  }
}`;

type Input = { url: string; events: string[]; query?: string; scopes?: string[] };

/** A new webhook of a shop, made by somebody who may do everything. */
export async function createWebhook(shop: Shop, input: Input): Promise<{ id: string; secret: string }> {
  const { data, errors } = await shop.request(CREATE, { input }, await shop.staff());
  const made = data?.webhookCreate;
  if (!made?.webhook) throw new Error(JSON.stringify(errors ?? made));
  return { id: made.webhook.id, secret: made.secret };
}

/** An event as the shop writes it, without all that goes with one. */
export const tellOrder = (db: TenantDb, orderId: ObjectId, number: string) =>
  db.transaction((tx) =>
    appendEvent(tx, orderEventOf.noted, { orderId, number, status: 'PLACED', paymentStatus: 'UNPAID' }),
  );
