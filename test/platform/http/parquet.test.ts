import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { expect, it } from 'vitest';
import type { Cell } from '../../../src/platform/http/csv.ts';
import { type Column, parquetFile } from '../../../src/platform/http/parquet.ts';

const COLUMNS: Column[] = [
  ['day', 'day'],
  ['name', 'text'],
  ['pieces', 'count'],
  ['price', 'amount'],
];

async function* rowsUpTo(count: number): AsyncGenerator<Cell[]> {
  for (let i = 0; i < count; i++) yield ['2026-11-24', `Mug ${i}, “red”`, i, i % 2 ? null : `${i}.25`];
}

async function written(count: number) {
  const pieces = await Array.fromAsync(parquetFile(COLUMNS, rowsUpTo(count)));
  return { pieces: pieces.length, file: new Uint8Array(Buffer.concat(pieces)).buffer };
}

it('writes each group of rows as it comes, in one file that is read as a whole', async () => {
  const { pieces, file } = await written(10_001);
  expect(pieces).toBe(4);
  expect(parquetMetadata(file).row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([5000, 5000, 1]);
  const rows = await parquetReadObjects({ file });
  expect(rows).toHaveLength(10_001);
  const day = new Date('2026-11-24');
  expect(rows[9_999]).toEqual({ day, name: 'Mug 9999, “red”', pieces: 9_999n, price: null });
  expect(rows[10_000]).toEqual({ day, name: 'Mug 10000, “red”', pieces: 10_000n, price: 10_000.25 });
});

it('names the columns also where there are no rows', async () => {
  const { file } = await written(0);
  const [, ...columns] = parquetMetadata(file).schema;
  expect(columns.map(({ name, type, converted_type }) => [name, type, converted_type])).toEqual([
    ['day', 'INT32', 'DATE'],
    ['name', 'BYTE_ARRAY', 'UTF8'],
    ['pieces', 'INT64', undefined],
    ['price', 'DOUBLE', undefined],
  ]);
});
