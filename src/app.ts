import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { resolvers } from './domains/registry.ts';
import { jobsOf } from './jobs.ts';
import { AppError } from './platform/errors.ts';
import { requestError } from './platform/graphql/errors.ts';
import { buildSchema } from './platform/graphql/schema.ts';
import { createApollo } from './platform/graphql/server.ts';
import { graphqlRoute } from './platform/http/graphql-route.ts';
import type { PageSettings } from './platform/http/pages-settings.ts';
import { listen, sendJson } from './platform/http/server.ts';
import { servePages } from './platform/http/static.ts';
import { startClock } from './platform/jobs/clock.ts';
import type { Log } from './platform/log.ts';
import { createMetrics } from './platform/metrics.ts';
import { type Database, openDatabase } from './platform/mongo/client.ts';
import { contextSource } from './request-context.ts';
import { openServices } from './services.ts';

export type AppOptions = {
  config: Config;
  mongodbUri: string;
  log: Log;
  now?: () => Date;
  /** Whether this process does what is done on a clock; tests call it by hand. */
  jobs?: boolean;
  /** What the start page and the playground show of the shops; nothing in production. */
  shown?: Pick<PageSettings, 'tenants' | 'apiKey'>;
};

export type App = { url: string; database: Database; close: () => Promise<void> };

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** The API process: connected, listening, and closed again by `close`. */
export async function startApp(options: AppOptions): Promise<App> {
  const { config, log } = options;
  const metrics = createMetrics();
  const onCommand = (collection: string, command: string) =>
    metrics.mongodbCommands.inc({ collection, command });
  const database = await openDatabase({
    uri: options.mongodbUri,
    name: config.MONGODB_DATABASE,
    guard: config.TENANT_GUARD || config.NODE_ENV === 'test',
    onCommand,
    ...(options.now && { now: options.now }),
  });
  const apollo = createApollo<Context>({
    schema: buildSchema(resolvers),
    log,
    production: config.NODE_ENV === 'production',
    onErrors: (errors) => {
      for (const { extensions } of errors) metrics.graphqlErrors.inc({ code: String(extensions?.code) });
    },
  });
  await apollo.start();
  const services = await openServices(config, database, log);
  const contextOf = contextSource({
    database,
    services,
    defaultTenant: config.DEFAULT_TENANT,
    operatorKey: config.OPERATOR_KEY,
    onCommand,
  });
  const readiness = async () => {
    const mongodb = await database.ping().then(
      () => 'ok',
      (error) => String(error.message),
    );
    return { ready: mongodb === 'ok', checks: { mongodb } };
  };
  const http = await listen({
    host: config.HOST,
    port: config.PORT,
    routes: {
      '/graphql': graphqlRoute(apollo, asRequestErrors(contextOf)),
      '/healthz': async (_, res) => sendJson(res, 200, { status: 'ok' }),
      '/readyz': async (_, res) => {
        const state = await readiness();
        sendJson(res, state.ready ? 200 : 503, state);
      },
      '/metrics': async (_, res) => {
        res.writeHead(200, { 'content-type': metrics.registry.contentType });
        res.end(await metrics.registry.metrics());
      },
    },
    pages: servePages(() => pageSettings(options)),
    onAnswer: (route, status, seconds) => metrics.httpRequests.observe({ route, status }, seconds),
    onError: (error) => log.error({ err: error }),
  }).catch(async (error) => {
    await services.close();
    await database.close();
    throw error;
  });
  const clock = startClock(options.jobs ? jobsOf(database) : [], log);
  return {
    url: http.url,
    database,
    close: async () => {
      await http.close();
      await clock.stop();
      await apollo.stop();
      await services.close();
      await database.close();
    },
  };
}

function pageSettings({ config, shown }: AppOptions): PageSettings {
  const open = config.NODE_ENV !== 'production';
  return {
    version,
    environment: config.NODE_ENV,
    playground: open,
    tenants: (open && shown?.tenants) || [],
    apiKey: (open && shown?.apiKey) || null,
    defaultTenant: config.DEFAULT_TENANT ?? null,
  };
}

/** A request without a shop, or with a key that does not hold, is answered as GraphQL answers errors. */
const asRequestErrors = (contextOf: (req: IncomingMessage) => Promise<Context>) => (req: IncomingMessage) =>
  contextOf(req).catch((error) => {
    throw error instanceof AppError ? requestError(error) : error;
  });
