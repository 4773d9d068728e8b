import { expect, it } from 'vitest';
import { startApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { LIMITS } from '../../../src/platform/limits/limits.ts';
import { createLog } from '../../../src/platform/log.ts';
import { openFailingDatabase, whileFailing, withFailPoint } from '../../support/failing-mongo.ts';
import { atEnd } from '../../support/mongo.ts';
import { openShop } from '../../support/shop.ts';

const { client, name, uri } = await openFailingDatabase();
const config = readConfig({ NODE_ENV: 'test', PORT: '0', MONGODB_DATABASE: name, LOG_LEVEL: 'silent' });
const app = await startApp({ config, mongodbUri: uri, log: createLog('silent'), jobs: false });
atEnd(app.close);
const shop = await openShop({ app });

const LIST = '{ products { nodes { name } } }';

/** mongod takes commands on products and lets them lie for so long, whatever they say about their time. */
const whileSlow = (blockTimeMS: number, work: () => Promise<void>) =>
  withFailPoint(
    client,
    {
      configureFailPoint: 'failCommand',
      mode: 'alwaysOn',
      data: { failCommands: ['find'], namespace: `${name}.products`, blockConnection: true, blockTimeMS },
    },
    work,
  );

it('a command that takes longer than it may ends the field that asked for it', async () => {
  await whileSlow(LIMITS.commandMs + 500, async () => {
    const { status, errors, data } = await shop.request(`{ shop { name } product(slug: "mug") { name } }`);
    expect(status).toBe(200);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({ path: ['product'], extensions: { code: 'DEADLINE_EXCEEDED' } });
    expect(data.shop.name).toBe(shop.tenant.name);
  });
});

it('a request is answered when its time is over, whatever it waits for', { timeout: 60_000 }, async () => {
  const blocked = LIMITS.requestMs + 5_000;
  await whileSlow(blocked, async () => {
    const end = AbortSignal.timeout(blocked - 1_000);
    const response = await fetch(`${shop.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-tenant': shop.tenant.subdomain },
      body: JSON.stringify({ query: LIST }),
      signal: end,
    });
    expect(response.status).toBe(504);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'DEADLINE_EXCEEDED' } }] });
  });
  expect((await shop.request(LIST)).errors).toBeUndefined();
});

it('a request whose shop cannot be looked up is told to try again, and nothing else', async () => {
  const failure = { failCommands: ['find'], closeConnection: true };
  await whileFailing(client, failure, async () => {
    const { status, errors } = await shop.request(LIST, {}, { 'x-tenant': 'never-asked-for' });
    expect(status).toBe(503);
    expect(errors).toEqual([
      { message: 'The database is changing over; try again', extensions: { code: 'SERVICE_UNAVAILABLE' } },
    ]);
  });
});
