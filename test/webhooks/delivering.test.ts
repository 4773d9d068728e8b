import { readFile } from 'node:fs/promises';
import { ObjectId } from 'mongodb';
import { beforeAll, expect, it } from 'vitest';
import { webhookDeliveries, webhooks } from '../../src/domains/webhooks/collections.ts';
import type { WebhookDelivery } from '../../src/domains/webhooks/documents.ts';
import { dueHeads } from '../../src/domains/webhooks/queues.ts';
import { commandsOf, testApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { atEnd } from '../support/mongo.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { openReceiver, type Received } from './receiver.ts';
import { createWebhook, RETIRE, ROTATE, TEST, tellOrder, UPDATE, WEBHOOK } from './requests.ts';
import { openWorker } from './workers.ts';

const EVENTS = ['ORDER_NOTED'];
let shop: Shop;
let staff: Record<string, string>;

beforeAll(async () => {
  const { database } = await testApp();
  // Two at once, as two processes would be.
  const workers = [await openWorker({ database }), await openWorker({ database })];
  for (const worker of workers) atEnd(worker.stop);
  shop = await openShop();
  staff = await shop.staff();
});

const subjectOf = (id: ObjectId) => `order:${id}`;
const numbers = (got: Received[]) => got.map(({ body }) => body.data.number);
const upTo = (count: number) => Array.from({ length: count }, (_, n) => `${n + 1}`);

async function tellInOrder(id: ObjectId, count: number) {
  for (const number of upTo(count)) await tellOrder(shop.db, id, number);
}

it('tells what was committed, once, in the order of each subject, with two workers and parallel writers', async () => {
  const receiver = await openReceiver();
  await createWebhook(shop, { url: receiver.url, events: EVENTS });
  const orders = Array.from({ length: 12 }, () => new ObjectId());
  const [unanswered, overtaking] = [new Set<string>(), [] as string[]];
  receiver.answer = ({ body: { subject } }, response) => {
    if (unanswered.has(subject)) overtaking.push(subject);
    unanswered.add(subject);
    setTimeout(() => {
      unanswered.delete(subject);
      response.writeHead(204).end();
    }, 5);
  };

  await Promise.all(orders.map((id) => tellInOrder(id, 5)));

  await eventually(() => receiver.got.length).toBe(60);
  for (const id of orders) expect(numbers(receiver.of(subjectOf(id)))).toEqual(upTo(5));
  expect(overtaking).toEqual([]);
  expect(new Set(receiver.got.map(({ headers }) => headers['souk-event-id'])).size).toBe(60);
});

it('does not let an event that fails hold back other subjects, only later events of its own', async () => {
  const receiver = await openReceiver();
  const [poisoned, healthy] = [new ObjectId(), new ObjectId()];
  receiver.answer = ({ body }, response) =>
    void response.writeHead(body.subject === subjectOf(poisoned) ? 500 : 200).end('so it is');
  const { id } = await createWebhook(shop, { url: receiver.url, events: EVENTS });

  await tellInOrder(poisoned, 3);
  await tellInOrder(healthy, 3);

  await eventually(() => receiver.of(subjectOf(healthy)).length).toBe(3);
  expect(numbers(receiver.of(subjectOf(poisoned)))).toEqual(['1']);
  const waiting = await deliveriesOf(id, 'PENDING');
  expect(waiting.map(({ attempts }) => attempts).sort()).toEqual([0, 0, 1]);
  expect(waiting.find(({ attempts }) => attempts === 1)).toMatchObject({
    error: 'Answered 500',
    responseStatus: 500,
    responseBody: 'so it is',
  });
});

async function deliveriesOf(id: string, status?: string) {
  const { data } = await shop.request(WEBHOOK, { id, status }, staff);
  return data.webhook.deliveries.nodes as { attempts: number }[];
}

it('reads one delivery of each subject, however many wait behind it', async () => {
  const webhookId = new ObjectId();
  const now = new Date();
  const waiting = Array.from({ length: 400 }, (_, n) => ({
    ...{ _id: new ObjectId(), webhookId, eventId: new ObjectId(), type: 'order.noted', data: {}, at: now },
    ...{ subject: `order:${n % 4}`, place: String(n).padStart(4, '0'), status: 'PENDING' as const },
    ...{ attempts: 0, dueAt: now, fence: 0, underway: false, triedAt: null, deliveredAt: null },
    ...{ responseStatus: null, responseBody: null, error: null, createdAt: now },
  }));
  await shop.db.collection(webhookDeliveries).insertMany(waiting);
  const lease = { owner: '', fence: 1, until: 0 };
  let found: WebhookDelivery[] = [];

  const sent = await commandsOf(async () => {
    found = await dueHeads(shop.db, webhookId, lease, 100);
  });

  expect(found.map(({ place }) => place)).toEqual(['0000', '0001', '0002', '0003']);
  const read = sent.find(({ command }) => command.aggregate === webhookDeliveries.name);
  const { pipeline } = read?.command ?? {};
  const { database } = await testApp();
  const explained = await database
    .systemDb('how many deliveries are read')
    .raw.collection(webhookDeliveries.name)
    .aggregate(pipeline, { comment: 'system: how many deliveries are read' })
    .explain('executionStats');
  const { executionStats } = explained.stages?.[0].$cursor ?? explained;
  expect(executionStats.totalDocsExamined).toBe(4);
});

it('does not tell what was rolled back', async () => {
  const receiver = await openReceiver();
  await createWebhook(shop, { url: receiver.url, events: EVENTS });
  const failing = shop.db.transaction(async (tx) => {
    await tellOrder(tx, new ObjectId(), 'never');
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');

  await tellOrder(shop.db, new ObjectId(), 'after it');

  await eventually(() => numbers(receiver.got)).toEqual(['after it']);
});

it('sends what its query finds at that moment', async () => {
  const receiver = await openReceiver();
  const query = 'query($id: ID!) { product(id: $id) { name sku } }';
  await createWebhook(shop, { url: receiver.url, events: ['PRODUCT_CHANGED'], query });
  const product = await shop.product({ name: 'Mug', sku: 'MUG' });

  const UPDATE_PRODUCT = `mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { userErrors { message } } }`;
  await shop.request(UPDATE_PRODUCT, { input: { id: product._id.toHexString(), name: 'Cup' } }, staff);

  await eventually(() => receiver.got.length).toBe(1);
  expect(receiver.got[0]?.body).toEqual({
    id: receiver.got[0]?.headers['souk-event-id'],
    type: 'product.changed',
    at: expect.any(String),
    tenant: shop.tenant.subdomain,
    subject: `product:${product._id}`,
    data: { product: { name: 'Cup', sku: 'MUG' } },
  });
});

it('reads no more than its scopes allow, whatever its query asks, and delivers the errors', async () => {
  const receiver = await openReceiver();
  const { id } = await createWebhook(shop, { url: receiver.url, events: EVENTS });
  const query = '{ shop { name } users { nodes { email } } }';
  await shop.db.collection(webhooks).updateOne({ _id: new ObjectId(id) }, { $set: { query } });

  await tellOrder(shop.db, new ObjectId(), '1');

  await eventually(() => receiver.got.length).toBe(1);
  const { data, errors } = receiver.got[0]?.body ?? {};
  expect(data).toBeNull();
  expect(errors).toMatchObject([{ path: ['users'], extensions: { code: 'FORBIDDEN' } }]);
});

/** The recipe of the documentation, as a receiver would copy it. */
async function recipe() {
  const text = await readFile(new URL('../../docs/webhooks.md', import.meta.url), 'utf8');
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(text) ?? [];
  const module = `data:text/javascript,${encodeURIComponent(code)}`;
  return (await import(/* @vite-ignore */ module)).isFromSouk as (
    rawBody: string,
    header: unknown,
    secret: string,
    now?: number,
  ) => boolean;
}

it('signs so that the recipe of the documentation accepts it, and nothing that is changed or old', async () => {
  const receiver = await openReceiver();
  const { secret } = await createWebhook(shop, { url: receiver.url, events: EVENTS });
  await tellOrder(shop.db, new ObjectId(), 'Ünïcode');
  await eventually(() => receiver.got.length).toBe(1);
  const { raw, headers } = receiver.got[0] as Received;
  const signature = headers['souk-signature'];
  const isFromSouk = await recipe();

  expect(isFromSouk(raw, signature, secret)).toBe(true);
  expect(isFromSouk(`${raw} `, signature, secret)).toBe(false);
  expect(isFromSouk(raw, signature, 'whsec_another')).toBe(false);
  expect(isFromSouk(raw, 'nonsense', secret)).toBe(false);
  expect(isFromSouk(raw, signature, secret, Date.now() + 6 * 60_000)).toBe(false);
});

it('signs with both secrets while they are changed, and with the new one alone when the old one is retired', async () => {
  const receiver = await openReceiver();
  const { id, secret: old } = await createWebhook(shop, { url: receiver.url, events: EVENTS });
  const rotated = await shop.request(ROTATE, { input: { id } }, staff);
  const fresh = rotated.data.webhookSecretRotate.secret;
  const isFromSouk = await recipe();
  const acceptedBy = async (count: number) => {
    await tellOrder(shop.db, new ObjectId(), '1');
    await eventually(() => receiver.got.length).toBe(count);
    const last = receiver.got.at(-1);
    return [old, fresh].map((secret) => isFromSouk(last?.raw ?? '', last?.headers['souk-signature'], secret));
  };

  expect(await acceptedBy(1)).toEqual([true, true]);
  const again = await shop.request(ROTATE, { input: { id } }, staff);
  expect(again.data.webhookSecretRotate.userErrors[0].code).toBe('ILLEGAL_STATE');
  await shop.request(RETIRE, { input: { id } }, staff);
  expect(await acceptedBy(2)).toEqual([false, true]);
});

it('shows what it would send, and sends it when it is asked to', async () => {
  const receiver = await openReceiver();
  const query = 'query($id: ID!) { product(id: $id) { name } }';
  const { id } = await createWebhook(shop, { url: receiver.url, events: ['INVENTORY_LOW'], query });
  const product = await shop.product({ name: 'Bowl' });
  const test = async (input: object) =>
    (await shop.request(TEST, { input: { id, ...input } }, staff)).data.webhookTest;

  const shown = await test({ sampleOf: product._id.toHexString() });
  expect(shown.response).toBeNull();
  expect(JSON.parse(shown.request.body)).toMatchObject({
    type: 'inventory.low',
    data: { product: { name: 'Bowl' } },
  });
  expect(receiver.got).toEqual([]);

  receiver.answer = (_, response) => void response.writeHead(302, { location: '/elsewhere' }).end();
  const sent = await test({ send: true });
  expect(sent.response).toEqual({
    isDelivered: false,
    responseStatus: 302,
    responseBody: '',
    error: 'Answered 302: redirects are not followed',
  });
  expect(receiver.got).toHaveLength(1);
});

it('hears nothing of what happens while it is switched off, and moves to another address', async () => {
  const [first, second] = [await openReceiver(), await openReceiver()];
  const { id } = await createWebhook(shop, { url: first.url, events: EVENTS });
  const change = (input: object) => shop.request(UPDATE, { input: { id, ...input } }, staff);
  await change({ isActive: false });
  await tellOrder(shop.db, new ObjectId(), 'unheard');
  // The next one of another webhook shows that it was handed out.
  const other = await openReceiver();
  await createWebhook(shop, { url: other.url, events: EVENTS });
  await tellOrder(shop.db, new ObjectId(), 'heard elsewhere');
  await eventually(() => other.got.length).toBe(1);

  await change({ isActive: true, url: second.url });
  await tellOrder(shop.db, new ObjectId(), 'heard');

  await eventually(() => numbers(second.got)).toEqual(['heard']);
  expect(first.got).toEqual([]);
});
