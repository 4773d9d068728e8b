import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiLoad } from './contests.ts';
import { drive } from './drive.ts';
import { type Operation, queries } from './operations.ts';
import { pinClients } from './processes.ts';
import { aligned, print } from './report.ts';
import { say } from './say.ts';
import { startApi, withServer } from './servers.ts';
import { type BenchDatabase, withBenchDatabase } from './shop-database.ts';

type Frame = { functionName: string; url: string; lineNumber: number };
type Recorded = {
  nodes: { id: number; callFrame: Frame }[];
  startTime: number;
  samples: number[];
  timeDeltas: number[];
};
/** Shares of the CPU that was busy. */
type Shares = Map<string, number>;
type Profile = { name: string; parts: Shares; functions: Shares };

type Options = { products: number; only: string[]; warm: number; seconds: number; json: boolean };

/** Where the CPU of the API goes while it is hot, query by query. */
export const profile = ({ products, only, json, ...times }: Options) =>
  withBenchDatabase(products, say, async (bench) => {
    pinClients(bench.mongod.pid);
    const profiles: Profile[] = [];
    for (const operation of queries.filter(({ name }) => only.includes(name)))
      profiles.push(await profileOf(operation, bench, times));
    const hottest = profiles.map(({ name, functions }) => aligned([[name, 'share'], ...top(functions)]));
    const data = profiles.map(({ name, parts, functions }) => ({
      name,
      parts: Object.fromEntries(parts),
      functions: Object.fromEntries(functions),
    }));
    print(bench, { json, text: [partsTable(profiles), ...hottest].join('\n\n'), data: { data }, met: true });
  });

async function profileOf(
  operation: Operation,
  bench: BenchDatabase,
  { warm, seconds }: { warm: number; seconds: number },
): Promise<Profile> {
  say(`${operation.name}: ${seconds} s`);
  const folder = await mkdtemp(join(tmpdir(), 'souk-profile-'));
  try {
    const nodeOptions = ['--cpu-prof', `--cpu-prof-dir=${folder}`];
    const load = apiLoad(operation, bench, 32);
    const span = await withServer(startApi(bench, { nodeOptions }), async (server) => {
      await drive({ server, load }, warm, bench);
      const from = clockMicros();
      await drive({ server, load }, seconds, bench);
      return { from, to: clockMicros() };
    });
    const [file = ''] = await readdir(folder);
    return {
      name: operation.name,
      ...sharesOf(JSON.parse(await readFile(join(folder, file), 'utf8')), span),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The clock that profiles go by. */
const clockMicros = () => Number(process.hrtime.bigint() / 1_000n);

function sharesOf({ nodes, startTime, samples, timeDeltas }: Recorded, span: { from: number; to: number }) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const parts: Shares = new Map();
  const functions: Shares = new Map();
  let clock = startTime;
  for (const [index, id] of samples.entries()) {
    const micros = timeDeltas[index] ?? 0;
    clock += micros;
    const frame = frames.get(id);
    if (!frame || frame.functionName === '(idle)' || clock < span.from || clock > span.to) continue;
    add(parts, partOf(frame), micros);
    add(functions, `${frame.functionName || '(anonymous)'} ${placeOf(frame)}`, micros);
  }
  return { parts: asShares(parts), functions: asShares(functions) };
}

function add(sums: Shares, key: string, micros: number) {
  sums.set(key, (sums.get(key) ?? 0) + micros);
}

function asShares(sums: Shares): Shares {
  const total = [...sums.values()].reduce((sum, micros) => sum + micros, 0);
  return new Map([...sums].map(([key, micros]) => [key, micros / total]));
}

/** The package, the part of Node or the file of ours that a function belongs to. */
function partOf({ url, functionName }: Frame): string {
  if (url.includes('node_modules/')) return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? url;
  if (url.startsWith('node:')) return url.split('/').slice(0, 3).join('/');
  if (url.startsWith('file:')) return url.slice(url.lastIndexOf('/src/') + 1);
  return functionName.startsWith('(') ? functionName : 'compiled queries and built-in functions';
}

function placeOf({ url, lineNumber }: Frame): string {
  const short = url.replace(/.*node_modules\//, '').replace(/.*\/src\//, 'src/');
  return short && `${short}:${lineNumber + 1}`;
}

const MOST_ROWS = 25;
const percent = (share = 0) => `${(100 * share).toFixed(1)} %`;

const top = (shares: Shares): string[][] =>
  [...shares]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_ROWS)
    .map(([name, share]) => [name, percent(share)]);

function partsTable(profiles: Profile[]): string {
  const most = (part: string) => Math.max(...profiles.map(({ parts }) => parts.get(part) ?? 0));
  const names = [...new Set(profiles.flatMap(({ parts }) => [...parts.keys()]))]
    .sort((a, b) => most(b) - most(a))
    .slice(0, MOST_ROWS);
  return aligned([
    ['part', ...profiles.map(({ name }) => name)],
    ...names.map((name) => [name, ...profiles.map(({ parts }) => percent(parts.get(name)))]),
  ]);
}
