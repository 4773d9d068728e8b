/** Everything that can be permitted; what a caller may is a set of these. docs/permissions.md says what each opens. */
export const PERMISSIONS = [
  'catalogue:read',
  'catalogue:write',
  'inventory:write',
  'reviews:moderate',
  'orders:read',
  'orders:write',
  'customers:read',
  'customers:write',
  'analytics:read',
  'audit:read',
  'webhooks:write',
  'users:write',
  'keys:write',
  'settings:write',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

export const isPermission = (text: string): text is Permission =>
  (PERMISSIONS as readonly string[]).includes(text);

/** Who may write may read what they write. */
export function withImplied(scopes: readonly string[]): ReadonlySet<string> {
  const readable = scopes
    .filter((scope) => scope.endsWith(':write'))
    .map((scope) => scope.replace(':write', ':read'));
  const stock = scopes.includes('inventory:write') ? ['catalogue:read'] : [];
  return new Set([...scopes, ...readable.filter(isPermission), ...stock]);
}
