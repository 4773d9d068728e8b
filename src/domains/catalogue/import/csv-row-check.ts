import type { Columns } from './csv-columns.ts';
import type { CsvRow } from './csv-rows.ts';
import type { Faults } from './faults.ts';

const LONGEST_CELL = 64 * 1024;
/** Descriptions. */
const LONGEST_TEXT = 256 * 1024;

/**
 * Whether a row has the shape of the header. With a cell too many or too few, every other may stand under the wrong
 * name: nothing more is said of such a row.
 */
export function checkShape<Column extends string>(
  row: CsvRow,
  columns: Columns<Column>,
  text: Column,
  faults: Faults,
) {
  if (row.broken) {
    const reason = 'A quote stands inside a cell: put the cell in quotes, and double those inside it';
    faults.add(row.line, null, reason);
  } else if (row.cells.length !== columns.width) {
    faults.add(row.line, null, `The row has ${row.cells.length} cells, the header ${columns.width}`);
  }
  row.cells.forEach((cell, place) => {
    const name = columns.nameAt(place);
    const longest = name === columns.nameOf(text) ? LONGEST_TEXT : LONGEST_CELL;
    if (cell.length <= longest) return;
    faults.add(row.line, name, `The cell has ${cell.length} characters; at most ${longest} are taken`, cell);
  });
}
