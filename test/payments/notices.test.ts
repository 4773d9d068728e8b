import { describe, expect, it } from 'vitest';
import { SIGNATURE, signTestNotice } from '../../src/domains/payments/test-provider.ts';
import { chargesOf, MINUTE, openPaying, order, pay, payingApp, readOrder, reconcile } from './paying-shop.ts';

const shop = await openPaying();
const other = await openPaying();
const { url } = await payingApp();

const bought = await order(shop);
await pay(shop, bought, 'lost-answer');
const [charge] = await chargesOf(shop);
const body = Buffer.from(JSON.stringify({ chargeId: charge?._id }));

const send = async (path: string, signature: string, init: RequestInit = {}) => {
  const headers = { 'content-type': 'application/json', [SIGNATURE]: signature };
  return (await fetch(`${url}/payments/${path}`, { method: 'POST', body, headers, ...init })).status;
};

describe('a notice', () => {
  const here = `test/${shop.tenant.subdomain}`;
  const now = () => new Date();

  it('that is not signed by its provider is refused, and counts for nothing', async () => {
    const right = signTestNotice(shop.db, body, now());
    const old = signTestNotice(shop.db, body, new Date(Date.now() - 6 * MINUTE));
    const statuses = [
      await send(here, ''),
      await send(here, `${right.slice(0, -1)}${right.endsWith('0') ? '1' : '0'}`),
      await send(here, right, { body: Buffer.concat([body, Buffer.from(' ')]) }),
      await send(here, signTestNotice(other.db, body, now())),
      await send(here, old),
      await send(`test/${other.tenant.subdomain}`, right),
    ];
    expect(statuses).toEqual([400, 400, 400, 400, 400, 400]);
    expect(await readOrder(shop, bought)).toMatchObject({ paymentStatus: 'PENDING' });
  });

  it.each([
    ['another shop', 'test/nobody', {}, 404],
    ['another provider', `paypal/${shop.tenant.subdomain}`, {}, 404],
    ['nothing', 'test', {}, 404],
    ['something more', `${here}/more`, {}, 404],
    ['a GET', here, { method: 'GET', body: null }, 405],
    ['too much', here, { body: Buffer.alloc(100_001) }, 413],
    ['money that the staff record', `manual/${shop.tenant.subdomain}`, {}, 400],
  ])('about %s is refused', async (_, path, init, status) => {
    expect(await send(path, signTestNotice(shop.db, body, now()), init)).toBe(status);
  });

  it('about a charge of another shop is nobody’s there', async () => {
    expect(await send(`test/${other.tenant.subdomain}`, signTestNotice(other.db, body, now()))).toBe(200);
    expect(await readOrder(shop, bought)).toMatchObject({ paymentStatus: 'PENDING' });
  });

  it('completes the order, whatever else its sender says, and is counted', async () => {
    const headers = { authorization: 'Bearer of something else', 'x-tenant': other.tenant.subdomain };
    const signature = signTestNotice(shop.db, body, now());
    expect(await send(here, signature, { headers: { ...headers, [SIGNATURE]: signature } })).toBe(200);
    expect(await readOrder(shop, bought)).toMatchObject({ status: 'PAID', paid: { minor: 1_000 } });
    await reconcile();
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('payments_outcomes_total{provider="test",outcome="CAPTURED"} 1');
    expect(metrics).toMatch(/payments_pending 0\n/);
    expect(metrics).toContain('route="/payments/*"');
  });
});
