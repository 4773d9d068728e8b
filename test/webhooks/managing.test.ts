import { randomBytes } from 'node:crypto';
import { ObjectId } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { webhookDeliveries, webhooks } from '../../src/domains/webhooks/collections.ts';
import { startTestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { atEnd } from '../support/mongo.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { openReceiver } from './receiver.ts';
import {
  CREATE,
  createWebhook,
  DELETE,
  REPLAY,
  RESUME,
  RETIRE,
  ROTATE,
  TEST,
  tellOrder,
  UPDATE,
  WEBHOOK,
} from './requests.ts';
import { openWorker } from './workers.ts';

const URL = 'https://erp.example/souk';
const EVENTS = ['ORDER_NOTED'];
const KEY = { SECRETS_KEY: randomBytes(32).toString('base64') };
let app: Awaited<ReturnType<typeof startTestApp>>;
let shop: Shop;
let other: Shop;
let staff: Record<string, string>;

beforeAll(async () => {
  app = await startTestApp(KEY);
  const worker = await openWorker({ database: app.database, environment: KEY });
  atEnd(worker.stop);
  shop = await openShop({ app });
  other = await openShop({ app });
  staff = await shop.staff();
});

type Json = Record<string, unknown> & { userErrors: { code: string; message: string; path: string[] }[] };

async function ask(query: string, input: object, headers = staff): Promise<Json> {
  const { data, errors } = await shop.request(query, { input }, headers);
  if (!data) throw new Error(JSON.stringify(errors));
  return Object.values(data)[0] as Json;
}

const refusal = async (input: object, headers = staff) =>
  (await ask(CREATE, { url: URL, events: EVENTS, ...input }, headers)).userErrors[0];

describe('a query that cannot be run for its events', () => {
  it.each([
    ['is no GraphQL', '{ product(', 'Syntax Error'],
    ['asks for what there is not', '{ nonsense }', 'nonsense'],
    ['changes something', 'mutation { webhookDelete(input: { id: "1" }) { __typename } }', 'mutation'],
    ['is two', 'query A { shop { name } } query B { shop { name } }', 'one operation'],
    ['takes what no event gives', 'query($colour: String!) { product(slug: $colour) { id } }', '$colour'],
    [
      'takes what other events give',
      'query($sku: String!) { product(sku: $sku) { id } }',
      'INVENTORY_CHANGED',
    ],
    ['takes an id as a number', 'query($id: Int!) { products(first: $id) { nodes { id } } }', 'ID!'],
    [
      'costs too much',
      '{ products(first: 100) { nodes { id reviews(first: 100) { nodes { id } } } } }',
      'costs',
    ],
    ['reads what its scopes do not allow', '{ users { nodes { email } } }', 'users:read'],
    ['goes too deep', `{ categories { ${'children { '.repeat(12)} id ${'}'.repeat(12)} } }`, 'levels'],
  ])('is refused when it %s', async (_, query, says) => {
    const given = { query, events: ['INVENTORY_CHANGED', 'ORDER_NOTED'] };
    expect(await refusal(given)).toMatchObject({ code: 'INVALID', path: ['input', 'query'] });
    expect((await refusal(given))?.message).toContain(says);
  });
});

it.each([
  ['no event', { events: [] }, 'events'],
  ['scopes that there are not', { scopes: ['everything'] }, 'scopes'],
  ['scopes that are not enough for its events', { scopes: ['catalogue:read'] }, 'scopes'],
  ['an address of this network', { url: 'https://10.0.0.1/' }, 'url'],
  ['an address that is not encrypted', { url: 'http://erp.example/' }, 'url'],
  ['an empty name', { name: ' ' }, 'name'],
])('is refused with %s', async (_, input, field) => {
  expect(await refusal(input)).toMatchObject({ code: 'INVALID', path: ['input', field] });
});

it('shows its secret once, and stores it encrypted', async () => {
  const input = { url: URL, events: EVENTS, idempotencyKey: `${new ObjectId()}` };
  const [first, repeat] = [await ask(CREATE, input), await ask(CREATE, input)];
  const made = first.webhook as { id: string };

  expect(first.secret).toMatch(/^whsec_[\w-]{43}$/);
  expect(first.webhook).toMatchObject({
    name: 'erp.example',
    scopes: ['orders:read'],
    secretsAreSealed: true,
  });
  expect(repeat).toMatchObject({ secret: null, webhook: { id: made.id } });
  const stored = await app.database
    .systemDb('what is stored of a secret')
    .raw.collection('webhooks')
    .findOne({ _id: new ObjectId(made.id), tenantId: shop.tenant._id });
  expect(JSON.stringify(stored)).not.toContain(String(first.secret));
  const audit = await app.database
    .systemDb('what is audited of a secret')
    .raw.collection(`audit_logs_${new Date().toISOString().slice(0, 7).replace('-', '_')}`)
    .find({ tenantId: shop.tenant._id, 'record.id': made.id })
    .toArray();
  expect(audit).toHaveLength(1);
  expect(JSON.stringify(audit)).not.toMatch(/whsec_|"v1\./);
});

it('cannot be given, changed, tested, resumed or replayed by somebody who may not read what it reads', async () => {
  const { id } = await createWebhook(shop, { url: URL, events: EVENTS });
  const narrow = await shop.staff('webhooks:write');
  const refused = { code: 'INVALID', path: ['input', 'scopes'] };

  expect(await refusal({}, narrow)).toMatchObject(refused);
  expect((await ask(UPDATE, { id, url: 'https://thief.example/' }, narrow)).userErrors).toMatchObject([
    refused,
  ]);
  expect((await ask(TEST, { id }, narrow)).userErrors).toMatchObject([refused]);
  expect((await ask(ROTATE, { id }, narrow)).userErrors).toMatchObject([refused]);
  expect((await ask(RESUME, { id }, narrow)).userErrors).toMatchObject([refused]);
  expect((await ask(REPLAY, { allDeadOf: id }, narrow)).userErrors).toMatchObject([refused]);
  const without = await shop.request(WEBHOOK, { id }, await shop.staff('orders:write'));
  expect(without.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

it('is nothing to another shop: neither found nor told', async () => {
  const receiver = await openReceiver();
  const { id } = await createWebhook(shop, { url: receiver.url, events: EVENTS });
  await tellOrder(shop.db, new ObjectId(), 'own');
  await eventually(() => receiver.got.length).toBe(1);
  const own = await shop.db.collection(webhookDeliveries).findOne({ webhookId: new ObjectId(id) });
  const theirs = await other.staff();
  const from = (query: string, input: object) => other.request(query, { input }, theirs);

  for (const query of [UPDATE, DELETE, ROTATE, RETIRE, RESUME, TEST]) {
    const { data } = await from(query, { id });
    expect(Object.values(data as object)[0].userErrors[0].code).toBe('NOT_FOUND');
  }
  for (const input of [{ allDeadOf: id }, { ids: [String(own?._id)] }]) {
    const { data } = await from(REPLAY, input);
    expect(data.webhookDeliveryReplay.userErrors[0].code).toBe('NOT_FOUND');
  }
  expect((await other.request(WEBHOOK, { id }, theirs)).data.webhook).toBeNull();

  await tellOrder(other.db, new ObjectId(), 'of another shop');
  await tellOrder(shop.db, new ObjectId(), 'own again');
  await eventually(() => receiver.got.map(({ body }) => body.data.number)).toEqual(['own', 'own again']);
});

it('stores no secret in production without a key to encrypt it', async () => {
  const bare = await startTestApp({ NODE_ENV: 'production', TENANT_GUARD: '1' });
  const there = await openShop({ app: bare });
  const { data } = await there.request(CREATE, { input: { url: URL, events: EVENTS } }, await there.staff());
  expect(data.webhookCreate.userErrors).toMatchObject([{ code: 'ILLEGAL_STATE' }]);
  const input = { url: URL, events: EVENTS, query: '{ __schema { types { name } } }' };
  const asked = await there.request(CREATE, { input }, await there.staff());
  expect(asked.data.webhookCreate.userErrors).toMatchObject([{ path: ['input', 'query'] }]);
  expect(await there.db.collection(webhooks).find({}, { limit: 1 })).toEqual([]);
});
