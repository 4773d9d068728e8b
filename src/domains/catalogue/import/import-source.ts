import type { ProductDraft } from '../product-draft.ts';

/** What is wrong at one place of a file; `column` is a CSV column or the path of a JSON value. */
export type Fault = {
  line: number | null;
  column: string | null;
  product: string | null;
  value: string | null;
  reason: string;
};

export type Place = { line: number; column: string };

/** What was taken differently from how the file has it, for a person to look at. */
export type Note = { line: number; product: string; text: string };

/** Fields that a file may say nothing about: a product that is already in the shop keeps them as they are. */
export type SilentField =
  | 'sku'
  | 'description'
  | 'category'
  | 'taxRate'
  | 'discounts'
  | 'cost'
  | 'searchKeywords'
  | 'tags'
  | 'media'
  | 'variantMedia'
  | 'seo'
  | 'status'
  | 'quantity'
  | 'currency';

/** Names from the root down, which are made where they are missing, or the slug of a category that must be there. */
export type CategoryRef = { path: string[] } | { slug: string } | null;

export type StatedProduct = {
  kind: 'product';
  place: Place;
  /** Where each variant of the draft stands. */
  variantPlaces: Place[];
  draft: ProductDraft & { slug: string };
  category: CategoryRef;
  silent: ReadonlySet<SilentField>;
  notes: Note[];
};

/** A product with at least one fault in its rows: it is left out as a whole. */
export type RefusedProduct = { kind: 'refused'; faults: Fault[] };

export type SourceItem = StatedProduct | RefusedProduct;

export type ByteSource = AsyncIterable<Uint8Array>;

/** Thrown where a file cannot be read any further; what came before it still holds. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile';
  readonly line: number | null;
  readonly column: string | null;

  constructor(reason: string, line: number | null = null, column: string | null = null) {
    super(reason);
    this.line = line;
    this.column = column;
  }
}

const SHOWN = 80;

/** A value as faults show it: on one line, and not longer than a person reads. */
export function shown(value: string): string {
  const line = value.replace(/\s+/gu, ' ').trim();
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
