import { readFile } from 'node:fs/promises';
import { type GraphQLObjectType, isObjectType } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  OUTSIDE_ROLES,
  PERMISSIONS,
  type Permission,
  permissionsOf,
  ROLES,
} from '../../src/domains/auth/permissions.ts';
import { permissionsTable } from '../../src/domains/auth/permissions-table.ts';
import { resolvers } from '../../src/domains/registry.ts';
import { type Access, accessOf } from '../../src/platform/graphql/permissions.ts';
import { buildSchema } from '../../src/platform/graphql/schema.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { operationOf } from './arguments.ts';
import type { Headers } from './requests.ts';

const OPERATOR_KEY = 'the operator of the tests, and nobody else';
const schema = buildSchema(resolvers);
const types = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith('__'));

const fieldsOf = (type: GraphQLObjectType | null | undefined) =>
  Object.values(type?.getFields() ?? {}).map((field) => ({
    field,
    access: accessOf(type as GraphQLObjectType, field.name),
  }));

it.each(types.map((type) => [type.name, type]))('says of each field of %s who may read it', (_, type) => {
  const known: readonly string[] = [...PERMISSIONS, ...OUTSIDE_ROLES];
  for (const { field, access } of fieldsOf(type as GraphQLObjectType)) {
    const said =
      access === 'public' ? 'public' : known.find((permission) => permission === access?.permission);
    expect(said, field.name).toBeDefined();
  }
});

it('says it at each mutation itself, so that none is open by default', () => {
  for (const { field } of fieldsOf(schema.getMutationType())) {
    const said = (field.astNode?.directives ?? []).map(({ name }) => name.value);
    expect(
      said.filter((name) => name === 'public' || name === 'requires'),
      field.name,
    ).toHaveLength(1);
  }
});

it('is written up in docs/permissions.md as it is (else: node scripts/permissions-table.ts)', async () => {
  const file = new URL('../../docs/permissions.md', import.meta.url);
  expect(await readFile(file, 'utf8')).toBe(permissionsTable(schema));
});

it('gives staff no more than the owner, customers nothing, and nobody but the owner people and keys', () => {
  for (const role of ROLES) {
    const held = permissionsOf([role]);
    for (const permission of held) expect(permissionsOf(['OWNER'])).toContain(permission);
    for (const outside of OUTSIDE_ROLES) expect(held).not.toContain(outside);
    for (const own of ['users:write', 'keys:write']) expect(held.has(own)).toBe(role === 'OWNER');
  }
  expect([...permissionsOf(['CUSTOMER'])]).toEqual([]);
});

type Caller = {
  /** For one operation: some end the session that asks. */
  headers: () => Promise<Headers>;
  permissions: ReadonlySet<string>;
};
let running: Promise<TestApp> | undefined;
let shop: Shop;

const person = (...roles: (typeof ROLES)[number][]): Caller => ({
  headers: async () => (await shop.person(...roles)).headers,
  permissions: new Set([...permissionsOf(roles), 'account']),
});

/** One key for all operations: a shop has a hundred at most. */
function key(...scopes: Permission[]) {
  let made: Promise<Headers> | undefined;
  return () => {
    made ??= shop.staff(...scopes);
    return made;
  };
}

const CALLERS: Record<string, Caller> = {
  'somebody unknown': { headers: async () => ({}), permissions: new Set() },
  'the operator': {
    headers: async () => ({ 'x-operator-key': OPERATOR_KEY }),
    permissions: new Set(['operator']),
  },
  'a key for analytics': { headers: key('analytics:read'), permissions: new Set(['analytics:read']) },
  'a key for all': { headers: key(...PERMISSIONS), permissions: new Set(PERMISSIONS) },
  ...Object.fromEntries(ROLES.map((role) => [role, person(role)])),
};

const CODES = new Set<unknown>(['FORBIDDEN', 'UNAUTHENTICATED']);

/** What the table says that a caller is answered. */
function refusalOf(access: Access | undefined, permissions: ReadonlySet<string>, unknown: boolean) {
  if (access === 'public' || (access && permissions.has(access.permission))) return undefined;
  return access?.permission === 'account' && unknown ? 'UNAUTHENTICATED' : 'FORBIDDEN';
}

describe.each(Object.entries(CALLERS))('%s', (name, caller) => {
  beforeAll(async () => {
    running ??= startTestApp({ OPERATOR_KEY });
    shop = await openShop({ plan: 'ENTERPRISE', app: await running });
  });

  const roots = [
    ...fieldsOf(schema.getQueryType()).map((row) => ({ kind: 'query', ...row })),
    ...fieldsOf(schema.getMutationType()).map((row) => ({ kind: 'mutation', ...row })),
  ];

  it('is let into each operation or refused, as the table says', async () => {
    const wrong: unknown[] = [];
    for (const { kind, field, access } of roots) {
      const headers = await caller.headers();
      const { query, variables } = operationOf(kind, field);
      const { errors = [] } = await shop.request(query, variables, headers);
      const codes = errors.map(({ extensions }) => extensions.code);
      const refused = codes.find((code) => CODES.has(code));
      const expected = refusalOf(access, caller.permissions, name === 'somebody unknown');
      if (refused !== expected || codes.includes('GRAPHQL_VALIDATION_FAILED') || codes.includes('INTERNAL'))
        wrong.push({ operation: field.name, expected: expected ?? 'let in', errors });
    }
    expect(wrong).toEqual([]);
  });
});
