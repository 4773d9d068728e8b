import { expect, it } from 'vitest';
import { apiKeys, users } from '../../src/domains/auth/collections.ts';
import { commandsOf, startTestApp, testApp } from '../support/app.ts';
import { runScript } from '../support/run-script.ts';
import { openShop, type Shop } from '../support/shop.ts';
import type { Headers } from './requests.ts';

const ERRORS = 'userErrors { __typename code message path }';
const CREATE = `mutation ($input: ApiKeyCreateInput!) {
  apiKeyCreate(input: $input) { secret apiKey { id name scopes expiresAt createdBy { id } } ${ERRORS} }
}`;
const REVOKE = `mutation ($input: ApiKeyRevokeInput!) { apiKeyRevoke(input: $input) { apiKey { id revokedAt } ${ERRORS} } }`;
const KEYS = '{ apiKeys { id name revokedAt lastUsedAt } }';
const ANALYTICS = '{ categoryAnalytics { productCount } }';

const create = async (shop: Shop, headers: Headers, input: object = {}) => {
  const asked = { name: 'Feed', scopes: ['analytics:read'], ...input };
  return (await shop.request(CREATE, { input: asked }, headers)).data.apiKeyCreate;
};

const codeOf = async (shop: Shop, secret: string, query = ANALYTICS) =>
  (await shop.request(query, {}, { 'x-api-key': secret })).errors?.[0]?.extensions.code ?? 'OK';

it('makes a key that may what its scopes say and nothing more, and shows its secret once', async () => {
  const shop = await openShop();
  const { user, headers } = await shop.person('OWNER');

  const { apiKey, secret, userErrors } = await create(shop, headers, { idempotencyKey: 'key-1' });

  expect(userErrors).toEqual([]);
  expect(apiKey).toMatchObject({ scopes: ['analytics:read'], createdBy: { id: user._id.toHexString() } });
  expect(await codeOf(shop, secret)).toBe('OK');
  expect(await codeOf(shop, secret, KEYS)).toBe('FORBIDDEN');
  expect(await create(shop, headers, { idempotencyKey: 'key-1' })).toEqual({
    apiKey,
    secret: null,
    userErrors,
  });
  expect(await shop.db.collection(apiKeys).count({}, { limit: 10 })).toBe(1);
});

it('keeps the secret nowhere', async () => {
  const shop = await openShop();
  const { headers } = await shop.person('OWNER');
  const { secret } = await create(shop, headers, { idempotencyKey: 'key-1' });
  const { database, databaseName } = await testApp();

  const stored: string[] = [];
  for (const { name } of await database.client.db(databaseName).listCollections().toArray()) {
    const all = database.systemDb('look for secrets').raw.collection(name);
    stored.push(JSON.stringify(await all.find({}, { comment: 'system: look for secrets' }).toArray()));
  }
  expect(stored.join()).toContain('analytics:read');
  expect(stored.join()).not.toContain(secret.slice(-40));
});

it.each([
  [
    'a scope that the maker lacks',
    { scopes: ['catalogue:read', 'orders:write'] },
    ['input', 'scopes'],
    /orders:read, orders:write|orders:write, orders:read/,
  ],
  [
    'a scope that there is not',
    { scopes: ['catalogue:eat'] },
    ['input', 'scopes'],
    /no scope catalogue:eat; there are catalogue:read,/,
  ],
  [
    'what no key can have',
    { scopes: ['operator', 'account'] },
    ['input', 'scopes'],
    /no scope operator, account/,
  ],
  ['no scope', { scopes: [] }, ['input', 'scopes'], /at least one/],
  ['no name', { name: ' ' }, ['input', 'name'], /1 to 200/],
  ['an end that has passed', { expiresAt: '2020-01-01T00:00:00Z' }, ['input', 'expiresAt'], /future/],
])('makes no key with %s', async (_, input, path, message) => {
  const shop = await openShop();
  const maker = await shop.staff('keys:write', 'catalogue:read');
  const answer = await create(shop, maker, { scopes: ['catalogue:read'], ...input });

  expect(answer).toMatchObject({ secret: null, apiKey: null, userErrors: [{ code: 'INVALID', path }] });
  expect(answer.userErrors[0].message).toMatch(message);
});

it('refuses a key from the moment it is revoked, and revokes it once', async () => {
  const shop = await openShop();
  const { headers } = await shop.person('OWNER');
  const { apiKey, secret } = await create(shop, headers);
  expect(await codeOf(shop, secret)).toBe('OK');

  const revoke = async () =>
    (await shop.request(REVOKE, { input: { id: apiKey.id } }, headers)).data.apiKeyRevoke;
  const first = await revoke();

  expect(first).toMatchObject({ apiKey: { id: apiKey.id, revokedAt: expect.any(String) }, userErrors: [] });
  expect(await codeOf(shop, secret)).toBe('UNAUTHENTICATED');
  expect(await revoke()).toEqual(first);
});

it('does not find a key of another shop to revoke', async () => {
  const [shop, other] = [await openShop(), await openShop()];
  const { apiKey } = await create(shop, (await shop.person('OWNER')).headers);
  const ask = async (id: string) =>
    (await other.request(REVOKE, { input: { id } }, (await other.person('OWNER')).headers)).data.apiKeyRevoke;

  const foreign = await ask(apiKey.id);
  expect(foreign.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect(await ask('0'.repeat(24))).toEqual(foreign);
});

it('refuses a key in another shop', async () => {
  const [shop, other] = [await openShop(), await openShop()];
  const { secret } = await create(shop, (await shop.person('OWNER')).headers);
  expect(await codeOf(other, secret)).toBe('UNAUTHENTICATED');
});

it('refuses a key whose time is over', async () => {
  let now = new Date('2030-01-01T00:00:00Z');
  const shop = await openShop({ app: await startTestApp({}, { now: () => now }) });
  const { headers } = await shop.person('OWNER');
  const { secret } = await create(shop, headers, { expiresAt: '2030-01-01T01:00:00Z' });
  expect(await codeOf(shop, secret)).toBe('OK');
  now = new Date('2030-01-01T01:00:00Z');
  expect(await codeOf(shop, secret)).toBe('UNAUTHENTICATED');
});

it('takes from who loses a permission the keys that have it, and no others', async () => {
  const shop = await openShop();
  const [boss, second] = [await shop.person('OWNER'), await shop.person('OWNER')];
  const wide = await create(shop, second.headers, { scopes: ['analytics:read', 'users:write'] });
  const narrow = await create(shop, second.headers);
  expect([await codeOf(shop, wide.secret), await codeOf(shop, narrow.secret)]).toEqual(['OK', 'OK']);

  await shop.db.collection(users).updateOne({ _id: boss.user._id }, { $set: { passwordSetAt: new Date() } });
  const setRoles =
    'mutation ($input: UserRolesSetInput!) { userRolesSet(input: $input) { userErrors { message } } }';
  const input = { userId: second.user._id, roles: ['MANAGER'] };
  expect((await shop.request(setRoles, { input }, boss.headers)).data.userRolesSet.userErrors).toEqual([]);

  expect(await codeOf(shop, wide.secret)).toBe('UNAUTHENTICATED');
  expect(await codeOf(shop, narrow.secret)).toBe('OK');
});

it('lists the keys, newest first, with their last use, which costs one write a minute', async () => {
  const shop = await openShop();
  const { headers } = await shop.person('OWNER');
  await create(shop, headers, { name: 'Old' });
  const { secret } = await create(shop, headers, { name: 'New' });

  const first = await commandsOf(() => codeOf(shop, secret));
  const second = await commandsOf(() => codeOf(shop, secret));

  const writes = (sent: typeof first) => sent.filter(({ command }) => command.update === 'api_keys').length;
  expect([writes(first), writes(second)]).toEqual([1, 0]);
  const { data } = await shop.request(KEYS, {}, headers);
  expect(data.apiKeys).toMatchObject([
    { name: 'New', lastUsedAt: expect.any(String) },
    { name: 'Old', lastUsedAt: null },
  ]);
});

it('makes, lists and revokes keys on the command line', async () => {
  const shop = await openShop();
  const { databaseName } = await testApp();
  const tenant = ['--tenant', shop.tenant.subdomain, '--json'];
  const script = (...args: string[]) => runScript('api-key', [...args, ...tenant], { name: databaseName });

  const made = await script('create', '--scopes', 'analytics:read,catalogue:read', '--name', 'nightly');
  const { id, secret } = JSON.parse(made.out);
  expect(Object.keys(JSON.parse(made.out))).toEqual(['id', 'secret']);
  expect(await codeOf(shop, secret)).toBe('OK');

  const listed = JSON.parse((await script('list')).out);
  expect(listed).toMatchObject([
    { id, name: 'nightly', scopes: ['analytics:read', 'catalogue:read'], state: 'holds' },
  ]);
  expect((await script('revoke', id)).code).toBe(0);
  expect(await script('revoke', id)).toMatchObject({ code: 1, err: expect.stringContaining('no key') });
  expect(JSON.parse((await script('list')).out)).toMatchObject([{ state: 'revoked' }]);
});

it('says on the command line what is wrong and what would be right', async () => {
  const shop = await openShop();
  const { databaseName } = await testApp();
  const create = (tenant: string, scopes: string) =>
    runScript('api-key', ['create', '--tenant', tenant, '--scopes', scopes], { name: databaseName });

  const scope = await create(shop.tenant.subdomain, 'catalogue:reed');
  expect(scope).toMatchObject({ code: 1, out: '' });
  expect(scope.err).toMatch(/There is no scope catalogue:reed; there are catalogue:read, /);
  expect((await create('nowhere', 'catalogue:read')).err).toMatch(/^✖ There is no shop "nowhere"\. /m);
});
