import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ObjectId } from 'mongodb';
import { expect, inject, it, onTestFinished } from 'vitest';
import { webhookDeliveries, webhookFeed } from '../../src/domains/webhooks/collections.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { openShop } from '../support/shop.ts';
import { openReceiver, type Received } from './receiver.ts';
import { createWebhook, tellOrder } from './requests.ts';
import { openWorker } from './workers.ts';

const RUNNER = fileURLToPath(new URL('worker-runner.ts', import.meta.url));
const EVENTS = ['ORDER_NOTED'];
const SUBJECTS = 6;
const EACH = 18;
const WORKERS = 3;

/** Workers in processes of their own, all of them up; gone when the test is over. */
async function startWorkers(database: string): Promise<ChildProcess[]> {
  const children = Array.from({ length: WORKERS }, () =>
    spawn(process.execPath, [RUNNER, inject('mongoUri'), database], {
      env: { ...process.env, NODE_COMPILE_CACHE: 'node_modules/.cache/node' },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  onTestFinished(() => {
    for (const child of children) child.kill('SIGKILL');
  });
  await Promise.all(children.map(({ stdout }) => once(stdout, 'data')));
  return children;
}

const numbersOf = (got: Received[]) => got.map(({ body }) => Number(body.data.number));

it('loses nothing and keeps the order of each subject when workers are killed at random points', {
  timeout: 120_000,
}, async () => {
  const { database, databaseName } = await testApp();
  const shop = await openShop();
  const receiver = await openReceiver();
  // So that something is under way at any moment.
  receiver.answer = (_, response) => void setTimeout(() => response.writeHead(204).end(), 20);
  const created = await Promise.all(
    [1, 2].map(() => createWebhook(shop, { url: receiver.url, events: EVENTS })),
  );
  const subjects = Array.from({ length: SUBJECTS }, () => new ObjectId());
  const workers = await startWorkers(databaseName);
  const count = created.length * SUBJECTS * EACH;

  const writing = subjects.map(async (subject) => {
    for (let n = 1; n <= EACH; n++) await tellOrder(shop.db, subject, `${n}`);
  });
  for (let kill = 0; kill < WORKERS - 1; kill++) {
    const point = ((kill + Math.random()) * count) / WORKERS;
    await expect.poll(() => receiver.got.length, { timeout: 30_000, interval: 2 }).toBeGreaterThan(point);
    workers[kill]?.kill('SIGKILL');
  }
  await Promise.all(writing);

  await expect
    .poll(() => waiting(database, shop.tenant._id), { timeout: 30_000 })
    .toEqual({ PENDING: 0, DELIVERED: count });
  const all = Array.from({ length: EACH }, (_, n) => n + 1);
  for (const { id } of created) {
    const own = receiver.got.filter(({ headers }) => headers['souk-webhook-id'] === id);
    for (const subject of subjects) {
      const numbers = numbersOf(own.filter(({ body }) => body.subject === `order:${subject}`));
      // What was under way when a worker died may come again, and nothing else.
      expect([...new Set(numbers)]).toEqual(all);
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }
  }
});

async function waiting({ tenantDb }: TestApp['database'], tenantId: ObjectId) {
  const deliveries = tenantDb(tenantId).collection(webhookDeliveries);
  const count = (status: 'PENDING' | 'DELIVERED') => deliveries.count({ status }, { limit: 1_000 });
  return { PENDING: await count('PENDING'), DELIVERED: await count('DELIVERED') };
}

it('looks into the outbox where the change stream does not reach back to', async () => {
  const { database } = await testApp();
  const shop = await openShop();
  const receiver = await openReceiver();
  await createWebhook(shop, { url: receiver.url, events: EVENTS });
  const subject = new ObjectId();
  for (const number of ['1', '2', '3']) await tellOrder(shop.db, subject, number);
  const system = database.systemDb('a place that is not in the oplog any more');
  const place = { token: '8200000001000000012B0229296E04', at: null };
  await eventually(async () => {
    const free = { _id: 'outbox' as const, leasedUntil: { $lt: new Date() } };
    return (await system.collection(webhookFeed).updateOne(free, { $set: place })).matchedCount;
  }).toBe(1);

  const worker = await openWorker({ database, environment: { LOG_LEVEL: 'silent' } });
  onTestFinished(worker.stop);

  await eventually(() => numbersOf(receiver.got)).toEqual([1, 2, 3]);
  await tellOrder(shop.db, subject, '4');
  await eventually(() => numbersOf(receiver.got)).toEqual([1, 2, 3, 4]);
});

it('lets what is under way end when it is stopped, and gives back what does not', async () => {
  const { database } = await testApp();
  const shop = await openShop();
  const receiver = await openReceiver();
  receiver.answer = () => {};
  await createWebhook(shop, { url: receiver.url, events: EVENTS });
  const worker = await openWorker({ database });
  await tellOrder(shop.db, new ObjectId(), 'never answered');
  await eventually(() => receiver.got.length).toBe(1);

  await worker.stop();

  const [given] = await shop.db.collection(webhookDeliveries).find({}, { limit: 1 });
  expect(given).toMatchObject({ status: 'PENDING', attempts: 0, underway: false, error: null });
  receiver.answer = (_, response) => void response.writeHead(200).end();
  const next = await openWorker({ database });
  onTestFinished(next.stop);
  await eventually(() => receiver.got.length).toBe(2);
});
