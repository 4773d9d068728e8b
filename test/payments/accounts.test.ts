import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { auditMonth } from '../../src/domains/audit/collections.ts';
import { paymentAccounts } from '../../src/domains/payments/collections.ts';
import { seal, unseal } from '../../src/domains/payments/sealing.ts';
import { idempotencyKeys } from '../../src/platform/idempotency/collections.ts';
import { startTestApp } from '../support/app.ts';
import { openShop, type Shop } from '../support/shop.ts';
import { type Json, openPaying, payingApp } from './paying-shop.ts';

const ACCOUNT =
  'id provider publishableKey secretKeyEnd noticeSecretEnd noticeUrl captureAtOnce returnOrigins version';
const SET = `mutation ($input: PaymentAccountSetInput!) { paymentAccountSet(input: $input) {
  paymentAccount { ${ACCOUNT} } userErrors { __typename code message path } } }`;
const REMOVE = `mutation ($input: PaymentAccountRemoveInput!) { paymentAccountRemove(input: $input) {
  paymentAccount { provider } userErrors { code path } } }`;

const SECRET_KEY = 'sk_live_51VerySecretIndeed';
const NOTICE_SECRET = 'whsec_AlsoVerySecretIndeed';
const secrets = { secretKey: SECRET_KEY, noticeSecret: NOTICE_SECRET };

const shop = await openPaying();
const owner = await shop.staff();

async function set(input: object, at: Shop = shop, headers = owner): Promise<Json> {
  const { data, errors } = await at.request(SET, { input: { provider: 'stripe', ...input } }, headers);
  if (errors) throw new Error(JSON.stringify(errors));
  return data.paymentAccountSet;
}

const methodsOf = async (at: Shop) =>
  (await at.request('{ shop { paymentMethods { provider publishableKey } } }')).data.shop.paymentMethods;

describe('a payment account', () => {
  it('keeps its secrets encrypted, and shows none but their ends anywhere', async () => {
    const idempotencyKey = crypto.randomUUID();
    const { paymentAccount } = await set({ ...secrets, publishableKey: 'pk_live_1', idempotencyKey });
    expect(paymentAccount).toMatchObject({
      ...{ secretKeyEnd: 'deed', noticeSecretEnd: 'deed', publishableKey: 'pk_live_1', captureAtOnce: true },
      noticeUrl: expect.stringMatching(`/payments/stripe/${shop.tenant.subdomain}$`),
    });
    await set({ captureAtOnce: false });
    const shown = await shop.request(`{ paymentAccounts { ${ACCOUNT} } }`, {}, owner);
    expect(shown.data.paymentAccounts).toMatchObject([
      { provider: 'stripe', captureAtOnce: false, version: 2 },
    ]);
    const stored = JSON.stringify([
      await shop.db.collection(paymentAccounts).find({}, { limit: 9 }),
      await shop.db.collection(auditMonth(new Date())).find({}, { limit: 99 }),
      await shop.db.collection(idempotencyKeys).find({}, { limit: 99 }),
      shown,
    ]);
    for (const secret of [SECRET_KEY, NOTICE_SECRET]) expect(stored).not.toContain(secret);
    const audited = await shop.db
      .collection(auditMonth(new Date()))
      .find({ 'record.type': 'paymentAccount' }, { limit: 9 });
    expect(JSON.stringify(audited)).toContain('captureAtOnce');
    expect(JSON.stringify(audited)).not.toMatch(/v1\.[\w-]{40}/);
  });

  it('is a way to pay for everybody, without its secrets, until it is removed', async () => {
    const other = await openPaying();
    const headers = await other.staff();
    await set({ ...secrets, publishableKey: 'pk_live_2' }, other, headers);
    const test = { provider: 'test', publishableKey: null };
    expect(await methodsOf(other)).toEqual([{ provider: 'stripe', publishableKey: 'pk_live_2' }, test]);
    const input = { provider: 'stripe', expectedVersion: 7 };
    const stale = await other.request(REMOVE, { input }, headers);
    expect(stale.data.paymentAccountRemove.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
    const gone = await other.request(REMOVE, { input: { provider: 'stripe' } }, headers);
    expect(gone.data.paymentAccountRemove.paymentAccount).toEqual({ provider: 'stripe' });
    expect(await methodsOf(other)).toEqual([test]);
    const again = await other.request(REMOVE, { input: { provider: 'stripe' } }, headers);
    expect(again.data.paymentAccountRemove.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  it.each([
    [{ provider: 'paypal' }, 'provider'],
    [{ secretKey: 'short' }, 'secretKey'],
    [{ secretKey: 'sk_live_with a space in it' }, 'secretKey'],
    [{ secretKey: null }, 'secretKey'],
    [{ ...secrets, returnOrigins: ['https://shop.example/path'] }, 'returnOrigins'],
    [{ ...secrets, returnOrigins: ['http://shop.example'] }, 'returnOrigins'],
  ])('is refused with %j', async (input, name) => {
    const { paymentAccount, userErrors } = await set(input);
    expect([paymentAccount, userErrors]).toMatchObject([null, [{ code: 'INVALID' }]]);
    expect(userErrors[0].path[1]).toBe(name);
  });

  it('is for those with settings:write', async () => {
    const clerk = await shop.staff('orders:write');
    await expect(set({}, shop, clerk)).rejects.toThrow('FORBIDDEN');
    const { errors } = await shop.request('{ paymentAccounts { provider } }', {}, clerk);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});

it('an API without SECRETS_KEY stores no secret, and in production has no test provider by itself', async () => {
  const { databaseName } = await payingApp();
  const app = await startTestApp({ MONGODB_DATABASE: databaseName, NODE_ENV: 'production' });
  const at = await openShop({ app });
  const headers = await at.staff();
  const { userErrors } = await set(secrets, at, headers);
  expect(userErrors).toMatchObject([{ code: 'ILLEGAL_STATE', path: ['input', 'secretKey'] }]);
  expect(userErrors[0].message).toContain('SECRETS_KEY');
  expect(await methodsOf(at)).toEqual([]);
  expect((await set({ provider: 'test' }, at, headers)).userErrors).toEqual([]);
  expect(await methodsOf(at)).toEqual([{ provider: 'test', publishableKey: null }]);
});

describe('what is sealed', () => {
  const [old, fresh] = [randomBytes(32), randomBytes(32)];

  it('is opened where it was put, by a key of any age, and by nobody else', () => {
    const sealed = seal('secret', 'here', [old]);
    expect(unseal(sealed, 'here', [fresh, old])).toBe('secret');
    expect(unseal(sealed, 'there', [old])).toBeUndefined();
    expect(unseal(sealed, 'here', [fresh])).toBeUndefined();
    expect(unseal(`${sealed.slice(0, -2)}AA`, 'here', [old])).toBeUndefined();
    expect(unseal('nonsense', 'here', [old])).toBeUndefined();
    expect(seal('secret', 'here', [old])).not.toBe(sealed);
  });
});
