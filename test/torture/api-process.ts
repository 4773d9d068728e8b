import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/platform/servers/free-port.ts';
import { eventually } from './node-set.ts';
import { type OwnProcess, startProcess } from './process.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const CALL_MS = '2000';

export type ApiOptions = { uri: string; database: string; redisUrl: string; folder: string };

/** One process of the API as in production, with its jobs; always on the same port. */
export type Api = {
  url: string;
  process: OwnProcess;
  isReady: () => Promise<boolean>;
  /** Started again after it was killed; resolves when it is ready. */
  restart: () => Promise<void>;
};

export async function startApi(options: ApiOptions, secretsKey: string): Promise<Api> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const launch = () =>
    startProcess({
      program: process.execPath,
      args: [MAIN],
      env: environmentOf(options, port, secretsKey),
      logFile: join(options.folder, `api-${port}.log`),
    });
  const api: Api = {
    url,
    process: await launch(),
    isReady: () => isReady(url),
    restart: async () => {
      api.process = await launch();
      await untilReady(api);
    },
  };
  await untilReady(api);
  return api;
}

const environmentOf = (
  { uri, database, redisUrl, folder }: ApiOptions,
  port: number,
  secretsKey: string,
) => ({
  ...process.env,
  NODE_ENV: 'production',
  NODE_COMPILE_CACHE: join(folder, 'compiled'),
  HOST: '127.0.0.1',
  PORT: String(port),
  PUBLIC_URL: '',
  PROCESSES: '1',
  MONGODB_URI: uri,
  MONGODB_DATABASE: database,
  REDIS_URL: redisUrl,
  DATA_DIR: folder,
  SECRETS_KEY: secretsKey,
  PAYMENT_CALL_MS: CALL_MS,
  LOG_LEVEL: 'warn',
});

export const newSecretsKey = () => randomBytes(32).toString('base64');

const isReady = (url: string) =>
  fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );

async function untilReady({ url, process }: Api): Promise<void> {
  await eventually(`the API to be ready (see ${process.logFile})`, async () => {
    if (process.hasDied()) throw new Error(`The API did not start: see ${process.logFile}`);
    return (await isReady(url)) ? true : null;
  });
}
