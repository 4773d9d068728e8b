import { expect, inject, it } from 'vitest';
import { startApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/platform/log.ts';
import { migrateUp } from '../src/platform/mongo/migrations.ts';
import { freePort } from '../src/platform/servers/free-port.ts';
import { refuseUnprepared } from '../src/serve.ts';
import { atEnd, openTestDatabase, rawDb } from './support/mongo.ts';
import { openShop } from './support/shop.ts';

const uri = inject('mongoUri');
const database = await openTestDatabase();
const config = readConfig({ NODE_ENV: 'test', PORT: '0', MONGODB_DATABASE: database.name });
const refusal = () => refuseUnprepared(config, uri).catch(String);

it('refuses a database that lacks migrations, then one that lacks indexes', async () => {
  expect(await refusal()).toMatch(/lacks migrations: .+\. Run npm run migrate -- up$/);

  await migrateUp(rawDb(database));
  expect(await refusal()).toMatch(/are not as declared: .*products.*\. Run npm run indexes/);
});

it('is ready only after it has asked what shops are asked most', async () => {
  const shop = await openShop({ app: { database, url: '' } });
  await shop.product();
  const PORT = await freePort();
  const ready = async () => (await fetch(`http://127.0.0.1:${PORT}/readyz`)).json();
  const during: Promise<unknown>[] = [];
  const app = await startApp({
    config: { ...config, PORT },
    mongodbUri: uri,
    log: createLog('silent'),
    warm: true,
    plugins: [{ requestDidStart: async () => void (during.length === 0 && during.push(ready())) }],
  });
  atEnd(app.close);
  expect(await Promise.all(during)).toEqual([
    { ready: false, checks: { mongodb: 'ok', server: 'warming up' } },
  ]);
  expect(await ready()).toEqual({ ready: true, checks: { mongodb: 'ok' } });
});
