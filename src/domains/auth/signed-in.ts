import type { Context } from '../../context.ts';
import { unauthenticated } from '../../platform/errors.ts';
import type { LiveSession } from './viewer.ts';

/** The session of a field that @requires(permission: "account"). */
export function signedIn({ viewer }: Pick<Context, 'viewer'>): LiveSession {
  if (!viewer.session) throw unauthenticated('Sign in first');
  return viewer.session;
}
