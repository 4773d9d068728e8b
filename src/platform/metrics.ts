import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { toldCounter } from './told-counter.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/** What `/metrics` shows, each with what it counts. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const mongodbCommands = new Counter({
    name: 'mongodb_commands_total',
    help: 'Commands that the data layer sent, by collection and command',
    labelNames: ['collection', 'command'],
    registers,
  });
  const httpRequests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to the end of its answer, by route and status',
    labelNames: ['route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const graphqlErrors = new Counter({
    name: 'graphql_errors_total',
    help: 'Errors in GraphQL answers, by code',
    labelNames: ['code'],
    registers,
  });
  const commandOf = byLabels((collection, command) => mongodbCommands.labels(collection, command));
  const answerOf = byLabels((route, status) => httpRequests.labels(route, status));
  return {
    registry,
    graphqlErrors,
    countCommand: (collection: string, command: string) => commandOf(collection, command).inc(),
    observeAnswer: (route: string, status: number, seconds: number) =>
      answerOf(route, String(status)).observe(seconds),
    watchAdmission: (state: () => AdmissionState) => watchAdmission(registry, state),
    watchPayments: (figures: () => Outcomes) => watchPayments(registry, figures),
  };
}

/** The series of two labels, looked up instead of worked out: it is asked for with every request. */
function byLabels<S>(series: (first: string, second: string) => S): (first: string, second: string) => S {
  const known = new Map<string, S>();
  return (first, second) => {
    const key = `${first} ${second}`;
    const found = known.get(key) ?? series(first, second);
    known.set(key, found);
    return found;
  };
}

type AdmissionState = { atWork: number; waiting: number; refused: number };

function watchAdmission(registry: Registry, state: () => AdmissionState) {
  new Gauge({
    name: 'graphql_requests',
    help: 'GraphQL requests in this moment, by whether they are at work or wait for a place',
    labelNames: ['stage'],
    registers: [registry],
    collect() {
      this.set({ stage: 'at work' }, state().atWork);
      this.set({ stage: 'waiting' }, state().waiting);
    },
  });
  toldCounter(
    {
      name: 'graphql_requests_refused_total',
      help: 'GraphQL requests sent away, for there was no place for them',
      registers: [registry],
    },
    () => [{ count: state().refused }],
  );
}

type Outcomes = {
  /** By `provider outcome`. */
  outcomes: ReadonlyMap<string, number>;
  pending: { count: number; oldestSeconds: number };
};

function watchPayments(registry: Registry, figures: () => Outcomes) {
  const registers = [registry];
  toldCounter(
    {
      name: 'payments_outcomes_total',
      help: 'Payments and refunds whose outcome this process wrote down, by provider and outcome',
      labelNames: ['provider', 'outcome'],
      registers,
    },
    () =>
      [...figures().outcomes].map(([name, count]) => {
        const [provider = '', outcome = ''] = name.split(' ');
        return { labels: { provider, outcome }, count };
      }),
  );
  new Gauge({
    name: 'payments_pending',
    help: 'Payments of all shops that are not decided, as the reconciler of this process last saw them',
    registers,
    collect() {
      this.set(figures().pending.count);
    },
  });
  new Gauge({
    name: 'payments_pending_oldest_seconds',
    help: 'For how long the oldest of them has not been decided',
    registers,
    collect() {
      this.set(figures().pending.oldestSeconds);
    },
  });
}
