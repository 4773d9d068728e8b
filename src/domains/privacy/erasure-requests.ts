import { ObjectId } from 'mongodb';
import type { Context } from '../../context.ts';
import { illegalState, invalid } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { AccountEraseInput, CustomerEraseInput } from '../../schema.types.ts';
import { recordChange } from '../audit/entries.ts';
import { foldKey, readEmail } from '../auth/account-rules.ts';
import { tryPassword } from '../auth/attempts.ts';
import { passwordTokens, type User, users } from '../auth/collections.ts';
import { findByPassword } from '../auth/credentials.ts';
import { isStaff } from '../auth/permissions.ts';
import { endSessionsOf } from '../auth/sessions.ts';
import { signedIn } from '../auth/signed-in.ts';
import { findUserByEmail, readUser } from '../auth/users.ts';
import { type Erasure, erasures } from './collections.ts';
import { findOpenOrder, type Person, personOf } from './person.ts';

/** Longer than a request may run that began before the account was closed, in a process that has not heard of it yet. */
const STILL_UNDER_WAY_MS = 30_000;

/** What a client is told of an erasure. It is kept under the call's key, and so does not say whose it is. */
export type ShownErasure = Pick<Erasure, '_id' | 'requestedAt' | 'finishedAt' | 'orders' | 'reviews'> & {
  userId: ObjectId | null;
};
export type ErasureAnswer = { erasure: ShownErasure; ended: string[] };

/** Whoever holds a stolen session must not guess the password with it. */
export async function checkAccountErase(_: AccountEraseInput, context: Context): Promise<void> {
  await tryPassword(context, `id ${signedIn(context).userId}`);
}

/** One's own account, and what is held of it. */
export async function eraseAccount(tx: TenantDb, { password }: AccountEraseInput, context: Context) {
  const known = await findByPassword(tx, { _id: signedIn(context).userId }, password);
  if (!known) throw invalid('This is not the password of the account', 'input', 'password');
  const { passwordHash: _, ...user } = known;
  const person = personOf(user._id, null);
  await refuseOpenOrders(tx, person);
  return forget(tx, person, user);
}

/** Somebody's account with all that was done under its address, or what was done under an address without one. */
export async function eraseCustomer(tx: TenantDb, input: CustomerEraseInput): Promise<ErasureAnswer> {
  const email = readEmail(input.email, 'input', 'email');
  const user = input.id == null ? null : await readUser(tx, input.id, null, 'input', 'id');
  if (user) refuseOtherEmail(user, email);
  else await refuseAccount(tx, email);
  const person = personOf(user?._id ?? null, email);
  if (input.evenWithOpenOrders !== true) await refuseOpenOrders(tx, person);
  return forget(tx, person, user);
}

function refuseOtherEmail(user: User, email: string): void {
  if (user.keys.email !== foldKey(email))
    throw invalid('This is not the e-mail address of the account', 'input', 'email');
}

async function refuseAccount(tx: TenantDb, email: string): Promise<void> {
  if (await findUserByEmail(tx, email))
    throw invalid('There is an account with this e-mail address: give its id as well', 'input', 'id');
}

async function refuseOpenOrders(tx: TenantDb, person: Person): Promise<void> {
  const open = await findOpenOrder(tx, person);
  if (open)
    throw illegalState(
      `The order ${open.number} still waits for money or goods: it has to be cancelled or sent first`,
      'OPEN_ORDERS',
      'input',
    );
}

async function forget(tx: TenantDb, person: Person, user: User | null): Promise<ErasureAnswer> {
  const ended = user ? await closeAccount(tx, user) : [];
  const requestedAt = tx.now();
  const dueAt = new Date(requestedAt.getTime() + (user ? STILL_UNDER_WAY_MS : 0));
  const { _id, userId, finishedAt, orders, reviews } = await tx.collection(erasures).insertOne({
    _id: new ObjectId(),
    ...person,
    reviewerNames: [],
    requestedBy: tx.origin.actor,
    requestedAt,
    dueAt,
    finishedAt: null,
    ...{ orders: 0, reviews: 0 },
  });
  return { erasure: { _id, userId, requestedAt, finishedAt, orders, reviews }, ended };
}

/** From here on nobody signs in to it; what is held of it goes when no request of its sessions runs any more. */
async function closeAccount(tx: TenantDb, user: User): Promise<string[]> {
  if (isStaff(user.roles))
    throw illegalState(
      'This account is of the staff: take its roles first, with userRolesSet',
      'STAFF',
      'input',
    );
  const at = tx.now();
  const closed = { isDeleted: true, deletedAt: at, updatedAt: at, version: user.version + 1 };
  await tx.collection(users).updateOne({ _id: user._id }, { $set: { ...closed, passwordHash: null } });
  await recordChange(tx, { type: 'user', id: user._id, before: user, after: { ...user, ...closed } });
  await tx.collection(passwordTokens).deleteMany({ userId: user._id });
  return endSessionsOf(tx, user._id);
}

export const findErasure = async (db: TenantDb, id: string): Promise<Erasure | null> =>
  ObjectId.isValid(id) ? db.collection(erasures).findOne({ _id: new ObjectId(id) }) : null;
