import { expect, it } from 'vitest';
import { sessions } from '../../src/domains/auth/collections.ts';
import { openSession } from '../../src/domains/auth/sessions.ts';
import { commandsOf, startTestApp } from '../support/app.ts';
import { commandsDuring } from '../support/mongo.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { bearer, type Headers, ME, signUp } from './requests.ts';

const EXTEND = 'mutation { sessionExtend { token expiresAt user { email } userErrors { message } } }';
const DELETE = 'mutation { sessionDelete { token user { id } userErrors { message } } }';
const DAY_MS = 24 * 60 * 60_000;

const me = async (shop: Shop, headers: Headers) => (await shop.request(ME, {}, headers)).data?.me ?? null;

it('signs out at once, and only the session that asked for it', async () => {
  const shop = await openShop();
  const { headers } = await shop.person();
  const other = await shop.person();

  const { data } = await shop.request(DELETE, {}, headers);

  expect(data.sessionDelete).toEqual({ token: null, user: null, userErrors: [] });
  expect(await shop.request(ME, {}, headers)).toMatchObject({
    status: 401,
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });
  expect(await me(shop, other.headers)).toMatchObject({ email: other.user.email });
});

it('asks somebody unknown to sign in first', async () => {
  const shop = await openShop();
  for (const operation of [EXTEND, DELETE]) {
    const { errors } = await shop.request(operation);
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  }
});

it('ends a session after 14 days, later when it is extended, and after 90 days in any case', async () => {
  let now = new Date('2030-01-01T00:00:00Z');
  const shop = await openShop({ app: await startTestApp({}, { now: () => now }) });
  const { headers, token } = await signUp(shop);
  const later = (days: number) => {
    now = new Date(now.getTime() + days * DAY_MS);
  };

  later(13);
  const { data } = await shop.request(EXTEND, {}, headers);
  expect(data.sessionExtend).toMatchObject({ token, expiresAt: '2030-01-28T00:00:00.000Z', userErrors: [] });
  for (let days = 0; days < 75; days += 12.5) {
    later(12.5);
    await shop.request(EXTEND, {}, headers);
  }
  expect(await me(shop, headers)).not.toBeNull();
  later(2.1);
  expect(await me(shop, headers)).toBeNull();
});

it('lets a session that is used last longer, by one write a day, and to its end all the same', async () => {
  let now = new Date('2030-01-01T00:00:00Z');
  const app = await startTestApp({}, { now: () => now });
  const shop = await openShop({ app });
  const { headers } = await signUp(shop);
  const writesAfter = async (days: number) => {
    now = new Date(now.getTime() + days * DAY_MS);
    const sent = await commandsDuring(app.database.client, async () => {
      for (let times = 0; times < 3; times++) expect(await me(shop, headers)).not.toBeNull();
      await expect
        .poll(async () => (await shop.db.collection(sessions).findOne({}))?.expiresAt)
        .toEqual(expiry(now));
    });
    return sent.filter(({ command }) => command.findAndModify === 'sessions').length;
  };
  const started = now.getTime();
  let extended = started;
  const expiry = (at: Date) => {
    if (at.getTime() - extended > DAY_MS) extended = at.getTime();
    return new Date(Math.min(extended + 14 * DAY_MS, started + 90 * DAY_MS));
  };

  expect(await writesAfter(0.9)).toBe(0);
  for (let day = 0; day < 80; day += 8) expect(await writesAfter(8)).toBe(1);
  now = new Date(started + 89.9 * DAY_MS);
  expect(await me(shop, headers)).not.toBeNull();
  now = new Date(started + 90.1 * DAY_MS);
  expect(await me(shop, headers)).toBeNull();
});

it('costs a request one look-up, and the next ones none', async () => {
  const shop = await openShop();
  const { headers } = await shop.person();
  await shop.request('{ shop { name } }');

  const first = await commandsOf(() => shop.request('{ shop { name } }', {}, headers));
  const second = await commandsOf(() => shop.request('{ shop { name } }', {}, headers));

  expect(first.map(({ name, command }) => [name, command.find])).toEqual([['find', 'sessions']]);
  expect(second).toEqual([]);
});

it('finds the shop by the token where no other name is given', async () => {
  const shop = await openShop();
  const { headers } = await shop.person();
  const response = await fetch(`${shop.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: '{ shop { id } }' }),
  });
  expect(await response.json()).toMatchObject({ data: { shop: { id: shop.tenant._id.toHexString() } } });
});

it.each([
  ['a token that nobody made', bearer(`session_${'0'.repeat(24)}_x`), 'UNAUTHENTICATED', /not valid for/],
  [
    'another way to say who one is',
    { authorization: 'Basic YTpi' },
    'UNAUTHENTICATED',
    /authorization: Bearer/,
  ],
  ['an API key in the place of a token', bearer('souk_x_y'), 'UNAUTHENTICATED', /session token is not valid/],
  [
    'two callers in one',
    { ...bearer('x'), 'x-api-key': 'y' },
    'BAD_USER_INPUT',
    /one of authorization, x-api-key and x-operator-key/,
  ],
])('refuses %s', async (_, headers, code, message) => {
  const shop = await openShop();
  const { errors } = await shop.request('{ shop { name } }', {}, headers as Headers);
  expect(errors).toMatchObject([{ extensions: { code }, message: expect.stringMatching(message) }]);
});

it('keeps the newest fifty sessions of a person', async () => {
  const shop = await openShop();
  const { user } = await shop.person();
  for (let opened = 0; opened < 55; opened++) await openSession(shop.db, user);

  expect(await shop.db.collection(sessions).count({ userId: user._id }, { limit: 100 })).toBe(50);
});
