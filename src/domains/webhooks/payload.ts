import { execute, type GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { Context } from '../../context.ts';
import { serviceUnavailable } from '../../platform/errors.ts';
import { formatError, formatWithoutHints } from '../../platform/graphql/errors.ts';
import { LIMITS } from '../../platform/limits/limits.ts';
import { runAsTenant } from '../../platform/mongo/guard.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { Services } from '../../services.ts';
import { keyViewer } from '../auth/viewer.ts';
import type { Tenant } from '../tenants/collections.ts';
import type { Webhook, WebhookDelivery } from './documents.ts';
import { variablesOf } from './event-types.ts';
import { documentOf } from './query-check.ts';

/** What an event is, for the one who is told. */
export type Told = Pick<WebhookDelivery, 'eventId' | 'type' | 'subject' | 'data' | 'at'>;

export type Reading = { schema: GraphQLSchema; services: Services; shop: Tenant; db: TenantDb };

/** The body of a delivery: what happened, with what the webhook's query finds at this moment, or the event's own data. */
export async function payloadOf(reading: Reading, webhook: Webhook, event: Told): Promise<string> {
  const { eventId: id, type, at, subject, data } = event;
  const head = { id, type, at, tenant: reading.shop.subdomain, subject };
  if (webhook.query === null) return JSON.stringify({ ...head, data });
  return JSON.stringify({ ...head, ...(await read(reading, webhook, webhook.query, event)) });
}

async function read({ schema, services, shop, db }: Reading, webhook: Webhook, query: string, event: Told) {
  const contextValue: Context = {
    ...services,
    shop,
    db: db.until(Date.now() + LIMITS.requestMs),
    requestId: `webhook ${event.eventId}`,
    viewer: keyViewer(`webhook ${webhook._id}`, webhook.scopes),
    platform: null,
    loaders: new Map(),
  };
  const variableValues = variablesOf(event.subject, event.data);
  const document = documentOf(schema, query, services.webhooks.production);
  const run = async () => execute({ schema, document, contextValue, variableValues });
  const { data, errors } = await runAsTenant(shop._id, run);
  if (!errors) return { data };
  const shown = errors.map((error) => shownError(error, services.webhooks.production));
  if (shown.some(({ extensions }) => LATER.has(extensions?.code)))
    throw serviceUnavailable('The data could not be read just now', errors[0]);
  return { data, errors: shown };
}

/** They say nothing about what was asked for, and another time the answer may be there. */
const LATER = new Set<unknown>(['SERVICE_UNAVAILABLE', 'DEADLINE_EXCEEDED']);

const shownError = (error: GraphQLError, production: boolean): GraphQLFormattedError =>
  (production ? formatWithoutHints : formatError)(error.toJSON(), error);
