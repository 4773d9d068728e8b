import { expect, it } from 'vitest';
import { users } from '../../src/domains/auth/collections.ts';
import { testApp } from '../support/app.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { bearer, type Headers, lettersTo, ME, PASSWORD, signIn, signUp, tokenIn } from './requests.ts';

const ERRORS = `userErrors {
  __typename code message path
  ... on DuplicateError { existingId } ... on PlanLimitError { limit }
  ... on VersionConflictError { currentVersion } ... on IllegalStateError { state }
}`;
const INVITE = `mutation ($input: UserInviteInput!) { userInvite(input: $input) { user { id email name roles hasPassword } ${ERRORS} } }`;
const ACCEPT = `mutation ($input: InvitationAcceptInput!) { invitationAccept(input: $input) { token user { email } ${ERRORS} } }`;
const SET_ROLES = `mutation ($input: UserRolesSetInput!) { userRolesSet(input: $input) { user { roles version } ${ERRORS} } }`;
const STAFF = `query ($role: Role, $first: Int, $after: String) {
  users(role: $role, first: $first, after: $after) { totalCount nodes { email } pageInfo { hasNextPage endCursor } }
}`;

/** An owner who signed up, and so can sign in again. */
async function owner(shop: Shop) {
  const { user } = await signUp(shop);
  const asOwner = { $set: { roles: ['OWNER' as const], 'keys.staff': true } };
  await shop.db.collection(users).updateOne({ 'keys.email': user.email }, asOwner);
  const { data } = await signIn(shop, { email: user.email });
  return { user, headers: bearer(data.sessionCreate.token) };
}

const setRoles = async (shop: Shop, headers: Headers, input: object) =>
  (await shop.request(SET_ROLES, { input }, headers)).data.userRolesSet;

const invite = async (shop: Shop, headers: Headers, input: object) =>
  (await shop.request(INVITE, { input }, headers)).data.userInvite;

it('invites somebody, who sets a password once and is in with the roles', async () => {
  const shop = await openShop();
  const { headers } = await shop.person('OWNER');
  const email = 'new.colleague@example.com';

  const asked = { email, name: 'Kim', roles: ['SUPPORT', 'CATALOGUE'] };
  const { user, userErrors } = await invite(shop, headers, asked);
  expect(userErrors).toEqual([]);
  expect(user).toMatchObject({ email, name: 'Kim', roles: ['CATALOGUE', 'SUPPORT'], hasPassword: false });

  const token = tokenIn((await lettersTo(await testApp(), email))[0]);
  const accept = async () => (await shop.request(ACCEPT, { input: { token, password: PASSWORD } })).data;
  const { invitationAccept } = await accept();
  const me = await shop.request(ME, {}, bearer(invitationAccept.token));
  expect(me.data.me).toMatchObject({ id: user.id, roles: ['CATALOGUE', 'SUPPORT'], hasPassword: true });
  expect((await accept()).invitationAccept.userErrors).toMatchObject([{ path: ['input', 'token'] }]);
});

it('lets nobody sign in to an account that has no password yet', async () => {
  const shop = await openShop();
  const { headers } = await shop.person('OWNER');
  await invite(shop, headers, { email: 'silent@example.com', roles: ['SUPPORT'] });
  for (const password of ['', 'null', PASSWORD]) {
    const { data } = await signIn(shop, { email: 'silent@example.com', password });
    expect(data.sessionCreate.token).toBeNull();
  }
});

it('names the account when the address has one already', async () => {
  const shop = await openShop();
  const { headers } = await shop.person('OWNER');
  const { user } = await shop.person();
  const answer = await invite(shop, headers, { email: user.email.toUpperCase(), roles: ['SUPPORT'] });
  expect(answer).toMatchObject({
    user: null,
    userErrors: [{ code: 'DUPLICATE', existingId: user._id.toHexString(), path: ['input', 'email'] }],
  });
});

it('lets new roles count from the next request on, in a session that is open', async () => {
  const shop = await openShop();
  const { headers } = await shop.person('OWNER');
  const kim = await shop.person();
  expect((await shop.request(STAFF, {}, kim.headers)).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN', permission: 'users:read' } },
  ]);

  const answer = await setRoles(shop, headers, {
    userId: kim.user._id,
    roles: ['MANAGER'],
    expectedVersion: 1,
  });

  expect(answer).toEqual({ user: { roles: ['MANAGER'], version: 2 }, userErrors: [] });
  expect((await shop.request(STAFF, {}, kim.headers)).errors).toBeUndefined();
  await setRoles(shop, headers, { userId: kim.user._id, roles: ['CUSTOMER'] });
  expect((await shop.request(STAFF, {}, kim.headers)).errors).toHaveLength(1);
});

it('refuses roles for nobody, none at all, and a version that has passed', async () => {
  const shop = await openShop();
  const { headers } = await shop.person('OWNER');
  const { user } = await shop.person();
  const other = await (await openShop()).person();

  const ask = (input: object) => setRoles(shop, headers, { userId: user._id, roles: ['SUPPORT'], ...input });
  expect((await ask({ userId: 'x' })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await ask({ userId: other.user._id })).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  expect((await ask({ roles: [] })).userErrors).toMatchObject([{ path: ['input', 'roles'] }]);
  expect((await ask({ expectedVersion: 7 })).userErrors).toMatchObject([{ currentVersion: 1 }]);
});

it('keeps the last owner who can sign in', async () => {
  const shop = await openShop();
  const { user, headers } = await owner(shop);
  await invite(shop, headers, { email: 'not.yet@example.com', roles: ['OWNER'] });

  const answer = await setRoles(shop, headers, { userId: user.id, roles: ['MANAGER'] });

  expect(answer).toMatchObject({ user: null, userErrors: [{ code: 'ILLEGAL_STATE', state: 'LAST_OWNER' }] });
});

it('keeps one owner when two take the role from each other at the same time', async () => {
  const shop = await openShop();
  const [one, other] = [await owner(shop), await owner(shop)];

  const answers = await Promise.all([
    setRoles(shop, one.headers, { userId: other.user.id, roles: ['SUPPORT'] }),
    setRoles(shop, other.headers, { userId: one.user.id, roles: ['SUPPORT'] }),
  ]);

  expect(answers.flatMap(({ userErrors }) => userErrors)).toMatchObject([{ state: 'LAST_OWNER' }]);
  expect(await shop.db.collection(users).count({ roles: 'OWNER' }, { limit: 10 })).toBe(1);
});

it('has room for as many of the staff as the plan says, though they come at once', async () => {
  const shop = await openShop({ plan: 'FREE' });
  const { headers } = await shop.person('OWNER');
  const customer = await shop.person();

  const answers = await Promise.all(
    [1, 2, 3, 4].map((n) => invite(shop, headers, { email: `staff${n}@example.com`, roles: ['SUPPORT'] })),
  );

  expect(answers.filter(({ user }) => user)).toHaveLength(2);
  const refused = answers.flatMap(({ userErrors }) => userErrors);
  expect(refused).toMatchObject([{ limit: 3 }, { code: 'LIMIT_EXCEEDED', path: ['input', 'roles'] }]);
  const promoted = await setRoles(shop, headers, { userId: customer.user._id, roles: ['SUPPORT'] });
  expect(promoted.userErrors).toMatchObject([{ limit: 3 }]);
});

it('lists the staff and no customer, page by page and by role, and nobody of another shop', async () => {
  const shop = await openShop();
  const { headers, user } = await shop.person('OWNER');
  const others = [await shop.person('SUPPORT'), await shop.person('SUPPORT', 'CUSTOMER')];
  await shop.person();
  await (await openShop()).person('OWNER');
  const emails = [...others, { user }].map((someone) => someone.user.email).sort();

  const first = (await shop.request(STAFF, { first: 2 }, headers)).data.users;
  const rest = (await shop.request(STAFF, { first: 2, after: first.pageInfo.endCursor }, headers)).data.users;
  const support = (await shop.request(STAFF, { role: 'SUPPORT' }, headers)).data.users;

  expect([...first.nodes, ...rest.nodes].map(({ email }) => email).sort()).toEqual(emails);
  expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
  expect(rest.pageInfo.hasNextPage).toBe(false);
  expect(support.totalCount).toBe(2);
});

it('shows an account to itself and to those who may see people, and to others only its id', async () => {
  const shop = await openShop();
  const owner = await shop.person('OWNER');
  const keys = await shop.staff('keys:write');
  const make = 'mutation { apiKeyCreate(input: { name: "a", scopes: ["keys:write"] }) { secret } }';
  await shop.request(make, {}, owner.headers);
  const maker = async (fields: string, headers: Headers) => {
    const { data, errors } = await shop.request(`{ apiKeys { name createdBy { ${fields} } } }`, {}, headers);
    const made = data.apiKeys.find(({ name }: { name: string }) => name === 'a');
    return { shown: made.createdBy, code: errors?.[0]?.extensions.permission };
  };

  const id = owner.user._id.toHexString();
  expect(await maker('id email', owner.headers)).toMatchObject({ shown: { email: owner.user.email } });
  expect(await maker('id email', await shop.staff())).toMatchObject({ shown: { email: owner.user.email } });
  expect(await maker('id', keys)).toEqual({ shown: { id }, code: undefined });
  expect(await maker('id email', keys)).toEqual({ shown: null, code: 'users:read' });
  expect(await maker('id name', keys)).toEqual({ shown: { id, name: null }, code: 'catalogue:read' });
});

const PROFILE = `mutation ($input: ProfileUpdateInput!) { profileUpdate(input: $input) { user { name username phone version } ${ERRORS} } }`;

it('changes of a profile what is given, clears what is null, and nothing else', async () => {
  const shop = await openShop();
  const { headers } = await signUp(shop, { name: 'Old', username: 'old' });
  const ask = async (input: object) => (await shop.request(PROFILE, { input }, headers)).data.profileUpdate;

  expect((await ask({ phone: '+1 207 555 0143' })).user).toEqual({
    name: 'Old',
    username: 'old',
    phone: '+1 207 555 0143',
    version: 2,
  });
  expect((await ask({ name: 'New', username: null })).user).toMatchObject({ name: 'New', username: null });
  expect((await ask({ username: 'no spaces here' })).userErrors).toMatchObject([
    { path: ['input', 'username'] },
  ]);
  await signUp(shop, { username: 'taken' });
  expect((await ask({ username: 'Taken' })).userErrors).toMatchObject([{ code: 'DUPLICATE' }]);
});
