import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ObjectId } from 'mongodb';
import { expect, inject, it, onTestFinished } from 'vitest';
import { prepareDatabase } from '../../scripts/support/prepare-database.ts';
import { startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/platform/log.ts';
import { startTestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { newDatabaseName } from '../support/mongo.ts';
import { openShop } from '../support/shop.ts';
import { openReceiver } from './receiver.ts';
import { createWebhook, tellOrder } from './requests.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const mongodbUri = inject('mongoUri');
const name = newDatabaseName();

it('is sent to by npm run worker, which stops when it is told to, and by an API that works inside', async () => {
  await prepareDatabase(mongodbUri, name);
  const app = await startTestApp({ MONGODB_DATABASE: name });
  const shop = await openShop({ app });
  const receiver = await openReceiver();
  await createWebhook(shop, { url: receiver.url, events: ['ORDER_NOTED'] });
  const arrived = () => receiver.got.map(({ body }) => body.data.number);

  const apart = spawn(process.execPath, ['src/worker.ts'], {
    cwd: root,
    env: {
      ...process.env,
      ...{ MONGODB_URI: mongodbUri, MONGODB_DATABASE: name, NODE_ENV: 'test', LOG_LEVEL: 'warn' },
    },
    stdio: 'inherit',
  });
  onTestFinished(() => void apart.kill('SIGKILL'));
  await tellOrder(shop.db, new ObjectId(), 'apart');
  await eventually(arrived).toEqual(['apart']);
  apart.kill('SIGTERM');
  expect(await once(apart, 'exit')).toEqual([0, null]);

  const environment = { NODE_ENV: 'test', PORT: '0', MONGODB_DATABASE: name, DATA_DIR: app.dataDir };
  const config = readConfig(environment);
  const idle = { config: { ...config, WORKER: 'apart' as const }, jobs: true };
  const inside = { config, jobs: true };
  const start = async (options: typeof inside) => {
    const started = await startApp({ ...options, mongodbUri, log: createLog('silent') });
    onTestFinished(() => started.close());
  };
  await start(idle);
  await tellOrder(shop.db, new ObjectId(), 'inside');
  expect(arrived()).toEqual(['apart']);
  await start(inside);
  await eventually(arrived).toEqual(['apart', 'inside']);
});
