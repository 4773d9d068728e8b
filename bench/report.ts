import { cpus, loadavg } from 'node:os';
import type { Result } from './contests.ts';
import type { Measured } from './drive.ts';

export type Quartiles = { median: number; min: number; max: number };

export function spread(values: number[]): Quartiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN;
  return { median: at(0.5), min: at(0), max: at(1) };
}

/** What one contest comes to, for the table and for programs. */
export function outcomeOf({ contest, rounds }: Result) {
  const side = (who: 'floor' | 'api') => {
    const median = (what: keyof Measured) => spread(rounds.map((round) => round[who][what])).median;
    return {
      perSecond: median('perSecond'),
      p50: median('p50'),
      p99: median('p99'),
      cpuMicros: median('cpuMicros'),
      commands: median('commands'),
      megabytes: median('megabytes'),
    };
  };
  const ratio = spread(rounds.map(({ floor, api }) => api.perSecond / floor.perSecond));
  const cpuRatio = spread(rounds.map(({ floor, api }) => floor.cpuMicros / api.cpuMicros));
  return {
    name: contest.name,
    title: contest.operation.title,
    connections: contest.connections,
    mark: contest.mark,
    met: ratio.median >= contest.mark,
    ratio,
    cpuRatio,
    floor: side('floor'),
    api: side('api'),
  };
}

export type Outcome = ReturnType<typeof outcomeOf>;

const HEADINGS = [
  '',
  'conn.',
  'ratio (min–max)',
  'mark',
  'CPU ratio',
  'req/s',
  'p50 ms',
  'p99 ms',
  'CPU µs',
  'commands',
  'RSS MB',
];

/** One row a contest; where two numbers stand, the first is the floor's. */
export function table(outcomes: Outcome[]): string {
  const rows = outcomes.map((outcome) => {
    const both = (what: keyof Measured, digits: number) =>
      `${outcome.floor[what].toFixed(digits)} · ${outcome.api[what].toFixed(digits)}`;
    return [
      `${outcome.name} ${outcome.title}`,
      String(outcome.connections),
      rangeText(outcome.ratio),
      `${outcome.met ? 'met' : 'MISSED'} ${outcome.mark}`,
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

const rangeText = ({ median, min, max }: Quartiles) =>
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
export const circumstances = (mongodb: string, products: number) => ({
  date: new Date().toISOString(),
  node: process.version,
  mongodb,
  products,
  processors: cpus().length,
  model: cpus()[0]?.model.trim() ?? 'unknown',
  /** Above the number of processors, something else was running too. */
  load: loadavg().map((value) => Number(value.toFixed(1))),
});
