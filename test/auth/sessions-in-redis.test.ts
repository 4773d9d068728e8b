import { expect, it } from 'vitest';
import { type Session, sessions } from '../../src/domains/auth/collections.ts';
import { openSessionStore } from '../../src/domains/auth/session-store.ts';
import { createLog } from '../../src/platform/log.ts';
import { openRedis } from '../../src/platform/redis/client.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { commandsDuring } from '../support/mongo.ts';
import { type OwnRedis, ownRedis } from '../support/redis.ts';
import { ask, openShop } from '../support/shop.ts';
import { type Headers, signUp } from './requests.ts';

const ME = '{ me { email roles } }';
const SIGN_OUT = 'mutation { sessionDelete { userErrors { message } } }';
const SET_ROLES =
  'mutation ($input: UserRolesSetInput!) { userRolesSet(input: $input) { userErrors { message } } }';

/** Two processes of one deployment; the second has heard of nothing when a test begins. */
async function twoProcesses(redis: OwnRedis) {
  const first = await startTestApp({ REDIS_URL: redis.url });
  const second = () => startTestApp({ REDIS_URL: redis.url, MONGODB_DATABASE: first.databaseName });
  return { shop: await openShop({ app: first }), second };
}

const asked = async ({ url }: TestApp, query: string, headers: Headers) => {
  const { data, errors } = await ask(url, { query }, headers);
  return data ?? errors?.[0]?.extensions.code;
};

const sessionReads = async (app: TestApp, work: () => Promise<unknown>) => {
  const sent = await commandsDuring(app.database.client, work);
  return sent.filter(({ command }) => command.find === 'sessions').length;
};

it('lets every process know a session by one look into Redis, where no token is', async () => {
  const redis = await ownRedis();
  const { shop, second } = await twoProcesses(redis);
  const { headers, token, user } = await signUp(shop);
  const other = await second();

  const reads = await sessionReads(other, async () => {
    expect(await asked(other, ME, headers)).toEqual({ me: { email: user.email, roles: ['CUSTOMER'] } });
  });

  expect(reads).toBe(0);
  const [key = '', ...others] = await redis.ask((client) => client.keys('souk:*:session:*'));
  expect(others).toEqual([]);
  expect(key).toContain(shop.tenant._id.toHexString());
  const lasts = await redis.ask((client) => client.ttl(key));
  expect(lasts).toBeGreaterThan(0);
  expect(lasts).toBeLessThanOrEqual(60);
  const copy = await redis.ask((client) => client.hGetAll(key));
  expect(JSON.stringify([key, copy])).not.toContain(token.slice(-40));
});

it('signs out of every process, though Redis had a copy', async () => {
  const redis = await ownRedis();
  const { shop, second } = await twoProcesses(redis);
  const { headers } = await signUp(shop);
  const other = await second();

  await shop.request(SIGN_OUT, {}, headers);

  expect(await asked(other, ME, headers)).toBe('UNAUTHENTICATED');
});

it('does not let a process that read a session before it ended write the old copy back', async () => {
  const redis = await ownRedis();
  const { shop } = await twoProcesses(redis);
  const { headers } = await signUp(shop);
  const read = await shop.db.collection(sessions).findOne({});
  await shop.request(SIGN_OUT, {}, headers);
  const handle = await openRedis(redis.url, createLog('silent'));

  await openSessionStore(handle).keep(read as Session);
  await handle.close();

  const [key = ''] = await redis.ask((client) => client.keys('souk:*:session:*'));
  expect(await redis.ask((client) => client.hGetAll(key))).toEqual({ ask: '1' });
});

it('lets roles count in every process from the next look on', async () => {
  const redis = await ownRedis();
  const { shop, second } = await twoProcesses(redis);
  const { user, headers } = await signUp(shop);
  const owner = await shop.person('OWNER');
  const other = await second();

  await shop.request(SET_ROLES, { input: { userId: user.id, roles: ['SUPPORT'] } }, owner.headers);

  expect(await asked(other, '{ users { nodes { id } } }', headers)).toEqual({
    users: { nodes: expect.arrayContaining([{ id: user.id }]) },
  });
});

it.each<[string, (redis: OwnRedis) => unknown]>([
  ['emptied', (redis) => redis.ask((client) => client.flushAll())],
  ['frozen', (redis) => redis.freeze()],
  ['gone', (redis) => redis.kill()],
  ['restarted empty', (redis) => redis.kill().then(redis.restart)],
])('signs nobody out when Redis is %s, and goes on signing people in', async (_, harm) => {
  const redis = await ownRedis();
  const { shop, second } = await twoProcesses(redis);
  const before = await signUp(shop);
  const other = await second();

  await harm(redis);
  const after = await signUp(shop);

  expect(await asked(other, ME, before.headers)).toMatchObject({ me: { email: before.user.email } });
  expect(await asked(other, ME, after.headers)).toMatchObject({ me: { email: after.user.email } });
});

it('starts without its Redis, and uses it when it comes', async () => {
  const redis = await ownRedis();
  await redis.kill();
  const app = await startTestApp({ REDIS_URL: redis.url, LOG_LEVEL: 'silent' });
  const shop = await openShop({ app });
  const { headers } = await signUp(shop);
  expect(await asked(app, ME, headers)).toHaveProperty('me.email');

  await redis.restart();
  await expect
    .poll(async () => {
      await signUp(shop);
      return redis.ask((client) => client.keys('souk:*:session:*'));
    })
    .not.toEqual([]);
});
