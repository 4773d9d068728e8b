import { expect, it } from 'vitest';
import { createLog } from '../../../src/platform/log.ts';
import { openRedis } from '../../../src/platform/redis/client.ts';
import { atEnd } from '../../support/mongo.ts';
import { ownRedis } from '../../support/redis.ts';

async function open() {
  const redis = await ownRedis();
  const handle = await openRedis(redis.url, createLog('silent'));
  atEnd(handle.close);
  const ask = () => handle.run('fallback', (client) => client.get('key'));
  return { redis, handle, ask };
}

it('answers what Redis answers', async () => {
  const { redis, handle, ask } = await open();
  await redis.ask((client) => client.set('key', 'value'));
  expect(await ask()).toBe('value');
  expect(await handle.ping()).toBe(true);
});

it.each(['kill', 'freeze'] as const)(
  'goes on without it after %s, and with it when it is back',
  async (harm) => {
    const { redis, handle, ask } = await open();
    await redis[harm]();

    const answers = await Promise.all(Array.from({ length: 50 }, ask));
    expect(new Set(answers)).toEqual(new Set(['fallback']));
    expect(await handle.ping()).toBe(false);

    if (harm === 'kill') await redis.restart();
    else redis.thaw();
    await expect.poll(ask, { timeout: 5_000 }).toBeNull();
  },
);

it('does not ask a Redis again that has just not answered', async () => {
  const { redis, handle, ask } = await open();
  redis.freeze();
  expect(await ask()).toBe('fallback');
  let asked = false;
  await handle.run('fallback', async () => {
    asked = true;
  });
  expect(asked).toBe(false);
});

it('answers with the fallback what Redis refuses', async () => {
  const { redis, handle } = await open();
  await redis.ask((client) => client.set('text', 'value'));
  expect(await handle.run('fallback', (client) => client.hGetAll('text'))).toBe('fallback');
  expect(await handle.ping()).toBe(true);
});

it('is asked again after the rest by nobody who waits for it, and used when it answers', async () => {
  const { redis, handle, ask } = await open();
  redis.freeze();
  await ask();
  const unanswered = () => handle.figures().commands.unanswered;
  const before = unanswered();
  let asked = false;
  const wouldAsk = () =>
    handle.run('fallback', async () => {
      asked = true;
    });
  await expect
    .poll(
      async () => {
        await Promise.all(Array.from({ length: 50 }, wouldAsk));
        return unanswered() - before;
      },
      { timeout: 5_000 },
    )
    .toBe(1);
  expect(asked).toBe(false);
  expect(handle.figures().state).toBe('silent');
  redis.thaw();
  await expect.poll(ask, { timeout: 5_000 }).toBeNull();
  expect(handle.figures().state).toBe('there');
});

it('does not take Redis for silent where this process was itself busy for so long', async () => {
  const { redis, handle, ask } = await open();
  await redis.ask((client) => client.set('key', 'value'));
  await ask();
  const asked = ask();
  // Once it is sent.
  await new Promise((resolve) => setImmediate(resolve));
  const until = Date.now() + 400;
  while (Date.now() < until);
  expect(await asked).toBe('value');
  expect(handle.figures().state).toBe('there');
});
