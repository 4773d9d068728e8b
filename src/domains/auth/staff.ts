import type { Context } from '../../context.ts';
import { duplicate, illegalState, limitExceeded } from '../../platform/errors.ts';
import type { TenantDb } from '../../platform/mongo/tenant-db.ts';
import type { Plan } from '../tenants/collections.ts';
import { limitsOf } from '../tenants/plans.ts';
import { readEmail, readName, readRoles } from './account-rules.ts';
import { revokeWiderKeys } from './api-keys.ts';
import type { User } from './collections.ts';
import { invitationLetter } from './letters.ts';
import { issueToken } from './password-tokens.ts';
import type { UserAnswer } from './passwords.ts';
import { isStaff, permissionsOf, type Role } from './permissions.ts';
import { setSessionRoles } from './sessions.ts';
import { takeTurn } from './turns.ts';
import { addUser, changeUser, countStaff, findUserByEmail, hasOtherOwner, readUser } from './users.ts';

const STAFF_TURN = 'staff';

export type UserInviteInput = {
  email: string;
  name?: string | null;
  roles: Role[];
  idempotencyKey?: string | null;
};

export async function inviteUser(tx: TenantDb, input: UserInviteInput, { shop }: Context) {
  const roles = readRoles(input.roles, 'input', 'roles');
  const email = readEmail(input.email, 'input', 'email');
  const known = await findUserByEmail(tx, email);
  if (known)
    throw duplicate(
      'There is an account with this e-mail address already: give it the roles with userRolesSet',
      known._id.toHexString(),
      'input',
      'email',
    );
  if (isStaff(roles)) await refuseOverStaffLimit(tx, shop.plan);
  const profile = { name: input.name == null ? null : readName(input.name, 'input', 'name') };
  const user = await addUser(tx, { email, profile, roles, passwordHash: null }, 'input');
  return { user, letter: invitationLetter(shop, user, await issueToken(tx, 'INVITATION', user._id)) };
}

async function refuseOverStaffLimit(tx: TenantDb, plan: Plan): Promise<void> {
  // Two who are added at once must not both be the last that there is room for.
  await takeTurn(tx, STAFF_TURN);
  const most = limitsOf(plan).staff;
  if ((await countStaff(tx, most)) >= most)
    throw limitExceeded(`The shop's plan has room for ${most} people of its staff`, most, 'input', 'roles');
}

export type UserRolesSetInput = {
  userId: string;
  roles: Role[];
  expectedVersion?: number | null;
  idempotencyKey?: string | null;
};

export async function setRoles(
  tx: TenantDb,
  input: UserRolesSetInput,
  { shop }: Context,
): Promise<UserAnswer> {
  const roles = readRoles(input.roles, 'input', 'roles');
  const user = await readUser(tx, input.userId, input.expectedVersion ?? null, 'input', 'userId');
  if (isStaff(roles) && !isStaff(user.roles)) await refuseOverStaffLimit(tx, shop.plan);
  if (user.roles.includes('OWNER') && !roles.includes('OWNER')) await refuseLastOwner(tx, user);
  const changed = await changeUser(tx, user, { roles });
  const endedKeys = await revokeWiderKeys(tx, user._id, permissionsOf(roles));
  return { user: changed, ended: await setSessionRoles(tx, user._id, roles), endedKeys };
}

async function refuseLastOwner(tx: TenantDb, user: User): Promise<void> {
  // Two owners who take the role from each other at once must not both succeed.
  await takeTurn(tx, STAFF_TURN);
  if (!(await hasOtherOwner(tx, user)))
    throw illegalState(
      'A shop has at least one owner who can sign in: make somebody else an owner first',
      'LAST_OWNER',
      'input',
      'roles',
    );
}
