import { CsvError, type Parser, parse } from 'csv-parse';
import { type ByteSource, UnreadableFile } from './import-source.ts';
import { utf8Bytes } from './utf8-bytes.ts';

/** `broken`: its quotes contradict each other, so that its cells may not be what was meant. */
export type CsvRow = { line: number; cells: string[]; broken: boolean; size: number };

/** Bounds what one row can hold in memory; a row past it can only be a quote that was never closed. */
const LARGEST_ROW = 16 * 1024 * 1024;

/** The rows of a CSV file, with the line on which each begins; empty lines are left out. */
export async function* csvRows(source: ByteSource): AsyncGenerator<CsvRow> {
  const reader = new RowReader();
  try {
    for await (const chunk of utf8Bytes(source)) {
      const failure = await reader.write(chunk);
      yield* reader.take();
      if (failure) throw reader.unreadable(failure);
    }
  } catch (error) {
    // The last whole row may still wait for what follows it.
    await reader.end();
    yield* reader.take();
    throw error;
  }
  const failure = await reader.end();
  yield* reader.take();
  if (failure) throw reader.unreadable(failure);
}

/** What `raw: true` makes of a record, which the types of csv-parse do not say. */
type RawRecord = { record: string[]; raw: string };

/** csv-parse hands on its rows as it goes: read through its stream, those just before an error would be lost. */
class RowReader {
  readonly #parser: Parser;
  #rows: CsvRow[] = [];
  #nextLine = 1;

  constructor() {
    this.#parser = parse({
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      raw: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: LARGEST_ROW,
      on_record: (row: unknown) => this.#add(row as RawRecord),
    });
    // Failures come back from write and end; without a listener the event would end the process.
    this.#parser.on('error', () => {});
    this.#parser.resume();
  }

  write(chunk: Buffer): Promise<Error | null> {
    return new Promise((resolve) => {
      this.#parser.write(chunk, (error) => resolve(error ?? null));
    });
  }

  end(): Promise<Error | null> {
    if (this.#parser.destroyed) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#parser.once('error', resolve).once('end', () => resolve(null));
      this.#parser.end();
    });
  }

  take(): CsvRow[] {
    return this.#rows.splice(0);
  }

  #add({ record: cells, raw }: RawRecord): null {
    const text = raw.replace(/^[\r\n]+/, '');
    const line = this.#nextLine + lineBreaks(raw.slice(0, raw.length - text.length));
    this.#nextLine += lineBreaks(raw);
    this.#rows.push({ line, cells, broken: !hasSoundQuotes(text), size: raw.length });
    return null;
  }

  unreadable(failure: Error): UnreadableFile {
    const line = this.#nextLine;
    const column = failure instanceof CsvError ? `${Number(failure.column) + 1}` : null;
    const code = failure instanceof CsvError ? failure.code : '';
    const cell = `cell ${column} of the row that begins on line ${line}`;
    if (code === 'CSV_QUOTE_NOT_CLOSED') {
      return new UnreadableFile(
        `The file ends inside the quoted ${cell}: it was cut, or a closing quote is missing`,
        line,
      );
    }
    if (code === 'CSV_MAX_RECORD_SIZE') {
      const limit = `${LARGEST_ROW / 1024 / 1024} MiB`;
      return new UnreadableFile(
        `More than ${limit} without an end in ${cell}: is a closing quote missing?`,
        line,
      );
    }
    return new UnreadableFile(`${failure.message}, in the row that begins on line ${line}`, line);
  }
}

const lineBreaks = (text: string) => text.match(/\r\n|\r|\n/g)?.length ?? 0;

/** Whether each quote opens a cell, closes one, or is doubled inside one. */
function hasSoundQuotes(raw: string): boolean {
  let open = false;
  for (let at = raw.indexOf('"'); at !== -1; at = raw.indexOf('"', at + 1)) {
    if (open && raw[at + 1] === '"') at++;
    else if (!isCellEdge(open ? raw[at + 1] : raw[at - 1])) return false;
    else open = !open;
  }
  return !open;
}

const isCellEdge = (neighbour: string | undefined) => neighbour === undefined || ',\r\n'.includes(neighbour);
