import { parseArgs } from 'node:util';
import { drive, type Load, type Measured } from './drive.ts';
import { operations } from './operations.ts';
import { pinBeside, serve } from './processes.ts';
import { randomFrom } from './random.ts';
import { openBenchDatabase } from './shop-database.ts';

const { values } = parseArgs({
  options: {
    products: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    only: { type: 'string', default: '' },
    connections: { type: 'string', default: '32' },
    'cpu-prof': { type: 'boolean', default: false },
  },
});

pinBeside(process.pid);
const bench = await openBenchDatabase(Number(values.products), (line) => console.error(line));
const floor = await serve({ script: 'floor.ts', args: [bench.uri, bench.name, bench.tenantId] });
const api = await serve({
  script: '../src/main.ts',
  nodeOptions: values['cpu-prof'] ? ['--cpu-prof', '--cpu-prof-dir=.data/prof'] : [],
  variables: {
    NODE_ENV: 'production',
    PORT: '0',
    MONGODB_URI: bench.uri,
    MONGODB_DATABASE: bench.name,
    LOG_LEVEL: 'info',
  },
});
const random = randomFrom(7);
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
for (const operation of operations.filter(
  ({ name }) => !values.only || values.only.split(',').includes(name),
)) {
  const variables = Array.from({ length: 2_000 }, () => operation.variables(random, bench.shop));
  const connections = Number(values.connections);
  const headers = { 'x-tenant': bench.subdomain, 'x-api-key': bench.staffKey };
  const onFloor: Load = {
    path: `/${operation.name}`,
    headers: {},
    connections,
    bodies: variables.map((one) => JSON.stringify({ variables: one })),
  };
  const onApi: Load = {
    path: '/graphql',
    headers: { 'x-tenant': headers['x-tenant'] },
    connections,
    bodies: variables.map((one) => JSON.stringify({ query: operation.query, variables: one })),
  };
  const ask = async (url: string, load: Load) => {
    const res = await fetch(url + load.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...load.headers },
      body: load.bodies[0] ?? '',
    });
    return JSON.stringify(await res.json());
  };
  const [a, b] = [await ask(floor.url, onFloor), await ask(api.url, onApi)];
  if (a !== b) throw new Error(`${operation.name}: different answers\n${a}\n${b}`);
  const seconds = Number(values.seconds);
  await drive(floor, onFloor, seconds, bench);
  await drive(api, onApi, seconds, bench);
  const rounds: { floor: Measured; api: Measured }[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    rounds.push({
      floor: await drive(floor, onFloor, seconds, bench),
      api: await drive(api, onApi, seconds, bench),
    });
  }
  const of = (who: 'floor' | 'api', what: keyof Measured) => median(rounds.map((round) => round[who][what]));
  const ratios = rounds.map((round) => round.api.perSecond / round.floor.perSecond);
  console.log(
    operation.name,
    `ratio ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`,
    `cpu ratio ${(of('floor', 'cpuMicros') / of('api', 'cpuMicros')).toFixed(2)}`,
  );
  for (const who of ['floor', 'api'] as const)
    console.log(
      ' ',
      who.padEnd(6),
      Object.keys(rounds[0]?.api ?? {})
        .map((key) => `${key} ${of(who, key as keyof Measured).toFixed(2)}`)
        .join('  '),
    );
}
await floor.stop();
await api.stop();
await bench.close();
