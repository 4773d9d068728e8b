import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { products } from '../src/domains/catalogue/collections.ts';
import type { Product } from '../src/domains/catalogue/documents.ts';
import { isActive } from '../src/domains/catalogue/products.ts';
import { pinBeside } from './processes.ts';
import { metText, print } from './report.ts';
import { say } from './say.ts';
import { startApi, withServer } from './servers.ts';
import { withBenchDatabase } from './shop-database.ts';
import type { BenchShop } from './shops.ts';

export type FanOutOptions = {
  products: number;
  subscribers: number;
  seconds: number;
  perSecond: number;
  json: boolean;
};

const MOST_MS = 500;
/** What the second half of the time may add to the most that was held in the first. */
const MOST_GROWTH = 1.1;
const SAMPLES = 20;

const STOCK = `subscription ($skus: [String!]!) {
  inventoryChanged(skus: $skus) { sku inventory { available } product { name } resumeToken }
}`;
const OPENED_AT_ONCE = 50;
const PATIENCE_MS = 10_000;

/** From the acknowledgement of a write until each of many subscribers of one process has heard of it. */
export async function fanOut(options: FanOutOptions): Promise<void> {
  pinBeside(process.pid);
  await withBenchDatabase(options.products, say, (bench) =>
    withServer(startApi(bench, { variables: { PROCESSES: '1', ANSWER_CACHE: '1' } }), async (api) => {
      const { shop } = bench;
      const [product] = await shop.db.collection(products).find<Product>(isActive, { limit: 1 });
      if (!product) throw new Error('The shop has no product');
      const data = await measure(options, api.url, shop, product);
      const marks = marksOf(data);
      const text = [
        JSON.stringify(data, null, 2),
        ...marks.map((mark) => `${metText(mark.met)}: ${mark.text}`),
      ].join('\n\n');
      const met = marks.every((mark) => mark.met);
      print(bench, { json: options.json, text, data: { ...data, marks }, met });
    }),
  );
}

function marksOf({ msToAll, megabytes, toldLastToAll }: Measured) {
  const half = Math.ceil(megabytes.length / 2);
  const [first, second] = [megabytes.slice(0, half), megabytes.slice(half)].map((some) => Math.max(...some));
  return [
    { text: `p99 ≤ ${MOST_MS} ms until all have heard of it`, met: msToAll.p99 <= MOST_MS },
    { text: 'all have heard of the last change', met: toldLastToAll },
    {
      text: `memory ≤ ${MOST_GROWTH} × from half of the time to its end`,
      met: (second ?? 0) <= MOST_GROWTH * (first ?? 0),
    },
  ];
}

type Measured = Awaited<ReturnType<typeof measure>>;

async function measure(options: FanOutOptions, url: string, { db, subdomain }: BenchShop, product: Product) {
  const { subscribers, seconds, perSecond } = options;
  const sku = product.variants[0]?.sku ?? '';
  const arrivals = new Map<number, number[]>();
  const hear = (available: number) => {
    const times = arrivals.get(available) ?? [];
    arrivals.set(available, times);
    times.push(performance.now());
  };
  const sockets: WebSocket[] = [];
  for (let i = 0; i < subscribers; i += OPENED_AT_ONCE) {
    const some = Array.from({ length: Math.min(OPENED_AT_ONCE, subscribers - i) }, () =>
      open(url, subdomain, sku, hear),
    );
    sockets.push(...(await Promise.all(some)));
  }
  say(`${subscribers} subscribers; ${perSecond} changes a second for ${seconds} s`);
  const before = await costOf(url);
  const megabytes = [before.megabytes];
  const all = seconds * perSecond;
  const acknowledged = new Map<number, number>();
  for (let change = 1; change <= all; change++) {
    const available = 1_000_000 + change;
    await db
      .collection(products)
      .updateOne({ _id: product._id }, { $set: { 'variants.0.inventory': stockOf(available) } });
    acknowledged.set(available, performance.now());
    if (change % Math.ceil(all / SAMPLES) === 0) megabytes.push((await costOf(url)).megabytes);
    await sleep(1_000 / perSecond);
  }
  await heardOf(arrivals, acknowledged, subscribers);
  const after = await costOf(url);
  for (const socket of sockets) socket.terminate();
  const complete = [...acknowledged].filter(([available]) => arrivals.get(available)?.length === subscribers);
  const last = complete.map(([available, at]) => Math.max(...(arrivals.get(available) ?? [])) - at);
  const each = complete.flatMap(([available, at]) =>
    (arrivals.get(available) ?? []).map((time) => time - at),
  );
  return {
    ...{ subscribers, changes: acknowledged.size, toldToAll: complete.length },
    toldLastToAll: arrivals.get(1_000_000 + all)?.length === subscribers,
    msToEach: spread(each),
    msToAll: spread(last),
    cpuMsForEachChange: Math.round((1_000 * (after.cpuSeconds - before.cpuSeconds)) / acknowledged.size),
    megabytes,
  };
}

const stockOf = (available: number) => ({ quantity: available, reserved: 0, available, backordered: 0 });

/** A subscriber that is let in, and has asked. */
function open(
  url: string,
  subdomain: string,
  sku: string,
  hear: (available: number) => void,
): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const send = (message: object) => socket.send(JSON.stringify(message));
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => send({ type: 'connection_init', payload: { 'x-tenant': subdomain } }));
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.type === 'connection_ack') {
        send({ id: '1', type: 'subscribe', payload: { query: STOCK, variables: { skus: [sku] } } });
        send({ type: 'ping' });
      }
      if (message.type === 'pong') resolve(socket);
      if (message.type === 'error') reject(new Error(JSON.stringify(message.payload)));
      if (message.type === 'next') hear(message.payload.data.inventoryChanged.inventory.available);
    });
  });
}

/** Changes that follow each other within 50 ms are told as one: the last one at least is told to all. */
async function heardOf(
  arrivals: Map<number, number[]>,
  acknowledged: Map<number, number>,
  subscribers: number,
) {
  const last = [...acknowledged.keys()].at(-1) ?? 0;
  const end = performance.now() + PATIENCE_MS;
  while ((arrivals.get(last)?.length ?? 0) < subscribers && performance.now() < end) await sleep(20);
}

/** What the API has taken till now. */
async function costOf(url: string): Promise<{ cpuSeconds: number; megabytes: number }> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const metric = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
  return {
    cpuSeconds: metric('process_cpu_seconds_total'),
    megabytes: Math.round(metric('process_resident_memory_bytes') / 2 ** 20),
  };
}

function spread(times: number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
