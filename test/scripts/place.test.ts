import { MongoClient } from 'mongodb';
import { beforeAll, expect, inject, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { products } from '../../src/domains/catalogue/collections.ts';
import { schemaMigrations } from '../../src/platform/mongo/migration-collections.ts';
import { migrateUp } from '../../src/platform/mongo/migrations.ts';
import { placements } from '../../src/platform/mongo/placements.ts';
import { refuseUnprepared } from '../../src/serve.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { atEnd } from '../support/mongo.ts';
import { runScript, startScript } from '../support/run-script.ts';
import { openShop, type Shop } from '../support/shop.ts';

let app: TestApp;
let shop: Shop;
let name: string;
/** The guard of tests holds commands to a tenant; an operator's shell has none. */
let unguarded: MongoClient;

beforeAll(async () => {
  app = await testApp();
  await migrateUp(app.database.places.main);
  shop = await openShop();
  await shop.product({ sku: 'MUG' });
  name = `${app.databaseName}_shop_${shop.tenant._id}`;
  unguarded = new MongoClient(inject('mongoUri'));
  atEnd(async () => {
    await own().dropDatabase();
    await unguarded.close();
  });
});

const placed = (args: string[]) => runScript('place', args, { name: app.databaseName });
const place = (...args: string[]) => placed(['--tenant', shop.tenant.subdomain, ...args]);
const script = (file: string, args: string[]) => runScript(file, args, { name: app.databaseName });
const own = () => unguarded.db(name);
const serve = () => refuseUnprepared(readConfig({ MONGODB_DATABASE: app.databaseName }), inject('mongoUri'));

/** Kills a mover at a step of it; nobody takes over from one who may be alive, so its time is put to an end. */
async function killedAt(step: string): Promise<void> {
  const args = ['--tenant', shop.tenant.subdomain, '--to', 'dedicated'];
  const { child, result } = startScript('place', args, { name: app.databaseName });
  child.stderr?.on('data', (said) => String(said).includes(step) && child.kill('SIGKILL'));
  expect(await result).toMatchObject({ code: null, err: expect.stringContaining(step) });
  expect((await place('--to', 'dedicated')).err).toContain('Somebody else is moving it');
  const records = app.database.places.main.collection(placements.name);
  await records.updateOne({ _id: shop.tenant._id }, { $set: { 'move.leasedUntil': new Date(0) } });
}

it('says what is wrong, and what it would do', async () => {
  const unknown = await placed(['--tenant', 'nowhere', '--to', 'dedicated']);
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('There is no shop "nowhere"') });
  expect(await place()).toMatchObject({ code: 1, err: '✖ Say where to: --to dedicated or --to shared\n' });
  const dry = await place('--to', 'dedicated', '--dry-run');
  expect(dry.out).toMatch(new RegExp(`^\\d+ documents of ${app.databaseName} to ${name}\\n$`));
  expect(await own().listCollections().toArray()).toEqual([]);
});

it('finishes a move that was killed, to a database that deployments bring in order as the shared one', async () => {
  await killedAt('FENCED');
  const moved = await place('--to', 'dedicated');
  expect(moved).toMatchObject({
    ...{ code: 0, out: `✔ ${shop.tenant.subdomain} lives in ${name}\n` },
    err: expect.stringContaining('DONE'),
  });
  expect(await own().collection(products.name).countDocuments()).toBe(1);
  await serve();

  await own().collection(products.name).dropIndex('tenantId_1_sku_1');
  await expect(serve()).rejects.toThrow(`${name}.products. Run npm run indexes`);
  const plan = await script('create-indexes', ['--plan']);
  expect(plan).toMatchObject({ code: 2, out: expect.stringContaining(`+ ${name}.products: build`) });
  expect((await script('doctor', [])).out).toContain(`not as declared in ${name}.products`);
  expect(await script('create-indexes', [])).toMatchObject({ code: 0 });
  await serve();
}, 60_000);

it('runs migrations there too, and none while a shop is moved', async () => {
  const main = app.database.places.main;
  const newest = { sort: { version: -1 } } as const;
  const row = await own().collection(schemaMigrations.name).findOneAndDelete({}, newest);
  await expect(serve()).rejects.toThrow(`The database ${name} lacks migrations: ${row?.version}`);
  expect(await script('migrate', ['plan'])).toMatchObject({
    code: 2,
    out: expect.stringContaining(`in ${name}`),
  });

  const record = { _id: shop.tenant._id };
  const move = { to: null, phase: 'COPYING', owner: null, leasedUntil: new Date(0), startedAt: new Date() };
  await main.collection(placements.name).updateOne(record, { $set: { move } });
  const refused = await script('migrate', ['up']);
  expect(refused).toMatchObject({
    code: 1,
    err: expect.stringContaining('is being moved to another database'),
  });
  expect(await place('--abort')).toMatchObject({ code: 0, err: '', out: '✔ the move is given up\n' });

  expect(await script('migrate', ['up'])).toMatchObject({
    code: 0,
    out: expect.stringContaining(`${row?.version}`),
  });
  await serve();
}, 60_000);

it('moves it back', async () => {
  expect(await place('--to', 'shared')).toMatchObject({
    code: 0,
    out: expect.stringContaining(app.databaseName),
  });
  expect(await own().collection(products.name).countDocuments()).toBe(0);
  expect((await place('--abort')).out).toBe('✔ no move is under way\n');
}, 60_000);
