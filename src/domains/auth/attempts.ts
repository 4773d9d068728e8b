import { createHash } from 'node:crypto';
import type { Context } from '../../context.ts';
import { rateLimited } from '../../platform/errors.ts';
import { callerAddress } from '../../platform/limits/address.ts';
import type { Bucket, Demand } from '../../platform/limits/token-bucket.ts';
import { foldKey } from './account-rules.ts';

const QUARTER_HOUR_S = 15 * 60;
const per15Minutes = (size: number): Bucket => ({ size, perSecond: size / QUARTER_HOUR_S });

const PASSWORDS_OF_ACCOUNT = per15Minutes(10);
const PASSWORDS_FROM_ADDRESS = per15Minutes(50);
const LETTERS_TO_ACCOUNT = per15Minutes(3);
const NEW_ACCOUNTS_FROM_ADDRESS = per15Minutes(50);

type Asking = Pick<Context, 'db' | 'buckets'>;

/**
 * One more try at the password of `account`, whether or not there is such an account; RATE_LIMITED when there were too
 * many. Answers how to take it back: who gave the right password has tried nothing.
 */
export async function tryPassword({ db, buckets }: Asking, account: string): Promise<() => Promise<void>> {
  const demands = [
    { key: accountKey('password', db, account), bucket: PASSWORDS_OF_ACCOUNT, tokens: 1 },
    { key: addressKey('password', db), bucket: PASSWORDS_FROM_ADDRESS, tokens: 1 },
  ];
  await take(buckets, demands, 'Too many attempts to sign in');
  return async () => void (await buckets.take(...demands.map((demand) => ({ ...demand, tokens: -1 }))));
}

/** Letters cost nothing to ask for, and fill another's mailbox. */
export const askForLetter = ({ db, buckets }: Asking, email: string) =>
  take(
    buckets,
    [
      { key: accountKey('letter', db, foldKey(email.trim())), bucket: LETTERS_TO_ACCOUNT, tokens: 1 },
      { key: addressKey('letter', db), bucket: PASSWORDS_FROM_ADDRESS, tokens: 1 },
    ],
    'Too many messages were asked for',
  );

export const openAccount = ({ db, buckets }: Asking) =>
  take(
    buckets,
    [{ key: addressKey('account', db), bucket: NEW_ACCOUNTS_FROM_ADDRESS, tokens: 1 }],
    'Too many accounts were opened from this address',
  );

async function take(buckets: Context['buckets'], demands: Demand[], message: string): Promise<void> {
  const { allowed, retryAfter } = await buckets.take(...demands);
  if (!allowed) throw rateLimited(`${message}; try again in ${retryAfter} seconds`, retryAfter);
}

/** Whom it is about is nothing that Redis needs to know. */
const accountKey = (what: string, db: Asking['db'], account: string) =>
  `${what}:${db.tenantId}:${createHash('sha256').update(account).digest('base64url')}`;

const addressKey = (what: string, { origin }: Asking['db']) =>
  `${what}:address:${callerAddress(origin.ip ?? 'unknown')}`;
