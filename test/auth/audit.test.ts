import { expect, it } from 'vitest';
import { testApp } from '../support/app.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { type Headers, lettersTo, PASSWORD, signIn, signUp, tokenIn } from './requests.ts';

const LOG = `query ($filter: AuditFilter) {
  auditLog(filter: $filter, first: 100) { nodes { actor action recordType recordId changes { path before after } ip requestId } }
}`;
const KEY = `mutation { apiKeyCreate(input: { name: "Feed", scopes: ["catalogue:read"] }) { apiKey { id } secret } }`;
const REVOKE = 'mutation ($id: ID!) { apiKeyRevoke(input: { id: $id }) { apiKey { id } } }';
const CHANGE = `mutation ($input: PasswordChangeInput!) { passwordChange(input: $input) { userErrors { message } } }`;
const SET_ROLES =
  'mutation ($input: UserRolesSetInput!) { userRolesSet(input: $input) { userErrors { message } } }';
const ASK = 'mutation ($input: PasswordResetRequestInput!) { passwordResetRequest(input: $input) { email } }';
const RESET = 'mutation ($input: PasswordResetInput!) { passwordReset(input: $input) { token } }';

type Entry = {
  actor: string | null;
  action: string;
  recordType: string;
  recordId: string;
  changes: { path: string; before: string | null; after: string | null }[];
};

/** Oldest first, as a person tells it. */
async function story(shop: Shop, headers: Headers, filter: object): Promise<Entry[]> {
  const { data } = await shop.request(LOG, { filter }, headers);
  return data.auditLog.nodes.reverse();
}

const pathsOf = ({ changes }: Entry) => changes.map(({ path }) => path).sort();

it('tells each change of an account: who, what, and no secret', async () => {
  const shop = await openShop();
  const owner = await shop.person('OWNER');
  const { user, headers, token } = await signUp(shop, { email: 'told@example.com' });
  await signIn(shop, { email: user.email });
  await shop.request(
    CHANGE,
    { input: { currentPassword: PASSWORD, newPassword: 'a wholly new one' } },
    headers,
  );
  await shop.request(SET_ROLES, { input: { userId: user.id, roles: ['SUPPORT'] } }, owner.headers);
  await shop.request(ASK, { input: { email: user.email } });
  const reset = tokenIn((await lettersTo(await testApp(), user.email))[0]);
  await shop.request(RESET, { input: { token: reset, newPassword: 'yet another one' } });

  const told = await story(shop, owner.headers, { recordType: 'user', recordId: user.id });

  const [self, boss] = [`user:${user.id}`, `user:${owner.user._id}`];
  expect(told.map(({ actor, action }) => [actor, action])).toEqual([
    [null, 'INSERT'],
    [null, 'UPDATE'],
    [self, 'UPDATE'],
    [boss, 'UPDATE'],
    [null, 'UPDATE'],
  ]);
  expect(told.slice(1).map(pathsOf)).toEqual([
    ['lastLogin'],
    ['passwordSetAt'],
    ['roles'],
    ['passwordSetAt'],
  ]);
  const whole = JSON.stringify(told);
  for (const secret of [PASSWORD, 'a wholly new one', 'argon2', token, reset])
    expect(whole).not.toContain(secret);
});

it('tells who made a key, who ended it, and never the key', async () => {
  const shop = await openShop();
  const owner = await shop.person('OWNER');
  const { data } = await shop.request(KEY, {}, owner.headers);
  const { apiKey, secret } = data.apiKeyCreate;
  await shop.request(REVOKE, { id: apiKey.id }, owner.headers);

  const told = await story(shop, owner.headers, { recordType: 'apiKey' });

  const actor = `user:${owner.user._id}`;
  expect(told).toMatchObject([
    { actor, action: 'INSERT', recordId: apiKey.id },
    { actor, action: 'UPDATE', recordId: apiKey.id, changes: [{ path: 'revokedAt', before: 'null' }] },
  ]);
  expect(JSON.stringify(told)).not.toContain(secret.slice(-40));
  expect(told[0]?.changes).toContainEqual({ path: 'hash', before: null, after: '"[redacted]"' });
});
