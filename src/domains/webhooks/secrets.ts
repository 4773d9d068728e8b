import { randomBytes } from 'node:crypto';
import type { ObjectId } from 'mongodb';
import { illegalState } from '../../platform/errors.ts';
import { seal, unseal } from '../payments/sealing.ts';
import type { StoredSecret, Webhook } from './documents.ts';
import type { WebhookSettings } from './settings.ts';

const SECRET_BYTES = 32;
const PLAIN = 'plain.';

type Place = Pick<Webhook, '_id' | 'tenantId'>;
type Keys = Pick<WebhookSettings, 'secretsKeys' | 'production'>;

/** A new secret, and how it is stored: encrypted, or in the clear where there is no key and it is not production. */
export function newSecret(place: Place, at: Date, keys: Keys): { secret: string; stored: StoredSecret } {
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64url')}`;
  return { secret, stored: { text: textOf(secret, place, keys), createdAt: at } };
}

function textOf(secret: string, place: Place, { secretsKeys, production }: Keys): string {
  if (secretsKeys.length > 0) return seal(secret, placeOf(place), secretsKeys);
  if (!production) return PLAIN + secret;
  throw illegalState(
    'This API stores no secrets: its operator has to start it with SECRETS_KEY',
    'NO_SECRETS_KEY',
    'input',
  );
}

/** Throws where none of our keys opens one. */
export function openSecrets(webhook: Webhook, { secretsKeys }: Keys): string[] {
  return webhook.secrets.map(({ text }) => {
    if (text.startsWith(PLAIN)) return text.slice(PLAIN.length);
    const secret = unseal(text, placeOf(webhook), secretsKeys);
    if (secret === undefined)
      throw illegalState(
        'SECRETS_KEY does not open the secret of this webhook: start with the key that it was stored with',
        'SEALED',
        'input',
      );
    return secret;
  });
}

const placeOf = ({ tenantId, _id }: { tenantId: ObjectId; _id: ObjectId }) => `webhooks ${tenantId} ${_id}`;

/** What is audited, shown and kept of a webhook. */
export type ShownWebhook = Omit<Webhook, 'secrets'> & { secretsInUse: number; secretsAreSealed: boolean };

export const withoutSecrets = ({ secrets, ...shown }: Webhook): ShownWebhook => ({
  ...shown,
  secretsInUse: secrets.length,
  secretsAreSealed: secrets.every(({ text }) => !text.startsWith(PLAIN)),
});
