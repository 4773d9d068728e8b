import { randomFrom } from '../src/demo/random.ts';
import { drive, type Load, type Measured } from './drive.ts';
import {
  analytics,
  list,
  type Operation,
  productPage,
  reserve,
  reserveHot,
  search,
  tiles,
} from './operations.ts';
import type { Served } from './processes.ts';
import type { BenchDatabase } from './shop-database.ts';
import { refillStock, stockOf } from './stock.ts';

/** Who is asked what. */
export type Side = { server: Served; load: Load };

/** Two sides that are driven in turn: what is compared with, and what is measured. */
export type Contest = {
  name: string;
  title: string;
  base: Side;
  own: Side;
  /** The share of the base's throughput that is to be reached, and how many times its p99 it may take. */
  mark: { ratio: number; p99?: number };
  /** Brings the database to where each round begins. */
  before?: () => Promise<void>;
  /** Throws when the two sides do not do the same. */
  check: () => Promise<void>;
};

export type Round = { base: Measured; own: Measured };
export type Result = { contest: Contest; rounds: Round[] };
export type Pace = { rounds: number; seconds: number; warm: number };
export type Servers = { floor: Served; api: Served };

const MARKS: [name: string, operation: Operation, connections: number, ratio: number][] = [
  ['Q1', productPage, 32, 1.4],
  ['Q1 alone', productPage, 1, 0.8],
  ['Q2', list, 32, 0.85],
  ['Q3', search, 32, 0.9],
  ['Q4', analytics, 32, 0.9],
  ['Q5', tiles, 32, 1.8],
  ['M1', reserve, 32, 0.8],
];

/** The API against the floor, and a reservation that all want against those of many products. */
export function contestsOf(bench: BenchDatabase, servers: Servers): Contest[] {
  const contests = MARKS.map(([name, operation, connections, ratio]) => {
    const { title, writes } = operation;
    const base = { server: servers.floor, load: floorLoad(operation, bench, connections) };
    const own = { server: servers.api, load: apiLoad(operation, bench, connections) };
    const sides = { name, title, base, own, mark: { ratio } };
    return writes ? withStock(sides, bench) : { ...sides, check: () => expectSameAnswers(sides) };
  });
  return [...contests, hotContest(bench, servers)];
}

function withStock(sides: Omit<Contest, 'check'>, { stockShop }: BenchDatabase): Contest {
  const before = () => refillStock(stockShop);
  const after = () => stockOf(stockShop);
  return { ...sides, before, check: () => expectSameAnswers(sides, before, after) };
}

/** Both sides are the API's. */
function hotContest(bench: BenchDatabase, { api: server }: Servers): Contest {
  const base = { server, load: apiLoad(reserve, bench, 32) };
  const own = { server, load: apiLoad(reserveHot, bench, 32) };
  const mark = { ratio: 0.7, p99: 5 };
  const before = () => refillStock(bench.stockShop);
  return { name: 'M1 hot', title: reserveHot.title, base, own, mark, before, check: async () => {} };
}

/** Hot, round by round: what else the machine does meets both sides. */
export async function hold(contest: Contest, bench: BenchDatabase, pace: Pace): Promise<Result> {
  const measure = async (side: Side, seconds: number) => {
    await contest.before?.();
    return drive(side, seconds, bench);
  };
  await contest.check();
  await measure(contest.base, pace.warm);
  await measure(contest.own, pace.warm);
  const rounds: Round[] = [];
  for (let n = 0; n < pace.rounds; n++) {
    const base = await measure(contest.base, pace.seconds);
    rounds.push({ base, own: await measure(contest.own, pace.seconds) });
  }
  await contest.before?.();
  return { contest, rounds };
}

const DIFFERENT_REQUESTS = 2_000;

export function someVariables(operation: Operation, { shop }: BenchDatabase, count = DIFFERENT_REQUESTS) {
  const random = randomFrom(7);
  return Array.from({ length: count }, () => operation.variables(random, shop));
}

const floorLoad = (operation: Operation, bench: BenchDatabase, connections: number): Load => ({
  path: `/${operation.name}`,
  headers: {},
  connections,
  bodies: someVariables(operation, bench).map((variables) => JSON.stringify({ variables })),
});

export const apiLoad = (operation: Operation, bench: BenchDatabase, connections: number): Load => ({
  path: '/graphql',
  headers: headersOf(operation, bench),
  connections,
  bodies: someVariables(operation, bench).map((variables) =>
    JSON.stringify({ query: operation.query, variables }),
  ),
});

export function headersOf({ staff, writes }: Operation, bench: BenchDatabase): Record<string, string> {
  const { subdomain, staffKey } = writes ? bench.stockShop : bench.shop;
  return { 'x-tenant': subdomain, ...(staff && { 'x-api-key': staffKey }) };
}

const COMPARED = 20;

/** A floor that answers less than the API would be no floor. What both leave behind them, `after` tells. */
async function expectSameAnswers(
  { name, base, own }: Pick<Contest, 'name' | 'base' | 'own'>,
  before = async () => {},
  after = async () => '',
) {
  const [theirs, ours] = [await trial(base, before, after), await trial(own, before, after)];
  for (const [n, answer] of theirs.entries())
    if (answer !== ours[n])
      throw new Error(`${name}: the answers differ.\nFloor: ${answer}\nAPI:   ${ours[n]}`);
}

async function trial(side: Side, before: () => Promise<void>, after: () => Promise<string>) {
  await before();
  const answers: string[] = [];
  for (const body of side.load.bodies.slice(0, COMPARED)) answers.push(await ask(side, body));
  return [...answers, await after()];
}

/** What the API says of the cost is beside the answer. */
async function ask({ server, load }: Side, body: string): Promise<string> {
  const response = await fetch(server.url + load.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...load.headers },
    body,
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  return JSON.stringify(errors ?? data);
}
