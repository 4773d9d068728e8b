import { createHash } from 'node:crypto';
import slugify from '@sindresorhus/slugify';
import type { VariantDraft } from '../product-draft.ts';
import { attributeNameFault, cleanAttributeName } from './attribute-names.ts';
import type { CsvRow } from './csv-rows.ts';
import type { Column } from './shopify-columns.ts';
import { variantMedia } from './shopify-media.ts';
import { fault, line, money, type Reading, wholeNumber } from './shopify-reading.ts';
import { commonPrice, type StatedPrice, variantPricing } from './stated-prices.ts';

const LONGEST_SKU = 100;

type OptionColumns = { name: Column; value: Column };
/** One of a product's options, and the attribute that it becomes. */
type Option = OptionColumns & { attribute: string };

const OPTIONS: OptionColumns[] = [
  { name: 'option1Name', value: 'option1Value' },
  { name: 'option2Name', value: 'option2Value' },
  { name: 'option3Name', value: 'option3Value' },
];
/** A row with any of these is a variant; one without only adds a picture. */
const OF_A_VARIANT: Column[] = [
  ...OPTIONS.map(({ value }) => value),
  'sku',
  'price',
  'compareAt',
  'quantity',
];

/** The variants of a product, and the prices that it states for all of them. */
export function readVariants(reading: Reading, slug: string, rows: CsvRow[]) {
  const { columns } = reading;
  const own = rows.filter(
    (row, index) => index === 0 || OF_A_VARIANT.some((name) => columns.cell(row, name) !== ''),
  );
  const options = readOptions(reading, own);
  const prices = own.map((row) => readPrice(reading, row));
  const common = commonPrice(prices);
  const variants = own.map((row, index) => ({
    ...readVariant(reading, slug, row, options),
    pricing: variantPricing(prices[index] ?? common, common),
  }));
  checkDistinct(reading, own, variants);
  noteMadeSkus(reading, own);
  const places = own.map(({ line }) => ({ line, column: columns.nameOf('sku') }));
  return { variants, places, pricing: { ...common, cost: readCost(reading, own) } };
}

function readVariant(
  reading: Reading,
  slug: string,
  row: CsvRow,
  options: Option[],
): Omit<VariantDraft, 'pricing'> {
  const values = options.map((option) => readValue(reading, row, option));
  return {
    sku: readSku(reading, row) || madeSku(slug, values),
    // fromEntries defines each name as a property of its own, whatever the name.
    attributes: Object.fromEntries(options.map(({ attribute }, index) => [attribute, values[index] ?? ''])),
    quantity: wholeNumber(reading, row, 'quantity') ?? 0,
    media: variantMedia(reading, row),
  };
}

/** Exports keep the zeros of a number by an apostrophe before it. */
const readSku = (reading: Reading, row: CsvRow) =>
  line(reading, row, 'sku', LONGEST_SKU).replace(/^'(?=\d+$)/, '');

/** The same for the same handle and values each time; values that no slug can have are told apart by their hash. */
function madeSku(slug: string, values: string[]): string {
  const parts = values.length > 0 ? values : ['default'];
  return [slug, ...parts.map((value) => slugify(value) || shortHash(value))].join('-');
}

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8);

function readOptions(reading: Reading, rows: CsvRow[]): Option[] {
  const options: Option[] = [];
  for (const columns of OPTIONS) {
    const attribute = readOptionName(reading, rows, columns);
    if (attribute === null) continue;
    if (options.some((option) => option.attribute === attribute) && rows[0]) {
      fault(reading, rows[0], columns.name, `Two options are named "${attribute}"`);
    }
    options.push({ ...columns, attribute });
  }
  return options;
}

/** Null where the product has no such option; the name stands on the first row, and may be repeated. */
function readOptionName(reading: Reading, rows: CsvRow[], { name, value }: OptionColumns): string | null {
  const [first] = rows;
  if (!first || isWithoutOptions(reading, rows)) return null;
  const stated = line(reading, first, name);
  if (stated === '') {
    const row = rows.find((each) => reading.columns.cell(each, value) !== '');
    if (row)
      fault(reading, row, value, `This is a value for an option that has no name on line ${first.line}`);
    return null;
  }
  for (const row of rows) {
    const other = line(reading, row, name);
    if (other !== '' && other !== stated)
      fault(reading, row, name, `This is another name than on line ${first.line}`);
  }
  return storableName(reading, first, name, stated);
}

function storableName(reading: Reading, first: CsvRow, column: Column, stated: string): string {
  const name = cleanAttributeName(stated);
  const reason = attributeNameFault(name);
  if (reason) fault(reading, first, column, reason);
  else if (name !== stated) {
    reading.faults.note(first.line, `The option "${stated}" is stored as "${name}": no name has "." or "$"`);
  }
  return name;
}

/** How Shopify writes a product that has no options: as one option "Title" with the value "Default Title". */
function isWithoutOptions({ columns }: Reading, rows: CsvRow[]): boolean {
  const [first] = rows;
  const name = first && columns.cell(first, 'option1Name').toLowerCase();
  const isDefault = (row: CsvRow) => columns.cell(row, 'option1Value').toLowerCase() === 'default title';
  return (name === 'title' || name === '') && rows.every(isDefault);
}

function readValue(reading: Reading, row: CsvRow, { value, attribute }: Option): string {
  const text = line(reading, row, value);
  if (text === '') fault(reading, row, value, `Each variant needs a value for "${attribute}"`);
  return text;
}

/** A price below the "compare at" price is a sale; one at or above it is just the price. */
function readPrice(reading: Reading, row: CsvRow): StatedPrice {
  const price = money(reading, row, 'price');
  const before = money(reading, row, 'compareAt');
  if (reading.columns.cell(row, 'price') === '') fault(reading, row, 'price', 'Each variant needs a price');
  if (price !== null && before !== null && before > price) return { basePrice: before, salePrice: price };
  return { basePrice: price ?? 0, salePrice: null };
}

function readCost(reading: Reading, rows: CsvRow[]): number | null {
  const costs = rows.map((row) => money(reading, row, 'cost'));
  const [first = null] = costs;
  if (rows[0] && costs.some((cost) => cost !== first)) {
    reading.faults.note(rows[0].line, 'Its variants differ in cost; that of the first is kept');
  }
  return first;
}

function checkDistinct(reading: Reading, rows: CsvRow[], variants: VariantDraft[]) {
  const skus = new Map<string, number>();
  const choices = new Map<string, number>();
  rows.forEach((row, index) => {
    const variant = variants[index];
    if (!variant) return;
    const choice = JSON.stringify(Object.values(variant.attributes));
    const same = choices.get(choice);
    const taken = skus.get(variant.sku);
    if (same) fault(reading, row, 'option1Value', `The same options as on line ${same}`);
    else if (taken) fault(reading, row, 'sku', `The SKU "${variant.sku}" stands on line ${taken} already`);
    choices.set(choice, same ?? row.line);
    skus.set(variant.sku, taken ?? row.line);
  });
}

function noteMadeSkus(reading: Reading, rows: CsvRow[]) {
  const without = rows.filter((row) => readSku(reading, row) === '');
  const [first] = without;
  if (!first) return;
  const many = without.length === 1 ? 'A variant has' : `${without.length} variants have`;
  reading.faults.note(first.line, `${many} no SKU: it is made from the handle and the options`);
}
