import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import closeWithGrace from 'close-with-grace';
import { Listr, type ListrTaskWrapper, PRESET_TIMER } from 'listr2';
import { type App, startApp } from '../src/app.ts';
import { type Config, readConfig } from '../src/config.ts';
import { DEMO_TENANT, type DemoAccess, ensureDemoAccess } from '../src/demo/access.ts';
import { demoShops } from '../src/demo/demo-shops.ts';
import { seedDemoShops } from '../src/demo/seed.ts';
import { ensurePlaygroundBuilt } from '../src/platform/http/pages-bundle.ts';
import { createLog } from '../src/platform/log.ts';
import { openDatabase } from '../src/platform/mongo/client.ts';
import { serverCacheDir } from '../src/platform/servers/binary-cache.ts';
import { openDatabaseServer } from '../src/platform/servers/database-server.ts';
import { startEmbeddedRedis } from '../src/platform/servers/embedded-redis.ts';
import { findRedisServer } from '../src/platform/servers/redis-binary.ts';
import { prepareDatabase } from './support/prepare-database.ts';
import { run, serverOptions } from './support/run.ts';
import { UsageError } from './support/usage-error.ts';

type Server = Awaited<ReturnType<typeof openDatabaseServer>>;

/** What the steps hand on to those after them. */
type Started = { config: Config; server: Server; redis?: Server; access: DemoAccess | null; app: App };

type Task = Pick<ListrTaskWrapper<Started, never, never>, 'output' | 'title'>;

const steps = new Listr<Started>(
  [
    { title: 'Environment', task: checkEnvironment },
    {
      title: 'Servers and pages',
      task: (_, task) =>
        task.newListr(
          [
            { title: 'MongoDB', task: startMongod },
            { title: 'Redis', task: startRedis },
            { title: 'Start page and playground', task: buildPages },
          ],
          {
            concurrent: true,
          },
        ),
    },
    { title: 'Collections, indexes and demo shops', task: fillDatabase },
    { title: 'API', task: startApi },
  ],
  {
    rendererOptions: { timer: PRESET_TIMER, collapseSubtasks: false },
    fallbackRendererOptions: { timer: PRESET_TIMER },
  },
);

/** All of Souk on one machine: a MongoDB of its own, the demo shops and the API. */
await run(async () => {
  const started = {} as Started;
  try {
    await steps.run(started);
  } catch (error) {
    await started.redis?.stop();
    await started.server?.stop();
    throw error;
  }
  closeWithGrace({ delay: 15_000, logger: false }, async ({ err }) => {
    if (err) console.error(err);
    await started.app.close();
    await started.redis?.stop();
    await started.server.stop();
  });
  console.log(greeting(started));
});

async function checkEnvironment(started: Started) {
  const config = readConfig();
  started.config = { ...config, DEFAULT_TENANT: config.DEFAULT_TENANT ?? DEMO_TENANT };
  await refuseTakenPort(config);
}

/** Before anything is started, as it is the commonest mistake. */
async function refuseTakenPort({ HOST, PORT }: Config) {
  const probe = createServer().listen(PORT, HOST);
  try {
    await once(probe, 'listening');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE') throw new UsageError(`Souk cannot listen on ${HOST}:${PORT}: ${message}`);
    throw new UsageError(
      `Port ${PORT} of ${HOST} is in use: stop what runs there, or start with PORT=${PORT + 1} npm start`,
    );
  }
  probe.close();
  await once(probe, 'close');
}

async function startMongod(started: Started, task: Task) {
  const report = (line: string) => {
    task.output = line;
  };
  started.server = await openDatabaseServer({ ...serverOptions(started.config), report, takeOver: true });
}

/** Souk goes without Redis where there is none: what would be shared lives inside the process then. */
async function startRedis(started: Started, task: Task) {
  const { REDIS_URL, DATA_DIR: dataDir, PATH: path } = started.config;
  if (REDIS_URL) return;
  const report = (line: string) => {
    task.output = line;
  };
  try {
    const binary = await findRedisServer({ path, cacheDir: serverCacheDir(started.config), report });
    const redis = await startEmbeddedRedis({ dataDir, binary, report });
    started.redis = { uri: redis.url, stop: async () => void (await redis.stop()) };
    started.config = { ...started.config, REDIS_URL: redis.url };
  } catch (error) {
    const [reason] = (error as Error).message.split('\n', 1);
    task.title += `: none (${reason}); caches live inside the process`;
  }
}

function buildPages(_: Started, task: Task) {
  return ensurePlaygroundBuilt((line) => {
    task.output = line;
  });
}

async function fillDatabase(started: Started, task: Task) {
  const { config, server } = started;
  await prepareDatabase(server.uri, config.MONGODB_DATABASE);
  const database = await openDatabase({
    uri: server.uri,
    name: config.MONGODB_DATABASE,
    guard: config.TENANT_GUARD,
  });
  try {
    const opened = await seedDemoShops(database);
    if (opened.length > 0) task.title += `: opened ${opened.map(({ name }) => name).join(', ')}`;
    started.access = await ensureDemoAccess(database, config.DATA_DIR);
  } finally {
    await database.close();
  }
}

async function startApi(started: Started) {
  const { config, server, access } = started;
  started.app = await startApp({
    config,
    mongodbUri: server.uri,
    log: createLog(config.LOG_LEVEL),
    jobs: true,
    shown: {
      tenants: demoShops(new Date()).map(({ tenant: { name, subdomain } }) => ({ name, subdomain })),
      apiKey: access?.apiKey ?? null,
    },
  });
}

function greeting({ config, access, app }: Started): string {
  const lines = [
    '',
    `  Start page   ${app.url}/`,
    `  Playground   ${app.url}/playground`,
    `  Insights     ${app.url}/insights`,
    `  API          ${app.url}/graphql`,
  ];
  if (access) {
    lines.push(
      '',
      `  Demo shop    x-tenant: ${access.tenant}`,
      `  Staff key    x-api-key: ${access.apiKey}`,
      `  Owner        ${access.ownerEmail}, password ${access.ownerPassword}`,
      `               (all of it in ${join(config.DATA_DIR, 'demo.json')})`,
    );
  }
  return [...lines, '', '  Ctrl-C stops it; the data stays.', ''].join('\n');
}
