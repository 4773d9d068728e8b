import { Counter, Gauge, type Registry } from 'prom-client';

export type LiveState = {
  /** Subscriptions that are open. */
  subscribers: number;
  sockets: number;
  streams: number;
  /** Changes that were heard of since the start. */
  events: number;
  /** How long after it was committed the last one was heard of, or since when nothing is heard any more. */
  lagMs: number;
};

/** Shows what is told to whom; asked for when somebody looks. */
export function watchLive(registry: Registry, state: () => LiveState): void {
  const registers = [registry];
  new Gauge({
    name: 'subscriptions_open',
    help: 'Subscriptions that are open',
    registers,
    collect() {
      this.set(state().subscribers);
    },
  });
  new Gauge({
    name: 'subscription_connections',
    help: 'Connections for subscriptions, by kind',
    labelNames: ['kind'],
    registers,
    collect() {
      this.set({ kind: 'websocket' }, state().sockets);
      this.set({ kind: 'event stream' }, state().streams);
    },
  });
  new Counter({
    name: 'change_stream_events_total',
    help: 'Events and changes that the change stream brought',
    registers,
    collect() {
      this.reset();
      this.inc(state().events);
    },
  });
  new Gauge({
    name: 'change_stream_lag_seconds',
    help: 'From the commit of the last change to when it was heard of, or since when nothing was heard from MongoDB',
    registers,
    collect() {
      this.set(state().lagMs / 1_000);
    },
  });
}
