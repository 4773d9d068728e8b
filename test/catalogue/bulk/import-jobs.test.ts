import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';
import { importChunks, importJobs } from '../../../src/domains/catalogue/bulk/collections.ts';
import { runImportJobs } from '../../../src/domains/catalogue/bulk/import-jobs.ts';
import { products } from '../../../src/domains/catalogue/collections.ts';
import { testApp } from '../../support/app.ts';
import { openShop, type Shop } from '../../support/shop.ts';

const line = (i: number) =>
  JSON.stringify({
    sku: `MUGS-${i}`,
    slug: `mug-${i}`,
    name: `Mug ${i}`,
    status: 'ACTIVE',
    category: ['Kitchen', 'Mugs'],
    pricing: { basePrice: '12.50' },
    variants: [{ sku: `MUG-${i}`, quantity: 3 }],
  });

const upload = async (shop: Shop, body: string, headers: Record<string, string>) => {
  const response = await fetch(`${shop.url}/import/products`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', 'x-tenant': shop.tenant.subdomain, ...headers },
    body,
  });
  return {
    status: response.status,
    answer: (await response.json()) as { id: string; errors?: { message: string }[] },
  };
};

const STATE = `query ($id: ID!) { productsImport(id: $id) {
  state created unchanged refused faultCount faults { line column reason } failure } }`;

it('imports an uploaded file, tells what was refused and where, and keeps nothing of the file', async () => {
  const shop = await openShop();
  const staff = await shop.staff('catalogue:write');
  const { database } = await testApp();
  const body = [line(1), '{"sku":"B","slug":"broken"}', line(2)].join('\n');

  const { status, answer } = await upload(shop, body, staff);
  expect(status).toBe(202);
  expect((await shop.request(STATE, answer, staff)).data.productsImport.state).toBe('WAITING');
  await runImportJobs(database);

  const { data } = await shop.request(STATE, answer, staff);
  expect(data.productsImport).toMatchObject({ state: 'DONE', created: 2, refused: 1, failure: null });
  expect(data.productsImport.faults[0]).toMatchObject({ line: 2 });
  expect((await shop.request('{ product(slug: "mug-2") { name category { path } } }')).data.product).toEqual({
    name: 'Mug 2',
    category: { path: ['Kitchen', 'Mugs'] },
  });
  expect(await shop.db.collection(importChunks).count({}, { limit: 9 })).toBe(0);
});

it('says what keeps a file from being read', async () => {
  const shop = await openShop();
  const staff = await shop.staff('catalogue:write');
  const { answer } = await upload(shop, '[1, 2]', staff);
  await runImportJobs((await testApp()).database);
  const { data } = await shop.request(STATE, answer, staff);
  expect(data.productsImport).toMatchObject({
    state: 'FAILED',
    failure: expect.stringContaining('one JSON array'),
  });
});

it('takes uploads from those alone who may change the catalogue, and only what it can read', async () => {
  const shop = await openShop();
  const staff = await shop.staff('catalogue:write');
  expect((await upload(shop, line(1), {})).status).toBe(403);
  expect((await upload(shop, '', staff)).answer.errors?.[0]?.message).toContain('empty');
  expect((await upload(shop, line(1), { ...staff, 'content-type': 'text/csv' })).status).toBe(415);
  expect(await shop.db.collection(importJobs).count({}, { limit: 9 })).toBe(0);
});

it('goes on with an import whose runner was killed, and neither loses nor repeats a product', async () => {
  const shop = await openShop();
  const staff = await shop.staff('catalogue:write');
  const { database } = await testApp();
  const { answer } = await upload(shop, Array.from({ length: 600 }, (_, i) => line(i)).join('\n'), staff);
  const runner = fileURLToPath(new URL('./import-runner.ts', import.meta.url));
  const name = database.systemDb('a test').raw.databaseName;
  const child = spawn(process.execPath, [runner, inject('mongoUri'), name], { stdio: 'inherit' });
  const ended = once(child, 'exit');
  await expect.poll(() => shop.db.collection(products).count({}, { limit: 1 }), { timeout: 60_000 }).toBe(1);
  child.kill('SIGKILL');
  await ended;
  expect(await shop.db.collection(importJobs).findOne({})).toMatchObject({ state: 'RUNNING' });

  await runImportJobs(database);
  expect((await shop.request(STATE, answer, staff)).data.productsImport.state).toBe('RUNNING');
  await shop.db.collection(importJobs).updateMany({}, { $set: { leasedUntil: new Date(0) } });
  await runImportJobs(database);

  const { data } = await shop.request(STATE, answer, staff);
  expect(data.productsImport).toMatchObject({ state: 'DONE', refused: 0 });
  expect(data.productsImport.created + data.productsImport.unchanged).toBe(600);
  expect(data.productsImport.unchanged).toBeGreaterThan(0);
  expect(await shop.db.collection(products).count({ version: 1 }, { limit: 1_000 })).toBe(600);
}, 180_000);
