import { once } from 'node:events';
import { expect, inject, it } from 'vitest';
import { prepareDatabase } from '../../../scripts/support/prepare-database.ts';
import { openTestDatabase } from '../../support/mongo.ts';
import { ownRedis } from '../../support/redis.ts';
import { openShop } from '../../support/shop.ts';
import { askAnew, startServe } from './serve-process.ts';

const database = await openTestDatabase();
await prepareDatabase(inject('mongoUri'), database.name);
const redis = await ownRedis();
const server = await startServe({
  MONGODB_URI: inject('mongoUri'),
  MONGODB_DATABASE: database.name,
  REDIS_URL: redis.url,
  PROCESSES: '2',
});
const { child, url, workers } = server;
const shop = await openShop({ plan: 'FREE', app: { database, url } });
const ask = (query = '{ shop { name } }') => askAnew(url, shop.tenant.subdomain, query);

it('answers by each of its processes', async () => {
  expect(workers()).toHaveLength(2);
  for (const frozen of workers()) {
    process.kill(frozen, 'SIGSTOP');
    // One of them may be waiting for the frozen process; then it is the other that answers.
    const asked = Array.from({ length: 4 }, () => ask());
    expect(await Promise.any(asked)).toBe(200);
    process.kill(frozen, 'SIGCONT');
    expect(await Promise.all(asked)).toEqual([200, 200, 200, 200]);
  }
});

it('counts what a caller has used in all processes together', async () => {
  /** Costs 102 of the 5,000 there are, whatever comes of it. */
  const dear = '{ products(first: 100, after: "nonsense") { nodes { name } } }';
  let allowed = 0;
  while ((await ask(dear)) !== 429) allowed += 1;
  expect(allowed).toBeGreaterThan(40);
  expect(allowed).toBeLessThan(80);
});

it('replaces a process that is killed', async () => {
  const [killed = 0, left = 0] = workers();
  process.kill(killed, 'SIGKILL');
  const others = () => workers().filter((pid) => pid !== killed && pid !== left);
  await expect.poll(others, { timeout: 15_000 }).toHaveLength(1);
  await expect.poll(() => server.lines.join('\n')).toContain('a worker ended, and is replaced');
  expect(await ask('{ __typename }')).toBeOneOf([200, 429]);
});

it('stops all processes, without failing a request', async () => {
  const before = workers();
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const ready = async () => (await fetch(`${url}/readyz`, { headers: { connection: 'close' } })).status;
  await expect.poll(ready).toBe(503);
  expect(await ask('{ __typename }')).toBeOneOf([200, 429]);

  expect(await exited).toEqual([0, null]);
  for (const pid of before) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
