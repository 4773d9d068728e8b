import type { Letter, Mailer } from '../../platform/mail/mail.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { recordChange } from '../audit/entries.ts';
import { permissionsOf } from '../auth/permissions.ts';
import { findUser } from '../auth/users.ts';
import type { Tenant } from '../tenants/collections.ts';
import { webhooks } from './collections.ts';
import type { PauseReason, Webhook } from './documents.ts';
import { withoutSecrets } from './secrets.ts';

const REASONS: Record<PauseReason, string> = {
  DEAD_IN_A_ROW: 'twenty events one after the other could not be delivered, each in eight tries',
  FAILING_FOR_LONG: 'nothing could be delivered for 24 hours',
  GONE: 'the receiver answered 410: it wants nothing any more',
  NOT_PERMITTED: 'the person who set it up may not read any more what it sends',
};

/** Stops sending until somebody of the shop resumes it, and tells the one who set it up. */
export async function pause(
  db: TenantDb,
  { shop, mailer }: { shop: Tenant; mailer: Mailer },
  webhook: Webhook,
  reason: PauseReason,
): Promise<void> {
  const paused = await db.transaction((tx) => markPaused(tx, webhook, reason));
  const owner = paused && webhook.ownerId && (await findUser(db, webhook.ownerId));
  if (owner) mailer.post(letterTo(owner.email, shop, webhook, reason));
}

async function markPaused(tx: TenantDb, { _id }: Webhook, pauseReason: PauseReason): Promise<boolean> {
  const pausedAt = tx.now();
  const after = await tx
    .collection(webhooks)
    .findOneAndUpdate(
      { _id, pausedAt: null },
      { $set: { pausedAt, pauseReason, updatedAt: pausedAt }, $inc: { version: 1 } },
    );
  if (!after) return false;
  const before = { ...after, pausedAt: null, pauseReason: null };
  await recordChange(tx, {
    type: 'webhook',
    id: _id,
    before: withoutSecrets(before),
    after: withoutSecrets(after),
  });
  return true;
}

const letterTo = (to: string, shop: Tenant, { name, url, _id }: Webhook, reason: PauseReason): Letter => ({
  to,
  subject: `The webhook "${name}" of ${shop.name} is paused`,
  text: `Hello,

the webhook "${name}" of ${shop.name} to ${url} is paused: ${REASONS[reason]}.

Its events are kept. When it works again, call webhookResume with its id ${_id}: what waits is delivered then, and with
replayDead also what had been given up.
`,
});

/** A webhook reads no more than the person who set it up may read. */
export async function isPermitted(db: TenantDb, { ownerId, scopes }: Webhook): Promise<boolean> {
  if (ownerId === null) return true;
  const owner = await findUser(db, ownerId);
  const held = permissionsOf(owner?.roles ?? []);
  return scopes.every((scope) => held.has(scope));
}
