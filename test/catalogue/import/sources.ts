import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type {
  Fault,
  SourceItem,
  StatedProduct,
} from '../../../src/domains/catalogue/import/import-source.ts';
import { shopifyProducts } from '../../../src/domains/catalogue/import/shopify-csv.ts';

export const fixture = (name: string) => createReadStream(new URL(`fixtures/${name}`, import.meta.url));

/** A text as a stream brings it: in pieces that do not care for rows or characters. */
export function bytes(content: string | Uint8Array, pieceSize = 64 * 1024): AsyncIterable<Uint8Array> {
  const buffer = Buffer.from(content);
  const starts = Array.from(
    { length: Math.ceil(buffer.length / pieceSize) },
    (_, piece) => piece * pieceSize,
  );
  return Readable.from(starts.map((start) => buffer.subarray(start, start + pieceSize)));
}

export const readShopify = (content: string | Uint8Array | AsyncIterable<Uint8Array>, currency = 'USD') =>
  outcomeOf(shopifyProducts(asSource(content), { currency }));

const asSource = (content: string | Uint8Array | AsyncIterable<Uint8Array>) =>
  typeof content === 'string' || content instanceof Uint8Array ? bytes(content) : content;

export type Outcome = { products: StatedProduct[]; faults: Fault[]; error: unknown };

/** All that a source gives, and the error that it ends with. */
export async function outcomeOf(source: AsyncIterable<SourceItem>): Promise<Outcome> {
  const outcome: Outcome = { products: [], faults: [], error: null };
  try {
    for await (const item of source) {
      if (item.kind === 'product') outcome.products.push(item);
      else outcome.faults.push(...item.faults);
    }
  } catch (error) {
    outcome.error = error;
  }
  return outcome;
}

const COLUMNS = ['Handle', 'Title', 'Option1 Name', 'Option1 Value', 'Variant SKU', 'Variant Price', 'Type'];

/** A small file of Shopify's, with the usual columns; each row names the cells that it has. */
export function shopifyFile(rows: Record<string, string>[], columns = COLUMNS): string {
  const extra = rows.flatMap((row) => Object.keys(row)).filter((name) => !columns.includes(name));
  const header = [...columns, ...new Set(extra)];
  const lines = rows.map((row) => header.map((name) => quoted(row[name] ?? '')).join(','));
  return [header.join(','), ...lines, ''].join('\n');
}

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The one row of a product without options. */
export const mug = (cells: Record<string, string> = {}) => ({
  Handle: 'mug',
  Title: 'Mug',
  'Option1 Name': 'Title',
  'Option1 Value': 'Default Title',
  'Variant SKU': 'MUG-1',
  'Variant Price': '12.00',
  ...cells,
});
