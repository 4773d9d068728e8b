import type { IncomingMessage } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import type { Tracer } from '@opentelemetry/api';
import type { Config } from './config.ts';
import { isGuarded } from './connections.ts';
import type { Context } from './context.ts';
import { reportRoute } from './domains/analytics/reports/report-route.ts';
import { importRoute } from './domains/catalogue/bulk/route.ts';
import { recordNotice } from './domains/orders/payment-outcomes.ts';
import { paymentRoute } from './domains/payments/notice-route.ts';
import { exportRoute } from './domains/privacy/export-route.ts';
import type { Answers, Notes } from './platform/cache/answers.ts';
import { AppError } from './platform/errors.ts';
import { asRequestError } from './platform/graphql/errors.ts';
import type { TrustedDocuments } from './platform/graphql/trusted-documents.ts';
import type { Admission } from './platform/http/admission.ts';
import type { Connected } from './platform/http/client-address.ts';
import { type OriginPolicy, withCors } from './platform/http/cors.ts';
import { graphqlRoute } from './platform/http/graphql-route.ts';
import { nameRequest } from './platform/http/headers.ts';
import { type Handler, sendJson } from './platform/http/server.ts';
import { wantsEvents } from './platform/http/sse.ts';
import type { Log } from './platform/log.ts';
import type { Metrics } from './platform/metrics.ts';
import { runAsRequest } from './platform/mongo/guard.ts';
import { recordOf } from './platform/requests/record.ts';
import { tracedOperations } from './platform/tracing/graphql-spans.ts';
import { tracedRoutes } from './platform/tracing/http-spans.ts';

type ContextOf = (asked: Connected, notes?: Notes) => Promise<Context>;

export type RouteOptions = {
  config: Config;
  log: Log;
  admission: Admission;
  origins: OriginPolicy;
  /** Answers whoever wants a stream of events. */
  events: Handler;
  apollo: ApolloServer<Context>;
  /** Null where nobody wants to see traces. */
  tracer: Tracer | null;
  contextOf: ContextOf;
  trusted: TrustedDocuments | null;
  answers: Answers | null;
  metrics: Metrics;
  showMetrics: () => Promise<string>;
};

/** What this server answers, by path; the pages for browsers stand beside it. */
export function routesOf(options: RouteOptions) {
  const { config, log, admission, origins, events, apollo, contextOf, trusted, metrics, showMetrics } =
    options;
  const { tracer } = options;
  const graphql = graphqlRoute({
    apollo: tracer ? tracedOperations(tracer, apollo) : apollo,
    contextOf: asRequestErrors(contextOf, log),
    admission,
    documents: { trusted, trustedOnly: config.TRUSTED_DOCUMENTS_ONLY },
    answers: options.answers,
  });
  const watched = isGuarded(config) ? heldToItsTenant : (handler: Handler) => handler;
  const routes = {
    '/graphql': withCors(
      origins,
      watched((req, res) => (wantsEvents(req) ? noted(events)(req, res) : graphql(req, res))),
    ),
    '/import/products': watched(importRoute(contextOf)),
    '/export/customer': withCors(origins, watched(exportRoute(contextOf))),
    '/export/*': withCors(origins, watched(reportRoute(contextOf))),
    '/payments/*': watched(paymentRoute(contextOf, recordNotice)),
  };
  return {
    ...(tracer ? tracedRoutes(tracer, routes) : routes),
    '/healthz': async (_, res) => sendJson(res, 200, { status: 'ok' }),
    '/metrics': metricsRoute(metrics, showMetrics),
  } satisfies Record<string, Handler>;
}

/** Holding each command to its request's tenant costs a context for each request, which only the guard is worth. */
const heldToItsTenant =
  (handler: Handler): Handler =>
  (req, res) =>
    runAsRequest(() => handler(req, res));

/** However long a stream lasts, it is not slow. */
const noted =
  (events: Handler): Handler =>
  (req, res) => {
    const record = recordOf(req);
    if (record) record.isStream = true;
    return events(req, res);
  };

const metricsRoute =
  ({ registry }: Metrics, show: () => Promise<string>): Handler =>
  async (_, res) => {
    const text = await show();
    res.writeHead(200, { 'content-type': registry.contentType });
    res.end(text);
  };

/** A request without a shop, or with a key that does not hold, is answered as GraphQL answers errors. */
const asRequestErrors = (contextOf: ContextOf, log: Log) => (req: IncomingMessage, notes?: Notes) =>
  contextOf(req, notes).catch((error) => {
    const requestId = nameRequest(req);
    if (!(error instanceof AppError)) log.error({ err: error, requestId });
    recordOf(req)?.codes.push(error instanceof AppError ? error.code : 'INTERNAL');
    throw asRequestError(error, requestId);
  });
