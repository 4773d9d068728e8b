import { cpus, loadavg } from 'node:os';
import type { Result } from './contests.ts';
import type { Measured } from './drive.ts';
import type { BenchDatabase } from './shop-database.ts';

export type Spread = { median: number; min: number; max: number };

export function spread(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (place: number) => sorted[place] ?? Number.NaN;
  const last = sorted.length - 1;
  const median = (at(Math.floor(last / 2)) + at(Math.ceil(last / 2))) / 2;
  return { median, min: at(0), max: at(last) };
}

export type Outcome = {
  name: string;
  title: string;
  connections: number;
  mark: { ratio: number; p99?: number };
  met: boolean;
  ratio: Spread;
  /** Of CPU a request: above 1, less is used than by the base. */
  cpuRatio: Spread;
  base: Measured;
  own: Measured;
};

/** What one contest comes to, for the table and for programs. */
export function outcomeOf({ contest, rounds }: Result): Outcome {
  const { name, title, mark } = contest;
  const median = (side: 'base' | 'own', what: keyof Measured) =>
    spread(rounds.map((round) => round[side][what])).median;
  const measured = (side: 'base' | 'own'): Measured => ({
    perSecond: median(side, 'perSecond'),
    p50: median(side, 'p50'),
    p99: median(side, 'p99'),
    cpuMicros: median(side, 'cpuMicros'),
    commands: median(side, 'commands'),
    megabytes: median(side, 'megabytes'),
  });
  const [base, own] = [measured('base'), measured('own')];
  const ratio = spread(rounds.map((round) => round.own.perSecond / round.base.perSecond));
  const inTime = mark.p99 === undefined || own.p99 <= mark.p99 * base.p99;
  return {
    name,
    title,
    connections: contest.own.load.connections,
    mark,
    met: ratio.median >= mark.ratio && inTime,
    ratio,
    cpuRatio: spread(rounds.map((round) => round.base.cpuMicros / round.own.cpuMicros)),
    base,
    own,
  };
}

const HEADINGS = [
  ...['', 'conn.', 'ratio (min–max)', 'mark', 'CPU ratio', 'req/s', 'p50 ms', 'p99 ms'],
  ...['CPU µs', 'commands', 'RSS MB'],
];

/** One row a contest; where two numbers stand, the first is that of what is compared with. */
export function table(outcomes: Outcome[]): string {
  const rows = outcomes.map((outcome) => {
    const both = (what: keyof Measured, digits: number) =>
      `${outcome.base[what].toFixed(digits)} · ${outcome.own[what].toFixed(digits)}`;
    return [
      `${outcome.name} ${outcome.title}`,
      String(outcome.connections),
      rangeText(outcome.ratio),
      markText(outcome),
      rangeText(outcome.cpuRatio),
      both('perSecond', 0),
      both('p50', 1),
      both('p99', 1),
      both('cpuMicros', 0),
      both('commands', 2),
      both('megabytes', 0),
    ];
  });
  return aligned([HEADINGS, ...rows]);
}

const markText = ({ met, mark: { ratio, p99 } }: Outcome) =>
  `${metText(met)} ≥ ${ratio}${p99 === undefined ? '' : `, p99 ≤ ${p99} ×`}`;

export const metText = (met: boolean) => (met ? 'met' : 'MISSED');

export const rangeText = ({ median, min, max }: Spread) =>
  `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;

/** Columns as wide as their widest cell, in Markdown. */
export function aligned(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [headings = [], ...others] = rows;
  return [
    line(headings),
    `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`,
    ...others.map(line),
  ].join('\n');
}

/** What a number means nothing without. */
export const circumstances = ({ mongod }: Pick<BenchDatabase, 'mongod'>) => ({
  date: new Date().toISOString(),
  node: process.version,
  mongodb: mongod.version,
  processors: cpus().length,
  model: cpus()[0]?.model.trim() ?? 'unknown',
  /** Above the number of processors, something else was running too. */
  load: loadavg().map((value) => Number(value.toFixed(1))),
});

/** Prints a result as a table or, for programs, as JSON; an unmet mark ends in exit code 1. */
export function print(
  bench: Pick<BenchDatabase, 'mongod'>,
  { json, text, data, met }: { json: boolean; text: string; data: object; met: boolean },
) {
  const where = circumstances(bench);
  console.log(json ? JSON.stringify({ ...where, ...data }, null, 2) : `${JSON.stringify(where)}\n\n${text}`);
  if (!met) process.exitCode = 1;
}
