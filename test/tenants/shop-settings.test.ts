import { beforeAll, expect, it } from 'vitest';
import { auditMonth } from '../../src/domains/audit/collections.ts';
import { startTestApp, testApp } from '../support/app.ts';
import { type Answer, ask, openShop, type Shop } from '../support/shop.ts';

const FIELDS = `name currency locale storefront taxIncluded lowStockThreshold unpaidOrderMinutes passwordPage
  allowedOrigins version shippingMethods { id name price { amount currency } freeFrom { amount } }`;
const SETTINGS = `{ shopSettings { ${FIELDS} } }`;
const UPDATE = `mutation ($input: ShopUpdateInput!) { shopUpdate(input: $input) {
  settings { ${FIELDS} } userErrors { code path message ... on VersionConflictError { currentVersion } } } }`;
const METHOD = { id: 'post', name: 'By post', price: '4.90' };

let shop: Shop;
let manager: Record<string, string>;
const update = async (input: object, headers = manager) =>
  (await shop.request(UPDATE, { input }, headers)).data.shopUpdate;

beforeAll(async () => {
  shop = await openShop({ currency: 'EUR' });
  manager = await shop.staff('settings:write');
});

it('shows what holds where a shop has said nothing', async () => {
  const { data } = await shop.request(SETTINGS, {}, await shop.staff('settings:read'));
  expect(data.shopSettings).toEqual({
    name: shop.tenant.name,
    currency: 'EUR',
    locale: 'en-US',
    storefront: {},
    taxIncluded: true,
    lowStockThreshold: 5,
    unpaidOrderMinutes: 60,
    passwordPage: null,
    allowedOrigins: [],
    version: 1,
    shippingMethods: [],
  });
});

it('changes what is given, leaves the rest, and takes back what is null', async () => {
  const given = {
    ...{ name: ' Tea & More ', locale: 'de-DE', storefront: { theme: 'dark' }, taxIncluded: false },
    ...{ lowStockThreshold: 0, unpaidOrderMinutes: 30, passwordPage: 'https://tea.example/p' },
    allowedOrigins: ['https://tea.example'],
    shippingMethods: [
      { ...METHOD, freeFrom: '50' },
      { id: 'pickup', name: 'Pick up', price: '0' },
    ],
  };
  const shown = {
    ...{ ...given, name: 'Tea & More', currency: 'EUR', version: 2 },
    shippingMethods: [
      { ...METHOD, price: { amount: '4.90', currency: 'EUR' }, freeFrom: { amount: '50.00' } },
      { id: 'pickup', name: 'Pick up', price: { amount: '0.00', currency: 'EUR' }, freeFrom: null },
    ],
  };
  expect(await update({ ...given, expectedVersion: 1 })).toEqual({ settings: shown, userErrors: [] });
  expect((await shop.request('{ shop { name settings locale } }')).data.shop).toEqual({
    ...{ name: 'Tea & More', settings: { theme: 'dark' }, locale: 'de-DE' },
  });
  const { settings } = await update({ shippingMethods: null, lowStockThreshold: null, taxIncluded: null });
  expect(settings).toEqual({
    ...{ ...shown, version: 3, taxIncluded: true, lowStockThreshold: 5, shippingMethods: [] },
  });
});

it.each([
  ['a price with too many decimals', { shippingMethods: [{ ...METHOD, price: '4.905' }] }, '0.price'],
  ['a price below nothing', { shippingMethods: [METHOD, { ...METHOD, id: 'b', price: '-1' }] }, '1.price'],
  ['no amount', { shippingMethods: [{ ...METHOD, freeFrom: '-0.01' }] }, '0.freeFrom'],
  ['the same id twice', { shippingMethods: [METHOD, METHOD] }, '1.id'],
  ['an id that is a sentence', { shippingMethods: [{ ...METHOD, id: 'by post' }] }, '0.id'],
  ['a nameless way', { shippingMethods: [{ ...METHOD, name: ' ' }] }, '0.name'],
])('refuses ways to send with %s, and says where', async (_, input, path) => {
  const at = ['input', 'shippingMethods', ...path.split('.')];
  expect(await update(input)).toMatchObject({ settings: null, userErrors: [{ code: 'INVALID', path: at }] });
});

it.each([
  ['name', { name: '' }],
  ['lowStockThreshold', { lowStockThreshold: -1 }],
  ['unpaidOrderMinutes', { unpaidOrderMinutes: 4 }],
  ['passwordPage', { passwordPage: 'https://tea.example/#a' }],
  [
    'shippingMethods',
    { shippingMethods: Array.from({ length: 51 }, (_, i) => ({ ...METHOD, id: `m${i}` })) },
  ],
])('refuses a %s that cannot be', async (field, input) => {
  const { userErrors } = await update(input);
  expect(userErrors).toMatchObject([{ code: 'INVALID', path: ['input', field] }]);
});

it('refuses a change of another version, and those who may not', async () => {
  expect((await update({ name: 'Late', expectedVersion: 1 })).userErrors).toMatchObject([
    { code: 'VERSION_CONFLICT', currentVersion: expect.any(Number) },
  ]);
  const codes = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions.code);
  const reader = await shop.staff('settings:read');
  expect(codes(await shop.request(UPDATE, { input: {} }, reader))).toEqual(['FORBIDDEN']);
  const support = (await shop.person('SUPPORT')).headers;
  expect(codes(await shop.request(SETTINGS, {}, support))).toEqual(['FORBIDDEN']);
});

it('is written down in the audit, by what changed', async () => {
  await update({ unpaidOrderMinutes: 45 });
  const [entry] = await shop.db
    .collection(auditMonth(new Date()))
    .find({ 'record.type': 'tenant' }, { limit: 1, sort: { _id: -1 } });
  expect(entry).toMatchObject({
    actor: expect.stringMatching(/^apiKey:/),
    changes: [{ path: 'settings.unpaidOrderMinutes', after: 45 }],
  });
});

it('is seen by another process within seconds', async () => {
  const other = await startTestApp({ MONGODB_DATABASE: (await testApp()).databaseName });
  const nameThere = async () => {
    const headers = { 'x-tenant': shop.tenant.subdomain };
    return (await ask(other.url, { query: '{ shop { name } }' }, headers)).data.shop.name;
  };
  expect(await nameThere()).toBe('Tea & More');
  await update({ name: 'Coffee' });
  await expect.poll(nameThere, { timeout: 10_000 }).toBe('Coffee');
});
