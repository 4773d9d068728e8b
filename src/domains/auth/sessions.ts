import { ObjectId } from 'mongodb';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { type Session, sessions, type User } from './collections.ts';
import type { Role } from './permissions.ts';
import { hashOfToken, newToken } from './tokens.ts';

const LASTS_MS = 14 * 24 * 60 * 60_000;
const LASTS_AT_MOST_MS = 90 * 24 * 60 * 60_000;
const WORN_AFTER_MS = 24 * 60 * 60_000;
const MOST_SESSIONS = 50;

export type OpenedSession = { token: string; session: Session };

/** `token` is shown this once. Of more than fifty sessions of one person, the oldest ends. */
export async function openSession(tx: TenantDb, user: User): Promise<OpenedSession> {
  const now = tx.now();
  const token = newToken('session', tx.tenantId);
  await makeRoom(tx, user._id);
  const session = await tx.collection(sessions).insertOne({
    _id: new ObjectId(),
    userId: user._id,
    hash: hashOfToken(token),
    roles: user.roles,
    createdAt: now,
    expiresAt: new Date(now.getTime() + LASTS_MS),
  });
  return { token, session };
}

async function makeRoom(tx: TenantDb, userId: ObjectId): Promise<void> {
  const newestFirst = { sort: { createdAt: -1 as const }, limit: 2 * MOST_SESSIONS, projection: { _id: 1 } };
  const found = await tx.collection(sessions).find({ userId }, newestFirst);
  const tooMany = found.slice(MOST_SESSIONS - 1).map(({ _id }) => _id);
  if (tooMany.length > 0) await tx.collection(sessions).deleteMany({ _id: { $in: tooMany } });
}

/** The session as it is now; null when it ended meanwhile. */
export const extendSession = (tx: TenantDb, session: Session): Promise<Session | null> =>
  tx
    .collection(sessions)
    .findOneAndUpdate({ _id: session._id }, { $set: { expiresAt: longest(session, tx.now()) } });

const longest = ({ createdAt }: Session, now: Date) =>
  new Date(Math.min(now.getTime() + LASTS_MS, createdAt.getTime() + LASTS_AT_MOST_MS));

/** Whether it is worth a write to let it last longer: once a day, and not past its end. */
export const isWorn = (session: Session, now: Date): boolean =>
  longest(session, now).getTime() - session.expiresAt.getTime() > WORN_AFTER_MS;

export async function endSession(tx: TenantDb, { _id }: Session): Promise<void> {
  await tx.collection(sessions).deleteOne({ _id });
}

/** Ends a person's sessions, all but the one that is spared; answers the hashes of those that ended. */
export async function endSessionsOf(tx: TenantDb, userId: ObjectId, spared: Session | null = null) {
  const hashes = (await sessionHashes(tx, userId)).filter((hash) => hash !== spared?.hash);
  await tx.collection(sessions).deleteMany({ userId, hash: { $in: hashes } });
  return hashes;
}

/** Lets a person's sessions know their roles; answers the hashes of those that changed. */
export async function setSessionRoles(tx: TenantDb, userId: ObjectId, roles: Role[]): Promise<string[]> {
  await tx.collection(sessions).updateMany({ userId }, { $set: { roles } });
  return sessionHashes(tx, userId);
}

async function sessionHashes(tx: TenantDb, userId: ObjectId): Promise<string[]> {
  const found = await tx
    .collection(sessions)
    .find({ userId }, { limit: 2 * MOST_SESSIONS, projection: { hash: 1 } });
  return found.map(({ hash }) => hash);
}

export const findSession = (db: TenantDb, hash: string): Promise<Session | null> =>
  db.collection(sessions).findOne({ hash });
