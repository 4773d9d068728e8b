import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { Registry } from 'prom-client';
import { openAnswers } from './answers.ts';
import { type ConnectionOptions, type Connections, openConnections } from './connections.ts';
import type { Context } from './context.ts';
import { costAccount } from './domains/auth/cost-account.ts';
import { watchViews } from './domains/catalogue/popularity/figures.ts';
import type { ViewCounter } from './domains/catalogue/popularity/view-counter.ts';
import type { DataCheck } from './domains/checks/check-shops.ts';
import { findLastCheck, tellCheck, watchChecks } from './domains/checks/figures.ts';
import { countOpenReservations, watchReservations } from './domains/inventory/figures.ts';
import { watchOrders } from './domains/orders/figures.ts';
import { resolvers } from './domains/registry.ts';
import { watchWebhooks, webhookFigures } from './domains/webhooks/figures.ts';
import { startWebhookWorker } from './domains/webhooks/worker.ts';
import { jobsOf } from './jobs.ts';
import { watchBackup } from './platform/backup/backup-metrics.ts';
import { backupStores, watchedStatus } from './platform/backup/watched-status.ts';
import { watchAnswers } from './platform/cache/cache-metrics.ts';
import { type CostLimit, costLimit, limitCost } from './platform/graphql/cost-limit.ts';
import { buildSchema } from './platform/graphql/schema.ts';
import { createApollo } from './platform/graphql/server.ts';
import { readTrustedDocuments, type TrustedDocuments } from './platform/graphql/trusted-documents.ts';
import { Admission } from './platform/http/admission.ts';
import type { PageSettings } from './platform/http/pages-settings.ts';
import { listen, type Patience } from './platform/http/server.ts';
import { servePages } from './platform/http/static.ts';
import { startClock } from './platform/jobs/clock.ts';
import { watchJobs } from './platform/jobs/job-metrics.ts';
import { openBudget } from './platform/limits/budget.ts';
import { LIMITS } from './platform/limits/limits.ts';
import { createMetrics, type Metrics } from './platform/metrics.ts';
import type { Database } from './platform/mongo/client.ts';
import { watchClient } from './platform/mongo/pool-metrics.ts';
import { explainedPlan } from './platform/mongo/query-plan.ts';
import { watchRedis } from './platform/redis/metrics.ts';
import { recordOperations } from './platform/requests/recorded-operations.ts';
import { requestLog } from './platform/requests/request-log.ts';
import { nameOperations } from './platform/tracing/graphql-spans.ts';
import { withSpanOf } from './platform/tracing/http-spans.ts';
import { readFromSecondaries } from './read-sources.ts';
import { readinessOf } from './readiness.ts';
import { contextSource } from './request-context.ts';
import { originPolicy } from './request-origins.ts';
import { routesOf } from './routes.ts';
import { openSubscriptions, type Subscriptions } from './subscriptions.ts';
import { askApollo, warmUp } from './warm-up.ts';

export type AppOptions = ConnectionOptions & {
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
  subscriptions: Pick<Subscriptions, 'stream' | 'streams' | 'recheck'>;
  views: ViewCounter;
  /** Stops at once when it is not told how long to go on. */
  close: (patience?: Patience) => Promise<void>;
};

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** The API process: connected, listening, and closed again by `close`. */
export async function startApp(options: AppOptions): Promise<App> {
  const { TRUSTED_DOCUMENTS } = options.config;
  const trusted = TRUSTED_DOCUMENTS ? readTrustedDocuments(TRUSTED_DOCUMENTS) : null;
  const metrics = createMetrics();
  const connections = await openConnections(options, metrics.countCommand);
  try {
    return await serve(options, connections, trusted, metrics);
  } catch (error) {
    await connections.close();
    throw error;
  }
}

async function serve(
  options: AppOptions,
  connections: Connections,
  trusted: TrustedDocuments | null,
  metrics: Metrics,
): Promise<App> {
  const { config, log } = options;
  const { database, services, tracer } = connections;
  const schema = buildSchema(resolvers);
  watchClient(metrics.registry, database.client);
  const budget = openBudget(services.buckets, services.redis !== null);
  const cost = costLimit(schema, budget, costAccount);
  const seen = tracer ? [nameOperations(tenantOf)] : [];
  const plugins = [...(options.plugins ?? []), ...seen];
  const apollo = apolloOf({ ...options, plugins }, schema, cost, trusted, metrics);
  await apollo.start();
  const admission = new Admission();
  metrics.watchAdmission(() => admission.state);
  const origins = originPolicy(
    { services, defaultTenant: config.DEFAULT_TENANT },
    config.NODE_ENV === 'production',
  );
  const contextOf = contextSource({
    database,
    services,
    defaultTenant: config.DEFAULT_TENANT,
    operatorKey: config.OPERATOR_KEY,
    trustedProxies: config.TRUSTED_PROXIES,
    onCommand: metrics.countCommand,
  });
  const kept = config.ANSWER_CACHE
    ? openAnswers({
        config,
        schema,
        trusted,
        services,
        budget,
        now: () => (options.now?.() ?? new Date()).getTime(),
        openStream: () => subscriptions.stream.reached(),
      })
    : null;
  const answers = kept?.answers ?? null;
  const shared = { config, log, apollo, tracer, contextOf, trusted, metrics, admission, origins, answers };
  const subscriptions = openSubscriptions({
    ...shared,
    database,
    schema,
    cost,
    observer: kept?.observer ?? null,
  });
  if (answers) watchAnswers(metrics.registry, answers);
  const lookUp = { commandMs: LIMITS.commandMs };
  watchWebhooks(metrics.registry, () =>
    webhookFigures(database.systemDbs('how it goes with webhooks', lookUp)),
  );
  watchReservations(metrics.registry, () =>
    countOpenReservations(database.systemDbs('how many reservations are open', lookUp)),
  );
  watchOrders(metrics.registry);
  metrics.watchPayments(() => services.payments.figures);
  if (services.redis) watchRedis(metrics.registry, services.redis.figures);
  watchViews(metrics.registry, services.views);
  const backupStatus = watchedStatus(backupStores(config.BACKUP_TO, config));
  watchBackup(metrics.registry, backupStatus);
  const showMetrics = options.showMetrics?.(metrics.registry) ?? (() => metrics.registry.metrics());
  const requests = requestLog({
    log,
    logged: config.LOG_REQUESTS,
    slowMs: config.SLOW_MS,
    explain: (note) => explainedPlan(database.systemDb('explain slow queries').raw, note),
  });
  let warm = options.warm !== true;
  const http = await listen({
    host: config.HOST,
    port: config.PORT,
    routes: routesOf({ ...shared, showMetrics, events: subscriptions.streams.handler }),
    pages: servePages(() => pageSettings(options)),
    readiness: (verbose) => readinessOf(connections, warm, verbose ? backupStatus : undefined),
    onRequest: requests?.begin,
    onAnswer: (route, status, seconds, req) => {
      metrics.observeAnswer(route, status, seconds);
      if (requests) withSpanOf(req, () => requests.end(req, route, status, seconds));
    },
    onError: (error, requestId, req) => withSpanOf(req, () => log.error({ err: error, requestId })),
  });
  http.server.on('upgrade', subscriptions.sockets.upgrade);
  const checks = () => database.systemDb('what the last check found', lookUp);
  watchChecks(metrics.registry, () => findLastCheck(checks()));
  const onCheck = (found: DataCheck) => tellCheck(checks(), log, found);
  if (options.jobs) database.places.follow();
  const jobs = options.jobs ? jobsOf(database, services, http.url, onCheck) : [];
  const clock = startClock(jobs, log, watchJobs(metrics.registry));
  const worker =
    options.jobs && config.WORKER === 'inside'
      ? startWebhookWorker({ database, services, schema, log })
      : null;
  if (!warm) {
    await warmUp(database, askApollo(apollo, contextOf)).catch((error) =>
      log.warn({ err: error }, 'not warmed up'),
    );
    warm = true;
  }
  return {
    url: http.url,
    database,
    subscriptions,
    views: services.views,
    close: async (patience) => {
      await Promise.all([http.close(patience), sleep(patience?.unreadyMs ?? 0).then(subscriptions.close)]);
      await Promise.all([clock.stop(), worker?.stop()]);
      await apollo.stop();
      await connections.close();
    },
  };
}

/** Of what an operator asks, there may be none. */
const tenantOf = (context: Context) => (context.platform ? null : context.shop._id.toHexString());

function apolloOf(
  { config, log, plugins = [] }: AppOptions,
  schema: GraphQLSchema,
  cost: CostLimit<Context>,
  trusted: TrustedDocuments | null,
  metrics: Metrics,
) {
  return createApollo<Context>({
    schema,
    log,
    production: config.NODE_ENV === 'production',
    trusted,
    plugins: [
      limitCost(cost),
      ...(config.READ_FROM_SECONDARIES === 'on' ? [readFromSecondaries()] : []),
      ...(config.LOG_REQUESTS === 'off' ? [] : [recordOperations<Context>()]),
      ...plugins,
    ],
    onErrors: (errors) => {
      for (const { extensions } of errors) metrics.graphqlErrors.inc({ code: String(extensions?.code) });
    },
  });
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
