import { describe, expect, it } from 'vitest';
import { testApp } from '../../support/app.ts';
import { openShop } from '../../support/shop.ts';

const { url } = await testApp();
const shop = await openShop();

const ask = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
  fetch(`${url}${path}`, { ...init, headers: { 'x-tenant': shop.tenant.subdomain, ...init.headers } });

const post = (body: string, headers: Record<string, string> = {}) =>
  ask('/graphql', { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

const QUERY = JSON.stringify({ query: '{ shop { name } }' });
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Every kind of answer that there is. */
const answers: [string, () => Promise<Response>, number][] = [
  ['an answer', () => post(QUERY), 200],
  ['a syntax error', () => post(JSON.stringify({ query: '{' })), 400],
  ['a body that is no JSON', () => post('{'), 400],
  ['an unknown shop', () => post(QUERY, { 'x-tenant': 'nobody' }), 404],
  ['a method that is not taken', () => ask('/graphql', { method: 'DELETE' }), 405],
  [
    'a query by GET',
    () => ask(`/graphql?query={shop{name}}`, { headers: { 'apollo-require-preflight': '1' } }),
    200,
  ],
  ['a preflight', () => ask('/graphql', { method: 'OPTIONS' }), 204],
  ['nothing there', () => ask('/nothing'), 404],
  ['readiness', () => ask('/readyz'), 200],
  ['health', () => ask('/healthz'), 200],
  ['metrics', () => ask('/metrics'), 200],
  ['a page', () => ask('/playground/config.json'), 200],
];

describe.each(answers)('%s', (_, answer, status) => {
  it('has the security headers and an id of the request', async () => {
    const response = await answer();
    expect(response.status).toBe(status);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toMatch(/no-store|no-cache|max-age/);
    expect(response.headers.get('x-request-id')).toMatch(UUID);
  });
});

describe('the id of a request', () => {
  it.each(['abc', 'req_01JD-x.y:z', '4bf92f3577b34da6a3ce929d0e0e4736', 'a'.repeat(64)])(
    'is the one that the client sent: %s',
    async (id) => {
      expect((await post(QUERY, { 'x-request-id': id })).headers.get('x-request-id')).toBe(id);
    },
  );

  it.each(['', ' ', 'a b', 'a'.repeat(65), '<script>', 'a, b', 'ä'])(
    'is not what cannot be one: %j',
    async (id) => {
      expect((await post(QUERY, { 'x-request-id': id })).headers.get('x-request-id')).toMatch(UUID);
    },
  );

  it('is another for each request', async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, async () => (await post(QUERY)).headers.get('x-request-id')),
    );
    expect(new Set(ids).size).toBe(5);
  });

  it('is the one that the audit keeps', async () => {
    const headers = { ...(await shop.staff()), 'x-request-id': 'audited-1' };
    const query = `mutation { categoryCreate(input: { name: "Mugs" }) { category { id } } }`;
    const { errors } = (await (await post(JSON.stringify({ query }), headers)).json()) as {
      errors?: unknown;
    };
    expect(errors).toBeUndefined();
    const log = await shop.request('{ auditLog(first: 5) { nodes { requestId } } }', {}, await shop.staff());
    expect(log.data.auditLog.nodes.map(({ requestId }: { requestId: string }) => requestId)).toContain(
      'audited-1',
    );
  });
});

describe('a request that a page of another site could send without being asked for', () => {
  const MUTATION = 'mutation { sessionDelete { userErrors { code } } }';

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'is refused: a POST of %j',
    async (type) => {
      const response = await post(QUERY, { 'content-type': type });
      expect(response.status).toBe(415);
      expect(await response.text()).toContain('Send content-type: application/json');
    },
  );

  it('is refused: a GET without a header that browsers ask for beforehand', async () => {
    const response = await ask('/graphql?query={shop{name}}');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('Cross-Site Request Forgery');
  });

  it('is refused: a mutation by GET, with whatever header', async () => {
    const headers = { 'apollo-require-preflight': 'true' };
    const response = await ask(`/graphql?query=${encodeURIComponent(MUTATION)}`, { headers });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });
});
