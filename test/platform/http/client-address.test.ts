import { describe, expect, it } from 'vitest';
import { clientAddress } from '../../../src/platform/http/client-address.ts';
import { startTestApp } from '../../support/app.ts';
import { openShop } from '../../support/shop.ts';

const from = (forwarded: string | undefined, proxies: number) =>
  clientAddress(
    { headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress: '10.0.0.1' } },
    proxies,
  );

describe('the address that a request comes from', () => {
  it.each([
    ['the one that is connected, where no proxy is trusted', '203.0.113.5', 0, '10.0.0.1'],
    ['what the one proxy was connected to', '203.0.113.5', 1, '203.0.113.5'],
    ['not what the sender made up', '1.2.3.4, 203.0.113.5', 1, '203.0.113.5'],
    ['what the outermost of two proxies was connected to', '1.2.3.4, 203.0.113.5,10.0.0.9', 2, '203.0.113.5'],
    ['the leftmost, where a proxy was passed by', '203.0.113.5', 2, '203.0.113.5'],
    ['without its port', '203.0.113.5:4711', 1, '203.0.113.5'],
    ['of IPv6', '2001:db8::1', 1, '2001:db8::1'],
    ['of IPv6 with a port', '[2001:db8::1]:4711', 1, '2001:db8::1'],
    ['the one that is connected, where the entry is no address', 'unknown', 1, '10.0.0.1'],
    ['the one that is connected, where nothing is said', undefined, 1, '10.0.0.1'],
  ])('is %s', (_, forwarded, proxies, expected) => expect(from(forwarded, proxies)).toBe(expected));
});

describe('behind one proxy', async () => {
  const app = await startTestApp({ TRUSTED_PROXIES: '1' });
  const shop = await openShop({ plan: 'FREE', app });
  const forwarded = (...addresses: string[]) => ({ 'x-forwarded-for': addresses.join(', ') });
  const available = async (headers: Record<string, string>) =>
    (await shop.request('{ shop { name } }', {}, headers)).extensions?.cost.available;

  it('each address has a budget of its own, whatever it says it is', async () => {
    const dear = '{ products(first: 100, after: "nonsense") { nodes { name } } }';
    for (let n = 0; n < 10; n++) await shop.request(dear, {}, forwarded(`198.51.100.${n}`, '203.0.113.5'));
    expect(await available(forwarded('203.0.113.5'))).toBeLessThan(4_300);
    expect(await available(forwarded('203.0.113.6'))).toBeGreaterThan(4_900);
  });

  it('each address has attempts of its own to ask for letters', async () => {
    const query =
      'mutation ($input: PasswordResetRequestInput!) { passwordResetRequest(input: $input) { email } }';
    const attempt = (address: string, n: number) =>
      shop.request(query, { input: { email: `nobody${n}@example.com` } }, forwarded(address));
    const first = await Promise.all(Array.from({ length: 50 }, (_, n) => attempt('203.0.113.7', n)));
    expect(first.filter(({ errors }) => errors)).toEqual([]);
    expect((await attempt('203.0.113.7', 50)).errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
    expect((await attempt('203.0.113.8', 51)).errors).toBeUndefined();
  });

  it('the audit keeps it', async () => {
    const staff = await shop.staff();
    const create = 'mutation { categoryCreate(input: { name: "Mugs" }) { userErrors { message } } }';
    await shop.request(create, {}, { ...staff, ...forwarded('1.2.3.4', '203.0.113.9') });
    const log = await shop.request('{ auditLog(first: 1) { nodes { ip } } }', {}, staff);
    expect(log.data.auditLog.nodes).toEqual([{ ip: '203.0.113.9' }]);
  });
});
