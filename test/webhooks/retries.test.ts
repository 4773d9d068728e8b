import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ObjectId } from 'mongodb';
import { beforeAll, expect, it } from 'vitest';
import { webhookDeliveries, webhookQueues, webhooks } from '../../src/domains/webhooks/collections.ts';
import type { WebhookDelivery } from '../../src/domains/webhooks/documents.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { atEnd } from '../support/mongo.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { openReceiver, type Receiver } from './receiver.ts';
import { CREATE, createWebhook, DELETE, REPLAY, RESUME, tellOrder } from './requests.ts';
import { openWorker } from './workers.ts';

const EVENTS = ['ORDER_NOTED'];
const HOUR_MS = 60 * 60_000;
let ahead = 0;
let app: TestApp;
let shop: Shop;
let staff: Record<string, string>;

beforeAll(async () => {
  app = await startTestApp({}, { now: () => new Date(Date.now() + ahead) });
  const worker = await openWorker({
    database: app.database,
    environment: { DATA_DIR: app.dataDir },
  });
  atEnd(worker.stop);
  shop = await openShop({ app });
  staff = await shop.staff();
});

type Failing = { id: string; _id: ObjectId; receiver: Receiver; subject: ObjectId };

/** A webhook whose receiver answers this, with as many events of one order. */
async function failing(status: number, count = 1): Promise<Failing> {
  const receiver = await openReceiver();
  receiver.answer = (_, response) => void response.writeHead(status).end('x'.repeat(5_000));
  const { id } = await createWebhook(shop, { url: receiver.url, events: EVENTS });
  const subject = new ObjectId();
  for (let n = 1; n <= count; n++) await tellOrder(shop.db, subject, `${n}`);
  return { id, _id: new ObjectId(id), receiver, subject };
}

const deliveriesOf = ({ _id }: Failing) =>
  shop.db.collection(webhookDeliveries).find({ webhookId: _id }, { sort: { place: 1 }, limit: 100 });

const firstOf = async (made: Failing) => (await deliveriesOf(made))[0] as WebhookDelivery;

const webhookOf = ({ _id }: Failing) => shop.db.collection(webhooks).findOne({ _id });

/** Waits for so many tries, then lets the time pass until the next one. */
async function letFail(made: Failing, tries: number) {
  for (let n = 1; n <= tries; n++) {
    await eventually(async () => {
      const { attempts, underway } = await firstOf(made);
      return [attempts, underway];
    }).toEqual([n, false]);
    const { dueAt } = await firstOf(made);
    if (dueAt) ahead += Math.max(0, dueAt.getTime() - (Date.now() + ahead));
  }
}

const ask = async (query: string, input: object) =>
  Object.values((await shop.request(query, { input }, staff)).data)[0] as Record<string, unknown>;

it('tries eight times within four hours, gives the event up, goes on with the next, and replays what is asked for', async () => {
  const made = await failing(503, 2);
  const begun = ahead;

  await letFail(made, 8);

  expect(ahead - begun).toBeGreaterThan(3 * HOUR_MS);
  expect(ahead - begun).toBeLessThan(4 * HOUR_MS);
  expect(await firstOf(made)).toMatchObject({
    status: 'DEAD',
    dueAt: null,
    attempts: 8,
    responseStatus: 503,
    error: 'Answered 503',
  });
  expect((await firstOf(made)).responseBody).toHaveLength(1_024);
  await eventually(() => made.receiver.got.at(-1)?.body.data.number).toBe('2');
  const [dead, ...others] = made.receiver.got.map(({ headers }) => headers['souk-event-id']);
  expect(others.filter((id) => id === dead)).toHaveLength(7);

  made.receiver.answer = (_, response) => void response.writeHead(200).end();
  ahead += HOUR_MS;
  await eventually(async () => (await deliveriesOf(made)).map(({ status }) => status)).toEqual([
    'DEAD',
    'DELIVERED',
  ]);
  expect(await ask(REPLAY, { allDeadOf: made.id })).toEqual({ replayed: 1, userErrors: [] });
  await eventually(async () => (await firstOf(made)).status).toBe('DELIVERED');
  expect(made.receiver.got.at(-1)?.headers['souk-event-id']).toBe(dead);

  const { _id } = await firstOf(made);
  expect(await ask(REPLAY, { ids: [_id.toHexString()] })).toMatchObject({ replayed: 1 });
  await eventually(
    () => made.receiver.got.filter((one) => one.headers['souk-event-id'] === dead).length,
  ).toBe(10);
});

it('pauses at once when the receiver is gone, keeps what happens, tells the owner, and goes on where it stood', async () => {
  const receiver = await openReceiver();
  receiver.answer = (_, response) => void response.writeHead(410).end();
  const owner = await shop.person('OWNER');
  const input = { url: receiver.url, events: EVENTS };
  const { data } = await shop.request(CREATE, { input }, owner.headers);
  const id = data.webhookCreate.webhook.id;
  const made = { id, _id: new ObjectId(id), receiver, subject: new ObjectId() };

  for (const number of ['1', '2', '3']) await tellOrder(shop.db, made.subject, number);

  await eventually(async () => (await webhookOf(made))?.pauseReason).toBe('GONE');
  await eventually(async () => (await deliveriesOf(made)).map(({ status }) => status)).toEqual(
    Array(3).fill('PENDING'),
  );
  expect(receiver.got).toHaveLength(1);
  await eventually(lettersOfApp).toContain(`To: ${owner.user.email}`);
  const metrics = await (await fetch(`${app.url}/metrics`)).text();
  expect(metrics).toMatch(/^webhooks_paused [1-9]/m);
  expect(metrics).toMatch(
    /^webhook_oldest_undelivered_seconds [1-9]|^webhook_oldest_undelivered_seconds 0\./m,
  );

  receiver.answer = (_, response) => void response.writeHead(204).end();
  expect(await ask(RESUME, { id })).toEqual({ webhook: { pausedAt: null }, replayed: 0, userErrors: [] });
  await eventually(() => receiver.got.map(({ body }) => body.data.number)).toEqual(['1', '1', '2', '3']);
});

async function lettersOfApp(): Promise<string> {
  const folder = join(app.dataDir, 'mail');
  const names = await readdir(folder).catch(() => []);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
}

it('pauses when nothing was delivered for a day', async () => {
  const made = await failing(500);
  await eventually(async () => (await firstOf(made)).error).toBe('Answered 500');
  ahead += 25 * HOUR_MS;
  await eventually(async () => (await webhookOf(made))?.pauseReason).toBe('FAILING_FOR_LONG');
});

it('pauses after twenty events in a row that were given up', async () => {
  const made = await failing(500);
  await letFail(made, 7);
  await shop.db.collection(webhookQueues).updateOne({ _id: made._id }, { $set: { deadInRow: 19 } });
  await eventually(async () => (await webhookOf(made))?.pauseReason).toBe('DEAD_IN_A_ROW');
});

it('pauses when who made it may not read any more what it sends', async () => {
  const receiver = await openReceiver();
  const maker = await shop.person('MANAGER');
  const input = { url: receiver.url, events: EVENTS };
  const { data } = await shop.request(CREATE, { input }, maker.headers);
  const _id = new ObjectId(data.webhookCreate.webhook.id as string);
  await ask(
    `mutation($input: UserRolesSetInput!) { userRolesSet(input: $input) { userErrors { message } } }`,
    {
      userId: maker.user._id.toHexString(),
      roles: ['CUSTOMER'],
    },
  );

  await tellOrder(shop.db, new ObjectId(), '1');

  await eventually(async () => (await shop.db.collection(webhooks).findOne({ _id }))?.pauseReason).toBe(
    'NOT_PERMITTED',
  );
  expect(receiver.got).toEqual([]);
});

it('says why there was no answer, and forgets all of a webhook that is deleted', async () => {
  const closed = await openReceiver();
  closed.answer = (_, response) => void response.destroy();
  const gone = await createWebhook(shop, { url: closed.url, events: EVENTS });
  await tellOrder(shop.db, new ObjectId(), '1');
  const deliveries = () =>
    shop.db.collection(webhookDeliveries).find({ webhookId: new ObjectId(gone.id) }, { limit: 10 });
  await eventually(async () => (await deliveries())[0]?.error).toMatch(/socket hang up|ECONNRESET/);

  expect(await ask(DELETE, { id: gone.id })).toEqual({ webhook: { id: gone.id }, userErrors: [] });
  expect(await deliveries()).toEqual([]);
});
