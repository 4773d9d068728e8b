import { expect, it } from 'vitest';
import { startTestApp, testApp } from './support/app.ts';
import { ownRedis } from './support/redis.ts';

const ask = async (url: string) => {
  const response = await fetch(`${url}/readyz`);
  return { status: response.status, ...((await response.json()) as object) };
};

it('says how Redis is, and is ready without it', async () => {
  const redis = await ownRedis();
  const { databaseName } = await testApp();
  const environment = { REDIS_URL: redis.url, LOG_LEVEL: 'silent', MONGODB_DATABASE: databaseName };
  const { url } = await startTestApp(environment);
  expect(await ask(url)).toEqual({ status: 200, ready: true, checks: { mongodb: 'ok', redis: 'ok' } });

  await redis.kill();
  expect(await ask(url)).toEqual({
    status: 200,
    ready: true,
    checks: { mongodb: 'ok', redis: 'does not answer; going on without it' },
  });
});

it('says nothing of a Redis that is not configured, and that there is no backup', async () => {
  const { url } = await testApp();
  expect(await ask(url)).toEqual({ status: 200, ready: true, checks: { mongodb: 'ok' } });

  const verbose = (await (await fetch(`${url}/readyz?verbose`)).json()) as { checks: object };
  expect(verbose.checks).toMatchObject({ backup: 'none; BACKUP_TO is not set' });
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).not.toContain('\nbackup_last_snapshot_timestamp_seconds ');
});
