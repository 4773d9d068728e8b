import { AppError } from '../../../platform/errors.ts';
import { toMinor } from '../../pricing/money.ts';
import type { Columns } from './csv-columns.ts';
import type { CsvRow } from './csv-rows.ts';
import type { Faults } from './faults.ts';
import { plainLine } from './plain-text.ts';
import type { Column } from './shopify-columns.ts';

/** What the parts of a product are read with: its file's columns, and where to put what is wrong. */
export type Reading = { columns: Columns<Column>; currency: string; faults: Faults };

const LONGEST_LINE = 255;
const LARGEST_COUNT = 2_147_483_647;

export function fault({ columns, faults }: Reading, row: CsvRow, column: Column, reason: string) {
  faults.add(row.line, columns.nameOf(column), reason, columns.cell(row, column));
}

/** A cell as one line of plain text; one that is too long is a fault. */
export function line(reading: Reading, row: CsvRow, column: Column, longest = LONGEST_LINE): string {
  const text = plainLine(reading.columns.cell(row, column));
  if (text.length > longest)
    fault(reading, row, column, `The text has ${text.length} characters; at most ${longest} fit`);
  return text;
}

/** Minor units of the shop's currency, or null for an empty cell. */
export function money(reading: Reading, row: CsvRow, column: Column): number | null {
  const text = reading.columns.cell(row, column);
  if (text === '') return null;
  if (text.startsWith('-')) fault(reading, row, column, 'An amount cannot be below zero');
  // "1200.00" is what exports write for yen too.
  else return exactMoney(reading, row, column, text.replace(/^(\d+)(?:\.0*|(\.\d*?)0+)$/, '$1$2'));
  return null;
}

function exactMoney(reading: Reading, row: CsvRow, column: Column, decimal: string): number | null {
  try {
    return toMinor(decimal, reading.currency);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    fault(reading, row, column, error.message);
    return null;
  }
}

export function wholeNumber(reading: Reading, row: CsvRow, column: Column): number | null {
  const text = reading.columns.cell(row, column);
  if (text === '') return null;
  const number = Number(text);
  if (/^\d+(?:\.0+)?$/.test(text) && number <= LARGEST_COUNT) return number;
  fault(reading, row, column, `This is not a whole number from 0 to ${LARGEST_COUNT}`);
  return null;
}

/** Only what a browser may load from the web; "//cdn…" is what older exports write for https. */
export function webAddress(reading: Reading, row: CsvRow, column: Column): string | null {
  const text = reading.columns.cell(row, column);
  if (text === '') return null;
  const address = URL.parse(text.startsWith('//') ? `https:${text}` : text);
  if (address && ['http:', 'https:'].includes(address.protocol)) return address.href;
  fault(reading, row, column, 'This is not an address that begins with https:// or http://');
  return null;
}
