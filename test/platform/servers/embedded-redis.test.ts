import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createClient } from 'redis';
import { expect, inject, it, onTestFinished, vi } from 'vitest';
import { startEmbeddedRedis } from '../../../src/platform/servers/embedded-redis.ts';
import { fakeProgram, temporaryFolder } from './fake-programs.ts';

async function openDataFolder() {
  const dataDir = await temporaryFolder();
  const recordedPid = async () => Number(JSON.parse(await readFile(join(dataDir, 'redis.json'), 'utf8')).pid);
  const killHard = () => recordedPid().then((pid) => process.kill(pid, 'SIGKILL'));
  onTestFinished(() => void killHard().catch(() => {}));
  const start = (binary = inject('redisBinary')) => startEmbeddedRedis({ dataDir, binary, report: () => {} });
  return { dataDir, start, killHard };
}

async function withRedis<T>(url: string, use: (redis: ReturnType<typeof connect>) => Promise<T>) {
  const redis = connect(url);
  await redis.connect();
  return use(redis).finally(() => redis.close());
}

const connect = (url: string) =>
  createClient({ url, socket: { reconnectStrategy: false } }).on('error', () => {});
const write = (url: string, value: string) => withRedis(url, (redis) => redis.set('session', value));
const read = (url: string) => withRedis(url, (redis) => redis.get('session'));

// Usually well under a second, on a busy machine many.
vi.setConfig({ testTimeout: 120_000 });

it('keeps its data and its address across a clean restart', async () => {
  const { start } = await openDataFolder();
  const first = await start();
  await write(first.url, 'kept');
  await first.stop();
  await expect(read(first.url)).rejects.toThrow();
  const second = await start();
  expect(second).toMatchObject({ url: first.url, reused: false });
  expect(await read(second.url)).toBe('kept');
  await second.stop();
});

it('keeps its data when it is killed', async () => {
  const { start, killHard } = await openDataFolder();
  const first = await start();
  await write(first.url, 'kept');
  // Redis writes its log to disk once a second, but hands it to the system with each command.
  await killHard();
  const second = await start();
  expect(second.reused).toBe(false);
  expect(await read(second.url)).toBe('kept');
  await second.stop();
});

it("is never another folder's, even on the port that was its own", async () => {
  const [mine, theirs] = [await openDataFolder(), await openDataFolder()];
  const other = await theirs.start();
  await write(other.url, 'theirs');
  await writeFile(
    join(mine.dataDir, 'redis.json'),
    JSON.stringify({ port: Number(new URL(other.url).port) }),
  );
  const own = await mine.start();
  expect(own.reused).toBe(false);
  expect(await read(own.url)).toBe(null);
  await own.stop();
  expect(await read(other.url)).toBe('theirs');
  await other.stop();
});

it('is one for two that start at once, and runs until both have left', async () => {
  const { start } = await openDataFolder();
  const [one, two] = await Promise.all([start(), start()]);
  expect(one.url).toBe(two.url);
  await one.stop();
  await write(two.url, 'still there');
  await two.stop();
  await expect(read(two.url)).rejects.toThrow();
});

it('shows the last lines of its log when it dies at the start', async () => {
  const { dataDir, start } = await openDataFolder();
  const broken = await fakeProgram(
    dataDir,
    'redis-server',
    'echo "Bad file format reading the append only file"; exit 1',
  );
  await expect(start(broken)).rejects.toThrow(
    /redis-server did not start in .*redis\. The last lines of .*redis\.log:\n {2}Bad file format/,
  );
});
