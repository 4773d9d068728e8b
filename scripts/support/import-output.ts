import { closeSync, openSync, writeSync } from 'node:fs';
import type { ImportReport } from '../../src/domains/catalogue/import/import-report.ts';
import type { Fault, Note } from '../../src/domains/catalogue/import/import-source.ts';
import { UsageError } from './usage-error.ts';

const MOST_FAULTS = 20;
const MOST_NOTES = 5;

/** 'shirts.csv line 12, blue-shirt, Variant Price "12,50": …' */
export function faultLine(file: string, { line, column, product, value, reason }: Fault): string {
  const place = [line === null ? file : `${file} line ${line}`, product, column].filter(Boolean).join(', ');
  return `${place}${value ? ` ${JSON.stringify(value)}` : ''}: ${reason}`;
}

/** What a person reads of one file: what happened, what stopped it, and the first of what was refused. */
export function summaryLines(what: string, file: string, report: ImportReport): string[] {
  const { faults, faultCount, notes, noteCount, stopped } = report;
  const refused = faults.slice(0, MOST_FAULTS).map((fault) => faultLine(file, fault));
  const noted = notes.slice(0, MOST_NOTES).map((note) => faultLine(file, asFault(note)));
  return [
    `${what}: ${countsText(report)}`,
    ...listed('refused', faultCount, refused),
    ...listed('note', noteCount, noted),
    ...(stopped ? [`✖ ${faultLine(file, { ...stopped, product: null, value: null })}`] : []),
  ];
}

const asFault = ({ line, product, text }: Note): Fault => ({
  line,
  product,
  column: null,
  value: null,
  reason: text,
});

function countsText({ counts, variants, categoriesCreated }: ImportReport): string {
  const number = (count: number) => count.toLocaleString('en-US');
  return [
    `${number(counts.created)} created, ${number(counts.updated)} updated, ${number(counts.unchanged)} unchanged, ${number(counts.refused)} refused`,
    ...(variants > 0 ? [`${number(variants)} variants`] : []),
    ...(categoriesCreated > 0 ? [`${number(categoriesCreated)} categories made`] : []),
  ].join(' · ');
}

function listed(what: string, count: number, shown: string[]): string[] {
  const lines = shown.map((line) => `  ${what}: ${line}`);
  return count > shown.length
    ? [...lines, `  … and ${count - shown.length} more; --report FILE writes all`]
    : lines;
}

/** Faults and notes as NDJSON, written as they come: there may be as many as the file has rows. */
export function openReportFile(path: string | undefined) {
  if (path === undefined) return { listeners: () => ({}), close: () => {} };
  const file = openForWriting(path);
  const write = (value: object) => void writeSync(file, `${JSON.stringify(value)}\n`);
  return {
    listeners: (source: string) => ({
      onFault: (fault: Fault) => write({ kind: 'fault', file: source, ...fault }),
      onNote: (note: Note) => write({ kind: 'note', file: source, ...note }),
    }),
    close: () => closeSync(file),
  };
}

function openForWriting(path: string): number {
  try {
    return openSync(path, 'w');
  } catch (error) {
    throw new UsageError(
      `The report cannot be written to ${path}: ${error instanceof Error ? error.message : error}`,
    );
  }
}
