import { ClaimedKeys } from './claimed-keys.ts';
import type { Columns } from './csv-columns.ts';
import { type CsvRow, csvRows } from './csv-rows.ts';
import { Faults } from './faults.ts';
import { slugOfHandle } from './handles.ts';
import { type ByteSource, type Fault, type SourceItem, UnreadableFile } from './import-source.ts';
import { type Column, productColumns } from './shopify-columns.ts';
import { type RowGroup, readProduct } from './shopify-product.ts';

/** The currency of the amounts, which the file does not name. */
export type ShopifyOptions = { currency: string };

/** Bounds what one product can hold in memory: one with the most variants and a long text needs a tenth of it. */
const LARGEST_GROUP = 32 * 1024 * 1024;

/**
 * The products of Shopify's product CSV, as they come: each whole, or refused with all that is wrong in its rows. A
 * file that cannot be read any further ends it with UnreadableFile; the product that was being read is then refused.
 */
export async function* shopifyProducts(
  source: ByteSource,
  options: ShopifyOptions,
): AsyncGenerator<SourceItem> {
  const rows = csvRows(source);
  const header = await rows.next();
  if (header.done) throw new UnreadableFile('The file is empty');
  const reader = new ProductReader(productColumns(header.value.cells), options.currency);
  try {
    for await (const row of rows) yield* reader.add(row);
  } catch (error) {
    yield* reader.abandon();
    throw error;
  }
  yield* reader.finish();
}

type OpenGroup = RowGroup & { size: number; line: number; faults: Fault[] };

/** Gathers the rows of a handle, which follow one another, until another handle comes. */
class ProductReader {
  readonly #columns: Columns<Column>;
  readonly #currency: string;
  readonly #claimed = new ClaimedKeys();
  /** Every handle so far, to know one that comes back. */
  readonly #seen = new Map<string, number>();
  #open: OpenGroup | null = null;

  constructor(columns: Columns<Column>, currency: string) {
    this.#columns = columns;
    this.#currency = currency;
  }

  *add(row: CsvRow): Generator<SourceItem> {
    if (row.cells.every((cell) => cell.trim() === '')) return;
    const handle = this.#columns.cell(row, 'handle');
    if (!this.#continues(row, handle)) {
      yield* this.finish();
      this.#begin(row, handle);
    }
    this.#hold(row, handle);
  }

  *finish(): Generator<SourceItem> {
    const group = this.#open;
    this.#open = null;
    if (!group) return;
    const item = readProduct(group, this.#columns, this.#currency);
    if (group.faults.length === 0) {
      yield item.kind === 'product' ? this.#claimed.claim(item) : item;
    } else {
      yield { kind: 'refused', faults: [...group.faults, ...(item.kind === 'refused' ? item.faults : [])] };
    }
  }

  /** Nobody knows whether the rows of the last product are all there. */
  *abandon(): Generator<SourceItem> {
    const group = this.#open;
    if (!group) return;
    const faults = new Faults(group.handle);
    faults.add(group.line, null, 'The file cannot be read to the end of this product');
    yield { kind: 'refused', faults: faults.all };
  }

  /** A row without a handle or a title, and one that was cut within its handle, may be missing to the product before. */
  #continues(row: CsvRow, handle: string): boolean {
    const open = this.#open;
    if (!open) return false;
    const nameless = handle === '' && this.#columns.cell(row, 'title') === '';
    const cut = row.cells.length === 1 && open.handle.startsWith(handle);
    return handle === open.handle || nameless || cut;
  }

  #begin(row: CsvRow, handle: string) {
    const faults = new Faults(handle || null);
    const before = this.#seen.get(handle);
    const column = this.#columns.nameOf('handle');
    if (handle === '') faults.add(row.line, column, 'A product needs a handle');
    else if (before) {
      const reason = `The rows of a handle follow one another: this one began on line ${before}, and other handles came between`;
      faults.add(row.line, column, reason, handle);
    } else if (slugOfHandle(handle) === null) {
      faults.add(row.line, column, 'A handle is the name in an address: letters, digits and hyphens', handle);
    }
    if (!before) this.#seen.set(handle, row.line);
    this.#open = { handle, rows: [], size: 0, line: row.line, faults: faults.all };
  }

  #hold(row: CsvRow, handle: string) {
    const open = this.#open;
    if (!open) return;
    open.size += row.size;
    if (open.size <= LARGEST_GROUP) open.rows.push(row);
    if (handle === '' && open.handle !== '') this.#fault(open, row, 'This row has no handle');
    if (open.size > LARGEST_GROUP && open.size - row.size <= LARGEST_GROUP) {
      this.#fault(open, row, `The rows of one product are more than ${LARGEST_GROUP / 1024 / 1024} MiB`);
    }
  }

  #fault(open: OpenGroup, row: CsvRow, reason: string) {
    const column = this.#columns.nameOf('handle');
    open.faults.push({ line: row.line, column, product: open.handle, value: null, reason });
  }
}
