import { expect, it } from 'vitest';
import { startTestApp } from './support/app.ts';
import { ownRedis } from './support/redis.ts';

const ask = async (url: string) => {
  const response = await fetch(`${url}/readyz`);
  return { status: response.status, ...((await response.json()) as object) };
};

it('says how Redis is, and is ready without it', async () => {
  const redis = await ownRedis();
  const { url } = await startTestApp({ REDIS_URL: redis.url, LOG_LEVEL: 'silent' });
  expect(await ask(url)).toEqual({ status: 200, ready: true, checks: { mongodb: 'ok', redis: 'ok' } });

  await redis.kill();
  expect(await ask(url)).toEqual({
    status: 200,
    ready: true,
    checks: { mongodb: 'ok', redis: 'does not answer; going on without it' },
  });
});

it('says nothing of a Redis that is not configured', async () => {
  const { url } = await startTestApp();
  expect(await ask(url)).toEqual({ status: 200, ready: true, checks: { mongodb: 'ok' } });
});
