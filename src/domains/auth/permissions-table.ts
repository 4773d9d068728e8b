import { type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import { type Access, accessOf } from '../../platform/graphql/permissions.ts';
import { OUTSIDE_ROLES, PERMISSIONS, permissionsOf, ROLES } from './permissions.ts';

type Row = { field: string; access: Access | undefined };

const MEANINGS: Record<(typeof OUTSIDE_ROLES)[number], string> = {
  account: 'Everybody who is signed in',
  operator: "The platform's operator",
};

/** docs/permissions.md: who may do what, as the schema and the roles say it. */
export function permissionsTable(schema: GraphQLSchema): string {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  const rows = types
    .filter(({ name }) => !name.startsWith('__'))
    .sort((a, b) => Number(roots.has(b)) - Number(roots.has(a)) || (a.name < b.name ? -1 : 1))
    .flatMap(rowsOf);
  return [
    '# Permissions',
    '',
    'Written by `node scripts/permissions-table.ts` from `schema.graphql` and `src/domains/auth/permissions.ts`; do not edit.',
    'A field that is not named here may be read by anybody within its shop. "or one’s own": also by the one whom the record is of.',
    '',
    '## What each role may',
    '',
    ...roleTable(),
    '',
    '## What each permission opens',
    '',
    ...[...PERMISSIONS, ...OUTSIDE_ROLES].flatMap((permission) => section(permission, rows)),
    '## Mutations and subscriptions for anybody',
    '',
    ...rows.filter(isPublicChange).map(({ field }) => `- \`${field}\``),
    '',
  ].join('\n');
}

/** A type whose fields are all alike is one row. */
function rowsOf(type: GraphQLObjectType): Row[] {
  const rows = Object.keys(type.getFields())
    .sort()
    .map((name) => ({ field: `${type.name}.${name}`, access: accessOf(type, name) }));
  const kinds = new Set(rows.map(({ access }) => JSON.stringify(access)));
  return rows.length > 1 && kinds.size === 1 ? [{ field: type.name, access: rows[0]?.access }] : rows;
}

function roleTable(): string[] {
  const held = ROLES.map((role) => permissionsOf([role]));
  const row = (permission: string) =>
    `| \`${permission}\` | ${held.map((permissions) => (permissions.has(permission) ? '✔' : '')).join(' | ')} |`;
  return [
    `| | ${ROLES.join(' | ')} |`,
    `| --- |${' :-: |'.repeat(ROLES.length)}`,
    ...PERMISSIONS.map(row),
    '',
    'An API key may what its scopes say, which are permissions of this table and never more than its maker has.',
    `Beside them stand ${OUTSIDE_ROLES.map((name) => `\`${name}\` (${MEANINGS[name]})`).join(' and ')}.`,
  ];
}

function section(permission: string, rows: Row[]): string[] {
  const opened = rows.flatMap(({ field, access }) =>
    typeof access === 'object' && access.permission === permission ? [{ field, ...access }] : [],
  );
  if (opened.length === 0) return [`### \`${permission}\``, '', 'No field of its own yet.', ''];
  const lines = opened.map(({ field, orOwn }) => `- \`${field}\`${orOwn ? ' (or one’s own)' : ''}`);
  return [`### \`${permission}\``, '', ...lines, ''];
}

const isPublicChange = ({ field, access }: Row) =>
  access === 'public' && /^(Mutation|Subscription)\./.test(field);
