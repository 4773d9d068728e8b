import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { products } from '../../../src/domains/catalogue/collections.ts';
import { createTenant } from '../../../src/domains/tenants/tenants.ts';
import { type ImportShop, openImportShops } from './import-shop.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const CURRENT = here('fixtures/current.csv');
const FAULTY = here('fixtures/faulty.csv');
const REVIEWS = here('../../reviews/import/fixtures/reviews.csv');

let shops: ImportShop;
let folder: string;
beforeAll(async () => {
  shops = await openImportShops();
  folder = await mkdtemp(join(tmpdir(), 'souk-import-'));
  const shop = { plan: 'PRO', locale: 'en-US' } as const;
  const system = shops.database.systemDb('shops of a test');
  await createTenant(system, { ...shop, name: 'Harbour', subdomain: 'harbour', currency: 'USD' });
  await createTenant(system, { ...shop, name: 'Kyoto', subdomain: 'kyoto', currency: 'JPY' });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the command as a person does, on the database of this test file. */
function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    ...process.env,
    MONGODB_URI: inject('mongoUri'),
    MONGODB_DATABASE: shops.database.name,
    TENANT_GUARD: '1',
    NODE_COMPILE_CACHE: here('../../../node_modules/.cache/node'),
  };
  const script = here('../../../scripts/import.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

describe('a mistake in the call gets one clear line, and changes nothing', () => {
  it.each([
    ['no such file', ['shopify', '/no/such.csv', '--tenant', 'harbour'], 'There is no file /no/such.csv'],
    [
      'a folder',
      ['shopify', here('.'), '--tenant', 'harbour'],
      `${here('.')} is a folder; name the file in it`,
    ],
    [
      'no such reviews',
      ['shopify', CURRENT, '--tenant', 'harbour', '--reviews', '/no/such.csv'],
      'There is no file /no/such.csv',
    ],
    [
      'a shop that is not there',
      ['shopify', CURRENT, '--tenant', 'harbur'],
      'There is no shop "harbur". Did you mean "harbour"? --create-tenant makes it',
    ],
    [
      'a shop like no other',
      ['ndjson', CURRENT, '--tenant', 'x'],
      'There is no shop "x". There are: harbour, kyoto. --create-tenant makes it',
    ],
    [
      'no currency',
      ['shopify', CURRENT, '--tenant', 'harbour', '--currency', 'dollars'],
      '"dollars" is not a currency code; USD is one',
    ],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: `✖ ${message}\n` });
  });

  it('an unknown format', async () => {
    const { code, stderr } = await run('shopfy', CURRENT, '--tenant', 'harbour');
    expect(code).toBe(1);
    expect(stderr).toContain('Did you mean shopify?');
  });
});

it('imports products and reviews, and answers a program in JSON', async () => {
  const { code, stdout, stderr } = await run(
    ...['shopify', CURRENT, '--reviews', REVIEWS, '--tenant', 'new-shop', '--create-tenant', '--json'],
  );
  expect(stderr).toBe('');
  expect(code).toBe(1);
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({
    tenant: 'new-shop',
    complete: false,
    products: { counts: { created: 5, updated: 0, unchanged: 0, refused: 0 }, variants: 9, stopped: null },
    reviews: { counts: { created: 4, updated: 0, unchanged: 1, refused: 3 } },
    seconds: expect.any(Number),
  });
  const again = await run('shopify', CURRENT, '--tenant', 'new-shop');
  expect(again.code).toBe(0);
  expect(again.stdout).toMatch(
    /^Products: 0 created, 0 updated, 5 unchanged, 0 refused · 9 variants\n✔ [\d.]+ s\n$/,
  );
});

it('ends with 1 when anything was refused, names the first of it, and writes all of it to a file', async () => {
  const report = join(folder, 'report.ndjson');
  const { code, stdout } = await run('shopify', FAULTY, '--tenant', 'harbour', '--report', report);
  expect(code).toBe(1);
  const lines = stdout.split('\n');
  expect(lines[0]).toBe('Products: 3 created, 0 updated, 0 unchanged, 18 refused · 3 variants');
  expect(lines[1]).toBe(
    '  refused: faulty.csv line 3, bad-prices, Variant Price "12,50": "12,50" is not an amount of money; "79.99" is one',
  );
  expect(lines.filter((line) => line.startsWith('  refused:'))).toHaveLength(20);
  expect(lines[21]).toBe('  … and 8 more; --report FILE writes all');
  const written = (await readFile(report, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(written).toHaveLength(28);
  expect(written[0]).toMatchObject({ kind: 'fault', file: 'faulty.csv', line: 3, product: 'bad-prices' });
});

it('says why a wrong file stops, and ends with 1', async () => {
  const { code, stdout } = await run('shopify', REVIEWS, '--tenant', 'harbour');
  expect(code).toBe(1);
  expect(stdout).toContain(
    '✖ reviews.csv line 1: This is not a product CSV of Shopify: there is no column "Handle"',
  );
});

it("takes the shop's currency where none is named", async () => {
  const { code } = await run('ndjson', here('fixtures/yen.ndjson'), '--tenant', 'kyoto');
  expect(code).toBe(0);
  const system = shops.database.systemDb('look at a shop of a test');
  const found = await system.collection(products).findOne({ sku: 'FAN' }, system.because);
  expect(found?.pricing).toMatchObject({ currency: 'JPY', basePrice: 2400 });
});
