import { expect, it } from 'vitest';
import { sessions, users } from '../../src/domains/auth/collections.ts';
import { commandsOf } from '../support/app.ts';
import { openShop } from '../support/shop.ts';
import { bearer, ME, PASSWORD, SIGN_UP, signIn, signUp } from './requests.ts';

it('opens an account as a customer and signs it in', async () => {
  const shop = await openShop();

  const { user, headers } = await signUp(shop, {
    email: 'Ada@Example.com',
    username: 'ada',
    name: ' Ada L. ',
  });

  expect(user).toMatchObject({
    email: 'Ada@Example.com',
    username: 'ada',
    name: 'Ada L.',
    roles: ['CUSTOMER'],
  });
  const { data } = await shop.request(ME, {}, headers);
  expect(data.me).toEqual({ ...user, phone: null, lastLogin: null, hasPassword: true });
});

it('answers me with null to somebody unknown', async () => {
  const shop = await openShop();
  expect((await shop.request(ME)).data).toEqual({ me: null });
});

it('has one account for an address, whatever its letters, and one for a username', async () => {
  const shop = await openShop();
  await signUp(shop, { email: 'grace@example.com', username: 'Grace' });

  const again = (input: object) => shop.request(SIGN_UP, { input: { password: PASSWORD, ...input } });
  const email = await again({ email: 'GRACE@example.com' });
  const username = await again({ email: 'other@example.com', username: 'gRACE' });

  expect(email.data.userSignUp).toMatchObject({
    token: null,
    user: null,
    userErrors: [{ __typename: 'DuplicateError', path: ['input', 'email'] }],
  });
  expect(username.data.userSignUp.userErrors).toMatchObject([{ path: ['input', 'username'] }]);
});

it('lets the same address have an account in another shop, and keeps the two apart', async () => {
  const [one, other] = [await openShop(), await openShop()];
  const here = await signUp(one, { email: 'lin@example.com' });
  const there = await signUp(other, { email: 'lin@example.com', password: 'another long one' });

  expect(there.user.id).not.toBe(here.user.id);
  expect((await signIn(other, { email: 'lin@example.com' })).data.sessionCreate.token).toBeNull();
  expect(await other.request(ME, {}, here.headers)).toMatchObject({
    status: 401,
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });
});

it.each([
  [
    'a short password',
    { password: 'short pwd' },
    ['input', 'password'],
    /at least 10 characters; this one has 9/,
  ],
  ['a very long password', { password: 'x'.repeat(257) }, ['input', 'password'], /at most 256/],
  [
    'the address as a password',
    { email: 'a.long@example.com', password: 'A.Long@example.com' },
    ['input', 'password'],
    /address/,
  ],
  ['no address', { email: 'ada at example' }, ['input', 'email'], /"ada at example" is no e-mail address/],
  [
    'an address of two lines',
    { email: 'a@example.com\nBcc: b@example.com' },
    ['input', 'email'],
    /no e-mail/,
  ],
  ['a username with spaces', { username: 'a b c' }, ['input', 'username'], /3 to 32/],
  ['a name of two lines', { name: 'a\nb' }, ['input', 'name'], /one line/],
])('refuses %s and says where it stands', async (_, input, path, message) => {
  const shop = await openShop();
  const asked = { email: 'someone@example.com', password: PASSWORD, ...input };
  const { data } = await shop.request(SIGN_UP, { input: asked });

  expect(data.userSignUp).toMatchObject({ token: null, userErrors: [{ code: 'INVALID', path }] });
  expect(data.userSignUp.userErrors[0].message).toMatch(message);
  expect(await shop.db.collection(users).count({}, { limit: 10 })).toBe(0);
});

it('signs in by address or by username, whatever their letters, and remembers when', async () => {
  const shop = await openShop();
  const { user } = await signUp(shop, { email: 'Mary@example.com', username: 'mary' });

  const byEmail = await signIn(shop, { email: ' mary@EXAMPLE.com ' });
  const byName = await signIn(shop, { username: 'MARY' });

  for (const { data } of [byEmail, byName]) {
    expect(data.sessionCreate).toMatchObject({ user: { id: user.id }, userErrors: [] });
    const me = await shop.request(ME, {}, bearer(data.sessionCreate.token));
    expect(me.data.me).toMatchObject({ id: user.id, lastLogin: expect.any(String) });
  }
});

it('gives an unknown account and a wrong password the same answer', async () => {
  const shop = await openShop();
  await signUp(shop, { email: 'known@example.com' });

  const wrong = await signIn(shop, { email: 'known@example.com', password: 'not the password' });
  const unknown = await signIn(shop, { email: 'nobody@example.com', password: 'not the password' });

  expect(wrong.data.sessionCreate).toMatchObject({
    token: null,
    user: null,
    userErrors: [{ code: 'INVALID' }],
  });
  expect([unknown.status, unknown.data, unknown.errors]).toEqual([wrong.status, wrong.data, wrong.errors]);
});

it('does the same work for an unknown account, one without a password, and a wrong password', async () => {
  const shop = await openShop();
  await signUp(shop, { email: 'known@example.com' });
  const { user } = await shop.person();
  const work = async (email: string) => {
    const sent = await commandsOf(() => signIn(shop, { email, password: 'not the password' }));
    return sent.map(({ name, command }) => [name, command[name]]);
  };
  await work('warm@example.com');

  const wrong = await work('known@example.com');
  expect(wrong).toEqual([['find', 'users']]);
  expect(await work('nobody@example.com')).toEqual(wrong);
  expect(await work(user.email)).toEqual(wrong);
});

it('refuses to guess whether an email or a username is meant', async () => {
  const shop = await openShop();
  const both = await signIn(shop, { email: 'a@example.com', username: 'a' });
  const neither = await signIn(shop, {});
  for (const { data } of [both, neither]) {
    expect(data.sessionCreate.userErrors).toMatchObject([{ code: 'INVALID', path: ['input'] }]);
  }
});

it('stores the hash of a password and of a token, and neither of them', async () => {
  const shop = await openShop();
  const { token } = await signUp(shop);

  const user = await shop.db.collection(users).findOne({});
  const session = await shop.db.collection(sessions).findOne({});

  expect(user?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(session?.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify([user, session])).not.toContain(token);
  expect(JSON.stringify([user, session])).not.toContain(PASSWORD);
});
