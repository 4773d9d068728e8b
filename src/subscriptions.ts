import { type ApolloServer, HeaderMap } from '@apollo/server';
import {
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { OUTSIDE_ROLES, PERMISSIONS } from './domains/auth/permissions.ts';
import type { Viewer } from './domains/auth/viewer.ts';
import type { Answers, Notes } from './platform/cache/answers.ts';
import { AppError } from './platform/errors.ts';
import type { StreamObserver } from './platform/events/entries.ts';
import { watchLive } from './platform/events/live-metrics.ts';
import { EventStream } from './platform/events/stream.ts';
import type { Circle } from './platform/graphql/audience.ts';
import type { CostLimit } from './platform/graphql/cost-limit.ts';
import { asRequestError, formatError, formatWithoutHints, isOurFault } from './platform/graphql/errors.ts';
import { FanOut } from './platform/graphql/fan-out.ts';
import type { Shown } from './platform/graphql/group.ts';
import { type LiveRequest, liveOperations, Refused } from './platform/graphql/live-operations.ts';
import { readRequest } from './platform/graphql/read-request.ts';
import type { TrustedDocuments } from './platform/graphql/trusted-documents.ts';
import type { Admission } from './platform/http/admission.ts';
import { HttpError } from './platform/http/body.ts';
import type { Connected } from './platform/http/client-address.ts';
import type { OriginPolicy } from './platform/http/cors.ts';
import { inTime } from './platform/http/deadline.ts';
import { withDocument } from './platform/http/documents.ts';
import type { Opened, SentRequest } from './platform/http/live.ts';
import { liveStreams } from './platform/http/sse.ts';
import { liveSockets } from './platform/http/websocket.ts';
import { type Clock, startClock } from './platform/jobs/clock.ts';
import { LIMITS } from './platform/limits/limits.ts';
import type { Log } from './platform/log.ts';
import type { Metrics } from './platform/metrics.ts';
import type { Database } from './platform/mongo/client.ts';
import { runAsRequest, runAsTenant } from './platform/mongo/guard.ts';
import { noOrigin } from './platform/mongo/scope.ts';

export type SubscriptionOptions = {
  config: Config;
  log: Log;
  database: Database;
  schema: GraphQLSchema;
  apollo: ApolloServer<Context>;
  cost: CostLimit<Context>;
  trusted: TrustedDocuments | null;
  admission: Admission;
  contextOf: (asked: Connected, notes?: Notes) => Promise<Context>;
  /** Null where no answers are kept. */
  answers: Answers | null;
  observer: StreamObserver | null;
  origins: OriginPolicy;
  metrics: Metrics;
};

export type Subscriptions = ReturnType<typeof openSubscriptions>;

/** The clock varies by a tenth: at most a minute passes until somebody who may not hear any more is told so. */
const RECHECK_MS = 54_000;
const PING_MS = 12_000;

/** Subscriptions over WebSockets and event streams, fed by the one change stream of this process. */
export function openSubscriptions(options: SubscriptionOptions) {
  const { log, database, origins, metrics, contextOf, observer } = options;
  const stream = new EventStream({ database, log, role: 'api', observer });
  const onError = (error: unknown) => log.error({ err: error }, 'a subscription failed');
  const fanOut = new FanOut<Context>({
    stream,
    show: (result, context) => show(options, result, context),
    resync,
  });
  const live = {
    contextOf: (asked: Connected) => runAsRequest(() => contextOf(asked)),
    open: opener(options, fanOut),
    resumeToken: () => stream.reached(),
    origins,
    onError,
  };
  const sockets = liveSockets(live);
  const streams = liveStreams(live);
  watchLive(metrics.registry, () => ({
    ...stream.state,
    subscribers: fanOut.subscribers,
    sockets: sockets.count(),
    streams: streams.count(),
  }));
  const recheck = async () => {
    await sockets.recheck();
    await streams.recheck();
  };
  const ping = async () => {
    sockets.ping();
    streams.ping();
  };
  const clock: Clock = startClock(
    [
      { name: 'ask again who may hear what', everyMs: RECHECK_MS, run: recheck },
      { name: 'look who is still there', everyMs: PING_MS, run: ping },
    ],
    log,
  );
  return {
    stream,
    sockets,
    streams,
    recheck,
    close: async () => {
      await clock.stop();
      await Promise.all([sockets.close(), streams.close()]);
      await stream.close();
    },
  };
}

function opener(options: SubscriptionOptions, fanOut: FanOut<Context>) {
  const { config, schema, cost, admission, contextOf, trusted } = options;
  const production = config.NODE_ENV === 'production';
  const format = (error: unknown, context: Context | null) => formatted(options, error, context);
  const circleOf = (context: Context, personal: boolean) =>
    circle(options.database, options.metrics, context, personal);
  const operations = liveOperations<Context>({ schema, production, fanOut, cost, circleOf, format });

  async function open(asked: Connected, sent: SentRequest, onFull: () => void): Promise<Opened<Context>> {
    const rules = { trusted, trustedOnly: config.TRUSTED_DOCUMENTS_ONLY };
    const request = readRequest(withDocument(sent, rules), trusted);
    const subscription = operations.read(request);
    if (!subscription) return { answer: await answerOnce(options, asked, request) };
    const context = await contextOf(asked);
    return { subscription: await operations.subscribe(subscription, context, onFull) };
  }

  return (asked: Connected, sent: SentRequest, onFull: () => void) =>
    runAsRequest(() => admission.admit(() => open(asked, sent, onFull))).catch((error) => {
      throw asRefused(error, (unexpected) => format(unexpected, null));
    });
}

function asRefused(error: unknown, format: (error: unknown) => GraphQLFormattedError): unknown {
  if (error instanceof Refused) return error;
  if (!(error instanceof HttpError)) return new Refused([format(error)]);
  const code = error.status === 503 ? 'SERVICE_UNAVAILABLE' : 'BAD_REQUEST';
  return new Refused([{ message: error.message, extensions: { code } }]);
}

const JSON_POST = new HeaderMap([['apollo-require-preflight', 'true']]);

/** A query or a mutation, as if it had come by POST. */
async function answerOnce(
  { apollo, contextOf, answers }: SubscriptionOptions,
  asked: Connected,
  request: LiveRequest,
): Promise<FormattedExecutionResult> {
  const { query, variables, operationName } = request;
  const body = { query, ...(variables && { variables }), ...(operationName && { operationName }) };
  const httpGraphQLRequest = { method: 'POST', headers: JSON_POST, search: '', body };
  const notes = answers?.notes();
  const answering = apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest,
    context: () =>
      contextOf(asked, notes).catch((error) => {
        throw asRequestError(error, 'subscription');
      }),
  });
  const answer = await inTime(answering).finally(() => notes && answers?.wrote(notes));
  if (answer.body.kind !== 'complete') throw new HttpError(406, 'Incremental delivery is not offered');
  return JSON.parse(answer.body.string);
}

const ALL = [...PERMISSIONS, ...OUTSIDE_ROLES];

/** Those of a shop who may do the same see the same, as long as nothing is asked that depends on who they are. */
function circle(database: Database, metrics: Metrics, base: Context, personal: boolean): Circle<Context> {
  const { viewer, shop } = base;
  const may = ALL.filter((permission) => viewer.may(permission)).join();
  const own = personal ? ` ${viewer.kind} ${viewer.id}` : '';
  const scope = () => ({
    deadline: Date.now() + LIMITS.requestMs,
    commandMs: LIMITS.commandMs,
    onCommand: metrics.countCommand,
    origin: noOrigin,
  });
  return {
    key: `${shop._id} ${may}${own}`,
    tenantId: shop._id,
    run: (work) => runAsTenant(shop._id, work),
    freshContext: () => ({
      ...base,
      viewer: personal ? viewer : anyoneLike(viewer),
      db: database.tenantDb(shop._id, scope()),
      loaders: new Map(),
    }),
  };
}

/** Somebody with the same permissions, who owns nothing: what is told to many must be nobody's own. */
const anyoneLike = ({ kind, may }: Viewer): Viewer => ({
  kind,
  id: null,
  userId: null,
  session: null,
  may,
  owns: () => false,
  identifyAs: () => {},
});

function formatted({ config, log, metrics }: SubscriptionOptions, error: unknown, context: Context | null) {
  const format = config.NODE_ENV === 'production' ? formatWithoutHints : formatError;
  const plain = error instanceof GraphQLError ? error.toJSON() : { message: (error as Error).message };
  const shown = format(plain, error);
  metrics.graphqlErrors.inc({ code: String(shown.extensions?.code) });
  if (!isOurFault(shown)) return shown;
  const requestId = context?.requestId;
  log.error({ err: error, requestId }, 'a subscription failed');
  return { ...shown, extensions: { ...shown.extensions, ...(requestId && { requestId }) } };
}

const LATER = new Set<unknown>(['SERVICE_UNAVAILABLE', 'DEADLINE_EXCEEDED']);

function show(
  options: SubscriptionOptions,
  { errors, ...result }: { errors?: readonly GraphQLError[]; data?: unknown },
  context: Context,
): Shown {
  if (!errors) return { result: result as FormattedExecutionResult, later: false };
  const shown = errors.map((error) => formatted(options, error, context));
  const later = shown.some(({ extensions }) => LATER.has(extensions?.code));
  return { result: { ...result, errors: shown } as FormattedExecutionResult, later };
}

const gone = new AppError(
  'RESYNC_REQUIRED',
  'What happened since then is not known any more: read anew what you show; this stream goes on from now',
);

const resync = (resumeToken: string): FormattedExecutionResult => ({
  errors: [{ message: gone.message, extensions: { code: gone.code, resumeToken } }],
});
