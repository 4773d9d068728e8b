import { makeExecutableSchema } from '@graphql-tools/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApollo } from '../../../src/platform/graphql/server.ts';
import {
  documentHash,
  type TrustedDocument,
  trustedDocuments,
} from '../../../src/platform/graphql/trusted-documents.ts';
import { Admission } from '../../../src/platform/http/admission.ts';
import { graphqlRoute } from '../../../src/platform/http/graphql-route.ts';
import { type HttpServer, listen } from '../../../src/platform/http/server.ts';
import { createLog } from '../../../src/platform/log.ts';
import { openSocket, post } from './raw-socket.ts';

const typeDefs = /* GraphQL */ `
  directive @public on OBJECT | FIELD_DEFINITION
  directive @requires(permission: String!) on OBJECT | FIELD_DEFINITION
  directive @cacheControl(maxAge: Int, scope: Scope) on OBJECT | FIELD_DEFINITION
  enum Scope { PUBLIC PRIVATE }
  type Query @public {
    shop(name: String): Shop @cacheControl(maxAge: 60)
    unmarked: Shop
    fails: Shop @cacheControl(maxAge: 60)
    slow: Int
  }
  type Mutation @public { change: Int }
  type Shop @public {
    name: String
    sales: Sales
    secret: String @requires(permission: "settings:write")
    personal: String @cacheControl(scope: PRIVATE)
  }
  type Sales @public @cacheControl(maxAge: 5) { count: Int }
`;

let changes = 0;
let asked = 0;
let release: () => void = () => {};

const shop = { name: 'Demo', sales: { count: 7 }, secret: 's', personal: 'p' };
const schema = makeExecutableSchema({
  typeDefs,
  resolvers: {
    Query: {
      shop: (_, { name }) => ({ ...shop, name: name ?? 'Demo' }),
      unmarked: () => shop,
      fails: () => {
        throw new Error('fails');
      },
      slow: () =>
        new Promise<number>((resolve) => {
          asked += 1;
          release = () => resolve(1);
        }),
    },
    Mutation: { change: () => (changes += 1) },
  },
});

const operation = (name: string, body: string, type: TrustedDocument['type'] = 'query'): TrustedDocument => ({
  id: documentHash(body),
  name,
  type,
  body,
});
const SHOP = operation('Shop', 'query Shop($name: String) { shop(name: $name) { name } }');
const CHANGE = operation('Change', 'mutation Change { change }', 'mutation');
const trusted = trustedDocuments([SHOP, CHANGE]);

type Started = { http: HttpServer; stop: () => Promise<void> };

async function start({ trustedOnly = false, atOnce = 10 } = {}): Promise<Started> {
  const apollo = createApollo<{ requestId: string }>({
    schema,
    log: createLog('silent'),
    production: true,
    trusted,
    plugins: [],
    onErrors: () => {},
  });
  await apollo.start();
  const http = await listen({
    host: '127.0.0.1',
    port: 0,
    routes: {
      '/graphql': graphqlRoute({
        apollo,
        contextOf: async () => ({ requestId: 'r1' }),
        admission: new Admission({ atOnce, waiting: 1, patienceMs: 5_000 }),
        documents: { trusted, trustedOnly },
      }),
    },
    pages: () => false,
    readiness: async () => ({ ready: true, checks: {} }),
    onAnswer: () => {},
    onError: () => {},
  });
  return { http, stop: () => http.close().then(() => apollo.stop()) };
}

let open: Started;
let strict: Started;
beforeAll(async () => {
  [open, strict] = await Promise.all([start(), start({ trustedOnly: true })]);
});
afterAll(() => Promise.all([open.stop(), strict.stop()]));

type Asked = { headers?: Record<string, string>; to?: Started };

async function read(response: Response) {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
}

const send = async (body: unknown, { headers = {}, to = open }: Asked = {}) =>
  read(
    await fetch(`${to.http.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );

const get = async (params: Record<string, string>, { headers = {}, to = open }: Asked = {}) =>
  read(await fetch(`${to.http.url}/graphql?${new URLSearchParams(params)}`, { headers }));

const preflighted = { 'apollo-require-preflight': 'true' };
const codeOf = ({ body }: { body: { errors: [{ extensions: { code: string } }] } }) =>
  body.errors[0].extensions.code;

describe('a POST', () => {
  it('is answered in one piece, as JSON', async () => {
    const raw = await openSocket(open.http.url);
    const chunks: string[] = [];
    raw.socket.on('data', (chunk: string) => chunks.push(chunk));
    raw.send(post('/graphql', '{"query":"{ shop { name } }"}'));
    await raw.until('"Demo"');
    raw.socket.destroy();
    expect(chunks).toHaveLength(1);
    expect(chunks[0]).toMatch(/content-type: application\/json; charset=utf-8/);
    expect(chunks[0]).toMatch(/\{"data":\{"shop":\{"name":"Demo"\}\}\}$/);
  });

  it.each([
    ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
    ['application/json', 'application/json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
    ['text/html, */*;q=0.1', 'application/json; charset=utf-8'],
  ])('that accepts %s gets %s', async (accept, type) => {
    const { headers } = await send({ query: '{ shop { name } }' }, { headers: { accept } });
    expect(headers.get('content-type')).toBe(type);
  });

  it('that accepts nothing that is offered is 406', async () => {
    expect((await send({ query: '{ shop { name } }' }, { headers: { accept: 'image/png' } })).status).toBe(
      406,
    );
  });

  it.each([
    ['a syntax error', { query: '{ shop { name }' }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: '{ shop { nothing } }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['no query', { variables: {} }, 400, 'BAD_REQUEST'],
    ['variables that are no object', { query: '{ shop { name } }', variables: 'x' }, 400, 'BAD_REQUEST'],
    ['a query that is no text', { query: 7 }, 400, 'BAD_REQUEST'],
    [
      'a variable of another type',
      { query: 'query ($n: String) { shop(name: $n) { name } }', variables: { n: 1 } },
      400,
      'BAD_USER_INPUT',
    ],
    [
      'no such operation',
      { query: 'query A { shop { name } }', operationName: 'B' },
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
    [
      'introspection in production',
      { query: '{ __schema { queryType { name } } }' },
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('with %s is refused', async (_, body, status, code) => {
    const answer = await send(body);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
  });

  it('with several operations in a list is refused', async () => {
    const { status, body } = await send([{ query: '{ shop { name } }' }]);
    expect([status, body.errors[0].message]).toEqual([
      400,
      'Send one operation a request; batches are not taken',
    ]);
  });

  it('answers a fault of ours with its request, and without what is behind it', async () => {
    for (const _ of ['graphql-js', 'compiled']) {
      const { status, body } = await send({ query: '{ fails { name } shop { name } }' });
      expect(status).toBe(200);
      expect(body.data).toEqual({ fails: null, shop: { name: 'Demo' } });
      expect(body.errors[0]).toMatchObject({
        message: 'Something went wrong on our side',
        path: ['fails'],
        extensions: { code: 'INTERNAL', requestId: 'r1' },
      });
    }
  });
});

it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is refused, with what is allowed', async (method) => {
  const response = await fetch(`${open.http.url}/graphql`, { method });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
});

describe('a GET', () => {
  const query = '{ shop { name } }';

  it('is answered when no other site can have sent it unasked', async () => {
    expect((await get({ query }, { headers: preflighted })).body).toEqual({
      data: { shop: { name: 'Demo' } },
    });
    expect((await get({ query }, { headers: { 'content-type': 'application/json' } })).status).toBe(200);
    const refused = await get({ query });
    expect(refused.status).toBe(400);
    expect(refused.body.errors[0].message).toContain('Cross-Site Request Forgery');
    expect((await get({ query }, { headers: { 'content-type': 'text/plain' } })).status).toBe(400);
  });

  it('changes nothing', async () => {
    const before = changes;
    const { status, headers } = await get({ query: 'mutation { change }' }, { headers: preflighted });
    expect([status, headers.get('allow'), changes]).toEqual([405, 'POST', before]);
  });

  it('takes variables and the name of an operation', async () => {
    const named = { query: 'query A($n: String) { shop(name: $n) { name } } query B { unmarked { name } }' };
    const { body } = await get(
      { ...named, operationName: 'A', variables: '{"n":"Mug & Co"}' },
      { headers: preflighted },
    );
    expect(body).toEqual({ data: { shop: { name: 'Mug & Co' } } });
  });

  it.each(['{', '1', '"x"'])('with the variables %s is refused', async (variables) => {
    const answer = await get({ query, variables }, { headers: preflighted });
    expect([answer.status, codeOf(answer)]).toEqual([400, 'BAD_REQUEST']);
  });
});

describe('what caches may keep', () => {
  const ask = (query: string, headers: Record<string, string> = {}) =>
    get({ query }, { headers: { ...preflighted, ...headers } });
  const NOBODY = 'private, no-store';

  it.each([
    ['as long as its root field says', '{ shop { name } }', 'public, max-age=60'],
    ['no longer than any part of it', '{ shop { name sales { count } } }', 'public, max-age=5'],
    [
      'no longer than any part of it, in a fragment too',
      '{ shop { ...F } } fragment F on Shop { sales { count } }',
      'public, max-age=5',
    ],
    ['not at all where nothing is said', '{ unmarked { name } }', NOBODY],
    ['not at all where one root field says nothing', '{ shop { name } unmarked { name } }', NOBODY],
    ['not at all what needs a permission', '{ shop { name secret } }', NOBODY],
    ['not at all what is personal', '{ shop { personal } }', NOBODY],
    ['not at all with an error', '{ fails { name } }', NOBODY],
    ['not at all what is wrong', '{ nothing }', NOBODY],
  ])('%s', async (_, query, expected) => {
    const { headers } = await ask(query);
    expect(headers.get('cache-control')).toBe(expected);
    expect(headers.get('vary')).toBe('accept, origin, x-tenant, authorization, x-api-key, x-operator-key');
  });

  it.each(['authorization', 'x-api-key', 'x-operator-key'])('not at all of who shows %s', async (name) => {
    const { headers } = await ask('{ shop { name } }', { [name]: 'k' });
    expect(headers.get('cache-control')).toBe(NOBODY);
    expect(headers.get('etag')).toBeNull();
  });

  it('is not sent again to who has it', async () => {
    const first = await ask('{ shop { name } }');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await ask('{ shop { name } }', { 'if-none-match': known });
      expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', etag]);
      expect(again.headers.get('cache-control')).toBe('public, max-age=60');
    }
    expect((await ask('{ shop { name } }', { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('is never the answer to a POST', async () => {
    const { headers } = await send({ query: '{ shop { name } }' });
    expect([headers.get('cache-control'), headers.get('etag')]).toEqual(['no-store', null]);
  });
});

describe('a trusted document', () => {
  const documentId = `sha256:${SHOP.id}`;

  it('is answered by its id alone, however it is given', async () => {
    const data = { data: { shop: { name: 'N' } } };
    const variables = { name: 'N' };
    const persistedQuery = { version: 1, sha256Hash: SHOP.id };
    expect((await send({ documentId, variables })).body).toEqual(data);
    expect((await send({ documentId: SHOP.id.toUpperCase(), variables })).body).toEqual(data);
    expect((await send({ extensions: { persistedQuery }, variables })).body).toEqual(data);
    expect((await get({ documentId, variables: '{"name":"N"}' })).body).toEqual(data);
    const extensions = JSON.stringify({ persistedQuery });
    expect((await get({ extensions, variables: '{"name":"N"}' }, { headers: preflighted })).body).toEqual(
      data,
    );
  });

  it('is public by GET, without a header for it', async () => {
    const { headers } = await get({ documentId });
    expect(headers.get('cache-control')).toBe('public, max-age=60');
  });

  it('changes nothing by GET', async () => {
    const before = changes;
    expect((await get({ documentId: CHANGE.id })).status).toBe(405);
    expect(changes).toBe(before);
    expect((await send({ documentId: CHANGE.id })).body).toEqual({ data: { change: before + 1 } });
  });

  it('that is not in the manifest is refused, and not learnt', async () => {
    const query = '{ unmarked { name } }';
    const unknown = documentHash(query);
    const asked = { extensions: { persistedQuery: { version: 1, sha256Hash: unknown } } };
    expect(codeOf(await send({ documentId: unknown }))).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((await send({ ...asked, query })).status).toBe(200);
    expect(codeOf(await send(asked))).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it.each(['nonsense', 'md5:abc', 7, null])('with the id %j is refused', async (id) => {
    const { status, body } = await send({ documentId: id });
    expect(status).toBe(400);
    expect(body.errors[0].message).toMatch(/^A documentId is sha256: and the 64 hex digits/);
  });

  it('is all that is answered where only such are trusted', async () => {
    const to = strict;
    const query = '{ shop { name } }';
    for (const refused of [
      await send({ query }, { to }),
      await get({ query }, { to, headers: preflighted }),
    ]) {
      expect(refused.status).toBe(403);
      expect(refused.body.errors[0].message).toMatch(/^This server answers trusted documents only/);
    }
    expect((await send({ documentId }, { to })).status).toBe(200);
    expect((await send({ query: SHOP.body }, { to })).status).toBe(200);
  });
});

it('is sent away at once where neither a place nor room to wait is left', async () => {
  const small = await start({ atOnce: 1 });
  const slow = () => send({ query: '{ slow }' }, { to: small });
  const first = slow();
  await expect.poll(() => asked).toBe(1);
  const second = slow();
  // Until the second one waits, the third might take its place.
  const third = await expect
    .poll(async () => (await send({ query: '{ shop { name } }' }, { to: small })).status)
    .toBe(503)
    .then(slow);
  expect([third.status, third.headers.get('retry-after'), codeOf(third)]).toEqual([
    503,
    '1',
    'SERVICE_UNAVAILABLE',
  ]);
  release();
  expect((await first).body).toEqual({ data: { slow: 1 } });
  await expect.poll(() => asked).toBe(2);
  release();
  expect((await second).body).toEqual({ data: { slow: 1 } });
  await small.stop();
});
