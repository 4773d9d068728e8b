import { drive, type Load, type Measured } from './drive.ts';
import type { BenchShop, Operation } from './operations.ts';
import { operations } from './operations.ts';
import type { Served } from './processes.ts';
import { randomFrom } from './random.ts';
import type { BenchDatabase } from './shop-database.ts';

/** One operation at one number of connections, with the share of the floor's throughput that it has to reach. */
export type Contest = { name: string; operation: Operation; connections: number; mark: number };

export type Round = { floor: Measured; api: Measured };
export type Result = { contest: Contest; rounds: Round[] };

const MARKS: [name: string, operation: string, connections: number, mark: number][] = [
  ['Q1', 'Q1', 32, 1.4],
  ['Q1 alone', 'Q1', 1, 0.8],
  ['Q2', 'Q2', 32, 0.85],
  ['Q3', 'Q3', 32, 0.9],
  ['Q4', 'Q4', 32, 0.9],
  ['Q5', 'Q5', 32, 1.8],
];

export const contests: Contest[] = MARKS.flatMap(([name, wanted, connections, mark]) => {
  const operation = operations.find((one) => one.name === wanted);
  return operation ? [{ name, operation, connections, mark }] : [];
});

export type Servers = { floor: Served; api: Served };
export type Pace = { rounds: number; seconds: number; warmSeconds: number };

/** Both servers in turn, hot, round by round: what else the machine does meets both. */
export async function hold(
  contest: Contest,
  servers: Servers,
  bench: BenchDatabase,
  pace: Pace,
): Promise<Result> {
  const loads = loadsOf(contest, bench);
  await expectSameAnswers(contest, servers, loads);
  await drive(servers.floor, loads.floor, pace.warmSeconds, bench);
  await drive(servers.api, loads.api, pace.warmSeconds, bench);
  const rounds: Round[] = [];
  for (let n = 0; n < pace.rounds; n++) {
    const floor = await drive(servers.floor, loads.floor, pace.seconds, bench);
    const api = await drive(servers.api, loads.api, pace.seconds, bench);
    rounds.push({ floor, api });
  }
  return { contest, rounds };
}

const DIFFERENT_REQUESTS = 2_000;

type Loads = { floor: Load; api: Load };

function loadsOf({ operation, connections }: Contest, bench: BenchDatabase): Loads {
  const variables = someVariables(operation, bench.shop);
  return {
    floor: {
      path: `/${operation.name}`,
      headers: {},
      connections,
      bodies: variables.map((values) => JSON.stringify({ variables: values })),
    },
    api: {
      path: '/graphql',
      headers: headersOf(operation, bench),
      connections,
      bodies: variables.map((values) => JSON.stringify({ query: operation.query, variables: values })),
    },
  };
}

export function someVariables(operation: Operation, shop: BenchShop, count = DIFFERENT_REQUESTS) {
  const random = randomFrom(7);
  return Array.from({ length: count }, () => operation.variables(random, shop));
}

export const headersOf = ({ staff }: Operation, bench: BenchDatabase): Record<string, string> => ({
  'x-tenant': bench.subdomain,
  ...(staff && { 'x-api-key': bench.staffKey }),
});

const COMPARED = 20;

/** A floor that answers less than the API would be no floor; what the API says of the cost is beside the answer. */
async function expectSameAnswers({ name }: Contest, { floor, api }: Servers, loads: Loads) {
  for (let n = 0; n < COMPARED; n++) {
    const [theirs, ours] = await Promise.all([ask(floor, loads.floor, n), ask(api, loads.api, n)]);
    if (theirs !== ours) throw new Error(`${name}: the answers differ.\nFloor: ${theirs}\nAPI:   ${ours}`);
  }
}

async function ask({ url }: Served, { path, headers, bodies }: Load, n: number): Promise<string> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: bodies[n] ?? '',
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  return JSON.stringify(errors ?? data);
}
