import { parquetWriteBuffer } from 'hyparquet-writer';
import type { Row, Table } from './tables.ts';

/** All of a file is in memory while it is made: so many rows are a few tens of megabytes. */
export const ROWS_OF_A_FILE = 50_000;
const ROWS_OF_A_GROUP = 10_000;

/** A Parquet file of these rows; the schema's version is in its metadata as `souk.schema`. */
export function parquetFile({ name, schema, columns }: Table, rows: readonly Row[]): Uint8Array {
  const columnData = columns.map((column) => ({
    name: column.name,
    type: column.type,
    data: rows.map((row) => row[column.name]),
  }));
  const kvMetadata = [
    { key: 'souk.table', value: name },
    { key: 'souk.schema', value: String(schema) },
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: ROWS_OF_A_GROUP, kvMetadata }));
}
