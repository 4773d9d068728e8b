import { type ColumnNames, Columns } from './csv-columns.ts';
import { shown } from './import-source.ts';

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

const PRODUCT_COLUMNS: ColumnNames<Column> = {
  kind: 'a product CSV of Shopify',
  names: NAMES,
  required: ['handle', 'title', 'price'],
  hint: (header) => hint(header.join(',')),
};

/** The columns of Shopify's product CSV, as its exports have named them over the years. */
export const productColumns = (header: string[]) => new Columns(header, PRODUCT_COLUMNS);

function hint(firstLine: string): string {
  if (/^[{[]/.test(firstLine)) return 'It looks like JSON: one product a line is imported with "ndjson"';
  if (firstLine.startsWith('<')) return 'It looks like a web page: was it saved instead of the download?';
  if (/handle[;\t]/i.test(firstLine))
    return 'Its cells are not separated by commas: save it as CSV with commas';
  if (/product_handle/i.test(firstLine)) return 'It looks like reviews: give those with --reviews';
  return `Its first line is: ${shown(firstLine)}`;
}
