import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import { connectionResolvers, edgeResolvers } from '../../platform/graphql/connection.ts';
import { mutation, withUserErrors } from '../../platform/graphql/mutation.ts';
import type { Resolvers, WebhookCreateInput, WebhookUpdateInput } from '../../schema.types.ts';
import { listDeliveries, replayDeliveries } from './deliveries.ts';
import type { WebhookDelivery } from './documents.ts';
import { testWebhook } from './dry-run.ts';
import { eventOfType } from './event-types.ts';
import {
  createWebhook,
  deleteWebhook,
  forgetDeliveries,
  hurry,
  listWebhooks,
  resumeWebhook,
  retireSecret,
  rotateSecret,
  showWebhook,
  updateWebhook,
} from './webhook-writes.ts';

const once = { secrets: ['secret'] as const };

/** Queries of webhooks are checked by the schema that they are asked in. */
const create = (
  parent: unknown,
  args: { input: WebhookCreateInput },
  context: Context,
  info: GraphQLResolveInfo,
) =>
  mutation(
    'webhookCreate',
    (tx, input: WebhookCreateInput, asked: Context) => createWebhook(tx, input, asked, info.schema),
    undefined,
    once,
  )(parent, args, context);

const update = (
  parent: unknown,
  args: { input: WebhookUpdateInput },
  context: Context,
  info: GraphQLResolveInfo,
) =>
  mutation('webhookUpdate', (tx, input: WebhookUpdateInput, asked: Context) =>
    updateWebhook(tx, input, asked, info.schema),
  )(parent, args, context);

export const webhookResolvers: Resolvers = {
  Query: {
    webhooks: (_, __, { db }) => listWebhooks(db),
    webhook: (_, { id }, { db }) => showWebhook(db, id),
  },
  Mutation: {
    webhookCreate: create,
    webhookUpdate: update,
    webhookDelete: mutation('webhookDelete', deleteWebhook, undefined, {
      after: ({ webhook }, { db }: Context) => forgetDeliveries(db, webhook._id),
    }),
    webhookSecretRotate: mutation('webhookSecretRotate', rotateSecret, undefined, once),
    webhookSecretRetire: mutation('webhookSecretRetire', retireSecret),
    webhookResume: mutation('webhookResume', resumeWebhook, undefined, {
      after: ({ webhook }, { db }: Context) => hurry(db, webhook._id),
    }),
    webhookDeliveryReplay: mutation('webhookDeliveryReplay', replayDeliveries),
    // Each call is a test of its own: nothing is changed, and a repeat asks again.
    webhookTest: (_, { input }, context, { schema }) =>
      withUserErrors(async () => ({
        ...(await testWebhook(context.db, input, context, schema)),
        userErrors: [],
      })),
  },
  Webhook: {
    id: ({ _id }) => _id.toHexString(),
    deliveries: ({ _id }, args, { db }) => listDeliveries(db, _id, args),
  },
  WebhookDeliveryConnection: connectionResolvers<WebhookDelivery>(),
  WebhookDeliveryEdge: edgeResolvers<WebhookDelivery>(),
  WebhookDelivery: {
    id: ({ _id }) => _id.toHexString(),
    eventId: ({ eventId }) => eventId.toHexString(),
    event: ({ type }) => eventOfType(type) ?? null,
    data: ({ data }) => JSON.parse(JSON.stringify(data)),
    nextTryAt: ({ dueAt }) => dueAt,
  },
};
