import { expect, it } from 'vitest';
import { startTestApp, type TestApp, testApp } from '../support/app.ts';
import { ownRedis } from '../support/redis.ts';
import { type Answer, openShop, type Shop } from '../support/shop.ts';
import { PASSWORD, signIn, signUp } from './requests.ts';

const RATE_LIMITED = {
  errors: [{ extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) }, path: ['sessionCreate'] }],
};

/** A process that has counted nothing yet. */
async function freshProcess(environment: Record<string, string> = {}) {
  const { databaseName } = await testApp();
  return startTestApp({ MONGODB_DATABASE: databaseName, ...environment });
}

const wrong = (shop: Shop, email: string) => signIn(shop, { email, password: 'a wrong password' });

const isLimited = ({ errors }: Answer) => errors?.[0]?.extensions.code === 'RATE_LIMITED';

/** How many of so many attempts at once came as far as the password. */
async function letThrough(attempts: number, attempt: (n: number) => Promise<Answer>) {
  const answers = await Promise.all(Array.from({ length: attempts }, (_, n) => attempt(n)));
  return answers.filter((answer) => !isLimited(answer)).length;
}

it('lets an account be tried ten times, then not even with the right password', async () => {
  const app = await freshProcess();
  const shop = await openShop({ app });
  const { user } = await signUp(shop);

  expect(await letThrough(12, () => wrong(shop, user.email))).toBe(10);
  const late = await signIn(shop, { email: user.email.toUpperCase() });
  expect(late).toMatchObject(RATE_LIMITED);
  expect(late.errors?.[0]?.extensions.retryAfter).toBeGreaterThan(60);
  expect(late.errors?.[0]?.extensions.retryAfter).toBeLessThanOrEqual(90);
});

it('counts an account that does not exist the same way', async () => {
  const app = await freshProcess();
  const shop = await openShop({ app });
  expect(await letThrough(12, () => wrong(shop, 'nobody@example.com'))).toBe(10);
});

it('counts per shop, and nothing for who knows the password', async () => {
  const app = await freshProcess();
  const [shop, other] = [await openShop({ app }), await openShop({ app })];
  const email = 'often@example.com';
  await signUp(shop, { email });
  await signUp(other, { email });

  for (let times = 0; times < 12; times++) {
    expect((await signIn(shop, { email })).data.sessionCreate.userErrors).toEqual([]);
  }
  await letThrough(12, () => wrong(shop, email));
  expect((await signIn(other, { email })).data.sessionCreate.userErrors).toEqual([]);
});

it('lets an address try fifty times, over all accounts', async () => {
  const app = await freshProcess();
  const shop = await openShop({ app });
  expect(await letThrough(55, (n) => wrong(shop, `someone${n}@example.com`))).toBe(50);
});

it('counts in Redis for all processes, and to the half in each while Redis is gone', async () => {
  const redis = await ownRedis();
  const first = await freshProcess({ REDIS_URL: redis.url, LOG_LEVEL: 'silent' });
  const second = await freshProcess({ REDIS_URL: redis.url, LOG_LEVEL: 'silent' });
  const shop = await openShop({ app: first });
  const at = ({ url }: TestApp): Shop => ({
    ...shop,
    request: async (query, variables) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-tenant': shop.tenant.subdomain },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, ...JSON.parse(await response.text()) };
    },
  });

  const limited: boolean[] = [];
  for (let n = 0; n < 14; n++) {
    limited.push(isLimited(await wrong(at(n % 2 ? first : second), 'both@example.com')));
  }
  expect(limited.filter(Boolean)).toHaveLength(4);
  await redis.kill();
  expect(await letThrough(8, () => wrong(at(first), 'both@example.com'))).toBe(5);
});

it('limits how often a password is guessed with a stolen session', async () => {
  const app = await freshProcess();
  const shop = await openShop({ app });
  const { headers } = await signUp(shop);
  const query =
    'mutation ($input: PasswordChangeInput!) { passwordChange(input: $input) { userErrors { message } } }';
  const guess = (currentPassword: string) =>
    shop.request(query, { input: { currentPassword, newPassword: 'a wholly new one' } }, headers);

  expect(await letThrough(12, (n) => guess(`guess number ${n}`))).toBe(10);
  expect((await guess(PASSWORD)).errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
});

it('limits how many letters are asked for, whether or not the account is there', async () => {
  const app = await freshProcess();
  const shop = await openShop({ app });
  await signUp(shop, { email: 'victim@example.com' });
  const query =
    'mutation ($input: PasswordResetRequestInput!) { passwordResetRequest(input: $input) { email } }';
  for (const email of ['victim@example.com', 'nobody@example.com']) {
    expect(await letThrough(6, () => shop.request(query, { input: { email } }))).toBe(3);
  }
});
