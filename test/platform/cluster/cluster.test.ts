import { once } from 'node:events';
import { expect, inject, it } from 'vitest';
import { prepareDatabase } from '../../../scripts/support/prepare-database.ts';
import { startTestApp } from '../../support/app.ts';
import { liveClient } from '../../support/live.ts';
import { openTestDatabase } from '../../support/mongo.ts';
import { ownRedis } from '../../support/redis.ts';
import { ask as askShop, openShop } from '../../support/shop.ts';
import { askAnew, startServe } from './serve-process.ts';

const VERSIONS = `subscription ($id: ID!, $after: String) {
  productChanged(ids: [$id], after: $after) { version resumeToken }
}`;
const RENAME = `mutation ($id: ID!, $name: String!) {
  productUpdate(input: { id: $id, name: $name }) { userErrors { message } }
}`;
const RENAMED = { data: { productUpdate: { userErrors: [] } } };

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

it('stops all processes in time, without failing a request, and subscribers go on where they were', async () => {
  const { _id: id } = await shop.product();
  const headers = { 'x-tenant': shop.tenant.subdomain, ...(await shop.staff()) };
  const rename = async (name: string, at = url) =>
    expect(await askShop(at, { query: RENAME, variables: { id, name } }, headers)).toMatchObject(RENAMED);
  const live = liveClient(url, { params: headers });
  const first = live.listen(VERSIONS, { id, after: await live.resumeToken() });
  await rename('One that is heard of');
  await first.count(1);

  const before = workers();
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const ready = async () => (await fetch(`${url}/readyz`, { headers: { connection: 'close' } })).status;
  await expect.poll(ready).toBe(503);
  expect(await ask('{ __typename }')).toBeOneOf([200, 429]);
  await rename('One while it stops');

  // A process that is not done in ten seconds is killed, and so does not end by itself with 0.
  expect(await exited).toEqual([0, null]);
  for (const pid of before) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(live.closes).toMatchObject([{ code: 1001 }]);

  const app = await startTestApp({ MONGODB_DATABASE: database.name });
  await rename('One that nobody is there for', app.url);
  const after = first.told.at(-1)?.data.productChanged.resumeToken;
  const second = liveClient(app.url, { params: headers }).listen(VERSIONS, { id, after });
  await second.count(3 - first.told.length);
  const versions = [...first.told, ...second.told].map(({ data }) => data.productChanged.version);
  expect(versions).toEqual([2, 3, 4]);
});
