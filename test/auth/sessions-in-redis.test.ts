import { beforeAll, expect, it } from 'vitest';
import { type Session, sessions } from '../../src/domains/auth/collections.ts';
import { openSessionStore } from '../../src/domains/auth/session-store.ts';
import { createLog } from '../../src/platform/log.ts';
import { openRedis } from '../../src/platform/redis/client.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { commandsDuring } from '../support/mongo.ts';
import { type OwnRedis, ownRedis } from '../support/redis.ts';
import { ask, openShop, type Shop } from '../support/shop.ts';
import { type Headers, signUp } from './requests.ts';

const ME = '{ me { email roles } }';
const SIGN_OUT = 'mutation { sessionDelete { userErrors { message } } }';
const SET_ROLES =
  'mutation ($input: UserRolesSetInput!) { userRolesSet(input: $input) { userErrors { message } } }';

let first: TestApp;
let redis: OwnRedis;
beforeAll(async () => {
  redis = await ownRedis();
  first = await startTestApp({ REDIS_URL: redis.url, LOG_LEVEL: 'silent' });
});

/** Another process of the same deployment, which has heard of nothing yet. */
const another = () =>
  startTestApp({ REDIS_URL: redis.url, MONGODB_DATABASE: first.databaseName, LOG_LEVEL: 'silent' });

const copiesOf = ({ tenant }: Shop) => redis.ask((client) => client.keys(`souk:${tenant._id}:session:*`));

const asked = async ({ url }: TestApp, query: string, headers: Headers) => {
  const { data, errors } = await ask(url, { query }, headers);
  return data ?? errors?.[0]?.extensions.code;
};

const sessionReads = async (app: TestApp, work: () => Promise<unknown>) => {
  const sent = await commandsDuring(app.database.client, work);
  return sent.filter(({ command }) => command.find === 'sessions').length;
};

it('lets every process know a session by one look into Redis, where no token is', async () => {
  const shop = await openShop({ app: first });
  const { headers, token, user } = await signUp(shop);
  const other = await another();

  const reads = await sessionReads(other, async () => {
    expect(await asked(other, ME, headers)).toEqual({ me: { email: user.email, roles: ['CUSTOMER'] } });
  });

  expect(reads).toBe(0);
  const [key = '', ...others] = await copiesOf(shop);
  expect(others).toEqual([]);
  const lasts = await redis.ask((client) => client.ttl(key));
  expect(lasts).toBeGreaterThan(0);
  expect(lasts).toBeLessThanOrEqual(60);
  const copy = await redis.ask((client) => client.hGetAll(key));
  expect(JSON.stringify([key, copy])).not.toContain(token.slice(-40));
});

it('signs out of every process, though Redis had a copy', async () => {
  const shop = await openShop({ app: first });
  const { headers } = await signUp(shop);
  const other = await another();

  await shop.request(SIGN_OUT, {}, headers);

  expect(await asked(other, ME, headers)).toBe('UNAUTHENTICATED');
});

it('does not let a process that read a session before it ended write the old copy back', async () => {
  const shop = await openShop({ app: first });
  const { headers } = await signUp(shop);
  const read = await shop.db.collection(sessions).findOne({});
  await shop.request(SIGN_OUT, {}, headers);
  const handle = await openRedis(redis.url, createLog('silent'));

  await openSessionStore(handle).keep(read as Session);
  await handle.close();

  const [key = ''] = await copiesOf(shop);
  expect(await redis.ask((client) => client.hGetAll(key))).toEqual({ ask: '1' });
});

it('does not renew a copy by reading it', async () => {
  const shop = await openShop({ app: first });
  const { headers } = await signUp(shop);
  const [key = ''] = await copiesOf(shop);
  await redis.ask((client) => client.pExpire(key, 30_000));

  await asked(await another(), ME, headers);

  expect(await redis.ask((client) => client.pTTL(key))).toBeLessThanOrEqual(30_000);
});

it('lets roles count in every process from the next look on', async () => {
  const shop = await openShop({ app: first });
  const { user, headers } = await signUp(shop);
  const owner = await shop.person('OWNER');
  const other = await another();

  await shop.request(SET_ROLES, { input: { userId: user.id, roles: ['SUPPORT'] } }, owner.headers);

  expect(await asked(other, '{ users { nodes { id } } }', headers)).toEqual({
    users: { nodes: expect.arrayContaining([{ id: user.id }]) },
  });
});

it.each<[string, () => unknown, () => unknown]>([
  ['emptied', () => redis.ask((client) => client.flushAll()), () => {}],
  ['frozen', () => redis.freeze(), () => redis.thaw()],
  ['gone', () => redis.kill(), () => redis.restart()],
  ['restarted empty', () => redis.kill().then(redis.restart), () => {}],
])('signs nobody out when Redis is %s, and goes on signing people in', async (_, harm, repair) => {
  const shop = await openShop({ app: first });
  const before = await signUp(shop);
  const other = await another();

  await harm();
  try {
    const after = await signUp(shop);
    expect(await asked(other, ME, before.headers)).toMatchObject({ me: { email: before.user.email } });
    expect(await asked(other, ME, after.headers)).toMatchObject({ me: { email: after.user.email } });
  } finally {
    await repair();
  }
});

it('starts without its Redis, and uses it when it comes', async () => {
  await redis.kill();
  const app = await another();
  const shop = await openShop({ app });
  const { headers } = await signUp(shop);
  expect(await asked(app, ME, headers)).toHaveProperty('me.email');

  await redis.restart();
  await expect
    .poll(
      async () => {
        await signUp(shop);
        return copiesOf(shop);
      },
      { timeout: 10_000 },
    )
    .not.toEqual([]);
});
