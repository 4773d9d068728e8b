import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { ApolloServerPlugin } from '@apollo/server';
import type { Registry } from 'prom-client';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { costAccount } from './domains/auth/cost-account.ts';
import { importRoute } from './domains/catalogue/bulk/route.ts';
import { resolvers } from './domains/registry.ts';
import { jobsOf } from './jobs.ts';
import { AppError } from './platform/errors.ts';
import { costLimit, limitCost } from './platform/graphql/cost-limit.ts';
import { asRequestError } from './platform/graphql/errors.ts';
import { buildSchema } from './platform/graphql/schema.ts';
import { createApollo } from './platform/graphql/server.ts';
import { readTrustedDocuments } from './platform/graphql/trusted-documents.ts';
import { Admission } from './platform/http/admission.ts';
import { withCors } from './platform/http/cors.ts';
import { graphqlRoute } from './platform/http/graphql-route.ts';
import { nameRequest } from './platform/http/headers.ts';
import type { PageSettings } from './platform/http/pages-settings.ts';
import { type Handler, listen, type Patience, sendJson } from './platform/http/server.ts';
import { servePages } from './platform/http/static.ts';
import { startClock } from './platform/jobs/clock.ts';
import { openBudget } from './platform/limits/budget.ts';
import type { Log } from './platform/log.ts';
import { createMetrics } from './platform/metrics.ts';
import { type Database, openDatabase } from './platform/mongo/client.ts';
import { runAsRequest } from './platform/mongo/guard.ts';
import { contextSource } from './request-context.ts';
import { originPolicy } from './request-origins.ts';
import { openServices } from './services.ts';
import { askApollo, warmUp } from './warm-up.ts';

export type AppOptions = {
  config: Config;
  mongodbUri: string;
  log: Log;
  now?: () => Date;
  /** Whether this process does what is done on a clock; tests call it by hand. */
  jobs?: boolean;
  /** Whether it is ready only once it is fast. */
  warm?: boolean;
  /** What is shown at /metrics; what this process counts, when absent. */
  showMetrics?: (own: Registry) => () => Promise<string>;
  /** What else is to see each operation. */
  plugins?: ApolloServerPlugin<Context>[];
  /** What the start page and the playground show of the shops; nothing in production. */
  shown?: Pick<PageSettings, 'tenants' | 'apiKey'>;
};

export type App = {
  url: string;
  database: Database;
  /** Stops at once when it is not told how long to go on. */
  close: (patience?: Patience) => Promise<void>;
};

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** The API process: connected, listening, and closed again by `close`. */
export async function startApp(options: AppOptions): Promise<App> {
  const { config, log } = options;
  const production = config.NODE_ENV === 'production';
  const metrics = createMetrics();
  const onCommand = metrics.countCommand;
  const guard = config.TENANT_GUARD || config.NODE_ENV === 'test';
  const database = await openDatabase({
    uri: options.mongodbUri,
    name: config.MONGODB_DATABASE,
    guard,
    onCommand,
    ...(options.now && { now: options.now }),
  });
  const trusted = config.TRUSTED_DOCUMENTS ? readTrustedDocuments(config.TRUSTED_DOCUMENTS) : null;
  const services = await openServices(config, database, log);
  const schema = buildSchema(resolvers);
  const budget = openBudget(services.buckets, services.redis !== null);
  const apollo = createApollo<Context>({
    schema,
    log,
    production,
    trusted,
    plugins: [limitCost(costLimit(schema, budget, costAccount)), ...(options.plugins ?? [])],
    onErrors: (errors) => {
      for (const { extensions } of errors) metrics.graphqlErrors.inc({ code: String(extensions?.code) });
    },
  });
  await apollo.start();
  const contextOf = contextSource({
    database,
    services,
    defaultTenant: config.DEFAULT_TENANT,
    operatorKey: config.OPERATOR_KEY,
    onCommand,
  });
  let warm = options.warm !== true;
  const readiness = async () => {
    const mongodb = await database.ping().then(
      () => 'ok',
      (error) => String(error.message),
    );
    return { ready: warm && mongodb === 'ok', checks: { mongodb, ...(!warm && { server: 'warming up' }) } };
  };
  const showMetrics = options.showMetrics?.(metrics.registry) ?? (() => metrics.registry.metrics());
  const admission = new Admission();
  metrics.watchAdmission(() => admission.state);
  const origins = originPolicy({ services, defaultTenant: config.DEFAULT_TENANT }, production);
  // Holding each command to its request's tenant costs a context for each request, which only the guard is worth.
  const watched = (handler: Handler): Handler =>
    guard ? (req, res) => runAsRequest(() => handler(req, res)) : handler;
  const http = await listen({
    host: config.HOST,
    port: config.PORT,
    routes: {
      '/graphql': withCors(
        origins,
        watched(
          graphqlRoute({
            apollo,
            contextOf: asRequestErrors(contextOf, log),
            admission,
            documents: { trusted, trustedOnly: config.TRUSTED_DOCUMENTS_ONLY },
          }),
        ),
      ),
      '/import/products': watched(importRoute(contextOf)),
      '/healthz': async (_, res) => sendJson(res, 200, { status: 'ok' }),
      '/metrics': async (_, res) => {
        const text = await showMetrics();
        res.writeHead(200, { 'content-type': metrics.registry.contentType });
        res.end(text);
      },
    },
    pages: servePages(() => pageSettings(options)),
    readiness,
    onAnswer: metrics.observeAnswer,
    onError: (error, requestId) => log.error({ err: error, requestId }),
  }).catch(async (error) => {
    await services.close();
    await database.close();
    throw error;
  });
  const clock = startClock(options.jobs ? jobsOf(database) : [], log);
  if (!warm) {
    await warmUp(database, askApollo(apollo, contextOf)).catch((error) =>
      log.warn({ err: error }, 'not warmed up'),
    );
    warm = true;
  }
  return {
    url: http.url,
    database,
    close: async (patience) => {
      await http.close(patience);
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
const asRequestErrors =
  (contextOf: (req: IncomingMessage) => Promise<Context>, log: Log) => (req: IncomingMessage) =>
    contextOf(req).catch((error) => {
      const requestId = nameRequest(req);
      if (!(error instanceof AppError)) log.error({ err: error, requestId });
      throw asRequestError(error, requestId);
    });
