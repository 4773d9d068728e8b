import type { GraphQLSchema } from 'graphql';
import { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { illegalState, limitExceeded, notFound, versionConflict } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type {
  WebhookCreateInput,
  WebhookDeleteInput,
  WebhookResumeInput,
  WebhookSecretRetireInput,
  WebhookSecretRotateInput,
  WebhookUpdateInput,
} from '../../schema.types.ts';
import { recordChange } from '../audit/entries.ts';
import { webhookDeliveries, webhookQueues, webhooks } from './collections.ts';
import { replayDead } from './deliveries.ts';
import type { Webhook } from './documents.ts';
import { readParts, refuseWider } from './input.ts';
import { newQueue, wakeQueue } from './queues.ts';
import { newSecret, type ShownWebhook, withoutSecrets } from './secrets.ts';

const MOST_WEBHOOKS = 50;

export const listWebhooks = async (db: TenantDb) =>
  (await db.collection(webhooks).find({}, { sort: { createdAt: 1 }, limit: MOST_WEBHOOKS })).map(
    withoutSecrets,
  );

export async function showWebhook(db: TenantDb, id: string): Promise<ShownWebhook | null> {
  const found = await lookUp(db, id);
  return found && withoutSecrets(found);
}

async function lookUp(db: TenantDb, id: string): Promise<Webhook | null> {
  return ObjectId.isValid(id) ? db.collection(webhooks).findOne({ _id: new ObjectId(id) }) : null;
}

export async function findWebhook(db: TenantDb, id: string): Promise<Webhook> {
  const found = await lookUp(db, id);
  if (!found) throw notFound('webhook', 'input', 'id');
  return found;
}

/** Makes a webhook; its secret is shown this once. */
export async function createWebhook(
  tx: TenantDb,
  input: WebhookCreateInput,
  { viewer, webhooks: settings }: Context,
  schema: GraphQLSchema,
) {
  const parts = readParts(input, null, { viewer, settings, schema });
  const made = await tx.collection(webhooks).count({}, { limit: MOST_WEBHOOKS });
  if (made >= MOST_WEBHOOKS)
    throw limitExceeded(`A shop has at most ${MOST_WEBHOOKS} webhooks`, MOST_WEBHOOKS, 'input');
  const [_id, at] = [new ObjectId(), tx.now()];
  const { secret, stored } = newSecret({ _id, tenantId: tx.tenantId }, at, settings);
  const after: Webhook = {
    ...{ _id, tenantId: tx.tenantId, ...parts, ownerId: viewer.userId },
    ...{ pausedAt: null, pauseReason: null, secrets: [stored] },
    ...{ version: 1, createdAt: at, updatedAt: at },
  };
  await tx.collection(webhooks).insertOne(after);
  await tx.collection(webhookQueues).insertOne(newQueue(_id));
  return { ...(await answer(tx, null, after)), secret };
}

/** Whoever changes it answers for it from then on. */
export async function updateWebhook(
  tx: TenantDb,
  { id, expectedVersion, ...given }: WebhookUpdateInput,
  { viewer, webhooks: settings }: Context,
  schema: GraphQLSchema,
) {
  const before = await readWebhook(tx, id, expectedVersion);
  const parts = readParts(given, before, { viewer, settings, schema });
  const after = await save(tx, before, { ...parts, ownerId: viewer.userId });
  if (after.isActive) await wakeQueue(tx, after._id);
  return answer(tx, before, after);
}

/** With all that it was to be told, or had been. */
export async function deleteWebhook(tx: TenantDb, { id, expectedVersion }: WebhookDeleteInput) {
  const before = await readWebhook(tx, id, expectedVersion);
  await tx.collection(webhooks).deleteOne({ _id: before._id, version: before.version });
  await recordChange(tx, { type: 'webhook', id: before._id, before: withoutSecrets(before), after: null });
  return { webhook: withoutSecrets(before) };
}

/** After the commit, for there may be many; what a worker still hands out to it, the worker forgets. */
export async function forgetDeliveries(db: TenantDb, webhookId: ObjectId): Promise<void> {
  await db.collection(webhookQueues).deleteOne({ _id: webhookId });
  await db.retry(() => db.collection(webhookDeliveries).deleteMany({ webhookId }));
}

/** Signs with a new secret beside the one that holds, until that is retired. */
export async function rotateSecret(
  tx: TenantDb,
  { id, expectedVersion }: WebhookSecretRotateInput,
  { viewer, webhooks: settings }: Context,
) {
  const before = await readWebhook(tx, id, expectedVersion);
  refuseWider(before.scopes, viewer);
  if (before.secrets.length > 1)
    throw illegalState(
      'Two secrets hold already: retire the old one first (webhookSecretRetire)',
      'ROTATING',
      'input',
      'id',
    );
  const { secret, stored } = newSecret(before, tx.now(), settings);
  const after = await save(tx, before, { secrets: [stored, ...before.secrets] });
  return { ...(await answer(tx, before, after)), secret };
}

export async function retireSecret(tx: TenantDb, { id, expectedVersion }: WebhookSecretRetireInput) {
  const before = await readWebhook(tx, id, expectedVersion);
  if (before.secrets.length < 2)
    throw illegalState(
      'Only one secret holds: make a new one first (webhookSecretRotate)',
      'NOT_ROTATING',
      'input',
      'id',
    );
  return answer(tx, before, await save(tx, before, { secrets: before.secrets.slice(0, 1) }));
}

/** Sends again; also what was given up, where that is asked for. */
export async function resumeWebhook(
  tx: TenantDb,
  { id, replayDead: withDead }: WebhookResumeInput,
  { viewer }: Context,
) {
  const before = await readWebhook(tx, id);
  refuseWider(before.scopes, viewer);
  const after = before.pausedAt
    ? await save(tx, before, { pausedAt: null, pauseReason: null, ownerId: viewer.userId })
    : before;
  await tx
    .collection(webhookQueues)
    .updateOne({ _id: before._id }, { $set: { deadInRow: 0, failingSince: null } });
  const replayed = withDead ? await replayDead(tx, before._id) : 0;
  await wakeQueue(tx, before._id);
  return { ...(await answer(tx, before, after)), replayed };
}

/** What waits is tried at once; after the commit, for there may be much. */
export async function hurry(db: TenantDb, webhookId: ObjectId): Promise<void> {
  const waiting = { webhookId, status: 'PENDING' as const, underway: false };
  await db.retry(() => db.collection(webhookDeliveries).updateMany(waiting, { $set: { dueAt: db.now() } }));
  await wakeQueue(db, webhookId);
}

async function readWebhook(tx: TenantDb, id: string, expected?: number | null): Promise<Webhook> {
  const before = await findWebhook(tx, id);
  if (expected != null && expected !== before.version) throw versionConflict(before.version);
  return before;
}

async function save(tx: TenantDb, before: Webhook, change: Partial<Webhook>): Promise<Webhook> {
  const after = { ...before, ...change, version: before.version + 1, updatedAt: tx.now() };
  const same = { _id: before._id, version: before.version };
  const saved = await tx.collection(webhooks).findOneAndReplace(same, after);
  if (!saved) throw versionConflict(before.version + 1);
  return after;
}

async function answer(tx: TenantDb, before: Webhook | null, after: Webhook) {
  const [old, now] = [before && withoutSecrets(before), withoutSecrets(after)];
  await recordChange(tx, { type: 'webhook', id: after._id, before: old, after: now });
  return { webhook: now };
}
