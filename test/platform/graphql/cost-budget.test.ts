import { describe, expect, it } from 'vitest';
import { openBudget } from '../../../src/platform/limits/budget.ts';
import { memoryBuckets, openBuckets, type TokenBuckets } from '../../../src/platform/limits/token-bucket.ts';
import { createLog } from '../../../src/platform/log.ts';
import { openRedis } from '../../../src/platform/redis/client.ts';
import { startTestApp } from '../../support/app.ts';
import { atEnd } from '../../support/mongo.ts';
import { ownRedis } from '../../support/redis.ts';
import { type Answer, openShop, type Shop } from '../../support/shop.ts';

/** Costs 52 although it answers nothing: what ends in an error is paid in full. */
const DEAR = '{ products(first: 50, after: "nonsense") { nodes { name } } }';
const SIZE = 5_000;

/** Asks until the budget is empty, and answers what was said then. */
async function exhaust(shop: Shop, headers: Record<string, string> = {}) {
  for (let times = 1; times < 200; times++) {
    const response = await fetch(`${shop.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-tenant': shop.tenant.subdomain, ...headers },
      body: JSON.stringify({ query: DEAR }),
    });
    if (response.status !== 429) continue;
    const { errors, data } = (await response.json()) as Answer;
    return { times, retryAfter: response.headers.get('retry-after'), errors: errors ?? [], data };
  }
  throw new Error('The budget has no end');
}

describe('a caller whose budget is empty', () => {
  it('is told when to come again, and nobody else has to', async () => {
    const [shop, other] = [await openShop({ plan: 'FREE' }), await openShop({ plan: 'FREE' })];
    const key = await shop.staff();
    const { times, retryAfter, errors, data } = await exhaust(shop);
    expect(times).toBeGreaterThan(SIZE / 52 - 1);
    expect(data).toBeUndefined();
    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toMatch(
      /^This operation costs 52, and \d+ of the budget are left; try again in 1 s$/,
    );
    expect(errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: 1, requested: 52 });
    expect(retryAfter).toBe('1');

    expect((await shop.request('{ products { nodes { name } } }', {}, key)).status).toBe(200);
    expect((await other.request('{ products { nodes { name } } }')).status).toBe(200);
  });

  it('may be a key, a person or an address', async () => {
    const shop = await openShop({ plan: 'FREE' });
    const [key, otherKey] = [await shop.staff(), await shop.staff()];
    const { headers: person } = await shop.person();
    for (const caller of [key, person, {}])
      expect((await exhaust(shop, caller)).errors[0]?.extensions.code).toBe('RATE_LIMITED');
    expect((await shop.request(DEAR, {}, otherKey)).status).toBe(200);
  });

  it('has paid nothing for what was refused as it stands', async () => {
    const shop = await openShop({ plan: 'FREE' });
    const tooDear = '{ products(first: 100) { nodes { reviews(first: 100) { nodes { rating } } } } }';
    for (let times = 0; times < 10; times++) expect((await shop.request(tooDear)).status).toBe(400);
    const { extensions } = await shop.request('{ shop { name } }');
    expect(extensions?.cost.available).toBe(SIZE - 2);
  });
});

// Where the machine is busy, Redis may answer too late, and counts as away.
it('is shared by all processes of the API', { retry: 2 }, async () => {
  const redis = await ownRedis();
  const environment = { REDIS_URL: redis.url };
  const first = await startTestApp(environment);
  const shop = await openShop({ plan: 'FREE', app: first });
  const second = await startTestApp({ ...environment, MONGODB_DATABASE: first.databaseName });
  await exhaust(shop);
  const { times } = await exhaust({ ...shop, url: second.url });
  expect(times).toBeLessThan(SIZE / 52 / 2);
});

describe('a budget', () => {
  const BUCKET = { size: 1_000, perSecond: 50 };
  const account = (key: string) => ({ key, bucket: BUCKET });

  it('comes back with time, to its size and no further', async () => {
    let now = 1_000_000;
    const clock = () => now;
    const budget = openBudget(memoryBuckets(clock), false, clock);
    const mine = account('mine');
    expect(await budget.pay(mine, 1_000)).toEqual({ allowed: true, retryAfter: 0 });
    expect(budget.available(mine)).toBe(0);
    expect(await budget.pay(mine, 1)).toEqual({ allowed: false, retryAfter: 1 });
    expect(await budget.pay(mine, 200)).toEqual({ allowed: false, retryAfter: 4 });
    now += 4_000;
    expect(await budget.pay(mine, 200)).toEqual({ allowed: true, retryAfter: 0 });
    now += 3_600_000;
    expect(budget.available(mine)).toBe(1_000);
  });

  it('takes back what was paid too much, and asks for what was paid too little', async () => {
    const clock = () => 1_000_000;
    const budget = openBudget(memoryBuckets(clock), false, clock);
    const mine = account('mine');
    await budget.pay(mine, 900);
    budget.refund(mine, 600);
    expect(budget.available(mine)).toBe(700);
    budget.refund(mine, -150);
    expect(budget.available(mine)).toBe(550);
    expect((await budget.pay(mine, 551)).allowed).toBe(false);
    expect((await budget.pay(mine, 550)).allowed).toBe(true);
    budget.refund(mine, -5_000);
    expect(budget.available(mine)).toBe(0);
  });

  /** Budgets of several processes on one Redis, and how often they ask it. */
  async function processes(count: number) {
    const redis = await ownRedis();
    let asked = 0;
    const opened = await Promise.all(
      Array.from({ length: count }, async () => {
        const handle = await openRedis(redis.url, createLog('silent'));
        atEnd(handle.close);
        const buckets = openBuckets(handle);
        const counting: TokenBuckets = {
          take: (...demands) => {
            asked += 1;
            return buckets.take(...demands);
          },
        };
        return openBudget(counting, true);
      }),
    );
    return { redis, budgets: opened, asked: () => asked };
  }

  async function payUntilRefused(budgets: ReturnType<typeof openBudget>[], cost: number, size = BUCKET) {
    let paid = 0;
    const payer = async (budget: ReturnType<typeof openBudget>) => {
      while ((await budget.pay({ key: 'shared', bucket: size }, cost)).allowed) paid += cost;
    };
    await Promise.all(budgets.flatMap((budget) => [payer(budget), payer(budget), payer(budget)]));
    return paid;
  }

  it('is one budget for all processes, to within a slice of 1 % for each', async () => {
    const { budgets } = await processes(3);
    const still = { size: 1_000, perSecond: 0.001 };
    const paid = await payUntilRefused(budgets, 5, still);
    expect(paid).toBeGreaterThanOrEqual(1_000 - 3 * 10);
    expect(paid).toBeLessThanOrEqual(1_000 + 3 * 10);
  });

  it('asks Redis for slices, and not for each operation', async () => {
    const { budgets, asked } = await processes(1);
    const large = { key: 'large', bucket: { size: 250_000, perSecond: 100_000 } };
    for (let times = 0; times < 2_000; times++) {
      expect((await budgets[0]?.pay(large, 5))?.allowed).toBe(true);
      budgets[0]?.refund(large, 1);
    }
    expect(asked()).toBeLessThan(20);
  });

  it('gives back what it does not use', async () => {
    const { budgets } = await processes(2);
    const still = { size: 1_000, perSecond: 0.001 };
    const mine = { key: 'shared', bucket: still };
    for (const budget of budgets) {
      await budget.pay(mine, 500);
      budget.refund(mine, 490);
    }
    const paid = await payUntilRefused(budgets, 5, still);
    expect(paid).toBeGreaterThanOrEqual(980 - 2 * 20);
    expect(paid).toBeLessThanOrEqual(980 + 2 * 10);
  });

  it('is half as large in each process while Redis is away', async () => {
    const { redis, budgets } = await processes(1);
    await redis.kill();
    const paid = await payUntilRefused(budgets, 5, { size: 1_000, perSecond: 0.001 });
    expect(paid).toBeGreaterThanOrEqual(500 - 10);
    expect(paid).toBeLessThanOrEqual(500 + 10);
  });
});
