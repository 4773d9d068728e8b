import { type Fault, type Note, shown } from './import-source.ts';

/** Gathers what is wrong with one product: all of it, so that one look at the file is enough. */
export class Faults {
  readonly all: Fault[] = [];
  readonly notes: Note[] = [];
  readonly #product: string | null;

  constructor(product: string | null) {
    this.#product = product && shown(product);
  }

  add(line: number | null, column: string | null, reason: string, value: string | null = null) {
    const product = this.#product;
    this.all.push({ line, column, product, value: value === null ? null : shown(value), reason });
  }

  /** As they stand in the file, from the top. */
  inOrder(): Fault[] {
    return this.all.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  }

  note(line: number, text: string) {
    this.notes.push({ line, product: this.#product ?? '', text });
  }
}
