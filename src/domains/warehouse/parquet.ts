import { ByteWriter, parquetWriteRows } from 'hyparquet-writer';
import type { Row, Table } from './tables.ts';

/** So many rows are in memory at once, and of a file what they come to: a few megabytes. */
export const ROWS_OF_A_FILE = 50_000;
const ROWS_OF_A_GROUP = 5_000;

/** A Parquet file of these rows; the schema's version is in its metadata as `souk.schema`. */
export async function parquetFile(
  { name, schema, columns }: Table,
  rows: AsyncIterable<Row>,
): Promise<Uint8Array> {
  const writer = new ByteWriter();
  await parquetWriteRows({
    writer,
    rows,
    columns: columns.map((column) => ({ name: column.name, type: column.type })),
    rowGroupSize: ROWS_OF_A_GROUP,
    kvMetadata: [
      { key: 'souk.table', value: name },
      { key: 'souk.schema', value: String(schema) },
    ],
  });
  return writer.getBytes();
}
