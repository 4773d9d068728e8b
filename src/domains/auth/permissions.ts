import { ACCOUNT } from '../../platform/graphql/permissions.ts';

/** What staff and API keys can be permitted: the scopes of a key. docs/permissions.md says what each opens. */
export const PERMISSIONS = [
  'catalogue:read',
  'catalogue:write',
  'inventory:write',
  'promotions:read',
  'promotions:write',
  'reviews:moderate',
  'orders:read',
  'orders:write',
  'customers:read',
  'customers:write',
  'analytics:read',
  'audit:read',
  'webhooks:write',
  'users:read',
  'users:write',
  'keys:write',
  'settings:read',
  'settings:write',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

export const isPermission = (text: string): text is Permission =>
  (PERMISSIONS as readonly string[]).includes(text);

/** What only the operator of the platform has. */
export const OPERATOR = 'operator';

/** No role and no key has these by name: they come with being signed in, and with the operator's key. */
export const OUTSIDE_ROLES = [ACCOUNT, OPERATOR] as const;

export const ROLES = ['OWNER', 'MANAGER', 'CATALOGUE', 'SUPPORT', 'CUSTOMER'] as const;

export type Role = (typeof ROLES)[number];

const GRANTS: Record<Role, readonly Permission[]> = {
  OWNER: PERMISSIONS,
  MANAGER: [
    'catalogue:write',
    'inventory:write',
    'promotions:write',
    'reviews:moderate',
    'orders:write',
    'customers:write',
    'analytics:read',
    'audit:read',
    'webhooks:write',
    'users:read',
    'settings:read',
  ],
  CATALOGUE: ['catalogue:write', 'inventory:write'],
  SUPPORT: [
    'catalogue:read',
    'promotions:read',
    'reviews:moderate',
    'orders:write',
    'customers:write',
    'users:read',
  ],
  CUSTOMER: [],
};

export const permissionsOf = (roles: readonly Role[]): ReadonlySet<string> =>
  withImplied(roles.flatMap((role) => GRANTS[role]));

/** Staff count towards the shop's plan, customers do not. */
export const isStaff = (roles: readonly Role[]): boolean => roles.some((role) => role !== 'CUSTOMER');

/** Who may write may read what they write. */
export function withImplied(scopes: readonly string[]): ReadonlySet<string> {
  const readable = scopes
    .filter((scope) => scope.endsWith(':write'))
    .map((scope) => scope.replace(':write', ':read'));
  const stock = scopes.includes('inventory:write') ? ['catalogue:read'] : [];
  return new Set([...scopes, ...readable.filter(isPermission), ...stock]);
}
