import { askFor, type Cost, readsMore, variablesFor, withInspector } from './inspect.ts';
import { bounded, type Operation, others, queries, reserve } from './operations.ts';
import { pinClients } from './processes.ts';
import { aligned, metText, print, spread } from './report.ts';
import { say } from './say.ts';
import { startApi, withServer } from './servers.ts';
import { type BenchDatabase, withBenchDatabase } from './shop-database.ts';
import { refillStock } from './stock.ts';

const FLAT = [...queries, reserve, ...others];
const OPERATIONS = [...FLAT, ...bounded];

type Measured = Cost & { ms: number };
type Size = { products: number; mongod: BenchDatabase['mongod']; measured: Map<string, Measured> };
type Mark = { text: string; met: boolean };

/** How each request grows with the catalogue: its time alone and warm, and what mongod examines for it. */
export async function scale({ sizes, json }: { sizes: number[]; json: boolean }): Promise<void> {
  const smallest = Math.min(...sizes);
  const found: Size[] = [];
  for (const products of sizes.toSorted((a, b) => a - b))
    found.push(await withBenchDatabase(products, say, (bench) => measureAt(bench, products, smallest)));
  const [first, last] = [found[0], found.at(-1)];
  if (!first || !last) throw new Error('There is at least one size');
  const from = found.find(({ products }) => products >= COMPARED_FROM) ?? first;
  const marks = marksOf(from, last);
  const data = { marks, sizes: found.map(({ products, measured }) => ({ products, ...plain(measured) })) };
  const text = [table(found), ...marks.map(({ text, met }) => `${metText(met)}: ${text}`)].join('\n\n');
  print(last, { json, text, data, met: marks.every(({ met }) => met) });
}

async function measureAt(bench: BenchDatabase, products: number, smallest: number): Promise<Size> {
  const measured = new Map<string, Measured>();
  await refillStock(bench.stockShop);
  // Of the same products at each size.
  const asked = Math.round(bench.shop.products * (smallest / products));
  const costs = await withInspector(bench, async (inspect) => {
    const some: Cost[] = [];
    for (const operation of OPERATIONS) some.push(await inspect(operation, asked));
    return some;
  });
  const times = await timesOf(bench);
  for (const [i, { name }] of OPERATIONS.entries()) {
    const [cost, ms] = [costs[i], times[i]];
    if (cost && ms !== undefined) measured.set(name, { ...cost, ms });
  }
  await refillStock(bench.stockShop);
  return { products, mongod: bench.mongod, measured };
}

function timesOf(bench: BenchDatabase): Promise<number[]> {
  pinClients(bench.mongod.pid);
  return withServer(startApi(bench), async ({ url }) => {
    const times: number[] = [];
    for (const operation of OPERATIONS) times.push(await timeOf(operation, url, bench));
    return times;
  });
}

const DIFFERENT_REQUESTS = 100;
const WARM_ROUNDS = 2;
const ROUNDS = 3;

/** The median of requests one after the other, each of which was asked before. */
async function timeOf(operation: Operation, url: string, bench: BenchDatabase): Promise<number> {
  const variables = await variablesFor(url, operation, bench, DIFFERENT_REQUESTS);
  const times: number[] = [];
  const requests = (rounds: number) =>
    Array.from({ length: rounds * DIFFERENT_REQUESTS }, (_, n) => variables[n % variables.length] ?? {});
  for (const asked of requests(WARM_ROUNDS)) await askFor(url, operation, bench, asked);
  for (const asked of requests(ROUNDS)) {
    const began = performance.now();
    await askFor(url, operation, bench, asked);
    times.push(performance.now() - began);
  }
  return spread(times).median;
}

/** Below, some words are too rare to be read in order of rank. */
const COMPARED_FROM = 10_000;
const MOST_TIMES_SLOWER = 2;

function marksOf(from: Size, to: Size): Mark[] {
  const between = `from ${from.products} to ${to.products} products`;
  const grown = FLAT.filter(({ name }) => {
    const [few, many] = [from.measured.get(name), to.measured.get(name)];
    return !few || !many || readsMore(few, many);
  }).map(({ name }) => name);
  const unbounded = OPERATIONS.filter(
    ({ name, mostKeys }) => (to.measured.get(name)?.keys ?? 0) > mostKeys,
  ).map(({ name }) => name);
  const times = (to.measured.get('Q3')?.ms ?? 0) / (from.measured.get('Q3')?.ms ?? 0);
  return [
    { text: `keys and documents stay the same ${between}${listed(grown)}`, met: grown.length === 0 },
    { text: `keys stay below their bounds${listed(unbounded)}`, met: unbounded.length === 0 },
    {
      text: `a common word costs ${times.toFixed(2)} times as much ${between}, at most ${MOST_TIMES_SLOWER}`,
      met: times <= MOST_TIMES_SLOWER,
    },
  ];
}

const listed = (names: string[]) => (names.length === 0 ? '' : `, but for ${names.join(', ')}`);

const table = (sizes: Size[]): string =>
  aligned([
    ['ms · keys · documents', ...sizes.map(({ products }) => products.toLocaleString('en')), 'commands'],
    ...OPERATIONS.map(({ name, title }) => [
      `${name} ${title}`,
      ...sizes.map(({ measured }) => cellOf(measured.get(name))),
      String(sizes.at(-1)?.measured.get(name)?.commands),
    ]),
  ]);

const cellOf = (measured: Measured | undefined) =>
  measured ? `${measured.ms.toFixed(1)} · ${measured.keys} · ${measured.documents}` : '';

const plain = (measured: Map<string, Measured>) =>
  Object.fromEntries([...measured].map(([name, { plans: _, ...rest }]) => [name, rest]));
