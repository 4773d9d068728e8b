import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { csvFile, csvLine } from '../../../src/platform/http/csv.ts';

it('writes a record by RFC 4180, which a reader gives back as it was', async () => {
  expect(csvLine(['plain', 'two, of them', 'he said "no"', 'line\nbreak', '', null, 0, 12.5])).toBe(
    'plain,"two, of them","he said ""no""","line\nbreak",,,0,12.5\r\n',
  );
  const rows = [
    ['Ærlig kaffe, malt', '"', 'a\r\nb'],
    ['万年筆', '', '-3.50'],
  ];
  const file = await Array.fromAsync(csvFile(['a', 'b', 'c'], asTheyCome(rows)));
  expect(parse(file.join(''), { bom: true })).toEqual([['a', 'b', 'c'], ...rows]);
  expect(file[0]).toBe('\ufeffa,b,c\r\n');
});

async function* asTheyCome(rows: string[][]) {
  yield* rows;
}

it.each([
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '＝1',
  '-',
  '=HYPERLINK("http://x","y")',
])('keeps a spreadsheet from running %j', (text) => {
  const [cell] = parse(csvLine([text]))[0] ?? [];
  expect(cell).toBe(`'${text}`);
});

it('leaves amounts as they are, below zero as well', () => {
  expect(csvLine(['-12.00', -12, '+12'])).toBe("-12.00,-12,'+12\r\n");
});
