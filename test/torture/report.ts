import { cpus } from 'node:os';
import { type Figures, missedBy, summary } from './figures.ts';
import { type Waits, waitRows } from './waits.ts';

const HEADINGS = [
  ...['scenario', 'done', 'orders', 'refused', 'repeats', 'lost', 'oversold', 'twice', 'stock', 'left'],
  ...['outbox', 'check-data', 'money', 'errors', 'late', 'gap ms', 'longest call ms', 'p99 ms', 'marks'],
];

/** One row a scenario, in Markdown: faults are counted, and all but times have to be 0. */
export function table(all: Figures[], long: boolean): string {
  const rows = all.map((figures) => {
    const {
      title,
      done,
      orders,
      outOfStock,
      repeats,
      faults,
      errors,
      late,
      longestGapMs,
      longestCallMs,
      p99Ms,
    } = figures;
    const { lost, oversold, duplicates, stock, left, outbox, checkData, money } = faults;
    const counted = [lost, oversold, duplicates, stock, left, outbox, checkData, money, errors, late];
    return [
      ...[title, done, orders, outOfStock, repeats].map(String),
      ...counted.map(({ length }) => String(length)),
      ...[longestGapMs, longestCallMs, p99Ms].map(String),
      missedBy(figures, long).length > 0 ? 'MISSED' : 'met',
    ];
  });
  return aligned([HEADINGS, ...rows]);
}

/** What the table has no room for: which marks are missed, and what buyers saw of faults. */
export function remarks(all: Figures[], long: boolean): string[] {
  return all.flatMap((figures) => [
    ...missedBy(figures, long).map((mark) => `✖ ${figures.title}: ${mark}`),
    ...(figures.errors.length > 0 && figures.marks.errorsAllowed
      ? [`  ${figures.title}: answered before a repeat went well: ${summary(figures.errors)}`]
      : []),
  ]);
}

/** How much longer calls took, where a scenario measures it. */
export function waitTables(all: Figures[]): string[] {
  return all.flatMap(({ title, waits }) => (waits ? ['', `${title}:`, '', ...waitTable(waits)] : []));
}

function waitTable(waits: Waits): string[] {
  const { people, load } = waits;
  return [
    aligned(waitRows(waits)),
    `Who is signed in was asked ${people.asked} times: signed out ${people.signedOut}.`,
    `Load average of a minute: ${load.map((one) => one.toFixed(1)).join(' before, ')} after, on ${cpus().length} cores.`,
  ];
}

function aligned(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const lines = rows.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`);
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}
