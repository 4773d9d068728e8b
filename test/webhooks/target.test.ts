import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../src/domains/webhooks/public-address.ts';
import { send } from '../../src/domains/webhooks/send.ts';
import type { Lookup } from '../../src/domains/webhooks/settings.ts';
import { readTarget, resolveTarget } from '../../src/domains/webhooks/target.ts';
import { openReceiver } from './receiver.ts';

const production = { production: true };
const development = { production: false };

describe('an address as it is written', () => {
  it.each([
    ['no address', 'erp'],
    ['another protocol', 'ftp://erp.example/'],
    ['not encrypted', 'http://erp.example/'],
    ['a user', 'https://user@erp.example/'],
    ['a user and a password', 'https://user:secret@erp.example/'],
    ['another port', 'https://erp.example:22/'],
    ['the port of a database', 'https://erp.example:27017/'],
    ['this machine', 'https://localhost/'],
    ['this machine as an address', 'https://127.0.0.1/'],
    ['another address of this machine', 'https://127.1.2.3/'],
    ['this machine as a number', 'https://2130706433/'],
    ['this machine in octal', 'https://0177.0.0.1/'],
    ['this machine in hex', 'https://0x7f.1/'],
    ['this machine in IPv6', 'https://[::1]/'],
    ['this machine mapped into IPv6', 'https://[::ffff:127.0.0.1]/'],
    ['a private network', 'https://192.168.1.1/'],
    ['the metadata of a cloud', 'https://169.254.169.254/latest/meta-data'],
    ['longer than it may be', `https://erp.example/${'x'.repeat(2_000)}`],
  ])('is refused when it is %s', (_, url) => {
    expect(() => readTarget(url, production)).toThrow(/./);
  });

  it('is taken when it is https, on a usual port', () => {
    expect(readTarget('https://erp.example/hook?a=1#part', production).href).toBe(
      'https://erp.example/hook?a=1',
    );
    expect(readTarget('https://erp.example:8443/', production).port).toBe('8443');
    expect(readTarget('https://93.184.216.34/', production).hostname).toBe('93.184.216.34');
  });

  it('may be of this machine outside production alone, and of no other without encryption', () => {
    expect(readTarget('http://localhost:9999/hook', development).port).toBe('9999');
    expect(() => readTarget('http://192.168.1.1/', development)).toThrow('https alone');
    expect(() => readTarget('ftp://localhost/', development)).toThrow('https');
  });
});

const PRIVATE = [
  ...[
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.255.255.255',
    '169.254.169.254',
  ],
  ...['172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.2.1', '192.88.99.1', '192.168.0.1', '198.18.0.1'],
  ...['198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
  ...[
    '::',
    '::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
  ],
  ...['::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1', '100::1', '2001::1', '2001:db8::1', '2002:7f00:1::'],
  ...['3fff::1', 'nonsense', ''],
];
const PUBLIC = [
  ...[
    '8.8.8.8',
    '93.184.216.34',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.0.1.1',
  ],
  ...['198.17.255.255', '198.20.0.0', '223.255.255.255', '2606:4700::1111', '2a00:1450:4001:81b::200e'],
];

it.each(PRIVATE)('does not take %s for an address of the public internet', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

it.each(PUBLIC)('takes %s for an address of the public internet', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

describe('what a name leads to', () => {
  const answering =
    (...addresses: string[]): Lookup =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const resolve = (url: string, lookup: Lookup, isProduction = true) =>
    resolveTarget(new URL(url), { lookup, production: isProduction });

  it.each([['10.0.0.1'], ['127.0.0.1'], ['::1'], ['fd00::1'], ['::ffff:10.0.0.1'], ['169.254.169.254']])(
    'is refused when that is %s, or one of several',
    async (address) => {
      await expect(resolve('https://erp.example/', answering(address))).rejects.toThrow('public internet');
      await expect(resolve('https://erp.example/', answering('8.8.8.8', address))).rejects.toThrow(address);
    },
  );

  it('is refused when a name that is not localhost leads to this machine, also outside production', async () => {
    await expect(resolve('https://erp.example/', answering('127.0.0.1'), false)).rejects.toThrow('public');
    await expect(resolve('http://localhost/', answering('10.0.0.1'), false)).rejects.toThrow('public');
  });

  it('is the first address, where all are public', async () => {
    const found = await resolve('https://erp.example/', answering('8.8.8.8', '2606:4700::1111'));
    expect(found).toEqual({ address: '8.8.8.8', family: 4 });
  });
});

it('sends to the address that was looked up, whatever the name leads to by now', async () => {
  const receiver = await openReceiver();
  const url = new URL(receiver.url);
  url.hostname = 'no-such-host.invalid';

  const sent = await send({ url, address: { address: '127.0.0.1', family: 4 }, headers: {}, body: '{}' });

  expect(sent.status).toBe(204);
  expect(receiver.got[0]?.headers.host).toBe(url.host);
});

it('does not follow a redirect, and reads no more of an answer than 1 kB', async () => {
  const receiver = await openReceiver();
  const elsewhere = await openReceiver();
  receiver.answer = (_, response) => {
    response.writeHead(307, { location: elsewhere.url });
    // It never ends.
    response.write('x'.repeat(100_000));
  };

  const sent = await send({
    url: new URL(receiver.url),
    address: { address: '127.0.0.1', family: 4 },
    headers: {},
    body: '{}',
  });

  expect(sent).toEqual({ status: 307, body: 'x'.repeat(1_024) });
  expect(elsewhere.got).toEqual([]);
});
