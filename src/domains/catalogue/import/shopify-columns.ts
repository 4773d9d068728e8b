import type { CsvRow } from './csv-rows.ts';
import { shown, UnreadableFile } from './import-source.ts';

/** Each column under the names that Shopify's exports have given it over the years, in lower case. */
const NAMES = {
  handle: ['handle', 'url handle'],
  title: ['title'],
  body: ['body (html)', 'body html', 'description'],
  vendor: ['vendor'],
  category: ['product category', 'standardized product type', 'standard product type'],
  type: ['type', 'custom product type', 'product type'],
  tags: ['tags'],
  published: ['published', 'published on online store'],
  status: ['status'],
  sku: ['variant sku', 'sku'],
  price: ['variant price', 'price'],
  compareAt: ['variant compare at price', 'variant compare-at price', 'compare-at price', 'compare at price'],
  cost: ['cost per item', 'variant cost'],
  quantity: ['variant inventory qty', 'variant inventory quantity', 'inventory quantity'],
  imageUrl: ['image src', 'product image url', 'image source'],
  imagePosition: ['image position'],
  imageAlt: ['image alt text'],
  variantImage: ['variant image', 'variant image url'],
  seoTitle: ['seo title'],
  seoDescription: ['seo description'],
  option1Name: ['option1 name'],
  option1Value: ['option1 value'],
  option2Name: ['option2 name'],
  option2Value: ['option2 value'],
  option3Name: ['option3 name'],
  option3Value: ['option3 value'],
};

export type Column = keyof typeof NAMES;

const REQUIRED: Column[] = ['handle', 'title', 'price'];

/** Where a file has its columns, and what it calls them. */
export class Columns {
  readonly width: number;
  readonly #header: string[];
  readonly #places: Map<Column, number>;

  constructor(header: string[]) {
    this.width = header.length;
    this.#header = header.map((name) => name.trim());
    this.#places = placesOf(this.#header);
    const missing = REQUIRED.filter((column) => !this.#places.has(column));
    if (missing.length > 0) throw new UnreadableFile(notShopify(this.#header, missing), 1);
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
    return this.#header[this.#places.get(column) ?? -1] ?? NAMES[column][0] ?? column;
  }

  nameAt(place: number): string {
    return this.#header[place] ?? `cell ${place + 1}`;
  }
}

function placesOf(header: string[]): Map<Column, number> {
  const folded = header.map((name) => name.toLowerCase().replace(/\s+/g, ' '));
  const places = new Map<Column, number>();
  for (const column of Object.keys(NAMES) as Column[]) {
    const found = NAMES[column].map((name) => folded.indexOf(name)).filter((place) => place !== -1);
    const [place] = found;
    if (place === undefined) continue;
    const again = folded.indexOf(folded[place] ?? '', place + 1);
    if (again !== -1)
      throw new UnreadableFile(`The column "${header[place]}" is there twice`, 1, header[place]);
    places.set(column, place);
  }
  return places;
}

function notShopify(header: string[], missing: Column[]): string {
  const names = missing.map((column) => `"${NAMES[column].map(capital).join('" or "')}"`).join(', ');
  const first = header.join(',');
  return `This is not a product CSV of Shopify: there is no column ${names}. ${hint(first)}`;
}

function hint(firstLine: string): string {
  if (/^[{[]/.test(firstLine)) return 'It looks like JSON: one product a line is imported with "ndjson"';
  if (firstLine.startsWith('<')) return 'It looks like a web page: was it saved instead of the download?';
  if (/handle[;\t]/i.test(firstLine))
    return 'Its cells are not separated by commas: save it as CSV with commas';
  if (/product_handle/i.test(firstLine)) return 'It looks like reviews: give those with --reviews';
  return `Its first line is: ${shown(firstLine)}`;
}

const capital = (name: string) =>
  name.replace(/\b(?:sku|seo|url)\b|\b[a-z]/g, (start) => start.toUpperCase());
