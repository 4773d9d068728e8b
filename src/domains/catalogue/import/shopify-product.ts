import { MAX_VARIANTS } from '../collections.ts';
import type { ProductStatus } from '../documents.ts';
import type { VariantDraft } from '../product-draft.ts';
import type { Columns } from './csv-columns.ts';
import { checkShape } from './csv-row-check.ts';
import type { CsvRow } from './csv-rows.ts';
import { Faults } from './faults.ts';
import { slugOfHandle } from './handles.ts';
import type { CategoryRef, SilentField, SourceItem, StatedProduct } from './import-source.ts';
import { nestingDepth, plainLine, plainText } from './plain-text.ts';
import type { Column } from './shopify-columns.ts';
import { galleryOf } from './shopify-media.ts';
import { fault, line, type Reading } from './shopify-reading.ts';
import { readVariants } from './shopify-variants.ts';

/** The rows that share a handle. */
export type RowGroup = { handle: string; rows: CsvRow[] };

const LONGEST_TEXT = 100_000;
const LONGEST_SEO = 1_000;
const MOST_IN_LIST = 250;
const DEEPEST_HTML = 1_000;
const DEEPEST_CATEGORY = 5;

/** One product out of its rows, or everything that is wrong with them. */
export function readProduct(group: RowGroup, columns: Columns<Column>, currency: string): SourceItem {
  const faults = new Faults(group.handle);
  const reading = { columns, currency, faults };
  for (const row of group.rows) checkShape(row, columns, 'body', faults);
  const product = faults.all.length === 0 ? assemble(reading, group) : null;
  return product && faults.all.length === 0 ? product : { kind: 'refused', faults: faults.inOrder() };
}

function assemble(reading: Reading, { handle, rows }: RowGroup): StatedProduct | null {
  const [first] = rows;
  if (!first) return null;
  const name = readName(reading, first, rows);
  const slug = readSlug(reading, handle, first);
  const { pricing, variants, places } = readVariants(reading, slug, rows);
  if (variants.length > MAX_VARIANTS) {
    reading.faults.add(
      first.line,
      null,
      `The product has ${variants.length} variants; at most ${MAX_VARIANTS} fit`,
    );
  }
  return {
    kind: 'product',
    place: { line: first.line, column: reading.columns.nameOf('handle') },
    variantPlaces: places,
    category: readCategory(reading, first),
    silent: silentFields(reading.columns),
    notes: reading.faults.notes,
    draft: {
      sku: productSku(slug, variants),
      name,
      slug,
      description: readBody(reading, first),
      status: readStatus(reading, first),
      pricing: { currency: reading.currency, ...pricing, taxRate: 0, discounts: [] },
      variants,
      tags: readTags(reading, first),
      searchKeywords: unique([line(reading, first, 'vendor'), line(reading, first, 'type')]),
      media: galleryOf(reading, rows),
      seo: {
        title: line(reading, first, 'seoTitle', LONGEST_SEO) || null,
        description: line(reading, first, 'seoDescription', LONGEST_SEO) || null,
      },
    },
  };
}

/**
 * Shopify gives SKUs to variants alone. The handle is a shop's name for one product, and stays the same when variants
 * come and go, which a beginning that their SKUs share does not; a variant may have it already, but hardly this other.
 * A product that is in the shop keeps the SKU that it has there.
 */
const productSku = (slug: string, variants: VariantDraft[]) =>
  variants.some(({ sku }) => sku === slug) ? `product-${slug}` : slug;

function readSlug({ faults }: Reading, handle: string, first: CsvRow): string {
  const slug = slugOfHandle(handle) ?? '';
  if (slug !== handle) faults.note(first.line, `The handle is stored as "${slug}"`);
  return slug;
}

function readName(reading: Reading, first: CsvRow, rows: CsvRow[]): string {
  const title = reading.columns.cell(first, 'title');
  const name = line(reading, first, 'title');
  if (name === '') fault(reading, first, 'title', 'The first row of a product needs a title');
  for (const row of rows) {
    const other = reading.columns.cell(row, 'title');
    if (other !== '' && other !== title) {
      fault(
        reading,
        row,
        'title',
        `This is another title than on line ${first.line}: two products with one handle?`,
      );
    }
  }
  return name;
}

function readBody(reading: Reading, first: CsvRow): string | null {
  const html = reading.columns.cell(first, 'body');
  if (nestingDepth(html) > DEEPEST_HTML) {
    fault(reading, first, 'body', `The HTML is nested more than ${DEEPEST_HTML} deep`);
    return null;
  }
  const text = plainText(html);
  if (text.length > LONGEST_TEXT) {
    fault(reading, first, 'body', `The text has ${text.length} characters; at most ${LONGEST_TEXT} fit`);
  }
  return text || null;
}

function readTags(reading: Reading, first: CsvRow): string[] {
  const tags = unique(reading.columns.cell(first, 'tags').split(',').map(plainLine));
  if (tags.length > MOST_IN_LIST) {
    fault(reading, first, 'tags', `There are ${tags.length} tags; at most ${MOST_IN_LIST} fit`);
  }
  return tags;
}

const unique = (texts: string[]) => [...new Set(texts.filter((text) => text !== ''))];

const STATUSES: Record<string, ProductStatus> = {
  active: 'ACTIVE',
  draft: 'DRAFT',
  archived: 'ARCHIVED',
  // Reached by its link alone, which Souk does not have: better unseen than in every list.
  unlisted: 'DRAFT',
};
const SHOWN: Record<string, boolean> = {
  true: true,
  false: false,
  yes: true,
  no: false,
  1: true,
  0: false,
  '': true,
};

/** A product that is active but not published is not seen in the shop: a draft. */
function readStatus(reading: Reading, first: CsvRow): ProductStatus {
  const published = SHOWN[reading.columns.cell(first, 'published').toLowerCase()];
  if (published === undefined) fault(reading, first, 'published', 'This is neither TRUE nor FALSE');
  const status = STATUSES[reading.columns.cell(first, 'status').toLowerCase() || 'active'];
  if (status === undefined) fault(reading, first, 'status', 'This is none of active, draft, archived');
  if (status === 'ACTIVE' && published === false) return 'DRAFT';
  return status ?? 'DRAFT';
}

const NO_CATEGORY = /^uncategorized$/i;
/** A number or code of Shopify's or Google's taxonomy in the place of its words. */
const CODE = /^(?:\d+|[a-z]{2}(?:-\d+)+|gid:.*)$/;

function readCategory(reading: Reading, first: CsvRow): CategoryRef {
  const stated = pathIn(reading, first, 'category');
  const path = stated.length > 0 ? stated : pathIn(reading, first, 'type');
  if (path.length === 0) return null;
  if (path.length > DEEPEST_CATEGORY) {
    const kept = path.slice(0, DEEPEST_CATEGORY).join(' > ');
    reading.faults.note(first.line, `Its category has ${path.length} levels; it is filed under "${kept}"`);
  }
  return { path: path.slice(0, DEEPEST_CATEGORY) };
}

function pathIn(reading: Reading, first: CsvRow, column: Column): string[] {
  const text = line(reading, first, column, LONGEST_SEO);
  if (NO_CATEGORY.test(text)) return [];
  if (CODE.test(text)) {
    reading.faults.note(first.line, `Its category "${text}" is a code without a name and is left out`);
    return [];
  }
  return text
    .split('>')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

const WHERE_STATED: [SilentField, Column[]][] = [
  ['description', ['body']],
  ['category', ['category', 'type']],
  ['cost', ['cost']],
  ['tags', ['tags']],
  ['media', ['imageUrl']],
  ['variantMedia', ['variantImage']],
  ['seo', ['seoTitle', 'seoDescription']],
  ['status', ['status', 'published']],
  // Shops with more than one location have their stock in another export.
  ['quantity', ['quantity']],
];

function silentFields(columns: Columns<Column>): Set<SilentField> {
  const missing = WHERE_STATED.filter(([, names]) => !names.some((name) => columns.has(name)));
  return new Set([
    ...missing.map(([field]) => field),
    'sku',
    'currency',
    'taxRate',
    'discounts',
    'searchKeywords',
  ]);
}
