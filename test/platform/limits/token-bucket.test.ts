import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryBuckets, openBuckets, type TokenBuckets } from '../../../src/platform/limits/token-bucket.ts';
import { createLog } from '../../../src/platform/log.ts';
import { openRedis } from '../../../src/platform/redis/client.ts';
import { atEnd } from '../../support/mongo.ts';
import { ownRedis } from '../../support/redis.ts';

/** Gives nothing back within a test. */
const slow = (size: number) => ({ size, perSecond: size / 1_000_000 });

let names = 0;
const newKey = () => {
  names += 1;
  return `test ${names}`;
};

async function inRedis() {
  const redis = await ownRedis();
  const open = async () => {
    const handle = await openRedis(redis.url, createLog('silent'));
    atEnd(handle.close);
    return openBuckets(handle);
  };
  return { redis, first: await open(), second: await open() };
}

const KINDS: [string, () => Promise<TokenBuckets>][] = [
  ['in this process', async () => openBuckets(null)],
  ['in Redis', async () => (await inRedis()).first],
];

describe.each(KINDS)('a bucket %s', (_, open) => {
  it('gives what it holds to those who come at once, and then says when to come again', async () => {
    const buckets = await open();
    const demand = { key: newKey(), bucket: { size: 5, perSecond: 0.01 }, tokens: 1 };

    const answers = await Promise.all(Array.from({ length: 8 }, () => buckets.take(demand)));

    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(5);
    const refused = answers.find(({ allowed }) => !allowed);
    expect(refused?.retryAfter).toBeGreaterThan(90);
    expect(refused?.retryAfter).toBeLessThanOrEqual(100);
  });

  it('gives from all buckets or from none', async () => {
    const buckets = await open();
    const [full, empty] = [newKey(), newKey()];
    await buckets.take({ key: empty, bucket: slow(2), tokens: 2 });

    const both = await buckets.take(
      { key: full, bucket: slow(10), tokens: 4 },
      { key: empty, bucket: slow(2), tokens: 1 },
    );

    expect(both.allowed).toBe(false);
    expect(Math.round(both.left[0] ?? 0)).toBe(10);
    const alone = await buckets.take({ key: full, bucket: slow(10), tokens: 10 });
    expect(alone).toMatchObject({ allowed: true, retryAfter: 0 });
  });

  it('takes tokens back, and holds no more than its size', async () => {
    const buckets = await open();
    const key = newKey();
    await buckets.take({ key, bucket: slow(10), tokens: 8 });
    const back = await buckets.take({ key, bucket: slow(10), tokens: -100 });
    expect(back).toMatchObject({ allowed: true, left: [10] });
  });

  it('never gives more than it holds, and says that it never will', async () => {
    const buckets = await open();
    const answer = await buckets.take({ key: newKey(), bucket: slow(10), tokens: 11 });
    expect(answer).toMatchObject({ allowed: false, retryAfter: Number.POSITIVE_INFINITY, left: [10] });
  });

  it('fills again with time', async () => {
    const buckets = await open();
    const demand = { key: newKey(), bucket: { size: 1, perSecond: 20 }, tokens: 1 };
    await buckets.take(demand);
    expect((await buckets.take(demand)).allowed).toBe(false);
    await expect.poll(async () => (await buckets.take(demand)).allowed, { interval: 60 }).toBe(true);
  });
});

// Where the machine is busy, Redis may answer too late, and counts as away.
it('is exact for fifty who come at once to two processes', { retry: 2 }, async () => {
  const { first, second } = await inRedis();
  const demand = { key: newKey(), bucket: slow(30), tokens: 1 };
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) => (n % 2 ? first : second).take(demand)),
  );
  expect(answers.filter(({ allowed }) => allowed)).toHaveLength(30);
});

it('lets Redis forget a bucket that is full again', async () => {
  const { redis, first } = await inRedis();
  const key = newKey();
  await first.take({ key, bucket: { size: 10, perSecond: 1 }, tokens: 1 });
  const lasts = await redis.ask((client) => client.pTTL(`souk:bucket:${key}`));
  expect(lasts).toBeGreaterThan(0);
  expect(lasts).toBeLessThanOrEqual(11_000);
});

it.each([
  ['gone', 'kill'],
  ['frozen', 'freeze'],
] as const)(
  'gives half in each process while Redis is %s, and all at once what only a whole bucket holds',
  async (_, harm) => {
    const { redis, first, second } = await inRedis();
    await redis[harm]();
    const demand = { key: newKey(), bucket: slow(10), tokens: 1 };
    for (const buckets of [first, second]) {
      const answers = await Promise.all(Array.from({ length: 8 }, () => buckets.take(demand)));
      expect(answers.filter(({ allowed }) => allowed)).toHaveLength(5);
    }
    const whole = { key: newKey(), bucket: slow(10), tokens: 10 };
    expect(await first.take(whole)).toMatchObject({ allowed: true });
  },
);

it('gives in any time no more than its size and what came back', async () => {
  const steps = fc.array(fc.tuple(fc.nat({ max: 5_000 }), fc.integer({ min: 0, max: 12 })), {
    maxLength: 50,
  });
  const property = fc.asyncProperty(steps, async (moves) => {
    let now = 0;
    const buckets = memoryBuckets(() => now);
    let given = 0;
    for (const [pause, tokens] of moves) {
      now += pause;
      const { allowed } = await buckets.take({ key: 'k', bucket: { size: 10, perSecond: 2 }, tokens });
      if (allowed) given += tokens;
      expect(given).toBeLessThanOrEqual(10 + (now / 1000) * 2 + 1e-9);
    }
  });
  await fc.assert(property);
});
