import type { Context } from '../../context.ts';
import { unauthenticated } from '../../platform/errors.ts';
import { endSession, extendSession } from './sessions.ts';
import type { SessionAnswer } from './sign-in.ts';
import { signedIn } from './signed-in.ts';
import { findUser } from './users.ts';

/** The same session under the same token, with more time. */
export async function continueSession(context: Context): Promise<SessionAnswer> {
  const { token, ...session } = signedIn(context);
  const extended = await extendSession(context.db, session);
  if (!extended) throw unauthenticated('This session has ended: sign in again');
  await context.sessions.keep(extended);
  return { token, expiresAt: extended.expiresAt, user: await findUser(context.db, session.userId) };
}

export async function leave(context: Context): Promise<SessionAnswer> {
  const session = signedIn(context);
  await endSession(context.db, session);
  await context.sessions.forget(context.db, [session.hash]);
  return { token: null, expiresAt: null, user: null };
}
