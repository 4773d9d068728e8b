import type { CommandStartedEvent } from 'mongodb';
import { startApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/platform/log.ts';
import { headersOf, someVariables } from './contests.ts';
import type { Operation } from './operations.ts';
import { explain, type Plan, type SentCommand } from './plans.ts';
import type { BenchDatabase } from './shop-database.ts';

/** What one request costs, counted and not timed. */
export type Cost = { commands: number; keys: number; documents: number; plans: Plan[] };

/** Where a page begins among equal values, the index is entered once more. */
const SEEKS = 2;

/** Whether the second of two costs is that of a request that grows with the catalogue. */
export const readsMore = (few: Cost, many: Cost) =>
  many.keys > few.keys + SEEKS || many.documents > few.documents;

export type Inspect = (operation: Operation, products: number) => Promise<Cost>;

/** Asks an API in this process, whose commands can be listened to; jobs would mix theirs with them. */
export async function withInspector<R>(
  bench: BenchDatabase,
  work: (inspect: Inspect) => Promise<R>,
): Promise<R> {
  const app = await startApp({ config: configOf(bench), mongodbUri: bench.uri, log: createLog('error') });
  const { client } = app.database;
  const inspect: Inspect = async (operation, products) => {
    const [variables] = await variablesFor(
      app.url,
      operation,
      { ...bench, shop: { ...bench.shop, products } },
      1,
    );
    const ask = () => askFor(app.url, operation, bench, variables ?? {});
    // Who asks is known from then on; where that ends just then, the other time tells.
    await ask();
    const [once, again] = [await listenTo(client, ask), await listenTo(client, ask)];
    const sent = again.length < once.length ? again : once;
    const plans = await explain(bench.database.client.db(bench.name), sent);
    const sum = (what: 'keys' | 'documents') => plans.reduce((total, plan) => total + plan[what], 0);
    return { commands: sent.length, keys: sum('keys'), documents: sum('documents'), plans };
  };
  return work(inspect).finally(() => app.close());
}

/** The guard makes the driver tell of each command. */
const configOf = ({ uri, name }: BenchDatabase) =>
  readConfig({
    NODE_ENV: 'production',
    PORT: '0',
    MONGODB_URI: uri,
    MONGODB_DATABASE: name,
    TENANT_GUARD: '1',
    ANSWER_CACHE: '0',
    LOG_LEVEL: 'error',
  });

type Client = BenchDatabase['database']['client'];

async function listenTo(client: Client, work: () => Promise<unknown>): Promise<SentCommand[]> {
  const sent: SentCommand[] = [];
  const note = ({ commandName: name, command }: CommandStartedEvent) => void sent.push({ name, command });
  client.on('commandStarted', note);
  await work().finally(() => client.off('commandStarted', note));
  return sent;
}

/** What some requests ask, with the cursors that lead to their page. */
export async function variablesFor(url: string, operation: Operation, bench: BenchDatabase, count: number) {
  const asked = someVariables(operation, bench, count);
  if (operation.page === undefined) return asked;
  let [last = {}] = asked;
  for (let page = 1; page < operation.page; page++) {
    const { products } = await askFor(url, operation, bench, last);
    last = { ...last, after: products.pageInfo.endCursor };
  }
  return [last];
}

type Answer = { products: { pageInfo: { endCursor: string } } };

/** The data of an answer; errors are none. */
export async function askFor(
  url: string,
  operation: Operation,
  bench: BenchDatabase,
  variables: object,
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headersOf(operation, bench) },
    body: JSON.stringify({ query: operation.query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Answer; errors?: unknown };
  if (errors) throw new Error(`${operation.name}: ${JSON.stringify(errors)}`);
  return data;
}
