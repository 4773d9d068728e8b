import { idempotencyMismatch } from '../../platform/errors.ts';
import type { Letter } from '../../platform/mail/mail.ts';
import type { SystemDb } from '../../platform/mongo/system-db.ts';
import type { Plan, Tenant } from '../tenants/collections.ts';
import { type ForOperator, platformOf } from '../tenants/platform.ts';
import { createTenant } from '../tenants/tenants.ts';
import { checkPassword, readEmail, readName } from './account-rules.ts';
import { findByPassword } from './credentials.ts';
import { invitationLetter } from './letters.ts';
import { hashPassword } from './password-hash.ts';
import { issueToken } from './password-tokens.ts';
import { addUser } from './users.ts';

export type TenantCreateInput = {
  name: string;
  subdomain: string;
  plan?: Plan | null;
  currency: string;
  locale?: string | null;
  settings?: Record<string, unknown> | null;
  passwordPage?: string | null;
  allowedOrigins?: readonly string[] | null;
  owner: OwnerInput;
  idempotencyKey?: string | null;
};

export type OwnerInput = { email: string; name?: string | null; password?: string | null };

export type OpenedShop = { tenant: Tenant; invitationToken: string | null; letter: Letter | null };

export function checkOwner({ owner: { email, password } }: TenantCreateInput): void {
  const address = readEmail(email, 'input', 'owner', 'email');
  if (password != null) checkPassword(password, address, 'input', 'owner', 'password');
}

/** A shop with its first owner, who has a password or gets an invitation. */
export async function openShop(tx: SystemDb, input: TenantCreateInput): Promise<OpenedShop> {
  const { name, subdomain, currency, owner, passwordPage, allowedOrigins } = input;
  const tenant = await createTenant(tx, {
    name,
    subdomain,
    currency,
    plan: input.plan ?? 'FREE',
    locale: input.locale ?? 'en-US',
    storefront: input.settings ?? {},
    passwordPage,
    allowedOrigins,
  });
  const db = tx.forTenant(tenant._id);
  const user = await addUser(db, {
    email: readEmail(owner.email, 'input', 'owner', 'email'),
    profile: { name: owner.name == null ? null : readName(owner.name, 'input', 'owner', 'name') },
    roles: ['OWNER'],
    passwordHash: owner.password == null ? null : await hashPassword(owner.password),
  });
  if (user.passwordSetAt) return { tenant, invitationToken: null, letter: null };
  const invitationToken = await issueToken(db, 'INVITATION', user._id);
  return { tenant, invitationToken, letter: invitationLetter(tenant, user, invitationToken) };
}

/** The password is not in the hash of the input, so a repeat is compared with what it became. */
export async function sameOwner(kept: OpenedShop, { owner }: TenantCreateInput, context: ForOperator) {
  if (owner.password == null) return kept;
  const db = platformOf(context).forTenant(kept.tenant._id);
  if (!(await findByPassword(db, { email: owner.email }, owner.password))) throw idempotencyMismatch();
  return kept;
}

/** All that tells two calls apart but the password. */
export const withoutPassword = ({
  owner: { password: _, ...owner },
  idempotencyKey: __,
  ...input
}: TenantCreateInput) => ({
  ...input,
  owner,
});
