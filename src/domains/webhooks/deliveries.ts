import { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { invalid, notFound } from '../../platform/errors.ts';
import type { Edge } from '../../platform/graphql/connection.ts';
import { findPage, type Keyset, type Page, type PageArgs } from '../../platform/mongo/page.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { DeliveryReplayInput } from '../../schema.types.ts';
import { webhookDeliveries, webhooks } from './collections.ts';
import type { DeliveryStatus, WebhookDelivery } from './documents.ts';
import { refuseWider } from './input.ts';
import { wakeQueue } from './queues.ts';

const MOST_REPLAYED = 250;
const MOST_DEAD = 1_000;

export type DeliveryPage = Page<WebhookDelivery>;
export type DeliveryEdge = Edge<WebhookDelivery>;

const latestFirst: Keyset<WebhookDelivery> = {
  name: 'DELIVERED_LATEST',
  path: 'createdAt',
  direction: -1,
  valueOf: ({ createdAt }) => createdAt,
};

export const listDeliveries = (
  db: TenantDb,
  webhookId: ObjectId,
  { status, ...args }: PageArgs & { status?: DeliveryStatus | null },
): Promise<DeliveryPage> =>
  findPage(db, args, latestFirst, ({ filter, sort, limit }) =>
    db
      .collection(webhookDeliveries)
      .find({ $and: [{ webhookId, ...(status && { status }) }, filter] }, { sort, limit }),
  );

/** From the start, with all its tries; it stays in its place before later events of its subject. */
const anew = (now: Date) =>
  ({
    status: 'PENDING',
    attempts: 0,
    dueAt: now,
    underway: false,
    deliveredAt: null,
    error: null,
    responseStatus: null,
    responseBody: null,
  }) as const;

/** Delivers again what is named, whether it was given up or had arrived. */
export async function replayDeliveries(tx: TenantDb, input: DeliveryReplayInput, { viewer }: Context) {
  const ids = readIds(input.ids ?? []);
  if (ids.length > 0 === (input.allDeadOf != null))
    throw invalid('Name the deliveries by ids, or the webhook by allDeadOf', 'input', 'ids');
  const found = ids.length > 0 ? await findAll(tx, ids) : [];
  const own = input.allDeadOf == null ? found.map(({ webhookId }) => webhookId) : readIds([input.allDeadOf]);
  const named = [...new Map(own.map((id) => [String(id), id])).values()];
  for (const id of named) {
    const webhook = await tx.collection(webhooks).findOne({ _id: id });
    if (!webhook) throw notFound('webhook', 'input', 'allDeadOf');
    refuseWider(webhook.scopes, viewer);
  }
  const [first] = named;
  const replayed =
    input.allDeadOf != null && first
      ? await replayDead(tx, first)
      : await replay(
          tx,
          found.map(({ _id }) => _id),
        );
  for (const id of named) await wakeQueue(tx, id);
  return { replayed };
}

/** All that was given up of a webhook, the oldest first: so many at a call. */
export async function replayDead(tx: TenantDb, webhookId: ObjectId): Promise<number> {
  const dead = await tx
    .collection(webhookDeliveries)
    .find<{ _id: ObjectId }>(
      { webhookId, status: 'DEAD' },
      { projection: { _id: 1 }, sort: { createdAt: 1, _id: 1 }, limit: MOST_DEAD },
    );
  return replay(
    tx,
    dead.map(({ _id }) => _id),
  );
}

async function replay(tx: TenantDb, ids: ObjectId[]): Promise<number> {
  const { modifiedCount } = await tx
    .collection(webhookDeliveries)
    .updateMany({ _id: { $in: ids }, status: { $ne: 'PENDING' } }, { $set: anew(tx.now()) });
  return modifiedCount;
}

async function findAll(tx: TenantDb, ids: ObjectId[]): Promise<WebhookDelivery[]> {
  const found = await tx.collection(webhookDeliveries).find({ _id: { $in: ids } }, { limit: ids.length });
  const known = new Set(found.map(({ _id }) => String(_id)));
  const missing = ids.findIndex((id) => !known.has(String(id)));
  if (missing >= 0) throw notFound('delivery', 'input', 'ids', String(missing));
  return found;
}

function readIds(given: readonly string[]): ObjectId[] {
  if (given.length > MOST_REPLAYED)
    throw invalid(`At most ${MOST_REPLAYED} deliveries are replayed at a call`, 'input', 'ids');
  return given.map((id, place) => {
    if (ObjectId.isValid(id)) return new ObjectId(id);
    throw notFound('delivery', 'input', 'ids', String(place));
  });
}
