import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { openShop, type Shop } from '../../support/shop.ts';

const OPERATOR_KEY = randomBytes(24).toString('hex');
const app = await startTestApp({ OPERATOR_KEY });
const live = await startTestApp({ OPERATOR_KEY, NODE_ENV: 'production' });

const STOREFRONT = 'https://mugs.example';
const QUERY = JSON.stringify({ query: '{ shop { name } }' });

async function allow(shop: Shop, allowedOrigins: string[] | null) {
  const { data } = await shop.request(
    `mutation ($input: TenantUpdateInput!) { tenantUpdate(input: $input) {
      tenant { allowedOrigins } userErrors { message path } } }`,
    { input: { id: shop.tenant._id.toHexString(), allowedOrigins } },
    { 'x-operator-key': OPERATOR_KEY },
  );
  return data.tenantUpdate;
}

/** A shop that allows these sites. */
async function shopAllowing(origins: string[], on: TestApp = app) {
  const shop = await openShop({ app: on });
  await allow(shop, origins);
  return shop;
}

type Headers = Record<string, string>;

const ask = ({ url, tenant }: Shop, origin: string, headers: Headers = {}, body = QUERY) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tenant': tenant.subdomain, origin, ...headers },
    body,
  });

/** As a browser asks beforehand: it names headers and sends none of them. */
const preflight = (url: string, origin: string, headers: Headers = {}) =>
  fetch(`${url}/graphql`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-tenant,authorization',
      ...headers,
    },
  });

const allowed = ({ headers }: Response) => headers.get('access-control-allow-origin');

describe('a page of a site that the shop allows', () => {
  it('may ask, and read what is answered', async () => {
    const shop = await shopAllowing([STOREFRONT, 'http://localhost:3000']);
    const before = await preflight(shop.url, STOREFRONT);
    expect(before.status).toBe(204);
    expect(allowed(before)).toBe(STOREFRONT);
    expect(before.headers.get('access-control-allow-methods')).toContain('POST');
    for (const name of ['content-type', 'x-tenant', 'authorization', 'x-api-key', 'apollo-require-preflight'])
      expect(before.headers.get('access-control-allow-headers')?.split(', ')).toContain(name);
    expect(Number(before.headers.get('access-control-max-age'))).toBeGreaterThan(0);
    expect(before.headers.get('vary')).toBe('origin');

    const answer = await ask(shop, STOREFRONT);
    expect(answer.status).toBe(200);
    expect(allowed(answer)).toBe(STOREFRONT);
    expect(answer.headers.get('access-control-expose-headers')).toContain('x-request-id');
  });

  it('may read errors too', async () => {
    const shop = await shopAllowing([STOREFRONT]);
    for (const [headers, body] of [
      [{ authorization: 'Bearer nonsense' }, QUERY],
      [{}, '{'],
      [{}, JSON.stringify({ query: '{' })],
      [{ 'content-type': 'text/plain' }, QUERY],
    ] as const) {
      const answer = await ask(shop, STOREFRONT, headers, body);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(allowed(answer)).toBe(STOREFRONT);
    }
  });

  it('is known by a key that it sends instead of the name of the shop', async () => {
    const shop = await shopAllowing([STOREFRONT]);
    const answer = await ask(shop, STOREFRONT, { ...(await shop.staff()), 'x-tenant': '' });
    expect(answer.status).toBe(200);
    expect(allowed(answer)).toBe(STOREFRONT);
  });

  it('may be any, when the shop says so', async () => {
    const shop = await shopAllowing(['*']);
    expect(allowed(await ask(shop, 'https://anywhere.example'))).toBe('https://anywhere.example');
  });

  it('gets no answer that a cache kept for another', async () => {
    const shop = await shopAllowing([STOREFRONT]);
    const answer = await fetch(`${shop.url}/graphql?query={shop{name}}`, {
      headers: { 'x-tenant': shop.tenant.subdomain, origin: STOREFRONT, 'apollo-require-preflight': '1' },
    });
    expect(answer.headers.get('vary')).toContain('origin');
    expect(allowed(answer)).toBe(STOREFRONT);
  });
});

describe('a page of any other site', () => {
  const STRANGER = 'https://stranger.example';

  it('may not ask', async () => {
    const shop = await shopAllowing([STOREFRONT], live);
    const before = await preflight(shop.url, STRANGER);
    expect(before.status).toBe(403);
    expect(allowed(before)).toBeNull();
    expect(await before.text()).toContain(`Pages of ${STRANGER} may not use this API`);
    expect(allowed(await ask(shop, STRANGER))).toBeNull();
  });

  it('may not read what a shop answers that allows others', async () => {
    const shop = await shopAllowing([STOREFRONT]);
    for (const origin of [
      STRANGER,
      'http://mugs.example',
      'https://mugs.example:444',
      'https://a.mugs.example',
      'null',
    ])
      expect(allowed(await ask(shop, origin))).toBeNull();
  });

  it('may not use a shop that another shop would let it use', async () => {
    await shopAllowing([STOREFRONT]);
    const other = await openShop({ app });
    expect(allowed(await ask(other, STOREFRONT))).toBeNull();
    const named = await preflight(other.url, STOREFRONT, { 'x-tenant': other.tenant.subdomain });
    expect(named.status).toBe(403);
  });

  it('may no more once the shop has changed its mind', async () => {
    const shop = await shopAllowing([STOREFRONT]);
    expect(await allow(shop, null)).toEqual({ tenant: { allowedOrigins: [] }, userErrors: [] });
    expect(allowed(await ask(shop, STOREFRONT))).toBeNull();
  });
});

describe('a page of this machine', () => {
  const HERE = [
    'http://localhost:5173',
    'http://127.0.0.1:3000',
    'http://shop.localhost:3000',
    'http://[::1]:80',
  ];

  it('may use any shop while it is developed', async () => {
    const shop = await openShop({ app });
    for (const origin of HERE) {
      expect((await preflight(shop.url, origin)).status).toBe(204);
      expect(allowed(await ask(shop, origin))).toBe(origin);
    }
    expect(allowed(await ask(shop, 'http://localhost.example'))).toBeNull();
  });

  it('is like any other in production', async () => {
    const shop = await openShop({ app: live });
    for (const origin of HERE) {
      expect((await preflight(shop.url, origin)).status).toBe(403);
      expect(allowed(await ask(shop, origin))).toBeNull();
    }
  });
});

it('a page of the API itself needs no permission', async () => {
  const shop = await openShop({ app: live });
  expect((await preflight(shop.url, shop.url)).status).toBe(204);
  expect((await ask(shop, shop.url)).status).toBe(200);
});

it.each([
  ['a path', 'https://mugs.example/'],
  ['no scheme', 'mugs.example'],
  ['another scheme', 'ftp://mugs.example'],
  ['a pattern', 'https://*.example'],
  ['the usual port', 'https://mugs.example:443'],
])('an origin with %s is refused', async (_, origin) => {
  const shop = await openShop({ app });
  const { tenant, userErrors } = await allow(shop, ['https://mugs.example', origin]);
  expect(tenant).toBeNull();
  expect(userErrors[0].path).toEqual(['input', 'allowedOrigins', '1']);
  expect(userErrors[0].message).toContain('An origin is https://host');
});
