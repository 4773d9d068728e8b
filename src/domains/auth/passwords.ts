import type { Context } from '../../context.ts';
import { idempotencyMismatch, invalid } from '../../platform/errors.ts';
import type { Letter } from '../../platform/mail/mail.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { checkPassword, readEmail } from './account-rules.ts';
import { askForLetter, tryPassword } from './attempts.ts';
import type { TokenPurpose, User } from './collections.ts';
import { findByPassword } from './credentials.ts';
import { resetLetter } from './letters.ts';
import { hashPassword } from './password-hash.ts';
import { issueToken, redeemToken } from './password-tokens.ts';
import { endSessionsOf } from './sessions.ts';
import { openedFor, type SessionAnswer } from './sign-in.ts';
import { signedIn } from './signed-in.ts';
import { changeUser, findUserByEmail, readUser } from './users.ts';

export type PasswordChangeInput = {
  currentPassword: string;
  newPassword: string;
  idempotencyKey?: string | null;
};

/** `ended` and `endedKeys` are for those who remember sessions and keys. */
export type UserAnswer = { user: User; ended?: string[] | null; endedKeys?: string[] | null };

/** Whoever holds a stolen session must not guess the password with it. */
export async function checkPasswordChange({ newPassword }: PasswordChangeInput, context: Context) {
  checkPassword(newPassword, null, 'input', 'newPassword');
  await tryPassword(context, `id ${signedIn(context).userId}`);
}

export async function changePassword(
  tx: TenantDb,
  input: PasswordChangeInput,
  context: Context,
): Promise<UserAnswer> {
  const session = signedIn(context);
  const known = await findByPassword(tx, { _id: session.userId }, input.currentPassword);
  if (!known) throw invalid('This is not the password until now', 'input', 'currentPassword');
  const { passwordHash: _, ...user } = known;
  const changed = await setPassword(tx, user, input.newPassword, 'newPassword');
  return { user: changed, ended: await endSessionsOf(tx, user._id, session) };
}

/** The new password is not in the hash of the input, so a repeat is compared with what it became. */
export async function changedBefore(kept: UserAnswer, { newPassword }: PasswordChangeInput, { db }: Context) {
  if (!(await findByPassword(db, { _id: kept.user._id }, newPassword))) throw idempotencyMismatch();
  return kept;
}

async function setPassword(tx: TenantDb, user: User, password: string, field: string): Promise<User> {
  checkPassword(password, user.email, 'input', field);
  return changeUser(tx, user, { passwordHash: await hashPassword(password), passwordSetAt: tx.now() });
}

export type PasswordResetRequestInput = { email: string; idempotencyKey?: string | null };
export type LetterAnswer = { email: string; letter: Letter | null };

export async function checkResetRequest({ email }: PasswordResetRequestInput, context: Context) {
  await askForLetter(context, readEmail(email, 'input', 'email'));
}

/** The same commands and the same answer whether or not the address is an account's. */
export async function requestPasswordReset(
  tx: TenantDb,
  { email }: PasswordResetRequestInput,
  { shop }: Context,
): Promise<LetterAnswer> {
  const user = await findUserByEmail(tx, email.trim());
  const token = await issueToken(tx, 'RESET', user?._id ?? null);
  // To the address as it is stored: what was typed may only look the same.
  return { email, letter: user && resetLetter(shop, user, token) };
}

export type PasswordResetInput = { token: string; newPassword: string; idempotencyKey?: string | null };

export const resetPassword = (tx: TenantDb, { token, newPassword }: PasswordResetInput) =>
  setByToken(tx, 'RESET', { token, password: newPassword, field: 'newPassword' });

export type InvitationAcceptInput = { token: string; password: string; idempotencyKey?: string | null };

export const acceptInvitation = (tx: TenantDb, { token, password }: InvitationAcceptInput) =>
  setByToken(tx, 'INVITATION', { token, password, field: 'password' });

type NewPassword = { token: string; password: string; field: string };

/** Sets a password with a token out of a letter; who reads the letter is the person, so a session follows. */
async function setByToken(
  tx: TenantDb,
  purpose: TokenPurpose,
  { token, password, field }: NewPassword,
): Promise<SessionAnswer> {
  const userId = await redeemToken(tx, purpose, token);
  const user = await readUser(tx, userId.toHexString(), null, 'input', 'token');
  const changed = await setPassword(tx, user, password, field);
  const ended = await endSessionsOf(tx, userId);
  return { ...(await openedFor(tx, changed)), ended };
}
