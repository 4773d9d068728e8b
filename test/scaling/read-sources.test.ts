import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type CommandStartedEvent, ObjectId, Timestamp } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { products } from '../../src/domains/catalogue/collections.ts';
import { promotions } from '../../src/domains/promotions/collections.ts';
import type { Promotion } from '../../src/domains/promotions/documents.ts';
import { openLastWrites } from '../../src/platform/cache/last-writes.ts';
import { createLog } from '../../src/platform/log.ts';
import { openRawDatabase } from '../../src/platform/mongo/client.ts';
import { applyIndexes } from '../../src/platform/mongo/indexes.ts';
import { noOrigin } from '../../src/platform/mongo/scope.ts';
import { SharedLookup } from '../../src/platform/mongo/shared-lookup.ts';
import { openRedis } from '../../src/platform/redis/client.ts';
import { ALSO_FROM_SECONDARIES, FROM_SECONDARIES } from '../../src/read-sources.ts';
import { liveClient } from '../support/live.ts';
import { commandsDuring, newDatabaseName, openTestDatabase } from '../support/mongo.ts';
import { ownRedis } from '../support/redis.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { startThreeNodes, type ThreeNodes } from './three-nodes.ts';

let nodes: ThreeNodes;
let app: App;
let shop: Shop;
let staff: Record<string, string>;
let reader: Record<string, string>;

beforeAll(async () => {
  nodes = await startThreeNodes();
  app = await startOn(nodes.uri);
  shop = await openShop({ app });
  staff = await shop.staff();
  reader = await shop.staff();
  await shop.product();
});

afterAll(async () => {
  await app.close();
  await nodes.stop();
});

async function startOn(uri: string): Promise<App> {
  const name = newDatabaseName();
  const raw = await openRawDatabase({ uri, name });
  // Some lists of products name the index that they go by.
  await applyIndexes(raw.db, [products], { dropExtra: false });
  await raw.close();
  const config = readConfig({
    NODE_ENV: 'test',
    PORT: '0',
    MONGODB_DATABASE: name,
    DATA_DIR: tmpdir(),
    LOG_LEVEL: 'error',
    READ_FROM_SECONDARIES: 'on',
  });
  return startApp({ config, mongodbUri: uri, log: createLog('error') });
}

const READS = new Set(['find', 'aggregate', 'distinct', 'getMore']);
/** Who asks, and of which shop, is no part of the answer; nor is what the change stream tells. */
const NOT_COUNTED = new Set<unknown>([
  'tenants',
  'sessions',
  'api_keys',
  'stream_positions',
  '$cmd.aggregate',
  1,
]);

/** Which nodes were asked for data while `work` ran; commands that failed there are among them. */
async function nodesOf(work: () => Promise<unknown>): Promise<string[]> {
  const asked: string[] = [];
  const note = ({ commandName, command, address }: CommandStartedEvent) => {
    const collection = commandName === 'getMore' ? command.collection : command[commandName];
    if (READS.has(commandName) && !NOT_COUNTED.has(collection)) asked.push(address);
  };
  app.database.client.on('commandStarted', note);
  try {
    await work();
  } finally {
    app.database.client.off('commandStarted', note);
  }
  return [...new Set(asked)];
}

type Asked = Awaited<ReturnType<Shop['request']>> & { after: string | null; state: string | null };

/** Asks, and reads what to send back after a change. */
async function ask(query: string, headers: Record<string, string> = staff): Promise<Asked> {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tenant': shop.tenant.subdomain, ...headers },
    body: JSON.stringify({ query }),
  });
  const answer = JSON.parse(await response.text());
  expect(answer.errors).toBeUndefined();
  const { status, headers: told } = response;
  return { status, ...answer, after: told.get('souk-after'), state: told.get('x-cache') };
}

const DAYS = '(from: "2026-11-01", to: "2026-11-03") { date }';
/** Each with what is looked up below it. */
const QUERIES: Record<keyof typeof FROM_SECONDARIES, string> = {
  categoryAnalytics: '{ categoryAnalytics { productCount reservedInventory category { name } } }',
  salesAnalytics: `{ salesAnalytics${DAYS} }`,
  bestSellers: '{ bestSellers(from: "2026-11-01", to: "2026-11-03") { pieces product { name } } }',
  productAnalytics: `{ productAnalytics${DAYS} }`,
  mostViewedProducts: '{ mostViewedProducts { views product { name } } }',
  searchSuggestions: '{ searchSuggestions(prefix: "pro") { __typename } }',
  orders: '{ orders { nodes { id number } totalCount } }',
  customers: '{ customers { nodes { id addresses { id } } totalCount } }',
  users: '{ users { nodes { id } totalCount } }',
  stockMovements: '{ stockMovements { nodes { id } } }',
  lowStock: '{ lowStock { nodes { variants { sku } } } }',
  reviewsToModerate: '{ reviewsToModerate { nodes { id } } }',
  promotions: '{ promotions { nodes { code } } }',
  auditLog: '{ auditLog { nodes { id } } }',
  webhooks: '{ webhooks { id deliveries(first: 5) { nodes { id } } } }',
  webhook: `{ webhook(id: "${new ObjectId()}") { id } }`,
};

const create = (code: string, who = staff) =>
  ask(
    `mutation {
    promotionCreate(input: { code: "${code}", type: PERCENTAGE, value: "10" }) { promotion { id } userErrors { message } }
  }`,
    who,
  );

/** As somebody of the staff who has changed nothing reads them. */
const codes = async (after?: string | null, who = reader): Promise<string[]> => {
  const { data } = await ask('{ promotions { nodes { code } } }', {
    ...who,
    ...(after && { 'souk-after': after }),
  });
  return data.promotions.nodes.map(({ code }: { code: string }) => code);
};

describe('what may be a little behind', () => {
  it.each(Object.entries(QUERIES))('is read from a secondary: %s', async (_, query) => {
    expect(await nodesOf(() => ask(query))).toEqual([nodes.secondary]);
  });

  it('is read there also several at once, out of fragments', async () => {
    const query = `query { __typename ...lists } fragment lists on Query { users { nodes { id } } ... on Query { lowStock { nodes { variants { sku } } } } }`;
    expect(await nodesOf(() => ask(query))).toEqual([nodes.secondary]);
  });

  it('and nothing else is', async () => {
    const { headers } = await shop.person();
    const asking = [
      () => ask('{ products { nodes { id } } }'),
      () => ask('{ users { nodes { id } } products { nodes { id } } }'),
      // One's own orders, which somebody has just placed.
      () => ask('{ orders { nodes { id } } }', headers),
      () => create('PRIMARY'),
    ];
    for (const work of asking) expect(await nodesOf(work)).toEqual([nodes.primary]);
  });

  it('nor what is kept for others, as of its moment', async () => {
    let state: string | null = null;
    for (let i = 0; state !== 'MISS' && i < 200; i++) {
      const asked = await nodesOf(async () => {
        state = (await ask(`{ searchSuggestions(prefix: "p${i}") { __typename } }`, {})).state;
      });
      // Before it hears of changes, the process keeps nothing.
      expect(asked).toEqual([state === 'MISS' ? nodes.primary : nodes.secondary]);
    }
    expect(state).toBe('MISS');
  });

  it('stands in docs/scaling.md as it stands in the code', () => {
    const docs = readFileSync(new URL('../../docs/scaling.md', import.meta.url), 'utf8');
    const [, section = ''] = /^## What is read where$(.*?)^## /ms.exec(docs) ?? [];
    const rows = [...section.matchAll(/^\| `(.+?)` \| (.+?) \|$/gm)].map(([, name, what]) => [name, what]);
    const all = { ...FROM_SECONDARIES, ...ALSO_FROM_SECONDARIES };
    const declared = Object.entries(all).map(([name, source]) => [
      name,
      'only' in source ? `${source.what}, for \`${source.only}\`` : source.what,
    ]);
    expect(rows).toEqual(declared);
  });

  it('is asked for at no place that the table does not name', () => {
    const root = new URL('../../', import.meta.url);
    const asking = ['src/domains', 'scripts'].flatMap((folder) =>
      readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.ts'))
        .map((path) => `${folder}/${path}`)
        .filter((path) => readFileSync(new URL(path, root), 'utf8').includes('fromSecondaries(')),
    );
    const declared = Object.values(ALSO_FROM_SECONDARIES).map((place) => place.in);
    expect(asking.sort()).toEqual(declared.sort());
  });
});

describe('whoever has changed something', () => {
  it('sees it where the secondary is behind, and so does who sends back when it was', async () => {
    const { after } = await nodes.whileLagging(async () => {
      const created = await create('LAGGING');
      expect(created.after).toMatch(/^\d+-\d+\.\d+$/);
      // The secondary is asked, and has not heard of it.
      expect(await codes()).not.toContain('LAGGING');
      expect(await codes(null, staff)).toContain('LAGGING');
      expect(await nodesOf(async () => expect(await codes(created.after)).toContain('LAGGING'))).toEqual([
        nodes.secondary,
        nodes.primary,
      ]);
      return created;
    });
    const asked = await nodesOf(async () => expect(await codes(after)).toContain('LAGGING'));
    expect(asked).toContain(nodes.secondary);
  });

  it('sees it as well after a mutation over a WebSocket', async () => {
    const other = await shop.staff();
    const live = liveClient(app.url, { params: { 'x-tenant': shop.tenant.subdomain, ...other } });
    await live.resumeToken();
    await nodes.whileLagging(async () => {
      const input = '{ code: "SOCKET", type: PERCENTAGE, value: "10" }';
      const [told] = await live
        .listen(`mutation { promotionCreate(input: ${input}) { promotion { code } userErrors { message } } }`)
        .count(1);
      expect(told?.data.promotionCreate).toEqual({ promotion: { code: 'SOCKET' }, userErrors: [] });
      expect(await codes()).not.toContain('SOCKET');
      expect(await codes(null, other)).toContain('SOCKET');
      const asked = await nodesOf(async () => {
        const [list] = await live.listen('{ promotions { nodes { code } } }').count(1);
        expect(JSON.stringify(list?.data)).toContain('SOCKET');
      });
      expect(asked).toEqual([nodes.secondary, nodes.primary]);
    });
  });

  it('is known by all processes with Redis, and may have changed something where that is silent', async () => {
    const redis = await ownRedis();
    const [one, other] = await Promise.all(
      [redis.url, redis.url].map((url) => openRedis(url, createLog('error'))),
    );
    if (!one || !other) throw new Error('Two processes');
    try {
      const db = app.database.tenantDb(shop.tenant._id, { origin: { ...noOrigin, actor: 'user:1' } });
      const moment = { at: Date.now(), time: new Timestamp({ t: 1_764_000_000, i: 3 }) };
      await openLastWrites(one).note(db, moment);
      const elsewhere = openLastWrites(other);
      expect(await elsewhere.find(db)).toEqual([moment]);
      expect(await elsewhere.find(shop.db)).toEqual([]);
      await redis.kill();
      expect(await elsewhere.find(db)).toEqual([{ at: expect.any(Number), time: null }]);
    } finally {
      await Promise.all([one.close(), other.close()]);
    }
  });

  it('is answered by the primary where the time of the change is not known, or cannot be', async () => {
    const sku = (await shop.product()).variants[0]?.sku;
    const reserved = await ask(
      `mutation { inventoryReserve(input: { lines: [{ sku: "${sku}", quantity: 1 }] }) { reservation { id } } }`,
    );
    expect(reserved.after).toMatch(/^\d+$/);
    const ahead = `${Date.now()}-4294967295.1`;
    for (const after of [reserved.after, 'nonsense', ahead])
      expect((await nodesOf(() => codes(after))).at(-1)).toBe(nodes.primary);
    const long = String(Date.now() - 3_600_000);
    expect(await nodesOf(() => codes(long))).toEqual([nodes.secondary]);
  });
});

it('never gives the look-ups of one source to the other', async () => {
  const lookup = new SharedLookup<ObjectId, { _id: ObjectId }>(({ _id }) => [_id]);
  const find = (db: Shop['db'], ids: ObjectId[]) =>
    db.collection(promotions).find<{ _id: ObjectId }>({ _id: { $in: ids } }, { limit: 10 });
  const behind = shop.db.fromSecondaries();
  const id = new ObjectId();
  const asked = await nodesOf(() =>
    Promise.all([shop.db, behind].map((db) => lookup.find(db, '', [id], find))),
  );
  expect(asked.sort()).toEqual([nodes.primary, nodes.secondary].sort());
});

it('reads nothing older than the read before it, and leaves that to the operation alone', async () => {
  const sent = await commandsDuring(app.database.client, async () => {
    for (const db of [shop.db.fromSecondaries(), shop.db.fromSecondaries(), shop.db]) {
      await db.collection(promotions).findOne({ codeKey: 'NONE' });
      await db.collection(promotions).findOne({ codeKey: 'NONE' });
    }
  });
  const finds = sent.filter(({ command }) => command.find === promotions.name);
  expect(finds.map(({ command }) => command.readConcern)).toEqual([
    { level: 'majority' },
    { level: 'majority', afterClusterTime: expect.any(Timestamp) },
    { level: 'majority' },
    { level: 'majority', afterClusterTime: expect.any(Timestamp) },
    { level: 'majority' },
    { level: 'majority' },
  ]);
});

it('scans in batches at the secondary, and in a transaction at the primary', async () => {
  const behind = shop.db.fromSecondaries();
  const scan = async (db: Shop['db']) => {
    for await (const { code } of db.collection(promotions).scan({}, { batchSize: 1 }))
      expect(code).toBeDefined();
  };
  await create('SCANNED');
  expect(await nodesOf(() => scan(behind))).toEqual([nodes.secondary]);
  expect(await nodesOf(() => behind.transaction(scan))).toEqual([nodes.primary]);
});

it('exports a person from the secondary', async () => {
  const { headers } = await shop.person();
  const { subdomain } = shop.tenant;
  const asked = await nodesOf(async () => {
    const response = await fetch(`${app.url}/export/customer`, {
      headers: { ...headers, 'x-tenant': subdomain },
    });
    expect(await response.json()).toHaveProperty('account');
  });
  expect(asked).toContain(nodes.secondary);
});

it('simply works on a single node', async () => {
  const single = await openTestDatabase({ secondaries: true });
  const db = single.tenantDb(new ObjectId());
  const made = await db
    .collection(promotions)
    .insertOne({ _id: new ObjectId(), codeKey: 'ONE' } as Promotion);
  expect(await db.fromSecondaries().collection(promotions).findOne({ codeKey: 'ONE' })).toEqual(made);
});
