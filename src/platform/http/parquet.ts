import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Cell } from './csv.ts';

/** `day` is text such as "2026-11-24", `amount` a number or its decimal text. */
export type CellType = 'text' | 'count' | 'amount' | 'day';
export type Column = readonly [name: string, type: CellType];

type Element = Pick<SchemaElement, 'type' | 'converted_type'>;

const ELEMENTS: Record<CellType, Element> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  count: { type: 'INT64' },
  amount: { type: 'DOUBLE' },
  day: { type: 'INT32', converted_type: 'DATE' },
};
const STORED: Record<CellType, (cell: string | number) => unknown> = {
  text: String,
  count: BigInt,
  amount: Number,
  day: (cell) => new Date(cell),
};
const ROWS_OF_A_GROUP = 5_000;

type Row = readonly Cell[];

/** A Parquet file, piece by piece: one group of rows is in memory at a time. */
export async function* parquetFile(columns: readonly Column[], rows: AsyncIterable<Row>) {
  const writer = new ByteWriter();
  const file = new ParquetWriter({ writer, schema: schemaOf(columns) });
  for await (const group of groupsOf(rows)) {
    file.write({ columnData: dataOf(columns, group), rowGroupSize: group.length });
    yield taken(writer);
  }
  file.finish();
  yield taken(writer);
}

const schemaOf = (columns: readonly Column[]): SchemaElement[] => [
  { name: 'root', num_children: columns.length },
  ...columns.map(([name, type]) => ({ name, repetition_type: 'OPTIONAL' as const, ...ELEMENTS[type] })),
];

const dataOf = (columns: readonly Column[], group: Row[]) =>
  columns.map(([name, type], at) => ({
    name,
    data: group.map((row) => {
      const cell = row[at] ?? null;
      return cell === null ? null : STORED[type](cell);
    }),
  }));

async function* groupsOf(rows: AsyncIterable<Row>): AsyncGenerator<Row[], void> {
  let group: Row[] = [];
  for await (const row of rows) {
    group.push(row);
    if (group.length < ROWS_OF_A_GROUP) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** What was written since the last time; the writer goes on counting where it is in the file. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}
