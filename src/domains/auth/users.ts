import { MongoServerError, ObjectId } from 'mongodb';
import { duplicate, notFound, versionConflict } from '../../platform/errors.ts';
import { type Counted, countedOnce, type Edge } from '../../platform/graphql/connection.ts';
import { findPage, type Page, type PageArgs } from '../../platform/mongo/page.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import { recordChange } from '../audit/entries.ts';
import { foldKey, readName, readPhone, readUsername } from './account-rules.ts';
import { type Profile, type StoredUser, type User, users } from './collections.ts';
import { isStaff, type Role } from './permissions.ts';

const DUPLICATE_KEY = 11000;
/** The hash leaves the database for nothing but a comparison. */
const withoutHash = { projection: { passwordHash: 0 } };

export type NewUser = {
  email: string;
  username?: string | null;
  profile?: Partial<Profile>;
  roles: Role[];
  passwordHash: string | null;
};

/** DUPLICATE, at `path`, when the address or the username is an account's already. */
export async function addUser(tx: TenantDb, asked: NewUser, ...path: string[]): Promise<User> {
  const { passwordHash, ...user } = newUser(tx, asked);
  try {
    await tx.collection(users).insertOne({ ...user, passwordHash });
  } catch (error) {
    throw asDuplicate(error, path);
  }
  await recordChange(tx, { type: 'user', id: user._id, before: null, after: user });
  return { ...user, tenantId: tx.tenantId };
}

function newUser(tx: TenantDb, { email, username = null, profile, roles, passwordHash }: NewUser) {
  const now = tx.now();
  return {
    _id: new ObjectId(),
    email,
    username,
    passwordHash,
    profile: { name: null, phone: null, ...profile },
    roles,
    passwordSetAt: passwordHash === null ? null : now,
    lastLogin: null,
    keys: keysOf({ email, username, roles }),
    version: 1,
    createdAt: now,
    updatedAt: now,
    createdBy: tx.origin.actor,
    updatedBy: tx.origin.actor,
    isDeleted: false,
    deletedAt: null,
  };
}

const keysOf = ({ email, username, roles }: Pick<User, 'email' | 'username' | 'roles'>): User['keys'] => ({
  email: foldKey(email),
  username: username === null ? null : foldKey(username),
  staff: isStaff(roles),
});

/** Whose the value is stays unsaid: a sign-up shows only that it is taken. */
function asDuplicate(error: unknown, path: string[]): unknown {
  if (!(error instanceof MongoServerError) || error.code !== DUPLICATE_KEY) return error;
  return 'keys.username' in error.keyPattern
    ? duplicate('This username is taken', null, ...path, 'username')
    : duplicate('There is an account with this e-mail address already', null, ...path, 'email');
}

export type UserChange = Partial<
  Pick<StoredUser, 'username' | 'profile' | 'roles' | 'passwordHash' | 'passwordSetAt' | 'lastLogin'>
>;

/** Changes an account as it was read in the same transaction. */
export async function changeUser(tx: TenantDb, before: User, change: UserChange): Promise<User> {
  const { passwordHash: _, ...seen } = change;
  const next = { ...before, ...seen };
  const after: User = {
    ...next,
    keys: keysOf(next),
    version: before.version + 1,
    updatedAt: tx.now(),
    updatedBy: tx.origin.actor,
  };
  const { keys, version, updatedAt, updatedBy } = after;
  const update = { $set: { ...change, keys, version, updatedAt, updatedBy } };
  try {
    await tx.collection(users).updateOne({ _id: before._id }, update);
  } catch (error) {
    throw asDuplicate(error, ['input']);
  }
  await recordChange(tx, { type: 'user', id: before._id, before, after });
  return after;
}

export const findUser = (db: TenantDb, id: ObjectId): Promise<User | null> =>
  db.collection(users).findOne<User>({ _id: id, isDeleted: false }, withoutHash);

export const findUsersById = (db: TenantDb, ids: ObjectId[]): Promise<User[]> =>
  db.collection(users).find<User>({ _id: { $in: ids } }, { ...withoutHash, limit: ids.length });

export const findUserByEmail = (db: TenantDb, email: string): Promise<User | null> =>
  db.collection(users).findOne<User>({ 'keys.email': foldKey(email), isDeleted: false }, withoutHash);

/** NOT_FOUND at `path`, also for what cannot be an id; VERSION_CONFLICT when it is not the version that is expected. */
export async function readUser(tx: TenantDb, id: string, expectedVersion: number | null, ...path: string[]) {
  const user = ObjectId.isValid(id) ? await findUser(tx, new ObjectId(id)) : null;
  if (!user) throw notFound('account', ...path);
  if (expectedVersion !== null && expectedVersion !== user.version) throw versionConflict(user.version);
  return user;
}

export type ProfileInput = {
  name?: string | null;
  username?: string | null;
  phone?: string | null;
  expectedVersion?: number | null;
};

export async function updateProfile(tx: TenantDb, userId: ObjectId, input: ProfileInput): Promise<User> {
  const user = await readUser(tx, userId.toHexString(), input.expectedVersion ?? null, 'input');
  const { name, username, phone } = input;
  return changeUser(tx, user, {
    username: patched(user.username, username, (text) => readUsername(text, 'input', 'username')),
    profile: {
      name: patched(user.profile.name, name, (text) => readName(text, 'input', 'name')),
      phone: patched(user.profile.phone, phone, (text) => readPhone(text, 'input', 'phone')),
    },
  });
}

/** Absent leaves a value as it is, null clears it. */
const patched = <V>(before: V | null, given: V | null | undefined, read: (given: V) => V | null): V | null =>
  given === undefined ? before : given === null ? null : read(given);

const newest = { name: 'createdAt', path: 'createdAt', direction: -1 as const };

/** Everybody with a role other than CUSTOMER, newest first. */
export async function listStaff(
  db: TenantDb,
  args: PageArgs & { role?: Role | null | undefined },
): Promise<StaffPage> {
  const filter = staffFilter(args.role ?? null);
  const page = await findPage(
    db,
    args,
    { ...newest, valueOf: ({ createdAt }: User) => createdAt },
    (window) =>
      db
        .collection(users)
        .find<User>(
          { $and: [filter, window.filter] },
          { ...withoutHash, sort: window.sort, limit: window.limit },
        ),
  );
  return { ...page, count: countedOnce((limit) => db.collection(users).count(filter, { limit })) };
}

export type StaffPage = Page<User> & Counted;
export type UserEdge = Edge<User>;

const staffFilter = (role: Role | null) => ({
  'keys.staff': true,
  isDeleted: false,
  ...(role !== null && { roles: role }),
});

/** Counts no further than needed. */
export const countStaff = (db: TenantDb, limit: number): Promise<number> =>
  db.collection(users).count(staffFilter(null), { limit });

/** Whether somebody else could still run the shop: an owner who can sign in. */
export async function hasOtherOwner(tx: TenantDb, { _id }: User): Promise<boolean> {
  const other = { ...staffFilter('OWNER'), _id: { $ne: _id }, passwordSetAt: { $ne: null } };
  return (await tx.collection(users).findOne(other, { projection: { _id: 1 } })) !== null;
}
