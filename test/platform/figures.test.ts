import { MongoError, ObjectId, Timestamp } from 'mongodb';
import { Registry } from 'prom-client';
import { beforeAll, expect, inject, it } from 'vitest';
import { reserveStock } from '../../src/domains/inventory/reservations.ts';
import { webhookFeed, webhookQueues } from '../../src/domains/webhooks/collections.ts';
import { newQueue } from '../../src/domains/webhooks/queues.ts';
import { tokenAt } from '../../src/platform/events/token.ts';
import { openDatabase } from '../../src/platform/mongo/client.ts';
import { watchClient } from '../../src/platform/mongo/pool-metrics.ts';
import { done, newCart } from '../orders/requests.ts';
import { testApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { atEnd } from '../support/mongo.ts';
import { openShop, type Shop, variantDraft } from '../support/shop.ts';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  await shop.product({ sku: 'MUG', variants: [variantDraft({ sku: 'MUG-1' })] });
});

const valueIn = (text: string, name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);

/** What `/metrics` says of one metric, by its name as in a regular expression. */
const figure = async (name: string) => valueIn(await (await fetch(`${shop.url}/metrics`)).text(), name);

it('shows how many connections are in use, and how many commands wait for one', async () => {
  const uri = new URL(inject('mongoUri'));
  uri.searchParams.set('maxPoolSize', '1');
  const { databaseName: name } = await testApp();
  const database = await openDatabase({ uri: String(uri), name, guard: false });
  atEnd(database.close);
  const registry = new Registry();
  watchClient(registry, database.client);
  const shown = async () => {
    const text = await registry.metrics();
    const [inUse, waiting] = ['connections_in_use', 'waiting'].map((one) =>
      valueIn(text, `mongodb_pool_${one}`),
    );
    return { inUse, waiting };
  };
  expect(await shown()).toEqual({ inUse: 0, waiting: 0 });

  const stream = database.watch('hold a connection', [], { maxAwaitTimeMS: 3_000 });
  const listening = stream.tryNext();
  await eventually(async () => {
    void database.ping().catch(() => {});
    return shown();
  }).toEqual({ inUse: 1, waiting: expect.toSatisfy((waiting) => waiting > 0) });
  await listening;
  await stream.close();
  await eventually(shown).toEqual({ inUse: 0, waiting: 0 });
});

it('shows transactions that were begun again', async () => {
  const before = await figure('mongodb_transactions_retried_total');
  let tries = 0;
  await shop.db.transaction(async () => {
    tries += 1;
    if (tries > 2) return;
    const conflict = new MongoError('another was faster');
    conflict.addErrorLabel('TransientTransactionError');
    throw conflict;
  });
  expect(await figure('mongodb_transactions_retried_total')).toBe(before + 2);
});

it('shows orders that were placed, each once however often it is asked for, and reservations that are open', async () => {
  const placed = await figure('orders_placed_total');
  const { id: cartId } = await newCart(shop, [{ sku: 'MUG-1' }]);
  const buy = (idempotencyKey: string) =>
    done(shop, 'checkoutComplete', { cartId, email: 'ada@example.com', idempotencyKey });
  await Promise.all([buy('one'), buy('one'), buy('other')]);
  await buy('one');
  expect(await figure('orders_placed_total')).toBe(placed + 1);

  const open = await figure('reservations_open');
  await reserveStock(shop.db, { lines: [{ sku: 'MUG-1', quantity: 1, path: [] }] });
  expect(await figure('reservations_open')).toBe(open + 1);
});

it('shows how far behind the outbox the webhooks are', async () => {
  const { database } = await testApp();
  expect(await figure('outbox_lag_seconds')).toBe(0);
  const hourAgo = new Timestamp({ t: Math.floor(Date.now() / 1_000) - 3_600, i: 1 });
  const feed = { owner: null, fence: 1, leasedUntil: new Date(0), token: tokenAt(hourAgo), at: new Date() };
  const system = database.systemDb('a worker that has stopped');
  await system.collection(webhookFeed).insertOne({ _id: 'outbox', ...feed });
  expect(await figure('outbox_lag_seconds')).toBeGreaterThanOrEqual(3_600);
});

it('counts what was delivered to webhooks, and does not count back when one of them is deleted', async () => {
  const delivered = () => figure('webhook_deliveries_total\\{outcome="delivered"\\}');
  const before = await delivered();
  const _id = new ObjectId();
  await shop.db.collection(webhookQueues).insertOne({ ...newQueue(_id), delivered: 5 });
  expect(await delivered()).toBe(before + 5);
  await shop.db.collection(webhookQueues).deleteOne({ _id });
  expect(await delivered()).toBe(before + 5);
});
