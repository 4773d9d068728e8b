export type Cell = string | number | null;

const BYTE_ORDER_MARK = '\ufeff';
/** A spreadsheet takes what begins so for a formula, and works it out; the last four are how they are typed in Japanese. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const AMOUNT = /^-?\d+(?:\.\d+)?$/;
const QUOTED = /[",\r\n]/;

/** One record by RFC 4180. Text that a spreadsheet would run gets an apostrophe in front, which it shows as text. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cellText).join(',')}\r\n`;

function cellText(cell: Cell): string {
  const text = String(cell ?? '');
  const safe = FORMULA.test(text) && !AMOUNT.test(text) ? `'${text}` : text;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A file with one line of names first. Excel takes it for UTF-8 only with the mark at its beginning. */
export async function* csvFile(columns: readonly string[], rows: AsyncIterable<readonly Cell[]>) {
  yield BYTE_ORDER_MARK + csvLine(columns);
  for await (const row of rows) yield csvLine(row);
}
