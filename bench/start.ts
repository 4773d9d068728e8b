import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../src/platform/servers/free-port.ts';
import { metText, print, rangeText, spread } from './report.ts';
import { say } from './say.ts';
import { serveVariables } from './servers.ts';
import { type BenchDatabase, withBenchDatabase } from './shop-database.ts';

const MOST_SECONDS = 1.5;
const root = fileURLToPath(new URL('..', import.meta.url));

/** From `npm run serve` to ready, the database up; the first start, which fills caches on disk, does not count. */
export const start = ({ products, times, json }: { products: number; times: number; json: boolean }) =>
  withBenchDatabase(products, say, async (bench) => {
    await secondsToReady(bench);
    const seconds: number[] = [];
    for (let n = 0; n < times; n++) seconds.push(await secondsToReady(bench));
    const met = spread(seconds).median <= MOST_SECONDS;
    const text = `${rangeText(spread(seconds))} s to ready: ${metText(met)} ≤ ${MOST_SECONDS} s`;
    print(bench, { json, text, data: { seconds, mark: MOST_SECONDS, met }, met });
  });

async function secondsToReady(bench: BenchDatabase): Promise<number> {
  const port = String(await freePort());
  const began = performance.now();
  const serving = spawn('npm', ['run', '--silent', 'serve'], {
    cwd: root,
    env: { ...process.env, ...serveVariables(bench), PORT: port },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const gone = once(serving, 'exit');
  try {
    await Promise.race([ready(`http://127.0.0.1:${port}/readyz`), gone.then(failed)]);
    const seconds = (performance.now() - began) / 1000;
    say(`ready after ${seconds.toFixed(2)} s`);
    return seconds;
  } finally {
    serving.kill('SIGTERM');
    await gone;
  }
}

function failed(): never {
  throw new Error('npm run serve ended before it was ready');
}

const LOOK_EVERY_MS = 5;

async function ready(url: string): Promise<void> {
  const isReady = () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) await sleep(LOOK_EVERY_MS);
}
