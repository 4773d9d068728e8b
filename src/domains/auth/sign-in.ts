import type { Context } from '../../context.ts';
import { idempotencyMismatch, invalid } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { recordChange } from '../audit/entries.ts';
import { checkPassword, readEmail, readName, readUsername } from './account-rules.ts';
import { openAccount, tryPassword } from './attempts.ts';
import { type Session, type StoredUser, type User, users } from './collections.ts';
import { findByPassword, type Login, loginKey } from './credentials.ts';
import { hashPassword } from './password-hash.ts';
import { openSession } from './sessions.ts';
import { addUser } from './users.ts';

/** `opened` and `ended` are for the session store; `token` is shown once. None of them is ever kept. */
export type SessionAnswer = {
  token: string | null;
  expiresAt: Date | null;
  user: User | null;
  opened?: Session | null;
  ended?: string[] | null;
};

export async function openedFor(tx: TenantDb, user: User): Promise<SessionAnswer> {
  const { token, session } = await openSession(tx, user);
  return { token, expiresAt: session.expiresAt, user, opened: session };
}

export type SignUpInput = {
  email: string;
  password: string;
  username?: string | null;
  name?: string | null;
  idempotencyKey?: string | null;
};

export async function checkSignUp({ email, password }: SignUpInput, context: Context): Promise<void> {
  checkPassword(password, readEmail(email, 'input', 'email'), 'input', 'password');
  await openAccount(context);
}

export async function signUp(tx: TenantDb, input: SignUpInput): Promise<SessionAnswer> {
  const { email, password, username, name } = input;
  const asked = {
    email: readEmail(email, 'input', 'email'),
    username: username == null ? null : readUsername(username, 'input', 'username'),
    profile: { name: name == null ? null : readName(name, 'input', 'name') },
    roles: ['CUSTOMER' as const],
  };
  const user = await addUser(tx, { ...asked, passwordHash: await hashPassword(password) }, 'input');
  return openedFor(tx, user);
}

/** A repeat by somebody who knows the password is signed in again; the first token is not to be had any more. */
export async function signInAgain(kept: SessionAnswer, password: string, context: Context) {
  const user = kept.user && (await findByPassword(context.db, { _id: kept.user._id }, password));
  if (!user) throw idempotencyMismatch();
  return enter(context, user);
}

export type SignInInput = { email?: string | null; username?: string | null; password: string };

export async function signIn(input: SignInInput, context: Context): Promise<SessionAnswer> {
  const login = readLogin(input);
  const takeBack = await tryPassword(context, loginKey(login));
  const user = await findByPassword(context.db, login, input.password);
  if (!user) throw invalid('There is no account with this name and this password', 'input');
  await takeBack();
  return enter(context, user);
}

function readLogin({ email, username }: SignInInput): Login {
  if (email != null && username == null) return { email };
  if (username != null && email == null) return { username };
  throw invalid('Sign in with an email or with a username, one of the two', 'input');
}

/** Opens a session unless the password was changed since it was compared. */
async function enter(
  { db, sessions }: Context,
  { passwordHash, ...user }: StoredUser,
): Promise<SessionAnswer> {
  const answer = await db.transaction(async (tx) => {
    const still = { _id: user._id, passwordHash, isDeleted: false };
    const lastLogin = tx.now();
    const entered = await tx.collection(users).findOneAndUpdate(still, { $set: { lastLogin } });
    if (!entered) throw invalid('The password was changed at this moment: sign in with the new one', 'input');
    const { passwordHash: _, ...after } = entered;
    await recordChange(tx, { type: 'user', id: user._id, before: user, after });
    return openedFor(tx, after);
  });
  if (answer.opened) await sessions.keep(answer.opened);
  return answer;
}
