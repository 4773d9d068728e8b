import { expect, it } from 'vitest';
import { passwordTokens, users } from '../../src/domains/auth/collections.ts';
import { idempotencyKeys } from '../../src/platform/idempotency/collections.ts';
import { commandsOf, startTestApp, testApp } from '../support/app.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { bearer, lettersTo, ME, PASSWORD, SIGN_UP, signIn, signUp, tokenIn } from './requests.ts';

const ERRORS = 'userErrors { __typename code message path }';
const CHANGE = `mutation ($input: PasswordChangeInput!) { passwordChange(input: $input) { user { id } ${ERRORS} } }`;
const ASK = `mutation ($input: PasswordResetRequestInput!) { passwordResetRequest(input: $input) { email ${ERRORS} } }`;
const RESET = `mutation ($input: PasswordResetInput!) { passwordReset(input: $input) { token user { email } ${ERRORS} } }`;
const ACCEPT = `mutation ($input: InvitationAcceptInput!) { invitationAccept(input: $input) { token ${ERRORS} } }`;
const NEW = 'a wholly new password';

const isSignedIn = async (shop: Shop, headers: Record<string, string>) =>
  (await shop.request(ME, {}, headers)).errors === undefined;

const resetTokenFor = async (shop: Shop, email: string, letters = 1) => {
  await shop.request(ASK, { input: { email } });
  return tokenIn((await lettersTo(await testApp(), email.trim().toLowerCase(), letters)).at(-1));
};

const reset = async (shop: Shop, input: object) =>
  (await shop.request(RESET, { input: { newPassword: NEW, ...input } })).data.passwordReset;

it('changes a password for who knows the old one, and ends the other sessions', async () => {
  const shop = await openShop();
  const { user, headers } = await signUp(shop);
  const elsewhere = bearer((await signIn(shop, { email: user.email })).data.sessionCreate.token);
  expect(await isSignedIn(shop, elsewhere)).toBe(true);

  const input = { currentPassword: PASSWORD, newPassword: NEW };
  const { data } = await shop.request(CHANGE, { input }, headers);

  expect(data.passwordChange).toEqual({ user: { id: user.id }, userErrors: [] });
  expect(await isSignedIn(shop, headers)).toBe(true);
  expect(await isSignedIn(shop, elsewhere)).toBe(false);
  expect((await signIn(shop, { email: user.email })).data.sessionCreate.token).toBeNull();
  expect((await signIn(shop, { email: user.email, password: NEW })).data.sessionCreate.token).not.toBeNull();
});

it.each([
  ['a wrong old password', { currentPassword: 'something else', newPassword: NEW }, 'currentPassword'],
  ['a short new one', { currentPassword: PASSWORD, newPassword: 'short' }, 'newPassword'],
])('does not change a password for %s', async (_, input, field) => {
  const shop = await openShop();
  const { user, headers } = await signUp(shop);
  const { data } = await shop.request(CHANGE, { input }, headers);

  expect(data.passwordChange).toMatchObject({ user: null, userErrors: [{ path: ['input', field] }] });
  expect((await signIn(shop, { email: user.email })).data.sessionCreate.token).not.toBeNull();
});

it('sends a token by which a new password is set once, and everybody else is signed out', async () => {
  const shop = await openShop();
  const { user, headers } = await signUp(shop, { email: 'forgetful@example.com', name: 'Max' });

  const token = await resetTokenFor(shop, 'Forgetful@example.com ');
  const answer = await reset(shop, { token });

  expect(answer).toMatchObject({ user: { email: 'forgetful@example.com' }, userErrors: [] });
  expect(await isSignedIn(shop, bearer(answer.token))).toBe(true);
  expect(await isSignedIn(shop, headers)).toBe(false);
  expect((await signIn(shop, { email: user.email, password: NEW })).data.sessionCreate.token).not.toBeNull();
  expect(await reset(shop, { token, newPassword: 'yet another password' })).toMatchObject({
    token: null,
    userErrors: [{ code: 'INVALID', path: ['input', 'token'] }],
  });
});

it('greets by name and names the shop in the letter', async () => {
  const shop = await openShop();
  await signUp(shop, { email: 'letter@example.com', name: 'Noor' });
  await resetTokenFor(shop, 'letter@example.com');
  const [letter] = await lettersTo(await testApp(), 'letter@example.com');
  expect(letter).toContain('Hello Noor,');
  expect(letter).toContain(`Subject: Set a new password for ${shop.tenant.name}`);
});

it('uses up every token of the person with one of them', async () => {
  const shop = await openShop();
  await signUp(shop, { email: 'twice@example.com' });
  const first = await resetTokenFor(shop, 'twice@example.com');
  const second = await resetTokenFor(shop, 'twice@example.com', 2);

  expect((await reset(shop, { token: second })).userErrors).toEqual([]);
  expect((await reset(shop, { token: first })).userErrors).toHaveLength(1);
});

it('takes no token for another purpose, of another shop, or after its hour', async () => {
  let now = new Date('2030-01-01T00:00:00Z');
  const app = await startTestApp({}, { now: () => now });
  const [shop, other] = [await openShop({ app }), await openShop({ app })];
  await signUp(shop, { email: 'bound@example.com' });
  await signUp(other, { email: 'bound@example.com' });
  await shop.request(ASK, { input: { email: 'bound@example.com' } });
  const token = tokenIn((await lettersTo(app, 'bound@example.com'))[0]);

  const accept = await shop.request(ACCEPT, { input: { token, password: NEW } });
  expect(accept.data.invitationAccept.userErrors).toHaveLength(1);
  expect((await reset(other, { token })).userErrors).toHaveLength(1);
  now = new Date('2030-01-01T01:00:00Z');
  expect((await reset(shop, { token })).userErrors).toHaveLength(1);
  now = new Date('2030-01-01T00:59:59Z');
  expect((await reset(shop, { token })).userErrors).toEqual([]);
});

it('stores of a token only its hash', async () => {
  const shop = await openShop();
  await signUp(shop, { email: 'hashed@example.com' });
  const token = await resetTokenFor(shop, 'hashed@example.com');

  const stored = await shop.db.collection(passwordTokens).findOne({});
  const calls = await shop.db.collection(idempotencyKeys).find({}, { limit: 10 });

  expect(stored?.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify([stored, calls])).not.toContain(token.slice(-40));
});

it('answers alike, by the same commands, whether or not an address is an account’s', async () => {
  const shop = await openShop();
  await signUp(shop, { email: 'there@example.com' });
  const ask = async (email: string) => {
    let answer: unknown;
    const sent = await commandsOf(async () => {
      answer = (await shop.request(ASK, { input: { email } })).data.passwordResetRequest;
    });
    return { answer, sent: sent.map(({ name, command }) => [name, command[name]]) };
  };
  await ask('warm@example.com');

  const [known, unknown] = [await ask('there@example.com'), await ask('nobody@example.com')];

  expect(known.answer).toEqual({ email: 'there@example.com', userErrors: [] });
  expect(unknown.answer).toEqual({ email: 'nobody@example.com', userErrors: [] });
  expect(unknown.sent).toEqual(known.sent);
});

it('sends no second letter for a repeat', async () => {
  const shop = await openShop();
  const email = 'once@example.com';
  await signUp(shop, { email });
  for (let repeat = 0; repeat < 2; repeat++)
    await shop.request(ASK, { input: { email, idempotencyKey: 'one' } });
  await resetTokenFor(shop, email, 2);

  expect(await lettersTo(await testApp(), email)).toHaveLength(2);
});

it('signs a repeat of a sign-up in again, with a token of its own, and keeps none', async () => {
  const shop = await openShop();
  const input = { email: 'repeat@example.com', password: PASSWORD, idempotencyKey: 'sign-up-1' };
  const ask = async (more = {}) =>
    (await shop.request(SIGN_UP, { input: { ...input, ...more } })).data.userSignUp;

  const [first, second] = [await ask(), await ask()];

  expect(second.user).toEqual(first.user);
  expect(second.userErrors).toEqual([]);
  expect(second.token).not.toBe(first.token);
  expect(await isSignedIn(shop, bearer(first.token))).toBe(true);
  expect(await isSignedIn(shop, bearer(second.token))).toBe(true);
  expect(await shop.db.collection(users).count({}, { limit: 10 })).toBe(1);
  const kept = JSON.stringify(await shop.db.collection(idempotencyKeys).find({}, { limit: 10 }));
  expect(kept).not.toContain('session_');
  expect(kept).not.toContain('argon2');
  // Another password, or another name, under the same key is another call.
  for (const more of [{ password: 'another password' }, { name: 'Another' }]) {
    expect(await ask(more)).toMatchObject({ token: null, userErrors: [{ code: 'IDEMPOTENCY_MISMATCH' }] });
  }
});

it('gives a repeat of a password change its first answer, if the password is the same', async () => {
  const shop = await openShop();
  const { headers } = await signUp(shop);
  const input = { currentPassword: PASSWORD, newPassword: NEW, idempotencyKey: 'change-1' };
  const ask = async (more = {}) =>
    (await shop.request(CHANGE, { input: { ...input, ...more } }, headers)).data.passwordChange;

  const first = await ask();
  expect(first.userErrors).toEqual([]);
  expect(await ask()).toEqual(first);
  expect(await ask({ newPassword: 'not the same one' })).toMatchObject({
    userErrors: [{ code: 'IDEMPOTENCY_MISMATCH' }],
  });
});

it('gives a repeat of a reset another session, if the password is the same', async () => {
  const shop = await openShop();
  await signUp(shop, { email: 'again@example.com' });
  const token = await resetTokenFor(shop, 'again@example.com');

  const first = await reset(shop, { token, idempotencyKey: 'reset-1' });
  const second = await reset(shop, { token, idempotencyKey: 'reset-1' });
  const other = await reset(shop, { token, idempotencyKey: 'reset-1', newPassword: 'not the same one' });

  expect(await isSignedIn(shop, bearer(first.token))).toBe(true);
  expect(await isSignedIn(shop, bearer(second.token))).toBe(true);
  expect(other.userErrors).toMatchObject([{ code: 'IDEMPOTENCY_MISMATCH' }]);
});
