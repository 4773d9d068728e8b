import { createClient } from 'graphql-sse';
import { beforeAll, expect, inject, it, onTestFinished } from 'vitest';
import { startApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { createLog } from '../../../src/platform/log.ts';
import { type TestApp, testApp } from '../../support/app.ts';
import { eventually } from '../../support/eventually.ts';
import type { Told } from '../../support/live.ts';
import { openShop, type Shop } from '../../support/shop.ts';

const PRODUCTS = `subscription Products($after: String) {
  productChanged(after: $after) { version resumeToken product { name } }
}`;
const RENAME = `mutation ($id: ID!, $name: String!) {
  productUpdate(input: { id: $id, name: $name }) { userErrors { message } }
}`;

let app: TestApp;
let shop: Shop;
let staff: Record<string, string>;

beforeAll(async () => {
  app = await testApp();
  shop = await openShop();
  staff = await shop.staff();
});

/** A client of the protocol graphql-sse, each of whose operations is a request of its own. */
function listenTo(
  query: string,
  variables: Record<string, unknown> = {},
  headers: Record<string, string> = {},
) {
  const told: Told[] = [];
  let end: unknown = null;
  const client = createClient({
    url: `${app.url}/graphql`,
    headers: { 'x-tenant': shop.tenant.subdomain, ...headers },
    retryAttempts: 0,
  });
  onTestFinished(() => client.dispose());
  client.subscribe(
    { query, variables },
    {
      next: (result) => void told.push(result as Told),
      error: (error) => {
        end = error;
      },
      complete: () => {
        end ??= 'complete';
      },
    },
  );
  return {
    told,
    ended: () => end,
    count: (n: number) => eventually(() => told.length).toBeGreaterThanOrEqual(n),
  };
}

const rename = (id: unknown, name: string) => shop.request(RENAME, { id, name }, staff);

it('tells what happens, and continues behind a token', async () => {
  const product = await shop.product();
  const after = await app.subscriptions.stream.reached();
  await rename(product._id, 'Two');
  const first = listenTo(PRODUCTS, { after });
  await first.count(1);
  await rename(product._id, 'Three');
  await first.count(2);
  expect(first.told.map(({ data }) => data.productChanged.product.name)).toEqual(['Two', 'Three']);
  const second = listenTo(PRODUCTS, { after: first.told[0]?.data.productChanged.resumeToken });
  await second.count(1);
  expect(second.told[0]?.data.productChanged.version).toBe(3);
});

it('answers a query once, and says in the stream what is wrong with an operation', async () => {
  const query = listenTo('{ __typename }');
  await eventually(query.ended).toBe('complete');
  expect(query.told[0]?.data).toEqual({ __typename: 'Query' });
  const mistake = listenTo('subscription { nothing }');
  await eventually(mistake.ended).toBe('complete');
  expect(mistake.told[0]?.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
});

it('answers JSON to who names it first: urql takes a stream as well, and says so with each query', async () => {
  const answer = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json, application/json, text/event-stream, multipart/mixed',
      'content-type': 'application/json',
      'x-tenant': shop.tenant.subdomain,
    },
    body: JSON.stringify({ query: '{ __typename }' }),
  });
  expect(answer.headers.get('content-type')).toMatch(/^application\/graphql-response\+json/);
  expect(await answer.json()).toMatchObject({ data: { __typename: 'Query' } });
});

it('takes a subscription by GET, and refuses with a status who may not ask', async () => {
  const asked = new URLSearchParams({ query: PRODUCTS, variables: '{}' });
  const accept = 'text/event-stream';
  const stopping = new AbortController();
  const answer = await fetch(`${app.url}/graphql?${asked}`, {
    headers: { accept, 'x-tenant': shop.tenant.subdomain },
    signal: stopping.signal,
  });
  expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const { value } = (await answer.body?.getReader().read()) ?? {};
  expect(new TextDecoder().decode(value)).toMatch(/^: resumeToken 82[0-9A-F]+\n\n/);
  stopping.abort();
  const refused = await fetch(`${app.url}/graphql?${asked}`, {
    headers: { accept, 'x-tenant': shop.tenant.subdomain, 'x-api-key': 'souk_no_such_key' },
  });
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
});

it('ends with an error when the session has ended', async () => {
  const { headers } = await shop.person();
  const live = listenTo(PRODUCTS, {}, headers);
  await eventually(() => app.subscriptions.streams.count()).toBeGreaterThanOrEqual(1);
  await shop.request('mutation { sessionDelete { userErrors { message } } }', {}, headers);
  await app.subscriptions.recheck();
  await eventually(live.ended).toBe('complete');
  expect(live.told.at(-1)?.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
});

it('ends without "complete" when the server stops, so that clients come back', async () => {
  const stopping = await startApp({
    config: readConfig({ NODE_ENV: 'test', PORT: '0', MONGODB_DATABASE: app.databaseName }),
    mongodbUri: inject('mongoUri'),
    log: createLog('error'),
  });
  const answer = await fetch(`${stopping.url}/graphql`, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      'x-tenant': shop.tenant.subdomain,
    },
    body: JSON.stringify({ query: PRODUCTS }),
  });
  const text = answer.text();
  await eventually(() => stopping.subscriptions.streams.count()).toBe(1);
  await stopping.close();
  expect(await text).toMatch(/: The server stops: connect again, with after\n\n$/);
  expect(await text).not.toContain('complete');
});
