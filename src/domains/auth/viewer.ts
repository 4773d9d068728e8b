import type { ObjectId } from 'mongodb';
import { ACCOUNT } from '../../platform/graphql/permissions.ts';
import type { Session } from './collections.ts';
import { OPERATOR, permissionsOf, withImplied } from './permissions.ts';

/** With the token that the caller showed. */
export type LiveSession = Session & { token: string };

/** Who asks, and what they may. */
export type Viewer = {
  kind: 'shopper' | 'user' | 'apiKey' | 'operator';
  /** Whom the audit names; null for somebody unknown. */
  id: string | null;
  /** The person who is signed in; null for everybody else. */
  userId: ObjectId | null;
  session: LiveSession | null;
  may: (permission: string) => boolean;
  /** Whether a record is of the person who asks: their account, or something that names them as `userId`. */
  owns: (record: unknown) => boolean;
  /** From here on in this request, the account counts as the caller's own: they have just shown that it is. */
  identifyAs: (userId: ObjectId) => void;
};

/** Somebody unknown; one for each request, for they may become known in it. */
export const shopper = (): Viewer => viewer('shopper', null, () => false);

export const keyViewer = (id: string, scopes: readonly string[]): Viewer => {
  const permissions = withImplied(scopes);
  return viewer('apiKey', id, (permission) => permissions.has(permission));
};

export const operator = (): Viewer => viewer('operator', OPERATOR, (permission) => permission === OPERATOR);

export function userViewer(session: LiveSession): Viewer {
  const permissions = permissionsOf(session.roles);
  const may = (permission: string) => permission === ACCOUNT || permissions.has(permission);
  return viewer('user', session.userId.toHexString(), may, session);
}

function viewer(
  kind: Viewer['kind'],
  id: string | null,
  may: Viewer['may'],
  session: LiveSession | null = null,
): Viewer {
  const own = new Set(session ? [session.userId.toHexString()] : []);
  return {
    kind,
    id,
    userId: session?.userId ?? null,
    session,
    may,
    owns: (record) => ownersOf(record).some((owner) => own.has(owner)),
    identifyAs: (userId) => void own.add(userId.toHexString()),
  };
}

/** An id belongs to one record in the whole database, so an account's own id and a `userId` cannot be mixed up. */
function ownersOf(record: unknown): string[] {
  const { _id, userId } = (record ?? {}) as { _id?: unknown; userId?: unknown };
  return [_id, userId].filter(Boolean).map(String);
}
