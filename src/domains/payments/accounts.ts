import { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { illegalState, invalid, notFound, versionConflict } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { PaymentAccountRemoveInput, PaymentAccountSetInput } from '../../schema.types.ts';
import { recordChange } from '../audit/entries.ts';
import { paymentAccounts } from './collections.ts';
import type { AccountSecrets, PaymentAccount } from './documents.ts';
import { readReturnOrigins } from './return-origins.ts';
import { seal, unseal } from './sealing.ts';

/** What a shop can have an account of; what the staff record by hand needs none. */
const PROVIDERS = ['stripe', 'test'];
const MOST_ACCOUNTS = 20;
const SHOWN_CHARACTERS = 4;
/** So that the end that is shown gives nothing away. */
const LEAST_SECRET = 16;
const LONGEST_SECRET = 500;

/** What is shown of an account, and kept under an idempotency key. */
export type ShownAccount = Omit<PaymentAccount, 'sealedSecrets'>;

export const listAccounts = async (db: TenantDb): Promise<ShownAccount[]> =>
  (await db.collection(paymentAccounts).find({}, { sort: { provider: 1 }, limit: MOST_ACCOUNTS })).map(
    withoutSecrets,
  );

export const findAccount = (db: TenantDb, provider: string): Promise<PaymentAccount | null> =>
  db.collection(paymentAccounts).findOne({ provider });

/** Makes an account or changes it: what is absent stays as it is. */
export async function setAccount(tx: TenantDb, input: PaymentAccountSetInput, { payments }: Context) {
  const provider = readProvider(input.provider);
  const before = await findAccount(tx, provider);
  checkVersion(before, input.expectedVersion);
  const keys = payments.secretsKeys;
  const secrets = readSecrets(input, () => (before ? openSecrets(before, keys) : NO_SECRETS));
  if (provider === 'stripe' && !secrets.secretKey)
    throw invalid('An account at Stripe needs its secret key', 'input', 'secretKey');
  const at = tx.now();
  const after: PaymentAccount = {
    _id: before?._id ?? new ObjectId(),
    tenantId: tx.tenantId,
    provider,
    publishableKey:
      input.publishableKey === undefined ? (before?.publishableKey ?? null) : input.publishableKey,
    sealedSecrets: sealSecrets(tx, provider, secrets, keys),
    secretKeyEnd: endOf(secrets.secretKey),
    noticeSecretEnd: endOf(secrets.noticeSecret),
    captureAtOnce: input.captureAtOnce ?? before?.captureAtOnce ?? true,
    returnOrigins:
      input.returnOrigins == null ? (before?.returnOrigins ?? []) : readReturnOrigins(input.returnOrigins),
    version: (before?.version ?? 0) + 1,
    createdAt: before?.createdAt ?? at,
    updatedAt: at,
  };
  await save(tx, before, after);
  await recordChange(tx, { type: 'paymentAccount', id: after._id, before, after });
  return { paymentAccount: withoutSecrets(after) };
}

/** What it was used for stays: a charge of it can no longer be captured or sent back through us. */
export async function removeAccount(tx: TenantDb, input: PaymentAccountRemoveInput) {
  const before = await findAccount(tx, input.provider);
  if (!before) throw notFound('payment account', 'input', 'provider');
  checkVersion(before, input.expectedVersion);
  await tx.collection(paymentAccounts).deleteOne({ _id: before._id, version: before.version });
  await recordChange(tx, { type: 'paymentAccount', id: before._id, before, after: null });
  return { paymentAccount: withoutSecrets(before) };
}

/** Null in place of each where there are none; throws where no key of ours opens them. */
export function openSecrets(
  { tenantId, provider, sealedSecrets }: Pick<PaymentAccount, 'tenantId' | 'provider' | 'sealedSecrets'>,
  keys: readonly Buffer[],
): AccountSecrets {
  if (sealedSecrets === null) return NO_SECRETS;
  const opened = unseal(sealedSecrets, placeOf({ tenantId }, provider), keys);
  if (opened === undefined)
    throw illegalState(
      'SECRETS_KEY does not open the secrets of this account: start the API with the key that they were stored with, or remove the account',
      'SEALED',
      'input',
    );
  return JSON.parse(opened);
}

const NO_SECRETS: AccountSecrets = { secretKey: null, noticeSecret: null };

function sealSecrets(
  tx: TenantDb,
  provider: string,
  secrets: AccountSecrets,
  keys: readonly Buffer[],
): string | null {
  if (secrets.secretKey === null && secrets.noticeSecret === null) return null;
  if (keys.length === 0)
    throw illegalState(
      'This API stores no secrets: its operator has to start it with SECRETS_KEY',
      'NO_SECRETS_KEY',
      'input',
      'secretKey',
    );
  return seal(JSON.stringify(secrets), placeOf(tx, provider), keys);
}

const placeOf = ({ tenantId }: Pick<PaymentAccount, 'tenantId'>, provider: string) =>
  `payment_accounts ${tenantId} ${provider}`;

function readProvider(given: string): string {
  if (PROVIDERS.includes(given)) return given;
  throw invalid(`A shop can have an account of ${PROVIDERS.join(' or ')}`, 'input', 'provider');
}

/** Those that are stored are opened only where one of them stays: else a lost key would keep new ones out. */
function readSecrets(input: PaymentAccountSetInput, stored: () => AccountSecrets): AccountSecrets {
  const isWhole = input.secretKey !== undefined && input.noticeSecret !== undefined;
  const held = isWhole ? NO_SECRETS : stored();
  return {
    secretKey: readSecret(input.secretKey, held.secretKey, 'secretKey'),
    noticeSecret: readSecret(input.noticeSecret, held.noticeSecret, 'noticeSecret'),
  };
}

function readSecret(given: string | null | undefined, held: string | null, name: string): string | null {
  if (given === undefined) return held;
  if (given === null) return null;
  const secret = given.trim();
  if (secret.length < LEAST_SECRET || secret.length > LONGEST_SECRET || !/^[\x21-\x7e]+$/.test(secret))
    throw invalid('This is no key: it has letters, digits and signs, and no spaces', 'input', name);
  return secret;
}

const endOf = (secret: string | null): string | null => secret?.slice(-SHOWN_CHARACTERS) ?? null;

function checkVersion(before: PaymentAccount | null, expected: number | null | undefined) {
  const current = before?.version ?? 0;
  if (expected != null && expected !== current) throw versionConflict(current);
}

async function save(tx: TenantDb, before: PaymentAccount | null, after: PaymentAccount): Promise<void> {
  if (!before) return void (await tx.collection(paymentAccounts).insertOne(after));
  const same = { _id: before._id, version: before.version };
  const saved = await tx.collection(paymentAccounts).findOneAndReplace(same, after);
  if (!saved) throw versionConflict(before.version + 1);
}

const withoutSecrets = ({ sealedSecrets: _, ...shown }: PaymentAccount): ShownAccount => shown;
