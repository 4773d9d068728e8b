import { setTimeout as sleep } from 'node:timers/promises';
import { ObjectId } from 'mongodb';
import { WebSocket } from 'ws';
import { productChanged } from '../src/domains/catalogue/events.ts';
import { appendEvent } from '../src/platform/events/event.ts';
import { freePort } from '../src/platform/servers/free-port.ts';
import type { Served } from './processes.ts';
import { metText, print } from './report.ts';
import { say } from './say.ts';
import { startApi } from './servers.ts';
import { type BenchDatabase, withBenchDatabase } from './shop-database.ts';

export type RestartsOptions = { products: number; times: number; subscribers: number; json: boolean };

const VERSIONS = `subscription ($id: ID!, $after: String) {
  productChanged(ids: [$id], after: $after) { version resumeToken }
}`;
const BETWEEN_WRITES_MS = 20;
const LEAST_UP_MS = 500;
const MOST_UP_MS = 2_000;
const AGAIN_MS = 100;
const PATIENCE_MS = 30_000;

/** Somebody who hears of one product, and comes back after each loss of the connection to where it was. */
type Subscriber = { heard: Set<number>; twice: number; resyncs: number; leave: () => void };

/** What subscribers miss of all that is written while their process is stopped and killed, in turn. */
export const restarts = (options: RestartsOptions): Promise<void> =>
  withBenchDatabase(options.products, say, async (bench) => {
    const port = await freePort();
    const start = () => startApi(bench, { variables: { PORT: String(port), PROCESSES: '1' } });
    let api = await start();
    try {
      const productId = new ObjectId();
      const subscribers = await Promise.all(
        Array.from({ length: options.subscribers }, () => subscribe(api, bench, productId)),
      );
      const writing = write(bench, productId);
      for (let round = 0; round < options.times; round++) {
        await sleep(LEAST_UP_MS + Math.random() * (MOST_UP_MS - LEAST_UP_MS));
        await (round % 2 === 0 ? api.kill() : api.stop());
        api = await start();
        say(`${round + 1} of ${options.times}: ${round % 2 === 0 ? 'killed' : 'stopped'}, and back`);
      }
      await sleep(LEAST_UP_MS);
      const written = await writing.end();
      await untilAll(subscribers, written);
      tell(options, bench, subscribers, written);
    } finally {
      await api.stop();
    }
  });

function tell({ json, times }: RestartsOptions, bench: BenchDatabase, all: Subscriber[], written: number) {
  const missed = (one: Subscriber) => written - one.heard.size;
  const sum = (of: (one: Subscriber) => number) => all.reduce((total, one) => total + of(one), 0);
  const data = {
    ...{ restarts: times, subscribers: all.length, written, lost: sum(missed) },
    ...{ heardTwice: sum((one) => one.twice), resyncs: sum((one) => one.resyncs) },
  };
  const met = data.lost === 0;
  print(bench, { json, data, met, text: `${JSON.stringify(data, null, 2)}\n\n${metText(met)}: lost 0` });
}

/** Writes one version after the other until it is told to end; answers how many were acknowledged. */
function write({ shop: { db } }: BenchDatabase, productId: ObjectId) {
  let isOn = true;
  const written = (async () => {
    let version = 0;
    while (isOn) {
      version += 1;
      const event = { operation: 'UPDATED' as const, categoryIds: [], isShown: true, productId, version };
      await db.transaction((tx) => appendEvent(tx, productChanged, event));
      await sleep(BETWEEN_WRITES_MS);
    }
    return version;
  })();
  return {
    end: () => {
      isOn = false;
      return written;
    },
  };
}

/** Let in, and where it would go on from. */
function subscribe(
  { url }: Served,
  { shop: { subdomain } }: BenchDatabase,
  productId: ObjectId,
): Promise<Subscriber> {
  let after: string | undefined;
  let socket: WebSocket;
  let isOn = true;
  const letIn = Promise.withResolvers<Subscriber>();
  const subscriber: Subscriber = {
    ...{ heard: new Set(), twice: 0, resyncs: 0 },
    leave: () => {
      isOn = false;
      socket.terminate();
    },
  };
  const hear = ({ data, errors }: Told) => {
    const told = data?.productChanged;
    if (told) {
      if (subscriber.heard.has(told.version)) subscriber.twice += 1;
      subscriber.heard.add(told.version);
    } else subscriber.resyncs += 1;
    after = told?.resumeToken ?? errors?.[0]?.extensions?.resumeToken ?? after;
  };
  const connect = () => {
    socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const send = (message: object) => socket.send(JSON.stringify(message));
    socket.on('error', () => {});
    socket.on('close', () => isOn && setTimeout(connect, AGAIN_MS));
    socket.on('open', () => send({ type: 'connection_init', payload: { 'x-tenant': subdomain } }));
    socket.on('message', (text) => {
      const { type, payload } = JSON.parse(String(text));
      if (type === 'next') hear(payload);
      if (type !== 'connection_ack') return;
      after ??= payload.resumeToken;
      const asked = { query: VERSIONS, variables: { id: productId.toHexString(), after } };
      send({ id: '1', type: 'subscribe', payload: asked });
      letIn.resolve(subscriber);
    });
  };
  connect();
  return letIn.promise;
}

type Told = {
  data?: { productChanged: { version: number; resumeToken: string } } | null;
  errors?: { extensions?: { resumeToken?: string } }[];
};

async function untilAll(subscribers: Subscriber[], written: number) {
  const end = performance.now() + PATIENCE_MS;
  const isThere = ({ heard }: Subscriber) => heard.size === written;
  while (!subscribers.every(isThere) && performance.now() < end) await sleep(50);
  for (const { leave } of subscribers) leave();
}
