import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { type Aside, openAside } from '../../../src/platform/cache/aside.ts';
import { Cache, type Loaded } from '../../../src/platform/cache/cache.ts';
import { Changes } from '../../../src/platform/cache/changes.ts';
import { type SharedStore, sharedAnswers, sharedLookUps } from '../../../src/platform/cache/shared-store.ts';
import { createLog } from '../../../src/platform/log.ts';
import { openRedis } from '../../../src/platform/redis/client.ts';
import { atEnd } from '../../support/mongo.ts';
import { type OwnRedis, ownRedis } from '../../support/redis.ts';

const TTL_MS = 5_000;
const NEGATIVE_MS = 2_000;

let redis: OwnRedis;
/** As two processes see it. */
const stores: [SharedStore, SharedStore][] = [];
beforeAll(async () => {
  redis = await ownRedis();
  const handles = await Promise.all([1, 2].map(() => openRedis(redis.url, createLog('silent'))));
  for (const handle of handles) atEnd(handle.close);
  stores.push(
    ...handles.map((handle): [SharedStore, SharedStore] => [sharedLookUps(handle), sharedAnswers(handle)]),
  );
});

const clock = { now: 1_000_000 };
let loads = 0;
beforeEach(async () => {
  loads = 0;
  await redis.ask((client) => client.flushAll());
});

const settings = { name: 'shops', ttlMs: TTL_MS, negativeMs: NEGATIVE_MS, most: 100, now: () => clock.now };
const open = (process: number) =>
  openAside<string | null>({ ...settings, shared: stores[process]?.[0] ?? null });
const loading =
  (value: string | null, ms = 0) =>
  async () => {
    loads += 1;
    await sleep(ms);
    return value;
  };

it('is loaded once, however many ask two processes at once', async () => {
  const [a, b] = [open(0), open(1)];
  const ask = (aside: Aside<string | null>) => aside.find('demo', loading('Demo', 60));
  const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => ask(i % 2 === 0 ? a : b)));
  expect(new Set(answers)).toEqual(new Set(['Demo']));
  expect(loads).toBe(1);
});

it('is loaded once by all who ask one process without Redis', async () => {
  const alone = openAside<string | null>({ ...settings, shared: null });
  await Promise.all([1, 2, 3].map(() => alone.find('demo', loading('Demo', 10))));
  await alone.find('demo', loading('Demo'));
  expect(loads).toBe(1);
});

it('ends a little before its time, and sooner where nothing was found', async () => {
  const aside = open(0);
  const lives = async (key: string, value: string | null) => {
    const began = clock.now;
    await aside.find(key, loading(value));
    const before = loads;
    while (loads === before) {
      clock.now += 10;
      await aside.find(key, loading(value));
    }
    return clock.now - began;
  };
  const lifetimes: number[] = [];
  for (let i = 0; i < 5; i++) lifetimes.push(await lives(`there ${i}`, 'Demo'));
  for (const ms of lifetimes) expect(ms >= 0.9 * TTL_MS && ms <= TTL_MS + 10).toBe(true);
  expect(new Set(lifetimes).size).toBeGreaterThan(1);
  expect(await lives('nobody', null)).toBeLessThanOrEqual(NEGATIVE_MS + 10);
});

it('is not given out by any process that has heard of a change, nor kept when it was read before', async () => {
  const [a, b] = [open(0), open(1)];
  await Promise.all([a, b].map((one) => one.find('demo', loading('Old'))));
  const late = Promise.withResolvers<string>();
  const reading = b.find('other', () => late.promise);
  a.forget();
  b.forget();
  late.resolve('Old');
  await reading;
  for (const key of ['demo', 'other'])
    for (const one of [a, b]) expect(await one.find(key, loading('New'))).toBe('New');
});

it('lets each who waits know that it could not be loaded, and is loaded by the next', async () => {
  const a = open(0);
  const failing = [1, 2].map(() =>
    a.find('demo', async () => {
      throw new Error('no');
    }),
  );
  for (const one of failing) await expect(one).rejects.toThrow('no');
  expect(await a.find('demo', loading('Demo'))).toBe('Demo');
});

/** How often a hot value is made in 40 seconds of two processes; it lives for ten and is due after eight. */
async function madeAhead() {
  const caches = stores.map(([, shared]) => {
    const changes = new Changes(new Map());
    changes.observer.upTo('1', performance.now());
    return new Cache({ changes, shared, now: () => clock.now, mostBytes: 10_000, mostEntryBytes: 5_000 });
  });
  const made = (text: string): Loaded => ({
    ...{ text, tags: [], asOf: '1', at: clock.now },
    ...{ expiresAt: clock.now + 10_000, renewAt: clock.now + 8_000 },
  });
  for (const cache of caches) await cache.remember('home', async () => made('first'));
  const read = async (cache: Cache) => {
    const entry = cache.get('home');
    if (!entry) throw new Error('A reader has to wait');
    await cache.refresh('home', entry, async () => {
      loads += 1;
      return made(`made ${loads} times`);
    });
  };
  for (let passed = 0; passed < 40_000; passed += 250) {
    for (const cache of caches) await read(cache);
    clock.now += 250;
  }
  return { loads, texts: new Set(caches.map((cache) => cache.get('home')?.text)) };
}

it('is made anew ahead by one of two processes, and neither lets a reader wait', async () => {
  const { loads: times, texts } = await madeAhead();
  expect(times >= 4 && times <= 5).toBe(true);
  expect(texts.size).toBe(1);
});

it('is not taken from a Redis that was away when it was to be dropped', async () => {
  const a = open(0);
  await a.find('demo', loading('Old'));
  clock.now += 1;
  redis.freeze();
  a.forget();
  await sleep(200);
  redis.thaw();
  await expect.poll(() => redis.ask((client) => client.ping())).toBe('PONG');
  expect(await a.find('demo', loading('New'))).toBe('New');
});

it('is made anew ahead by each process while Redis is gone', async () => {
  await redis.kill();
  expect((await madeAhead()).loads).toBeGreaterThanOrEqual(8);
});
