import type { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { foldKey } from './account-rules.ts';
import { type StoredUser, users } from './collections.ts';
import { verifyPassword } from './password-hash.ts';

/** What somebody signs in as; exactly one of the two is a text. */
export type Login = { email: string } | { username: string };

export const loginKey = (login: Login): string =>
  'email' in login ? `email ${foldKey(login.email)}` : `username ${foldKey(login.username)}`;

/** The account if the password is its own. An unknown account takes the same time and the same commands. */
export async function findByPassword(
  db: TenantDb,
  who: Login | { _id: ObjectId },
  password: string,
): Promise<StoredUser | null> {
  const user = await db.collection(users).findOne({ ...filterOf(who), isDeleted: false });
  const right = await verifyPassword(password, user?.passwordHash ?? null);
  return right ? user : null;
}

function filterOf(who: Login | { _id: ObjectId }) {
  if ('_id' in who) return who;
  return 'email' in who
    ? { 'keys.email': foldKey(who.email.trim()) }
    : { 'keys.username': foldKey(who.username.trim()) };
}
