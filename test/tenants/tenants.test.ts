import { ObjectId } from 'mongodb';
import { expect, it } from 'vitest';
import { auditMonth } from '../../src/domains/audit/collections.ts';
import { PLATFORM_ID } from '../../src/domains/tenants/platform.ts';
import { findTenant } from '../../src/domains/tenants/tenants.ts';
import { idempotencyKeys } from '../../src/platform/idempotency/collections.ts';
import { bearer, lettersTo, ME, PASSWORD, SIGN_IN, tokenIn } from '../auth/requests.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { runScript } from '../support/run-script.ts';
import { ask, openShop } from '../support/shop.ts';

const KEY = 'an operator key of more than 32 characters';
const ERRORS = `userErrors { __typename code message path ... on VersionConflictError { currentVersion } }`;
const FIELDS =
  'id name subdomain plan isActive currency locale settings passwordPage version limits { products staff }';
const CREATE = `mutation ($input: TenantCreateInput!) {
  tenantCreate(input: $input) { tenant { ${FIELDS} } invitationToken ${ERRORS} }
}`;
const UPDATE = `mutation ($input: TenantUpdateInput!) { tenantUpdate(input: $input) { tenant { ${FIELDS} } ${ERRORS} } }`;
const TENANTS = `query ($first: Int, $after: String) {
  tenants(first: $first, after: $after) { totalCount nodes { subdomain } pageInfo { hasNextPage endCursor } }
}`;
const ACCEPT =
  'mutation ($input: InvitationAcceptInput!) { invitationAccept(input: $input) { token user { roles } } }';
const SHOP = '{ shop { id name plan locale settings limits { products } } }';

let running: Promise<TestApp> | undefined;
const app = () => {
  running ??= startTestApp({ OPERATOR_KEY: KEY });
  return running;
};

const asOperator = async (query: string, variables = {}, headers = {}) =>
  ask((await app()).url, { query, variables }, { 'x-operator-key': KEY, ...headers });
const inShop = async (subdomain: string, query: string, variables = {}, headers = {}) =>
  ask((await app()).url, { query, variables }, { 'x-tenant': subdomain, ...headers });

let opened = 0;
const shopInput = (input: object = {}) => {
  opened += 1;
  return {
    name: 'Tea & More',
    subdomain: `tea-${opened}`,
    currency: 'EUR',
    owner: { email: `owner${opened}@example.com`, password: PASSWORD },
    ...input,
  };
};
const create = async (input: object = {}) =>
  (await asOperator(CREATE, { input: shopInput(input) })).data.tenantCreate;
const update = async (input: object) => (await asOperator(UPDATE, { input })).data.tenantUpdate;

it('opens a shop that answers at once, with an owner who can sign in', async () => {
  const subdomain = `opened-${Date.now()}`;
  expect((await inShop(subdomain, SHOP)).errors).toMatchObject([
    { extensions: { code: 'TENANT_NOT_FOUND' } },
  ]);

  const owner = { email: 'boss@example.com', name: 'Boss', password: PASSWORD };
  const { tenant, invitationToken, userErrors } = await create({
    subdomain,
    plan: 'PRO',
    owner,
    settings: { a: 1 },
  });

  expect({ userErrors, invitationToken }).toEqual({ userErrors: [], invitationToken: null });
  expect(tenant).toMatchObject({
    name: 'Tea & More',
    plan: 'PRO',
    currency: 'EUR',
    locale: 'en-US',
    version: 1,
  });
  expect((await inShop(subdomain, SHOP)).data.shop).toMatchObject({ id: tenant.id, settings: { a: 1 } });
  const { data } = await inShop(subdomain, SIGN_IN, { input: { email: owner.email, password: PASSWORD } });
  const me = await inShop(subdomain, ME, {}, bearer(data.sessionCreate.token));
  expect(me.data.me).toMatchObject({ name: 'Boss', roles: ['OWNER'] });
});

it('invites an owner who was given no password, by a letter with a link and by a token that is shown once', async () => {
  const input = shopInput({
    owner: { email: 'invited@example.com' },
    passwordPage: 'https://tea.example/password',
    idempotencyKey: 'invite-1',
  });
  const ask = async () => (await asOperator(CREATE, { input })).data.tenantCreate;

  const first = await ask();
  const [letter = '', ...others] = await lettersTo(await app(), 'invited@example.com');
  expect(others).toEqual([]);
  expect(letter).toContain(`https://tea.example/password#token=${first.invitationToken}`);
  expect(tokenIn(letter)).toBe(first.invitationToken);
  expect(await ask()).toEqual({ ...first, invitationToken: null });
  const accepted = await inShop(input.subdomain, ACCEPT, {
    input: { token: first.invitationToken, password: PASSWORD },
  });
  expect(accepted.data.invitationAccept).toMatchObject({
    user: { roles: ['OWNER'] },
    token: expect.any(String),
  });
});

it('opens one shop for one key, and keeps neither password nor token', async () => {
  const input = shopInput({ idempotencyKey: 'one-shop' });
  const ask = async (more = {}) =>
    (await asOperator(CREATE, { input: { ...input, ...more } })).data.tenantCreate;

  const [first, second] = await Promise.all([ask(), ask()]);
  expect(first.tenant).not.toBeNull();
  expect(second).toEqual(first);
  for (const more of [{ name: 'Other' }, { owner: { ...input.owner, password: 'another password' } }]) {
    expect((await ask(more)).userErrors).toMatchObject([{ code: 'IDEMPOTENCY_MISMATCH' }]);
  }
  const { raw, because } = (await app()).database.systemDb('look for secrets');
  const kept = JSON.stringify(await raw.collection(idempotencyKeys.name).find({}, because).toArray());
  expect(kept).not.toContain(PASSWORD);
  expect(kept).not.toMatch(/invitation_[0-9a-f]{24}/);
});

it.each([
  ['a subdomain that is taken', { subdomain: 'taken' }, 'DUPLICATE', ['input', 'subdomain']],
  ['a subdomain with other letters', { subdomain: 'Tea_Shop' }, 'INVALID', ['input', 'subdomain']],
  ['no name', { name: ' ' }, 'INVALID', ['input', 'name']],
  [
    'a page that is no web page',
    { passwordPage: 'javascript:alert(1)' },
    'INVALID',
    ['input', 'passwordPage'],
  ],
  [
    'a short password',
    { owner: { email: 'a@example.com', password: 'short' } },
    'INVALID',
    ['input', 'owner', 'password'],
  ],
  ['no address', { owner: { email: 'nobody' } }, 'INVALID', ['input', 'owner', 'email']],
])('opens no shop with %s, and leaves nothing behind', async (_, input, code, path) => {
  const system = (await app()).database.systemDb('a shop for a test');
  if (!(await findTenant(system, 'taken'))) await create({ subdomain: 'taken' });
  const before = (await asOperator(TENANTS)).data.tenants.totalCount;

  expect(await create(input)).toMatchObject({ tenant: null, userErrors: [{ code, path }] });
  expect((await asOperator(TENANTS)).data.tenants.totalCount).toBe(before);
});

it('closes a shop at once for everybody, and opens it again', async () => {
  const { tenant } = await create();
  const shop = (headers = {}) => inShop(tenant.subdomain, SHOP, {}, headers);
  expect((await shop()).data.shop.id).toBe(tenant.id);

  const { tenant: closed } = await update({ id: tenant.id, isActive: false });

  expect(closed).toMatchObject({ isActive: false, version: 2 });
  expect(await shop()).toMatchObject({ status: 404, errors: [{ extensions: { code: 'TENANT_NOT_FOUND' } }] });
  await update({ id: tenant.id, isActive: true });
  expect((await shop()).data.shop.id).toBe(tenant.id);
});

it('changes what is given and leaves the rest', async () => {
  const { tenant } = await create({ settings: { theme: 'dark' }, passwordPage: 'https://a.example/p' });
  const subdomain = `moved-${tenant.subdomain}`;

  const changed = await update({ id: tenant.id, plan: 'ENTERPRISE', subdomain, expectedVersion: 1 });

  const expected = { ...tenant, plan: 'ENTERPRISE', subdomain, version: 2, limits: expect.any(Object) };
  expect(changed).toEqual({ tenant: expected, userErrors: [] });
  expect(changed.tenant.limits.products).toBeGreaterThan(tenant.limits.products);
  expect((await inShop(subdomain, SHOP)).data.shop).toMatchObject({
    id: tenant.id,
    settings: { theme: 'dark' },
  });
  expect((await inShop(tenant.subdomain, SHOP)).status).toBe(404);
  expect((await update({ id: tenant.id, passwordPage: null })).tenant.passwordPage).toBeNull();
  expect((await update({ id: tenant.id, name: 'X', expectedVersion: 1 })).userErrors).toMatchObject([
    { code: 'VERSION_CONFLICT', currentVersion: 3 },
  ]);
  expect((await update({ id: 'x' })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
});

it('lists open and closed shops, newest first, page by page', async () => {
  const made = [await create(), await create(), await create()].map(({ tenant }) => tenant);
  await update({ id: made[0].id, isActive: false });

  const first = (await asOperator(TENANTS, { first: 2 })).data.tenants;
  const rest = (await asOperator(TENANTS, { first: 1, after: first.pageInfo.endCursor })).data.tenants;

  const found = [...first.nodes, ...rest.nodes].map(({ subdomain }) => subdomain);
  expect(found).toEqual(made.map(({ subdomain }) => subdomain).reverse());
  expect(first.totalCount).toBeGreaterThanOrEqual(3);
});

it('writes the change of a shop into its own log, and whoever did it', async () => {
  const { tenant } = await create();
  await update({ id: tenant.id, plan: 'PRO' });
  const { database } = await app();
  const db = database.tenantDb(new ObjectId(tenant.id as string));

  const entries = await db.collection(auditMonth(new Date())).find({}, { limit: 10, sort: { _id: 1 } });

  expect(entries).toMatchObject([
    { action: 'insert', record: { type: 'tenant', id: tenant.id }, actor: 'operator' },
    { action: 'insert', record: { type: 'user' }, actor: 'operator' },
    {
      action: 'update',
      record: { type: 'tenant', id: tenant.id },
      changes: [{ path: 'plan', before: 'FREE', after: 'PRO' }],
      actor: 'operator',
    },
  ]);
  expect(JSON.stringify(entries)).not.toContain('argon2');
});

it('needs a shop for what is a shop’s, also of the operator', async () => {
  const { errors } = await asOperator('{ shop { name } }');
  expect(errors).toMatchObject([{ extensions: { code: 'TENANT_NOT_FOUND' }, path: ['shop'] }]);
  const { tenant } = await create();
  const named = await asOperator('{ shop { name } }', {}, { 'x-tenant': tenant.subdomain });
  expect(named.data.shop.name).toBe('Tea & More');
});

it('lets nobody else be the operator', async () => {
  const shop = await openShop({ app: await app() });
  const { headers } = await shop.person('OWNER');
  for (const who of [{}, headers, await shop.staff()]) {
    const { data, errors } = await shop.request(TENANTS, {}, who);
    expect({ data, code: errors?.[0]?.extensions.code }).toEqual({ data: null, code: 'FORBIDDEN' });
  }
  const wrong = await asOperator(TENANTS, {}, { 'x-operator-key': `${KEY}.` });
  expect(wrong).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
});

it('makes the operator’s key once on the command line, and another only when asked to', async () => {
  const { database, databaseName, url } = await app();
  const script = (...args: string[]) => runScript('operator-key', args, { name: databaseName });
  const codeOf = async (secret: string) =>
    (await ask(url, { query: TENANTS }, { 'x-operator-key': secret })).errors?.[0]?.extensions.code ?? 'OK';

  const { secret } = JSON.parse((await script('--json')).out);
  expect(await codeOf(secret)).toBe('OK');
  expect(await script('--json')).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('--replace'),
  });
  const replaced = JSON.parse((await script('--replace', '--json')).out);
  expect(replaced.secret).not.toBe(secret);
  const second = await startTestApp({ MONGODB_DATABASE: databaseName });
  const inSecond = async (key: string) =>
    (await ask(second.url, { query: TENANTS }, { 'x-operator-key': key })).status;
  expect([await inSecond(replaced.secret), await inSecond(secret)]).toEqual([200, 401]);
  const platform = database.tenantDb(PLATFORM_ID).collection(auditMonth(new Date()));
  const entries = await platform.find({ 'record.type': 'operatorKey' }, { limit: 9, sort: { _id: 1 } });
  expect(entries).toMatchObject([
    { action: 'insert', changes: [{ path: 'hash', after: '[redacted]' }] },
    { action: 'update', changes: [{ path: 'hash', before: '[redacted]', after: '[redacted]' }] },
  ]);
}, 90_000);
