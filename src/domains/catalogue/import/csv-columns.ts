import type { CsvRow } from './csv-rows.ts';
import { UnreadableFile } from './import-source.ts';

/** The columns of one kind of file: each under the names it has had, in lower case, and those that must be there. */
export type ColumnNames<Column extends string> = {
  /** What the file is, for the one who brought another. */
  kind: string;
  names: Record<Column, string[]>;
  required: Column[];
  hint: (header: string[]) => string;
};

/** Where a file has its columns, and what it calls them. */
export class Columns<Column extends string = string> {
  readonly width: number;
  readonly #header: string[];
  readonly #places: Map<string, number>;
  readonly #names: Record<Column, string[]>;

  constructor(header: string[], { kind, names, required, hint }: ColumnNames<Column>) {
    this.width = header.length;
    this.#header = header.map((name) => name.trim());
    this.#names = names;
    this.#places = placesOf(this.#header, names);
    const missing = required.filter((column) => !this.#places.has(column));
    if (missing.length === 0) return;
    const wanted = missing.map((column) => `"${names[column].map(capital).join('" or "')}"`).join(', ');
    throw new UnreadableFile(`This is not ${kind}: there is no column ${wanted}. ${hint(this.#header)}`, 1);
  }

  has(column: Column): boolean {
    return this.#places.has(column);
  }

  /** The trimmed cell, or '' where the file has no such column. */
  cell(row: CsvRow, column: Column): string {
    const place = this.#places.get(column);
    return place === undefined ? '' : (row.cells[place]?.trim() ?? '');
  }

  /** As the file's header has it. */
  nameOf(column: Column): string {
    return this.#header[this.#places.get(column) ?? -1] ?? capital(this.#names[column][0] ?? column);
  }

  nameAt(place: number): string {
    return this.#header[place] ?? `cell ${place + 1}`;
  }
}

function placesOf(header: string[], names: Record<string, string[]>): Map<string, number> {
  const folded = header.map((name) => name.toLowerCase().replace(/\s+/g, ' '));
  const places = new Map<string, number>();
  for (const [column, known] of Object.entries(names)) {
    const name = known.find((each) => folded.includes(each));
    if (name === undefined) continue;
    const place = folded.indexOf(name);
    if (folded.lastIndexOf(name) !== place) {
      throw new UnreadableFile(`The column "${header[place]}" is there twice`, 1, header[place]);
    }
    places.set(column, place);
  }
  return places;
}

const capital = (name: string) =>
  name.replace(/(?<!_)\b(?:sku|seo|url)\b|^[a-z](?!\w*_)| [a-z]/g, (start) => start.toUpperCase());
