import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aligned } from './report.ts';

/** Where the CPU of a profiled run went: `node bench/profile.ts <folder of --profile>`. */

type Frame = { functionName: string; url: string; lineNumber: number };
type Profile = {
  nodes: { id: number; callFrame: Frame; children?: number[] }[];
  samples: number[];
  timeDeltas: number[];
};

const [folder = '.', most = '25'] = process.argv.slice(2);
const file = readdirSync(folder)
  .filter((name) => name.endsWith('.cpuprofile'))
  .sort()
  .at(-1);
if (!file) throw new Error(`${folder} holds no CPU profile`);
const profile: Profile = JSON.parse(readFileSync(join(folder, file), 'utf8'));
const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));

const busy = new Map<string, number>();
const hottest = new Map<string, number>();
let total = 0;
for (const [index, id] of profile.samples.entries()) {
  const frame = frames.get(id);
  const micros = profile.timeDeltas[index] ?? 0;
  if (!frame || frame.functionName === '(idle)') continue;
  total += micros;
  add(busy, partOf(frame), micros);
  add(hottest, `${frame.functionName || '(anonymous)'} ${placeOf(frame)}`, micros);
}

function add(sums: Map<string, number>, key: string, micros: number) {
  sums.set(key, (sums.get(key) ?? 0) + micros);
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

const rows = (sums: Map<string, number>) =>
  [...sums]
    .sort(([, a], [, b]) => b - a)
    .slice(0, Number(most))
    .map(([name, micros]) => [name, `${((100 * micros) / total).toFixed(1)} %`]);

console.log(aligned([['part', 'share of busy CPU'], ...rows(busy)]));
console.log();
console.log(aligned([['function', 'share of busy CPU'], ...rows(hottest)]));
